"""Sessions of staff: a random id in a cookie, its keyed hash in the store, time-outs on both ends.

Knows nothing of passwords or codes; `signing_in/login.py` decides when a session begins.
"""

from __future__ import annotations

from datetime import timedelta

from aiohttp import web

from cases.errors import NotFound
from cases.ports.accounts import Session, Staff
from handlers.web.access.cookies import SESSION_COOKIE, drop_cookie, new_secret, put_cookie, read_secret
from handlers.web.access.policy import LoginStep
from handlers.web.keys import HASH, NOW, OPTIONS, SESSION, SESSION_SECRET, SESSIONS, SIGNED_IN, STAFF

LIVE_HEADER = "X-Live-Refresh"
"""Sent by the page's own background refresh, which must not keep an abandoned session alive."""

_TOUCH_EVERY = timedelta(minutes=1)


def _hash_of(app: web.Application, secret: str) -> str:
    return app[HASH]("session:" + secret)


async def start_session(request: web.Request, staff: Staff, *, second_factor: bool = False) -> None:
    """Begin a session under a new id and end the one the request came with, if any."""
    app, now = request.app, request.app[NOW]()
    await end_session(request)
    secret = new_secret()
    session = Session(
        id_hash=_hash_of(app, secret),
        staff=staff.id,
        csrf=new_secret(),
        created_at=now,
        seen_at=now,
        expires_at=now + app[OPTIONS].absolute_timeout,
        second_factor=second_factor,
    )
    await app[SESSIONS].put(session)
    request[SESSION], request[SESSION_SECRET], request[SIGNED_IN] = session, secret, staff
    put_cookie(request, SESSION_COOKIE, secret)


async def end_session(request: web.Request) -> None:
    """Forget the session of this request here and in the browser. Harmless without one."""
    secret = read_secret(request, SESSION_COOKIE)
    if secret is not None:
        await request.app[SESSIONS].delete(_hash_of(request.app, secret))
        drop_cookie(request, SESSION_COOKIE)


async def end_all_sessions(request: web.Request, staff: Staff) -> None:
    await request.app[SESSIONS].delete_all(staff.id)
    drop_cookie(request, SESSION_COOKIE)


async def load_session(request: web.Request) -> None:
    """Put the session and its member of staff on the request, if the cookie names a living one."""
    secret = read_secret(request, SESSION_COOKIE)
    if secret is None:
        return
    app = request.app
    id_hash = _hash_of(app, secret)
    session = await app[SESSIONS].find(id_hash)
    staff = await _owner(app, session) if session else None
    if session is None or staff is None or is_over(app, session):
        await app[SESSIONS].delete(id_hash)
        drop_cookie(request, SESSION_COOKIE)
        return
    now = app[NOW]()
    if now - session.seen_at >= _TOUCH_EVERY and not _is_passive(request):
        await app[SESSIONS].touch(id_hash, now)
    request[SESSION], request[SESSION_SECRET], request[SIGNED_IN] = session, secret, staff


def is_over(app: web.Application, session: Session) -> bool:
    """Whether the session idled too long or reached its absolute end."""
    now = app[NOW]()
    return now >= session.expires_at or now - session.seen_at >= app[OPTIONS].idle_timeout


async def still_signed_in(request: web.Request) -> bool:
    """For long streams: whether the session they began under still holds."""
    session = request.get(SESSION)
    if session is None:
        return False
    current = await request.app[SESSIONS].find(session.id_hash)
    return current is not None and not is_over(request.app, current)


def step_of(app: web.Application, staff: Staff, session: Session) -> LoginStep:
    """The first thing still missing before this login may work."""
    if staff.totp_secret is not None and not session.second_factor:
        return LoginStep.CODE
    if staff.must_change_password:
        return LoginStep.PASSWORD
    if staff.totp_secret is None and not staff.roles.isdisjoint(app[OPTIONS].second_factor_roles):
        return LoginStep.ENROL
    return LoginStep.DONE


async def _owner(app: web.Application, session: Session) -> Staff | None:
    try:
        staff = await app[STAFF].get(session.staff)
    except NotFound:
        return None
    return staff if staff.active else None


def _is_passive(request: web.Request) -> bool:
    return LIVE_HEADER in request.headers or "text/event-stream" in request.headers.get("Accept", "")
