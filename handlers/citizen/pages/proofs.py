"""Public check of proofs (受理凭证、办理记录), and the public key for those who would rather check alone.

What is brought here is checked and shown once; nothing of it is kept. Whether a case exists is not told:
only whether these very bytes were signed here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from aiohttp import web
from aiohttp.web import FileField

from cases.errors import NotFound, Reason
from cases.instants import CHINA
from cases.service.public.log import Signed
from cases.service.public.proofs import LARGEST_PROOF, BadProof, Proofs, read_proof
from handlers.citizen.pages.reader import reader_texts, render_for_reader
from handlers.citizen.texts import Texts
from handlers.web.access.policy import public
from handlers.web.keys import SERVICES

KINDS = frozenset({"receipt", "case", "audit-anchor", "log-day"})
FACTS = ("issuer", "number", "filed_at", "digest", "day", "seq", "hash")
"""What is shown of a proof: enough to compare, and no words of anybody."""
SHOWN = 60
"""Days of the log on its page; the file has all."""
ShownFacts = Sequence[tuple[str, str]]

NO_PROOFS_HERE = Reason("no-proofs-here", "这里不签发凭证。")


def _proofs(request: web.Request) -> Proofs:
    proofs = request.app[SERVICES].proofs
    if proofs is None:
        raise NotFound(NO_PROOFS_HERE)
    return proofs


@public
async def show_form(request: web.Request) -> web.StreamResponse:
    return _page(request)


@public
async def check_given(request: web.Request) -> web.StreamResponse:
    """An uploaded file, or the text of one."""
    proofs, posted = _proofs(request), await request.post()
    given = _given(posted.get("file"), posted.get("text"))
    if not given:
        return _page(request, refused="empty")
    try:
        content = proofs.check(given)
    except BadProof as refused:
        return _page(request, refused=refused.code)
    kind = str(content.get("kind"))
    facts, included = _facts(reader_texts(request), content), None
    log = request.app[SERVICES].public_log
    if kind == "receipt" and log is not None:
        included = await log.inclusion_of(read_proof(given))
    return _page(request, kind=kind if kind in KINDS else "other", facts=facts, included=included)


def _facts(say: Texts, content: Mapping[str, Any]) -> ShownFacts:
    return [
        (say.plain(f"proof-{name.replace('_', '-')}"), _shown(say, name, str(content[name])))
        for name in FACTS
        if content.get(name)
    ]


def _shown(say: Texts, name: str, value: str) -> str:
    if name == "filed_at":
        return f"{say.day_of(value)} {datetime.fromisoformat(value).astimezone(CHINA):%H:%M:%S}"
    return say.day_of(value) if name == "day" else value


def _page(
    request: web.Request,
    *,
    refused: str = "",
    kind: str = "",
    facts: ShownFacts = (),
    included: dict[str, Any] | None = None,
) -> web.Response:
    context: dict[str, Any] = {"key": _proofs(request).public_key["key"], "refused": refused}
    context |= {"kind": kind, "facts": facts, "included": None}
    if included is not None:
        day = reader_texts(request).day_of(included["line"]["content"]["day"])
        context["included"] = {"day": day, "proof": json.dumps(included, ensure_ascii=False, indent=2)}
    return render_for_reader("citizen/proof.html", request, context, status=422 if refused else 200)


def _given(file: object, text: object) -> bytes:
    if isinstance(file, FileField) and file.filename:
        return bytes(file.file.read(LARGEST_PROOF + 1))
    return str(text or "").strip().encode("utf-8", "replace")


@public
async def tell_key(request: web.Request) -> web.StreamResponse:
    """The public key as JSON; the same key in PEM is inside and at `/verify/key.pem`."""
    return web.json_response(_proofs(request).public_key)


@public
async def show_log(request: web.Request) -> web.StreamResponse:
    """The newest lines of the public log, with what each says."""
    lines = [line["content"] for line in await _lines(request)]
    day_of = reader_texts(request).day_of
    shown = [{**line, "shown_day": day_of(line["day"])} for line in reversed(lines[-SHOWN:])]
    return render_for_reader("citizen/log.html", request, {"lines": shown, "begun": bool(lines)})


@public
async def send_log(request: web.Request) -> web.StreamResponse:
    """Every line, signed, the oldest first: `python -m bot verify` checks it."""
    return web.json_response({"lines": list(await _lines(request))})


async def _lines(request: web.Request) -> Sequence[Signed]:
    log = request.app[SERVICES].public_log
    if log is None:
        raise NotFound(NO_PROOFS_HERE)
    return await log.list_lines()


@public
async def send_key(request: web.Request) -> web.StreamResponse:
    headers = {"Content-Disposition": 'attachment; filename="shouxin-public-key.pem"'}
    pem = _proofs(request).public_key["pem"]
    return web.Response(text=pem, content_type="application/x-pem-file", headers=headers)
