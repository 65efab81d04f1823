"""The door-keeper: one middleware that applies each route's declared policy before its handler runs.

Nothing declared means nobody may. Decides from the policy alone and never looks at cases.
"""

from __future__ import annotations

from urllib.parse import quote

from aiohttp import web

from cases.errors import NotFound
from handlers.web.access.cookies import CHAT_COOKIE, new_secret, put_cookie, read_secret
from handlers.web.access.csrf import SAFE_METHODS, check_csrf
from handlers.web.access.policy import Door, Handler, Policy, Step, has_role, policy_of
from handlers.web.errors import wants_json
from handlers.web.keys import CHAT, HASH, NOW, OPTIONS, SESSION, SIGNED_IN, STAFF, TOKEN, TOKENS
from handlers.web.signing_in.sessions import load_session, step_of

STEP_PAGES = {Step.CODE: "/login/code", Step.PASSWORD: "/account/password", Step.ENROL: "/account/totp"}

LONGEST_WAY_BACK = 2000
"""Signs of an address that is kept for after the login; servers refuse requests of more than some 8,000."""
_CHAT_COOKIE_SECONDS = 180 * 24 * 3600


class WrongRole(web.HTTPForbidden):
    """The route is not for this person's roles or this token's scope."""


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Apply the policy of the matched route; unmatched paths go on to their 404 or 405."""
    if request.match_info.http_exception is not None:
        await load_session(request)
        return await handler(request)
    policy = policy_of(request.match_info.handler)
    if policy is None:
        raise web.HTTPNotFound
    _check_size(request, policy)
    if policy.door is Door.API:
        await _open_with_token(request, policy)
    elif policy.door is not Door.MACHINE:
        await load_session(request)
        if policy.door is Door.CITIZEN:
            open_chat(request)
        elif policy.door is Door.STAFF:
            _check_staff(request, policy)
        await check_csrf(request, policy)
    return await handler(request)


def _check_size(request: web.Request, policy: Policy) -> None:
    """Refuse a body by its announced length, before a byte of it is read."""
    options = request.app[OPTIONS]
    limit = options.upload_limit if policy.files else options.form_limit
    length = request.content_length
    if length is not None and length > limit:
        raise web.HTTPRequestEntityTooLarge(max_size=limit, actual_size=length)
    if length is None and request.can_read_body and not policy.files:
        raise web.HTTPLengthRequired


def open_chat(request: web.Request) -> None:
    """Name the conversation after the cookie; the store sees a hash and cannot forge the cookie from it."""
    secret = read_secret(request, CHAT_COOKIE)
    if secret is None:
        if request.method not in SAFE_METHODS:
            return
        secret = new_secret()
        put_cookie(request, CHAT_COOKIE, secret, max_age=_CHAT_COOKIE_SECONDS)
    request[CHAT] = request.app[HASH]("chat:" + secret)


def _check_staff(request: web.Request, policy: Policy) -> None:
    staff, session = request.get(SIGNED_IN), request.get(SESSION)
    if staff is None or session is None:
        raise _ask_to_sign_in(request)
    step = step_of(request.app, staff, session)
    if step < policy.step:
        raise _send_to(request, STEP_PAGES[step])
    if not has_role(staff, policy.roles):
        raise WrongRole(text="role")


def _ask_to_sign_in(request: web.Request) -> web.HTTPException:
    if request.method not in SAFE_METHODS:
        return _send_to(request, "/login")
    back = quote(request.raw_path, safe="")
    if request.path == "/" or len(back) > LONGEST_WAY_BACK:
        return _send_to(request, "/login")
    return _send_to(request, f"/login?next={back}")


def _send_to(request: web.Request, page: str) -> web.HTTPException:
    live = "text/event-stream" in request.headers.get("Accept", "")
    if live or wants_json(request):
        return web.HTTPUnauthorized(text="sign-in")
    return web.HTTPSeeOther(page)


async def _open_with_token(request: web.Request, policy: Policy) -> None:
    """Bearer tokens only: a browser's cookies never open the API, so no other site can ride on them."""
    app = request.app
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    unknown = web.HTTPUnauthorized(headers={"WWW-Authenticate": 'Bearer realm="shouxin"'}, text="token")
    if scheme.lower() != "bearer" or not 16 <= len(secret.strip()) <= 256:
        raise unknown
    token = await app[TOKENS].find(hash_token(app, secret.strip()))
    if token is None or (token.expires_at is not None and token.expires_at <= app[NOW]()):
        raise unknown
    try:
        staff = await app[STAFF].get(token.staff)
    except NotFound:
        raise unknown from None
    if not staff.active:
        raise unknown
    if policy.scope not in token.scopes or not has_role(staff, policy.roles):
        raise WrongRole(text="scope")
    request[TOKEN], request[SIGNED_IN] = token, staff


def hash_token(app: web.Application, secret: str) -> str:
    """What the token store keeps for a bearer token."""
    return app[HASH]("token:" + secret)
