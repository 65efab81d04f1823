"""无偿代办制: staff file for somebody at the counter or on the phone, and hand over number and receipt.

Files through the same service as every channel; the receipt is shown once, on this answer only. What was
begun is kept for its writer for a day: a telephone rings, a browser closes.
"""

from __future__ import annotations

import hashlib
import io
import secrets
from typing import Annotated

import segno
from aiohttp import web
from multidict import MultiDict
from pydantic import Field, StringConstraints

from cases.errors import InvalidInput
from cases.moves.forms import ask
from cases.moves.once import name_of
from cases.ports.unsent import Unsent
from cases.records import FreeText, Record
from cases.service.intake import Report, told_in_a_field
from cases.text_lengths import LONGEST_COMPLAINT
from cases.vocabulary import Channel, DecidedBy, Language
from classify.types import Domain
from handlers.department import systems
from handlers.department.roles import DESK_ROLES
from handlers.department.unsent_words import forget_words, keep_words, words_of
from handlers.web.access.asking import form_key
from handlers.web.access.onion import printed_address
from handlers.web.access.policy import actor_of, allow, takes_files
from handlers.web.evidence.uploads import store_files_at
from handlers.web.forms.fields import FilledForm, fields_of, posted_values, read_form
from handlers.web.forms.posted import MARKED
from handlers.web.keys import SERVICES, UNSENT
from handlers.web.pages.reader_language import LANGUAGE_NAMES
from handlers.web.pages.templates import render

FORM = "file"
_PRESET = frozenset({"language"})
"""Fields that say something before anybody wrote."""

Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]


class CounterReport(Record):
    """What is asked at the counter. Name and contact only when the citizen wants to give them."""

    text: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=5, max_length=LONGEST_COMPLAINT)
    ] = ask("反映的事情", help="照群众的原话记录：什么单位，什么时间，承诺了什么，没有做到什么")
    wish: Short = ask("希望怎样解决", "text", default="")
    accused: Short = ask("被投诉的单位", "text", default="")
    region_name: Short = ask(
        "地点", "text", default="", help="省、市、县，例如：青海省海东市乐都区。写在反映的事情里也可以"
    )
    domain: Domain | None = ask("重点领域", "domain", default=None, help="不确定时留空，由系统判断")
    amount_yuan: int | None = Field(
        default=None,
        ge=0,
        le=1_000_000_000_000,
        json_schema_extra={"label": "涉及金额（元）", "widget": "number"},
    )
    name: Short = ask("投诉人姓名", "text", default="", help="愿意署名时填写，加密保存；匿名请留空")
    contact: Short = ask("联系方式", "text", default="", help="加密保存，承办人看不到")
    language: Language = ask("书面通知用的文字", "choice", choices=LANGUAGE_NAMES, default=Language.ZH_HANS)


@allow(*DESK_ROLES)
async def show_counter(request: web.Request) -> web.StreamResponse:
    kept = next(iter(await request.app[UNSENT].list_of(_place(request))), None)
    posted = words_of(kept) if kept else MultiDict[str]()
    values = posted_values(CounterReport, posted, {}) if kept else None
    read: FilledForm[CounterReport] = FilledForm(None, fields_of(CounterReport, values=values), {}, {})
    return _page(request, read, key=posted.get("key", ""), kept=kept)


@allow(*DESK_ROLES)
async def save_report(request: web.Request) -> web.StreamResponse:
    """Keep what stands in the form now, and which form it is: filed once, however often it is sent."""
    posted = await request.post()
    told = {name for name in CounterReport.model_fields if name not in _PRESET and posted.get(name)}
    fields = {*told, *_PRESET, "key"} if told else ()
    return await keep_words(request, _place(request), FORM, fields, "", briefly=True)


def _place(request: web.Request) -> str:
    """Where the one unsent report of a person is kept: no case has it yet."""
    return f"counter:{actor_of(request).id}"


@takes_files
@allow(*DESK_ROLES)
async def file_for_citizen(request: web.Request) -> web.StreamResponse:
    """File once per form shown; answers with number, receipt and promised times to print."""
    posted, actor, services = await request.post(), actor_of(request), request.app[SERVICES]
    read = read_form(CounterReport, posted)
    if read.model is None:
        return _page(request, read, MARKED, key=str(posted.get("key", "")), status=422)
    key = form_key(request, f"counter:{actor.id}", posted)
    try:
        place = hashlib.sha256(name_of(key).encode()).hexdigest()
        evidence = await store_files_at(request, place, posted, actor, of_citizen=True)
    except InvalidInput as refused:
        return _page(request, read, str(refused), key=str(posted.get("key", "")), status=422)
    report = _report(read.model).model_copy(update={"evidence": evidence})
    filed = await services.filing.file(report, key=key, conversation=None, actor=actor)
    await forget_words(request, _place(request), FORM)
    receipt = " ".join(filed.receipt[n : n + 4] for n in range(0, len(filed.receipt), 4))
    books = services.rules.jurisdictions
    here = books.find_by_id(filed.case.department)
    context = {
        "counter": (here and here.counter) or books.get(filed.case.routing.jurisdiction).counter,
        "address": printed_address(request),
        "filed": filed,
        "case": filed.case,
        "receipt": receipt,
        "systems": systems,
    }
    return render("department/filed.html", request, context)


@allow(*DESK_ROLES)
async def send_site_picture(request: web.Request) -> web.StreamResponse:
    """A QR code that leads to where a receipt opens its case."""
    out = io.BytesIO()
    code = segno.make(printed_address(request) + "/", error="m")
    code.save(out, kind="svg", scale=4, border=2, dark="#111", light="#fff", xmldecl=False, svgclass=None)
    return web.Response(body=out.getvalue(), content_type="image/svg+xml")


def _report(given: CounterReport) -> Report:
    text = given.text if not given.region_name else f"{given.text}\n地点：{given.region_name}"
    return Report(
        channel=Channel.COUNTER,
        language=given.language,
        text=FreeText(text),
        wish=FreeText(given.wish) if given.wish else None,
        domain=given.domain,
        domain_by=DecidedBy.STAFF if given.domain else DecidedBy.CLASSIFIER,
        **told_in_a_field(given.accused),
        amount_yuan=given.amount_yuan,
        name=FreeText(given.name) if given.name else None,
        contact=FreeText(given.contact) if given.contact else None,
    )


def _page(
    request: web.Request,
    read: FilledForm[CounterReport],
    error: str = "",
    *,
    key: str = "",
    kept: Unsent | None = None,
    status: int = 200,
) -> web.Response:
    context = {
        "fields": read.fields,
        "error": error,
        "key": key[:64] or secrets.token_hex(8),
        "kept": kept,
        "rule": systems.ASSISTED_FILING,
    }
    return render("department/counter.html", request, context, status=status)
