"""A person's own account: password, one-time codes, theme. Nobody else's account is touched here."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from aiohttp import web

from cases.ports.accounts import Staff
from cases.ports.audit import AuditAction
from handlers.web.access.callers import client_address
from handlers.web.access.cookies import THEME_COOKIE, put_cookie
from handlers.web.access.policy import LoginStep, public, signed_in, staff_of
from handlers.web.access.security import safe_path
from handlers.web.access.sessions import end_all_sessions, start_session
from handlers.web.keys import NOW, SESSION, STAFF
from handlers.web.pages.flash import flash
from handlers.web.pages.templates import THEMES, render
from handlers.web.signing_in.alerts import LINKS
from handlers.web.signing_in.devices import is_known, remember
from handlers.web.signing_in.login import WRONG_CODE, home_of, record
from handlers.web.signing_in.passwords import PASSWORDS, objection_to
from handlers.web.signing_in.second_factor import accept_code, enrolment_picture, secret_being_enrolled
from handlers.web.signing_in.throttle import THROTTLE, is_locked

CHANGED_MEANWHILE = "密码刚刚已被修改，请用新密码重新登录。"
_YEAR = 365 * 24 * 3600


@signed_in()
async def show_account(request: web.Request) -> web.StreamResponse:
    return render("web/account.html", request, {"can_link": LINKS in request.app})


@signed_in(LoginStep.PASSWORD)
async def show_password(request: web.Request) -> web.StreamResponse:
    return render("web/password.html", request, {"errors": {}})


@signed_in(LoginStep.PASSWORD)
async def change_password(request: web.Request) -> web.StreamResponse:
    """Needs the present password; ends every other session of the account."""
    app, form = request.app, await request.post()
    current, new, again = (str(form.get(name, ""))[:1000] for name in ("current", "new", "again"))
    staff = await app[STAFF].get(staff_of(request).id)
    errors = await _objections(request, staff, current, new, again)
    if errors:
        return render("web/password.html", request, {"errors": errors}, status=422)
    hashed = await app[PASSWORDS].hash(new)
    changed = await app[STAFF].change(staff.id, lambda now_is: _with_password(now_is, staff, hashed))
    if changed is None:
        return render("web/password.html", request, {"errors": {"current": CHANGED_MEANWHILE}}, status=422)
    second_factor = request[SESSION].second_factor
    await end_all_sessions(request, staff)
    await start_session(request, staff, second_factor=second_factor)
    remember(request, staff)
    await record(request, AuditAction.PASSWORD_CHANGED, staff)
    flash(request, "密码已修改，其他设备上的登录已全部退出。", "success")
    raise web.HTTPSeeOther(home_of(request, staff))


def _with_password(now_is: Staff, checked: Staff, hashed: str) -> Staff | None:
    """None when the password is not the one that was checked any more."""
    if now_is.password_hash != checked.password_hash:
        return None
    return replace(now_is, password_hash=hashed, must_change_password=False)


async def _objections(
    request: web.Request, staff: Staff, current: str, new: str, again: str
) -> dict[str, str]:
    app, now = request.app, request.app[NOW]()
    address = client_address(request)
    locked = is_locked(staff, now) and not is_known(request, staff)
    refused = locked or await app[THROTTLE].is_refused(address, now)
    if refused or not await app[PASSWORDS].verify(staff.password_hash, current):
        await app[THROTTLE].count_failure(address, now)
        return {"current": "现在的密码不正确。"}
    objection = objection_to(new, login=staff.login, name=staff.name)
    if objection:
        return {"new": objection}
    if new == current:
        return {"new": "新密码不能与现在的密码相同。"}
    return {"again": "两次输入的新密码不一样。"} if new != again else {}


@signed_in(LoginStep.ENROL)
async def show_totp(request: web.Request) -> web.StreamResponse:
    return _totp_page(request, "")


@signed_in(LoginStep.ENROL)
async def enrol_totp(request: web.Request) -> web.StreamResponse:
    """Keeps the secret once a right code proves that the phone has it. An enrolled one is not replaced."""
    app = request.app
    code = str((await request.post()).get("code", ""))[:40]
    if staff_of(request).totp_secret is not None:
        return _totp_page(request, "")
    secret, now = secret_being_enrolled(request), app[NOW]()
    staff = await app[STAFF].change(staff_of(request).id, lambda staff: _enrolled(staff, secret, code, now))
    if staff is None:
        return _totp_page(request, WRONG_CODE, status=422)
    await end_all_sessions(request, staff)
    await start_session(request, staff, second_factor=True)
    await record(request, AuditAction.TOTP_ENROLLED, staff)
    flash(request, "动态验证码已启用，下次登录时需要输入。", "success")
    raise web.HTTPSeeOther(home_of(request, staff))


def _enrolled(staff: Staff, secret: str, code: str, now: datetime) -> Staff | None:
    accepted = accept_code(staff, secret, code, now) if staff.totp_secret is None else None
    return replace(accepted, totp_secret=secret) if accepted else None


def _totp_page(request: web.Request, error: str, *, status: int = 200) -> web.Response:
    enrolled = staff_of(request).totp_secret is not None
    secret = "" if enrolled else secret_being_enrolled(request)
    groups = " ".join(secret[n : n + 4] for n in range(0, len(secret), 4))
    context = {"enrolled": enrolled, "secret": groups, "error": error}
    return render("web/totp.html", request, context, status=status)


@signed_in(LoginStep.ENROL)
async def draw_totp(request: web.Request) -> web.StreamResponse:
    """The QR code, only while it is being enrolled: afterwards nobody can look the secret up."""
    staff = staff_of(request)
    if staff.totp_secret is not None:
        raise web.HTTPNotFound
    picture = enrolment_picture(staff, secret_being_enrolled(request))
    return web.Response(body=picture, content_type="image/svg+xml")


@public
async def choose_theme(request: web.Request) -> web.StreamResponse:
    form = await request.post()
    theme = str(form.get("theme", ""))
    if theme in THEMES:
        put_cookie(request, THEME_COOKIE, theme, max_age=_YEAR)
    raise web.HTTPSeeOther(safe_path(str(form.get("next", "")), "/"))


def add_routes(app: web.Application) -> None:
    app.router.add_get("/account", show_account)
    app.router.add_get("/account/password", show_password)
    app.router.add_post("/account/password", change_password)
    app.router.add_get("/account/totp", show_totp)
    app.router.add_post("/account/totp", enrol_totp)
    app.router.add_get("/account/totp.svg", draw_totp)
    app.router.add_post("/theme", choose_theme)
