"""信用 on the board: orders overdue, records by body and domain, repairs, objections upheld, and times.

Whoever works on the integrity side reads the figures of what they may see.
"""

from __future__ import annotations

from typing import Any

from aiohttp import web

from cases.words import DOMAIN_NAMES
from classify.types import OUTSIDE, Domain
from handlers.supervisor.choices import CREDIT_FIGURES_ROLES, Choice, choice_of
from handlers.supervisor.overview.credit import credit_figures, domain_name, lines_of
from handlers.supervisor.periods import PERIODS, span_words
from handlers.web.access.policy import actor_of, allow
from handlers.web.keys import SERVICES
from handlers.web.pages.templates import render

ON_THE_PAGE = 50
"""Bodies; the export has all."""


@allow(*CREDIT_FIGURES_ROLES)
async def show_credit(request: web.Request) -> web.StreamResponse:
    choice = choice_of(request)
    found = await credit_figures(request.app[SERVICES], choice, actor_of(request))
    context: dict[str, Any] = {
        "choice": choice,
        "period_words": span_words(choice.period),
        "filters": _filters(choice, request),
        "lines": lines_of(found),
        "bodies": found.by_body[:ON_THE_PAGE],
        "left_out": len(found.by_body[ON_THE_PAGE:]),
        "domains": [(domain_name(domain), n) for domain, n in found.by_domain.items()],
    }
    return render("supervisor/credit.html", request, context)


def _filters(choice: Choice, request: web.Request) -> list[dict[str, Any]]:
    periods = dict(PERIODS)
    periods.setdefault(choice.period_key, choice.period_name)
    domains = {domain.value: DOMAIN_NAMES[domain] for domain in Domain if domain not in OUTSIDE}
    regions = request.app[SERVICES].filing.regions_inside("")
    fields = (
        ("period", "统计期", choice.period_key, periods),
        (
            "domain",
            "领域",
            choice.selection.domain,
            domains,
        ),
        ("place", "地区", choice.selection.place, {one.code: one.name for one in regions}),
    )
    return [
        {"name": name, "label": label, "chosen": chosen, "options": options, "all": name != "period"}
        for name, label, chosen, options in fields
    ]
