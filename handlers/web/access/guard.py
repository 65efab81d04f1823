"""The door-keeper: one middleware that applies each route's declared policy before its handler runs.

Nothing declared means nobody may. Decides from the policy alone and never looks at cases.
"""

from __future__ import annotations

from urllib.parse import quote

from aiohttp import web

from handlers.web.access.bodies import read_form, upload_held
from handlers.web.access.callers import CROSSROADS, wants_json
from handlers.web.access.chats import open_chat
from handlers.web.access.csrf import SAFE_METHODS, check_csrf
from handlers.web.access.policy import Door, Handler, LoginStep, Policy, has_role, policy_of
from handlers.web.access.sessions import load_session, step_of
from handlers.web.access.tokens import LONGEST_SECRET, find_bearer
from handlers.web.access.turns import TURNS
from handlers.web.keys import NAVIGATION, OPTIONS, SESSION, SIGNED_IN, TOKEN, WAITING

STEP_PAGES = {
    LoginStep.CODE: "/login/code",
    LoginStep.PASSWORD: "/account/password",
    LoginStep.ENROL: "/account/totp",
}

LONGEST_WAY_BACK = 2000
"""Signs of an address that is kept for after the login; servers refuse requests of more than some 8,000."""


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
    request.app[CROSSROADS].pass_by(request)
    _check_size(request, policy)
    if policy.door is Door.API:
        await _open_with_token(request, policy)
    elif policy.door is not Door.MACHINE:
        await load_session(request)
        if policy.door is Door.CITIZEN:
            open_chat(request)
        elif policy.door is Door.STAFF:
            _check_staff(request, policy)
    with upload_held(request):
        await check_csrf(request, policy)
        if request.method not in SAFE_METHODS:
            await read_form(request)
        if policy.door is Door.MACHINE:
            return await handler(request)
        async with request.app[TURNS].one_for(request):
            if policy.door is Door.STAFF and request.method == "GET":
                request[WAITING] = await _count_waiting(request)
            return await handler(request)


async def _count_waiting(request: web.Request) -> dict[str, int]:
    """For the top bar of a page; a stream has none."""
    person = request[SIGNED_IN]
    signed_in = step_of(request.app, person, request[SESSION]) is LoginStep.DONE
    if not signed_in or "text/event-stream" in request.headers.get("Accept", ""):
        return {}
    return {
        item.href: await item.count(request.app, person)
        for item in request.app[NAVIGATION]
        if item.count and has_role(person, item.roles)
    }


def _check_size(request: web.Request, policy: Policy) -> None:
    """Refuse a body by its announced length, or because it is packed, before a byte of it is read."""
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise web.HTTPUnsupportedMediaType
    options = request.app[OPTIONS]
    limit = options.upload_limit if policy.files else options.form_limit
    length = request.content_length
    if length is not None and length > limit:
        raise web.HTTPRequestEntityTooLarge(max_size=limit, actual_size=length)
    if length is None and request.can_read_body and not policy.files:
        raise web.HTTPLengthRequired


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
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    secret = given.strip()
    bearer = None
    if scheme.lower() == "bearer" and 16 <= len(secret) <= LONGEST_SECRET:
        bearer = await find_bearer(request.app, secret)
    if bearer is None:
        raise web.HTTPUnauthorized(headers={"WWW-Authenticate": 'Bearer realm="shouxin"'}, text="token")
    if policy.scope not in bearer.token.scopes or not has_role(bearer.owner, policy.roles):
        raise WrongRole(text="scope")
    request[TOKEN], request[SIGNED_IN] = bearer
