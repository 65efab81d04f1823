"""Typed names of what the web application and its requests carry for every face.

Declares keys only: the composition root puts the values in, handlers read them. What one room alone
needs has its key there.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Any

from aiohttp import web

from cases.people import Role
from cases.ports.accounts import ApiToken, RateLimits, Session, SessionStore, Staff, StaffStore, TokenStore
from cases.ports.audit import AuditStore
from cases.ports.evidence import MOST_BYTES, EvidenceStore
from cases.ports.unsent import UnsentStore
from cases.service.credit.exchange import Exchange
from cases.service.services import Services
from cases.service.subscriptions import Subscriptions
from cases.vocabulary import Language

IPNetwork = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class WebOptions:
    """How the pages behave in this deployment."""

    secure_cookies: bool = False
    """True when people reach the pages over https: Secure cookies with __Host- names, and HSTS."""
    trusted_proxies: tuple[IPNetwork, ...] = ()
    """Networks from which X-Forwarded-For is believed; none by default."""
    public_url: str | None = None
    """Where people reach the pages, without a slash at its end; None: where they say they do."""
    onion_url: str | None = None
    """Where people with Tor reach them, likewise."""
    streams: int = 2000
    """Event streams that may stand open at one time."""
    streams_of_one: int = 60
    """Of these, for one address: an office behind one router."""
    second_factor_roles: frozenset[Role] = frozenset({Role.SUPERVISOR, Role.ADMIN})
    """Who must enrol a one-time code before working."""
    idle_timeout: timedelta = timedelta(minutes=30)
    absolute_timeout: timedelta = timedelta(hours=12)
    form_limit: int = 1 * 1024 * 1024
    """Largest body, in bytes, of a request to a route that takes no files."""
    upload_limit: int = MOST_BYTES + form_limit
    """Largest body, in bytes, of any request: the largest file and what is said with it."""
    token_per_minute: int = 1200
    """Calls that one token may make in each process; 0: any number."""
    upload_budget: int = 12 * upload_limit
    """Bytes of all uploads that are being read or judged at one time."""
    default_language: Language = Language.ZH_HANS
    """For citizens whose browser asks for none that we speak."""
    exit_address: str = "https://www.weather.com.cn/"
    """Where 快速离开 leads: a site that says nothing about who was here."""
    publish_motions: bool = False
    """Whether everybody may see how suggestions and proposals were answered."""
    letter_font: Path | None = None
    """The font for Chinese in PDFs; without it the usual places are searched."""


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of the top bar, shown to the roles given."""

    label: str
    href: str
    roles: frozenset[Role]
    count: Callable[[web.Application, Staff], Awaitable[int]] | None = None
    """How much waits there for this person: the entry shows the number, and only while it is not 0."""


SERVICES: web.AppKey[Services] = web.AppKey("service")
STAFF: web.AppKey[StaffStore] = web.AppKey("staff")
SESSIONS: web.AppKey[SessionStore] = web.AppKey("sessions")
TOKENS: web.AppKey[TokenStore] = web.AppKey("tokens")
AUDIT: web.AppKey[AuditStore] = web.AppKey("audit")
EVIDENCE: web.AppKey[EvidenceStore] = web.AppKey("evidence")
UNSENT: web.AppKey[UnsentStore] = web.AppKey("unsent")
SUBSCRIPTIONS: web.AppKey[Subscriptions] = web.AppKey("subscriptions")
EXCHANGE: web.AppKey[Exchange] = web.AppKey("exchange")
NOW: web.AppKey[Callable[[], datetime]] = web.AppKey("now")
HASH: web.AppKey[Callable[[str], str]] = web.AppKey("hash")
"""Keyed hash of a secret: what is stored instead of session ids and tokens."""

OPTIONS: web.AppKey[WebOptions] = web.AppKey("options")
NAVIGATION: web.AppKey[list[NavItem]] = web.AppKey("navigation")
LIMITS: web.AppKey[RateLimits] = web.AppKey("limits")
API_PATHS: web.AppKey[dict[str, dict[str, Any]]] = web.AppKey("api_paths")
"""Path items, by path under /api/v1, with which other faces complete the desk's OpenAPI document."""
API_SCHEMAS: web.AppKey[dict[str, Any]] = web.AppKey("api_schemas")
"""Schemas that these path items name."""

REQUEST_ID: web.RequestKey[str] = web.RequestKey("request_id")
SIGNED_IN: web.RequestKey[Staff] = web.RequestKey("signed_in")
SESSION: web.RequestKey[Session] = web.RequestKey("session")
SESSION_SECRET: web.RequestKey[str] = web.RequestKey("session_secret")
TOKEN: web.RequestKey[ApiToken] = web.RequestKey("token")
"""Set when the request came with an API token that was accepted."""
WAITING: web.RequestKey[Mapping[str, int]] = web.RequestKey("waiting")
"""What waits for the person who is signed in, by the address of its entry in the top bar."""
CHAT: web.RequestKey[str] = web.RequestKey("chat")
VISITOR: web.RequestKey[str] = web.RequestKey("visitor")
COOKIES: web.RequestKey[dict[str, tuple[str, int | None] | None]] = web.RequestKey("cookies")
"""Cookies to set on the response of this request, whichever response that is: value and seconds to live
(None: until the browser closes); None in place of both drops the cookie."""
