"""Ranking of departments and regions, with its formula, weights that can be changed, and its history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web
from markupsafe import Markup

from cases.figures.cells import Figures
from cases.figures.ranking import COMPONENTS, DEFAULT_WEIGHTS, LEAST_VOLUME, formula, rank
from cases.figures.statistics import COUNT_PARTS, Period
from handlers.supervisor.charts.svg import circle, tag
from handlers.supervisor.choices import BOARD_ROLES, Choice, choice_of
from handlers.supervisor.keys import STATISTICS
from handlers.supervisor.overview.tables import names_for
from handlers.supervisor.periods import first_of_month, last_day, span_words
from handlers.web.access.policy import allow
from handlers.web.keys import SERVICES
from handlers.web.pages.templates import render

MONTHS = 12
FIELDS = {"department": "home", "place": "place"}


@allow(*BOARD_ROLES)
async def show_ranking(request: web.Request) -> web.StreamResponse:
    choice = choice_of(request)
    of = request.query.get("of", "department")
    field = FIELDS.get(of, "home")
    of = "place" if field == "place" else "department"
    weights = weights_of(request.query)
    statistics = request.app[STATISTICS]
    view = "work" if field == "home" else "place"
    groups = await statistics.figures(view, choice.selection, choice.period, (field,), COUNT_PARTS)
    units = {key[0]: figures for key, figures in groups.items() if key[0] and figures.judged("handle")}
    history = await _history(request, choice, view, field, weights)
    ranked = rank(units, weights)
    context: dict[str, Any] = {
        "choice": choice,
        "period_words": span_words(choice.period),
        "rows": ranked,
        "apart": {key: figures.counts for key, figures in units.items()},
        "cases_of": lambda key, event: choice.cases(event=event, **{of: key}),
        "name_of": names_for(of, request.app[SERVICES].rules.jurisdictions),
        "components": COMPONENTS,
        "weights": weights,
        "formula": formula(weights),
        "least": LEAST_VOLUME,
        "of": of,
        "sparks": {key: spark(bands) for key, bands in history.items()},
        "history": history,
        "months": MONTHS,
        "link_of": lambda key: choice.link(**{of: key}),
        "tabs": [
            ("单位", choice.link("/board/ranking", of="department"), None, of == "department"),
            ("地区", choice.link("/board/ranking", of="place"), None, of == "place"),
        ],
    }
    return render("supervisor/ranking.html", request, context)


def weights_of(query: Mapping[str, str]) -> dict[str, int]:
    """The weights asked for, 0 to 100 each; the defaults when none or only nonsense was given."""
    asked = {
        component.key: min(int(query[f"w_{component.key}"]), 100)
        for component in COMPONENTS
        if query.get(f"w_{component.key}", "").isdecimal()
    }
    weights = {**DEFAULT_WEIGHTS, **asked}
    return weights if any(weights.values()) else dict(DEFAULT_WEIGHTS)


async def _history(
    request: web.Request, choice: Choice, view: str, field: str, weights: Mapping[str, int]
) -> dict[str, list[tuple[str, int]]]:
    """Band in each of the last months, by unit."""
    end = first_of_month(last_day(choice.period), 1)
    period = Period(first_of_month(end, -MONTHS), end)
    groups = await request.app[STATISTICS].figures(view, choice.selection, period, ("at", field), COUNT_PARTS)
    by_month: dict[str, dict[str, Figures]] = {}
    for (at, key), figures in groups.items():
        if key and figures.judged("handle"):
            by_month.setdefault(at, {})[key] = figures
    history: dict[str, list[tuple[str, int]]] = {}
    for at in sorted(by_month):
        for unit in rank(by_month[at], weights):
            if unit.band is not None:
                history.setdefault(unit.key, []).append((at, unit.band))
    return history


def spark(bands: list[tuple[str, int]]) -> Markup:
    """A small line of bands over time; up is better."""
    if len(bands) < 2:
        return Markup("")
    worst = max(band for _, band in bands)
    best = min(band for _, band in bands)
    step, span = 132 / (len(bands) - 1), max(worst - best, 1)
    points = [(6 + step * i, 6 + 24 * (band - best) / span) for i, (_, band) in enumerate(bands)]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    words = "，".join(f"{int(at[5:7])}月第{band}档" for at, band in bands)
    return tag(
        "svg",
        tag("title", words),
        tag("polyline", points=path),
        circle(*points[-1], 3, "dot-rate"),
        viewBox="0 0 144 36",
        class_="spark",
        role="img",
        aria_label=f"档次变化：{words}",
    )
