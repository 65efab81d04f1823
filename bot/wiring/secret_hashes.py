"""What is stored instead of the secrets a browser or a department's system holds."""

from __future__ import annotations

from handlers.web.access.tokens import token_text
from storage.sealed.key_ring import KeyRing


def web_hash(keys: KeyRing, text: str) -> str:
    """What is stored instead of session ids and tokens."""
    return keys.digest(text, "web")


def token_hash(keys: KeyRing, secret: str) -> str:
    """As a bearer token is looked up."""
    return web_hash(keys, token_text(secret))
