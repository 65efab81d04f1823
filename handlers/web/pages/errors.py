"""Broken facts become answers here and nowhere else: a page in plain words, or problem+json.

Every answer says what happened, whether anything was lost, and what to do next. No traceback, no input
and no internals ever reach the answer; the request id ties it to the log.
"""

from __future__ import annotations

import secrets

from aiohttp import web
from loguru import logger

from cases.errors import DomainError
from cases.vocabulary import Language
from handlers.languages.refusals import say_reason
from handlers.web.access.bodies import TooManyUploads
from handlers.web.access.callers import MACHINE_PATHS, wants_json
from handlers.web.access.csrf import Forged
from handlers.web.access.policy import Handler
from handlers.web.keys import REQUEST_ID
from handlers.web.pages.citizen_problems import citizen_words, is_for_citizens
from handlers.web.pages.problems import PROBLEMS
from handlers.web.pages.reader_language import asked_language, reader_language
from handlers.web.pages.templates import render

_HTTP_CODES = {
    401: "sign_in",
    403: "wrong_role",
    404: "not_found",
    405: "bad_request",
    413: "too_large",
    422: "invalid_input",
    429: "too_many",
    503: "storage_unavailable",
}
_OWN_CODES: dict[type, str] = {Forged: "forged", TooManyUploads: "too_many_uploads"}
HAS_LEFT = 499
"""For the log only: nobody is there to read it."""
_QUIET = frozenset({"not_found", "storage_unavailable"})
"""Codes whose own words are withheld: they could tell that something exists, or are meant for the log."""


@web.middleware
async def answer_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Give the request an id, and turn whatever is raised into an answer."""
    request[REQUEST_ID] = secrets.token_hex(8)
    with logger.contextualize(request_id=request[REQUEST_ID]):
        response: web.StreamResponse
        try:
            response = await handler(request)
        except web.HTTPException as raised:
            if raised.status < 400:
                raised.headers["X-Request-ID"] = request[REQUEST_ID]
                raise
            response = _answer_http(request, raised)
        except DomainError as broken:
            response = answer_refusal(request, broken)
        except Exception as error:
            if isinstance(error, ConnectionError) and _has_left(request):
                response = web.Response(status=HAS_LEFT)
            else:
                logger.exception("unexpected error at {} {}", request.method, _route_of(request))
                response = answer_problem(request, "internal")
    if not response.prepared:
        response.headers["X-Request-ID"] = request[REQUEST_ID]
    return response


def _has_left(request: web.Request) -> bool:
    """Whoever asked does not wait for the end of a long answer."""
    return request.transport is None or request.transport.is_closing()


def _answer_http(request: web.Request, raised: web.HTTPException) -> web.Response:
    code = _OWN_CODES.get(type(raised)) or _HTTP_CODES.get(raised.status, "bad_request")
    response = answer_problem(request, code, status=raised.status)
    for name in ("Allow", "WWW-Authenticate", "Retry-After"):
        if name in raised.headers:
            response.headers[name] = raised.headers[name]
    return response


def answer_refusal(request: web.Request, broken: DomainError, *, status: int | None = None) -> web.Response:
    """The answer for an error of the core, in the reader's language."""
    language = _language_of(request)
    reason, words = broken.otherwise, ""
    if broken.code not in _QUIET:
        reason, words = broken.reason, say_reason(broken, language)
    return answer_problem(request, broken.code, words, reason=reason.code, status=status)


def answer_problem(
    request: web.Request, code: str, detail: str = "", *, reason: str = "", status: int | None = None
) -> web.Response:
    """The answer for a problem code: problem+json for programs, a page for people."""
    problem = PROBLEMS.get(code, PROBLEMS["internal"])
    status = status or problem.status
    if wants_json(request):
        return web.json_response(
            problem_document(request, code, detail, reason=reason, status=status),
            status=status,
            content_type="application/problem+json",
            headers={"Content-Language": _language_of(request).value},
        )
    if is_for_citizens(request):
        words = {**citizen_words(code, reader_language(request)), "detail": detail}
        return render("web/citizen_error.html", request, words, status=status)
    context = {"problem": problem, "detail": detail, "status": status}
    return render("web/error.html", request, context, status=status)


def problem_document(
    request: web.Request, code: str, detail: str = "", *, reason: str = "", status: int | None = None
) -> dict[str, object]:
    """RFC 9457 problem details; `reason` says more than `code` where there is more to say."""
    problem = PROBLEMS.get(code, PROBLEMS["internal"])
    title, happened = problem.told(_language_of(request))
    return {
        "type": "about:blank",
        "title": title,
        "status": status or problem.status,
        "detail": detail or happened,
        "code": code,
        "reason": reason or code.replace("_", "-"),
        "request_id": request.get(REQUEST_ID, ""),
    }


def _language_of(request: web.Request) -> Language:
    """Programs are answered in the language they ask for, else in Chinese, and pages of staff are Chinese."""
    if request.path.startswith(MACHINE_PATHS):
        return asked_language(request) or Language.ZH_HANS
    return reader_language(request) if is_for_citizens(request) else Language.ZH_HANS


def _route_of(request: web.Request) -> str:
    resource = request.match_info.route.resource
    return resource.canonical if resource else "(no route)"
