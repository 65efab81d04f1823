"""What a token of a department's own system may be good for at the desk's API."""

from __future__ import annotations

from handlers.web.access.scopes import FILE, HOOKS, READ, SCOPE_NAMES, WRITE

SCOPES = {scope: SCOPE_NAMES[scope] for scope in (READ, WRITE, FILE, HOOKS)}

__all__ = ["FILE", "HOOKS", "READ", "SCOPES", "WRITE"]
