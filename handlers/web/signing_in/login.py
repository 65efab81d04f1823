"""Signing in and out. One message and one duration for every failure, so that nothing can be probed.

Says who someone is; what they may do is declared by routes and decided by the core.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from aiohttp import web

from cases.people import Role
from cases.ports.accounts import Staff
from cases.ports.audit import AuditAction, AuditEntry
from handlers.web.access.callers import client_address
from handlers.web.access.policy import LoginStep, public, signed_in, staff_of
from handlers.web.access.security import safe_path
from handlers.web.access.sessions import end_all_sessions, end_session, start_session, step_of
from handlers.web.keys import AUDIT, NAVIGATION, NOW, SESSION, SIGNED_IN, STAFF
from handlers.web.pages.flash import flash
from handlers.web.pages.templates import render
from handlers.web.signing_in.devices import remember
from handlers.web.signing_in.passwords import PASSWORDS
from handlers.web.signing_in.second_factor import accept_code
from handlers.web.signing_in.throttle import THROTTLE, Attempt, after_success, begin_attempt, take_back

WRONG = "登录名或密码不正确，或账号暂时锁定。请核对后再试；多次失败需要等待一段时间。"
WRONG_CODE = "验证码不正确或已用过，请输入手机上最新的六位数字。"
TOO_MANY = "失败次数太多，请十五分钟后再试。"


async def record(request: web.Request, action: AuditAction, staff: Staff | None) -> None:
    """Audit entry about a login. What was typed is never recorded: people type passwords anywhere."""
    name = staff.id if staff else "unknown"
    await request.app[AUDIT].append(
        AuditEntry(
            at=request.app[NOW](),
            actor=name,
            action=action,
            subject=name,
            data={"address": client_address(request)},
        )
    )


def home_of(request: web.Request, staff: Staff) -> str:
    """The first page of the top bar this person may open."""
    items = request.app[NAVIGATION]
    first_for_board = staff.roles <= {Role.SUPERVISOR, Role.AUDITOR, Role.ADMIN}
    mine = [item.href for item in items if not staff.roles.isdisjoint(item.roles)]
    board = [href for href in mine if href.startswith("/board")]
    return next(iter(board if first_for_board and board else mine), "/account")


@public
async def show_login(request: web.Request) -> web.StreamResponse:
    if SIGNED_IN in request:
        raise web.HTTPSeeOther(_onward(request, request.query.get("next")))
    return _login_page(request, "")


@public
async def log_in(request: web.Request) -> web.StreamResponse:
    form = await request.post()
    login, password = str(form.get("login", ""))[:200].strip(), str(form.get("password", ""))[:1000]
    throttle, now, address = request.app[THROTTLE], request.app[NOW](), client_address(request)
    if await throttle.is_refused(address, now):
        return _login_page(request, TOO_MANY, login, status=429)
    staff = await _check_password(request, login, password)
    if staff is None:
        await throttle.count_failure(address, now)
        return _login_page(request, WRONG, login, status=401)
    await start_session(request, staff)
    if staff.totp_secret is None:
        remember(request, staff)
    await record(request, AuditAction.LOGIN, staff)
    raise web.HTTPSeeOther(_onward(request, str(form.get("next", ""))))


async def _check_password(request: web.Request, login: str, password: str) -> Staff | None:
    """The account, if the password is right and the account open; counts the failure otherwise."""
    app, now = request.app, request.app[NOW]()
    staff = await app[STAFF].find_by_login(login) if login else None
    attempt = await begin_attempt(request, staff, now) if staff and staff.active else None
    right = await app[PASSWORDS].verify(staff.password_hash if staff else "", password)
    if staff is None or attempt is None:
        await record(request, AuditAction.LOGIN_REFUSED, staff)
        return None
    if not right:
        await record(request, AuditAction.LOGIN_FAILED, staff)
        return None
    fresh = await app[PASSWORDS].hash(password) if app[PASSWORDS].outdated(staff.password_hash) else ""
    return await app[STAFF].change(staff.id, lambda now_is: _let_in(now_is, attempt, staff, fresh))


def _let_in(now_is: Staff, attempt: Attempt, checked: Staff, fresh_hash: str) -> Staff | None:
    """The account after a right password; None if it was closed or the password changed meanwhile."""
    if not now_is.active or now_is.password_hash != checked.password_hash:
        return None
    if fresh_hash:
        now_is = replace(now_is, password_hash=fresh_hash)
    return after_success(now_is, attempt) if now_is.totp_secret is None else take_back(now_is, attempt)


def _onward(request: web.Request, target: str | None) -> str:
    """Where a login goes on to; missing steps redirect by themselves from there."""
    return safe_path(target, home_of(request, staff_of(request)))


def _login_page(request: web.Request, error: str, login: str = "", *, status: int = 200) -> web.Response:
    following = safe_path(request.query.get("next"), "")
    context = {"error": error, "login": login, "next": following}
    return render("web/login.html", request, context, status=status)


@signed_in(LoginStep.CODE)
async def show_code(request: web.Request) -> web.StreamResponse:
    _leave_if_done(request)
    return render("web/code.html", request, {"error": ""})


@signed_in(LoginStep.CODE)
async def enter_code(request: web.Request) -> web.StreamResponse:
    _leave_if_done(request)
    now = request.app[NOW]()
    code = str((await request.post()).get("code", ""))[:40]
    attempt = await begin_attempt(request, staff_of(request), now)
    staff = await _with_code(request, attempt, code, now) if attempt else None
    if staff is None:
        await _refuse_code(request, attempt)
        return render("web/code.html", request, {"error": WRONG_CODE}, status=401)
    await start_session(request, staff, second_factor=True)
    remember(request, staff)
    await record(request, AuditAction.LOGIN_CODE, staff)
    raise web.HTTPSeeOther(home_of(request, staff))


async def _with_code(request: web.Request, attempt: Attempt, code: str, now: datetime) -> Staff | None:
    """The account with this code used; None for a wrong one."""

    def use(staff: Staff) -> Staff | None:
        accepted = accept_code(staff, staff.totp_secret, code, now) if staff.totp_secret else None
        return after_success(accepted, attempt) if accepted else None

    return await request.app[STAFF].change(attempt.staff.id, use)


async def _refuse_code(request: web.Request, attempt: Attempt | None) -> None:
    """Wrong codes lock the account as wrong passwords do; a locked one has to begin again."""
    now = request.app[NOW]()
    await request.app[THROTTLE].count_failure(client_address(request), now)
    await record(request, AuditAction.LOGIN_CODE_FAILED, staff_of(request))
    if attempt is None or attempt.is_last(now):
        await end_session(request)
        raise web.HTTPSeeOther("/login")


def _leave_if_done(request: web.Request) -> None:
    if step_of(request.app, staff_of(request), request[SESSION]) > LoginStep.CODE:
        raise web.HTTPSeeOther(home_of(request, staff_of(request)))


@signed_in(LoginStep.CODE)
async def log_out(request: web.Request) -> web.StreamResponse:
    await record(request, AuditAction.LOGOUT, staff_of(request))
    await end_session(request)
    flash(request, "您已退出登录。")
    raise web.HTTPSeeOther("/login")


@signed_in(LoginStep.CODE)
async def log_out_everywhere(request: web.Request) -> web.StreamResponse:
    await record(request, AuditAction.LOGOUT_EVERYWHERE, staff_of(request))
    await end_all_sessions(request, staff_of(request))
    flash(request, "您已在所有设备上退出登录。")
    raise web.HTTPSeeOther("/login")


def add_routes(app: web.Application) -> None:
    app.router.add_get("/login", show_login)
    app.router.add_post("/login", log_in)
    app.router.add_get("/login/code", show_code)
    app.router.add_post("/login/code", enter_code)
    app.router.add_post("/logout", log_out)
    app.router.add_post("/account/logout-everywhere", log_out_everywhere)
