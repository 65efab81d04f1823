"""Broken facts become answers here and nowhere else: a page in plain words, or problem+json.

Every answer says what happened, whether anything was lost, and what to do next. No traceback, no input
and no internals ever reach the answer; the request id ties it to the log.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from aiohttp import web
from loguru import logger

from cases.errors import DomainError
from handlers.web.access.callers import wants_json
from handlers.web.access.csrf import Forged
from handlers.web.access.policy import Handler
from handlers.web.keys import REQUEST_ID
from handlers.web.pages.citizen_problems import citizen_words, is_for_citizens
from handlers.web.pages.reader_language import reader_language
from handlers.web.pages.templates import render

NOTHING_LOST = "您已提交并收到确认的内容都已保存，不受影响。"


@dataclass(frozen=True, slots=True)
class ProblemWords:
    """One kind of refusal as people are told it."""

    status: int
    title: str
    happened: str
    lost: str
    next: str


PROBLEMS: dict[str, ProblemWords] = {
    "not_found": ProblemWords(
        404,
        "没有找到",
        "这个地址或编号没有对应的内容，或者您无权查看。",
        NOTHING_LOST,
        "请核对地址或件号，或返回上一页。",
    ),
    "stale_case": ProblemWords(
        409,
        "这件刚刚有变动",
        "您打开页面以后，别人已经更新了这一件。",
        "您刚才的操作没有执行，原有记录完整。",
        "请返回并刷新页面，看过最新情况后再操作。",
    ),
    "illegal_move": ProblemWords(
        409,
        "现在不能这样办理",
        "这一件目前的状态不允许这个操作。",
        "没有任何改动，原有记录完整。",
        "请返回并刷新页面，按页面上给出的操作办理。",
    ),
    "not_allowed": ProblemWords(
        403,
        "您没有这项权限",
        "您的岗位或单位不能进行这个操作。",
        "没有任何改动，原有记录完整。",
        "如工作需要，请联系本单位负责人或管理员。",
    ),
    "conflict_of_interest": ProblemWords(
        403,
        "需要回避",
        "被投诉的单位和被点名的人员不能查看或办理这一件。",
        "没有任何改动，原有记录完整。",
        "请交由上级或其他单位办理。",
    ),
    "second_person_needed": ProblemWords(
        403,
        "需要另一人审核",
        "提出的人不能自己审核。",
        "没有任何改动，提议仍在等待审核。",
        "请由另一位有权限的同事审核。",
    ),
    "already_claimed": ProblemWords(
        409,
        "已有人领取",
        "这一件刚刚被其他同事领取。",
        "没有任何改动，原有记录完整。",
        "请返回队列领取下一件。",
    ),
    "invalid_input": ProblemWords(
        422,
        "填写的内容需要修改",
        "有内容没有填写完整，或者格式不对。",
        "这次填写的内容尚未保存，原有记录完整。",
        "请返回修改后重新提交。",
    ),
    "storage_unavailable": ProblemWords(
        503,
        "暂时无法保存",
        "数据库暂时没有回应，这次操作没有得到确认。",
        "已经确认过的内容都在；这次的内容可能没有保存。",
        "请稍等一两分钟再试一次，重复提交不会产生两件。",
    ),
    "evidence_damaged": ProblemWords(
        500,
        "文件不完整",
        "保存的文件与登记时的校验值不一致，不能打开。",
        "这一件的其他记录不受影响，系统已经记下这个文件。",
        "请告诉管理员，从备份恢复这个文件。",
    ),
    "forged": ProblemWords(
        403,
        "页面已过期",
        "这个页面打开得太久，或者请求不是从本站页面发出的。",
        "这次操作没有执行，原有记录完整。",
        "请返回并刷新页面后重新提交。",
    ),
    "wrong_role": ProblemWords(
        403,
        "您没有这项权限",
        "这个页面不对您的岗位开放。",
        NOTHING_LOST,
        "如工作需要，请联系管理员。",
    ),
    "sign_in": ProblemWords(
        401,
        "请先登录",
        "登录已经过期，或者访问凭证无效。",
        NOTHING_LOST,
        "请重新登录后再试。",
    ),
    "too_large": ProblemWords(
        413,
        "文件太大",
        "提交的内容超过了允许的大小。",
        "这次提交没有保存，原有记录完整。",
        "单个文件请控制在 20 MB 以内，可以压缩或分开上传。",
    ),
    "too_many": ProblemWords(
        429,
        "操作太频繁",
        "短时间内的请求太多。",
        NOTHING_LOST,
        "请过几分钟再试。",
    ),
    "bad_request": ProblemWords(
        400,
        "请求无法识别",
        "提交的内容格式不对，无法处理。",
        "这次操作没有执行，原有记录完整。",
        "请返回页面重新操作。",
    ),
    "internal": ProblemWords(
        500,
        "系统出了问题",
        "处理时发生了意外错误，我们已经记录下来。",
        "已经确认过的内容都在；这次的操作可能没有完成。",
        "请稍后再试；如果仍然不行，请把下面的编号告诉管理员。",
    ),
}

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
            response = answer_problem(request, broken.code, _words_of(broken))
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


def _words_of(broken: DomainError) -> str:
    return "" if broken.code in _QUIET else str(broken)


def _answer_http(request: web.Request, raised: web.HTTPException) -> web.Response:
    code = "forged" if isinstance(raised, Forged) else _HTTP_CODES.get(raised.status, "bad_request")
    response = answer_problem(request, code, status=raised.status)
    for name in ("Allow", "WWW-Authenticate", "Retry-After"):
        if name in raised.headers:
            response.headers[name] = raised.headers[name]
    return response


def answer_problem(
    request: web.Request, code: str, detail: str = "", *, status: int | None = None
) -> web.Response:
    """The answer for a problem code: problem+json for programs, a page for people."""
    problem = PROBLEMS.get(code, PROBLEMS["internal"])
    status = status or problem.status
    if wants_json(request):
        return web.json_response(
            problem_document(request, code, detail, status=status),
            status=status,
            content_type="application/problem+json",
        )
    if is_for_citizens(request):
        words = citizen_words(code, reader_language(request))
        return render("web/citizen_error.html", request, words, status=status)
    context = {"problem": problem, "detail": detail, "status": status}
    return render("web/error.html", request, context, status=status)


def problem_document(
    request: web.Request, code: str, detail: str = "", *, status: int | None = None
) -> dict[str, object]:
    """RFC 9457 problem details."""
    problem = PROBLEMS.get(code, PROBLEMS["internal"])
    return {
        "type": "about:blank",
        "title": problem.title,
        "status": status or problem.status,
        "detail": detail or problem.happened,
        "code": code,
        "request_id": request.get(REQUEST_ID, ""),
    }


def _route_of(request: web.Request) -> str:
    resource = request.match_info.route.resource
    return resource.canonical if resource else "(no route)"
