"""Public check of proofs (受理凭证、办理记录), and the public key for those who would rather check alone.

What is brought here is checked and shown once; nothing of it is kept. Whether a case exists is not told:
only whether these very bytes were signed here.
"""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web
from aiohttp.web import FileField

from cases.errors import NotFound
from cases.proofs import BadProof
from cases.proving import LARGEST_PROOF, Proofs
from handlers.web.keys import SERVICE
from handlers.web.policy import public
from handlers.web.templates import render

KINDS = {"receipt": "受理凭证", "case": "办理记录", "audit-anchor": "审计锚点"}
FACTS = {
    "issuer": "签发",
    "number": "编号",
    "filed_at": "提交时间（世界时）",
    "digest": "内容摘要（SHA-256）",
    "day": "日期",
    "seq": "截至第几条",
    "hash": "摘要",
}
"""What is shown of a proof: enough to compare, and no words of anybody."""
Facts = Sequence[tuple[str, str]]


def add_routes(app: web.Application) -> None:
    app.router.add_get("/verify/proof", show_form)
    app.router.add_post("/verify/proof", check_given)
    app.router.add_get("/verify/key", tell_key)
    app.router.add_get("/verify/key.pem", send_key)


def _proofs(request: web.Request) -> Proofs:
    proofs = request.app[SERVICE].proofs
    if proofs is None:
        raise NotFound("这里不签发凭证。")
    return proofs


@public
async def show_form(request: web.Request) -> web.StreamResponse:
    return _page(request)


@public
async def check_given(request: web.Request) -> web.StreamResponse:
    """An uploaded file, or the text of one."""
    proofs, posted = _proofs(request), await request.post()
    try:
        content = proofs.check(_given(posted.get("file"), posted.get("text")))
    except BadProof as refused:
        return _page(request, refused=str(refused))
    facts = [(label, str(content[name])) for name, label in FACTS.items() if content.get(name)]
    return _page(request, kind=KINDS.get(str(content.get("kind")), "凭证"), facts=facts)


def _page(request: web.Request, *, refused: str = "", kind: str = "", facts: Facts = ()) -> web.Response:
    context = {"key": _proofs(request).public_key, "refused": refused, "kind": kind, "facts": facts}
    return render("department/proof.html", request, context, status=422 if refused else 200)


def _given(file: object, text: object) -> bytes:
    if isinstance(file, FileField) and file.filename:
        return bytes(file.file.read(LARGEST_PROOF + 1))
    words = str(text or "").strip()
    if not words:
        raise BadProof("请选择凭证文件，或者粘贴文件的内容。")
    return words.encode("utf-8", "replace")


@public
async def tell_key(request: web.Request) -> web.StreamResponse:
    """The public key as JSON; the same key in PEM is inside and at `/verify/key.pem`."""
    return web.json_response(_proofs(request).public_key)


@public
async def send_key(request: web.Request) -> web.StreamResponse:
    headers = {"Content-Disposition": 'attachment; filename="shouxin-public-key.pem"'}
    pem = _proofs(request).public_key["pem"]
    return web.Response(text=pem, content_type="application/x-pem-file", headers=headers)
