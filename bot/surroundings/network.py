"""The way out of this process: what carries calls to Telegram, who looks up names, whose word counts."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiohttp.abc import AbstractResolver

if TYPE_CHECKING:
    from aiogram.client.session.base import BaseSession


@dataclass(frozen=True, slots=True)
class Network:
    """None means the usual: the Bot API at TELEGRAM_API_URL, the system's resolver and authorities."""

    telegram: BaseSession | None = None
    resolver: AbstractResolver | None = None
    """Names of departments' own systems."""
    trust: ssl.SSLContext | None = None
    """Certificates of departments' own systems."""
