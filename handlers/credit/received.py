"""下级报送: records that deployments of the level below reported, to be read; nothing here changes them.

Whoever works on the integrity side reads those of the own area; of what was withdrawn no breach is shown.
"""

from __future__ import annotations

import re

from aiohttp import web

from cases.integrity.breaches.record_model import SEVERITY_NAMES
from handlers.credit.roles import AWARD_ROLES
from handlers.web.access.policy import actor_of, allow
from handlers.web.keys import EXCHANGE, SERVICES
from handlers.web.pages.templates import render

SHOWN = 200
_MONTH = re.compile(r"20\d{2}-(?:0[1-9]|1[0-2])")


@allow(*AWARD_ROLES)
async def show_received(request: web.Request) -> web.StreamResponse:
    """A sender or month that is none is left out, so that a mistyped address still shows something."""
    exchange, actor = request.app[EXCHANGE], actor_of(request)
    jurisdictions = request.app[SERVICES].rules.jurisdictions
    home = jurisdictions.jurisdiction_of(actor.department) if actor.department else None
    senders = sorted(exchange.partners.senders)
    asked = request.query.get("sender", "")
    sender = asked if asked in senders else next(iter(senders), "")
    given = request.query.get("month", "").strip()
    month = given if _MONTH.fullmatch(given) else ""
    regions = home.region_codes if home else ()
    found, more = await exchange.list_received(sender, month, regions, SHOWN) if sender else ([], False)
    context = {
        "senders": senders,
        "sender": sender,
        "month": month,
        "found": found,
        "more": more,
        "passes_on": exchange.partners.upper is not None,
        "severities": SEVERITY_NAMES,
    }
    return render("credit/received.html", request, context)
