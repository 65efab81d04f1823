"""Whether anybody but the people at this machine reaches the pages: then supervisors need a one-time code."""

from __future__ import annotations

from bot.settings import Settings

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def only_this_machine(settings: Settings) -> bool:
    """Strict by default: a public address, or listening on any other, counts as reached from outside."""
    return settings.http_host in LOOPBACK and settings.public_url is None
