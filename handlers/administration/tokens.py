"""Bearer tokens of departments' systems: made for an account, listed and revoked; a secret is shown once."""

from __future__ import annotations

import secrets

from aiohttp import web

from cases.errors import InvalidInput, NotFound
from cases.people import Role
from cases.service.staff.accounts import LONGEST_TOKEN, SHOWN
from handlers.administration.accounts import logins
from handlers.administration.keys import ACCOUNTS
from handlers.administration.reasons import NO_SUCH_CHANGE, NO_SUCH_TOKEN
from handlers.web.access.policy import allow, staff_of
from handlers.web.access.scopes import SCOPE_NAMES
from handlers.web.access.tokens import hash_token
from handlers.web.keys import STAFF
from handlers.web.pages.flash import flash
from handlers.web.pages.templates import render


@allow(Role.ADMIN)
async def list_tokens(request: web.Request) -> web.StreamResponse:
    return await _page(request)


@allow(Role.ADMIN)
async def make_token(request: web.Request) -> web.StreamResponse:
    """For an account, with at least one permission, for so many days."""
    posted = await request.post()
    owner = await request.app[STAFF].find_by_login(str(posted.get("login", ""))[:80])
    name = str(posted.get("name", "")).strip()[:60]
    scopes = frozenset(str(one) for one in posted.getall("scopes", []) if one in SCOPE_NAMES)
    days = str(posted.get("days", ""))
    if (
        owner is None
        or not name
        or not scopes
        or not (days.isdecimal() and 1 <= int(days[:9]) <= LONGEST_TOKEN)
    ):
        return await _page(request, error="请写明已有的登录名、用途、至少一项权限和天数（1 至 730）。")
    secret = secrets.token_urlsafe(32)
    await request.app[ACCOUNTS].make_token(
        staff_of(request).id,
        owner,
        name=name,
        scopes=scopes,
        days=int(days),
        hash=hash_token(request.app, secret),
    )
    return await _page(request, secret=secret)


@allow(Role.ADMIN)
async def revoke_token(request: web.Request) -> web.StreamResponse:
    mark, accounts = str((await request.post()).get("mark", "")), request.app[ACCOUNTS]
    if len(mark) != SHOWN:
        raise InvalidInput(NO_SUCH_CHANGE)
    token = next((one for one in await accounts.tokens.list_tokens() if one.hash.startswith(mark)), None)
    if token is None:
        raise NotFound(NO_SUCH_TOKEN)
    await accounts.revoke_token(staff_of(request).id, token)
    flash(request, "已吊销，立即失效。", "success")
    raise web.HTTPSeeOther("/admin/tokens")


async def _page(request: web.Request, *, secret: str = "", error: str = "") -> web.Response:
    context = {
        "tokens": await request.app[ACCOUNTS].tokens.list_tokens(),
        "owners": logins(await request.app[STAFF].list_staff()),
        "scopes": SCOPE_NAMES,
        "shown": SHOWN,
        "secret": secret,
        "error": error,
        "login": request.query.get("login", ""),
    }
    return render("administration/tokens.html", request, context, status=422 if error else 200)
