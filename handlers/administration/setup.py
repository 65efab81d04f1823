"""Puts the administrator's pages on an application."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from aiohttp import web

from cases.people import Role
from cases.service.staff.accounts import Accounts
from handlers.administration.accounts import (
    add_account,
    change_account,
    list_accounts,
    show_account,
    show_new,
)
from handlers.administration.keys import ACCOUNTS, SET_ASIDE
from handlers.administration.overview import show_overview
from handlers.administration.tokens import list_tokens, make_token, revoke_token
from handlers.web.keys import AUDIT, NOW, SESSIONS, STAFF, TOKENS, NavItem
from handlers.web.setup import add_navigation


def setup(app: web.Application, set_aside: Callable[[], Awaitable[Sequence[Mapping[str, Any]]]]) -> None:
    """Call after `handlers.web.setup.setup`; SERVICES must be set."""
    app[ACCOUNTS] = Accounts(app[STAFF], app[SESSIONS], app[TOKENS], app[AUDIT], app[NOW])
    app[SET_ASIDE] = set_aside
    add_navigation(app, NavItem("管理", "/admin", frozenset({Role.ADMIN})))
    add = app.router
    add.add_get("/admin", show_overview)
    add.add_get("/admin/accounts", list_accounts)
    add.add_get("/admin/accounts/new", show_new)
    add.add_post("/admin/accounts", add_account)
    add.add_get("/admin/accounts/{id}", show_account)
    add.add_post("/admin/accounts/{id}/{change}", change_account)
    add.add_get("/admin/tokens", list_tokens)
    add.add_post("/admin/tokens", make_token)
    add.add_post("/admin/tokens/revoke", revoke_token)
