"""API tokens: whose a secret is. What the token is good for, the route says."""

from __future__ import annotations

from typing import NamedTuple

from aiohttp import web

from cases.errors import NotFound
from cases.ports.accounts import ApiToken, Staff
from handlers.web.access.token_pace import PACE
from handlers.web.keys import HASH, NOW, STAFF, TOKENS

LONGEST_SECRET = 256


class Bearer(NamedTuple):
    token: ApiToken
    owner: Staff


async def find_bearer(app: web.Application, secret: str) -> Bearer | None:
    """The token of this secret and its owner; None when it is unknown, over, or the account closed.

    Raises TooManyCalls when the token asks faster than the deployment lets it.
    """
    token = await app[TOKENS].find(hash_token(app, secret[:LONGEST_SECRET]))
    if token is None or (token.expires_at is not None and token.expires_at <= app[NOW]()):
        return None
    app[PACE].take(token.hash)
    try:
        owner = await app[STAFF].get(token.staff)
    except NotFound:
        return None
    return Bearer(token, owner) if owner.active else None


def hash_token(app: web.Application, secret: str) -> str:
    """What the token store keeps for a bearer token."""
    return app[HASH](token_text(secret))


def token_text(secret: str) -> str:
    """What is hashed, so that a token is never taken for anything else that is hashed here."""
    return "token:" + secret
