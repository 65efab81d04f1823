"""Rows of the board's tables: the same figures for departments, domains, months, persons and the rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cases.figures.cells import Figures, total
from cases.figures.statistics import SMALL_GROUP, Backlog
from cases.rules.jurisdictions import Jurisdictions
from cases.vocabulary import Channel
from cases.words import CHANNEL_NAMES, DOMAIN_NAMES
from classify.types import Domain
from handlers.supervisor.choices import Choice
from handlers.supervisor.places import department_name, place_name

Groups = Mapping[tuple[str, ...], Figures]


@dataclass(frozen=True, slots=True)
class BreakdownRow:
    """One line of a breakdown. Durations in seconds, shares 0..1; None where there are too few cases."""

    key: str
    name: str
    href: str
    filed: int
    closed: int
    open: int
    overdue: int
    amber: int
    accept_median: float | None
    accept_p90: float | None
    answer_median: float | None
    answer_p90: float | None
    accept_on_time: float | None
    handle_on_time: float | None
    before: float | None
    """handle_on_time of the period before."""
    declined: int
    satisfied: float | None
    links: Mapping[str, str]


def rolled(groups: Groups, place: int) -> dict[str, Figures]:
    """Groups added up by one part of their key."""
    parts: dict[str, list[Figures]] = {}
    for key, figures in groups.items():
        parts.setdefault(key[place], []).append(figures)
    return {key: total(figures) for key, figures in parts.items()}


def enough(figures: Figures, measure: str, share: float) -> float | None:
    """The quantile, unless so few cases stand behind it that it would speak of single persons."""
    return figures.quantile(measure, share) if figures.number(measure) >= SMALL_GROUP else None


def kept_share(figures: Figures, kind: str) -> float | None:
    return figures.on_time(kind) if figures.judged(kind) >= SMALL_GROUP else None


def voice(figures: Figures, part: str) -> float | None:
    return figures.rate(part, "rated") if figures.counts["rated"] >= SMALL_GROUP else None


def rows_of(
    now: Mapping[str, Figures],
    before: Mapping[str, Figures],
    standing: Mapping[str, tuple[int, int, int]],
    choice: Choice,
    field: str,
    name_of: Callable[[str], str],
) -> list[BreakdownRow]:
    """Everything with work in the period or open now; the most open first."""
    keys = {key for key, figures in now.items() if figures.counts} | set(standing)
    rows = [
        _row(key, name_of(key), now.get(key, Figures()), before.get(key, Figures()), standing, choice, field)
        for key in keys
    ]
    rows = [row for row in rows if row.filed or row.closed or row.open or row.accept_median is not None]
    if field in {"at", "month"}:
        return sorted(rows, key=lambda row: row.key, reverse=True)
    return sorted(rows, key=lambda row: (-row.open, -row.filed, row.name))


def _row(
    key: str,
    name: str,
    now: Figures,
    before: Figures,
    standing: Mapping[str, tuple[int, int, int]],
    choice: Choice,
    field: str,
) -> BreakdownRow:
    there = standing.get(key, (0, 0, 0))
    return BreakdownRow(
        key=key,
        name=name,
        href=_narrowed(choice, field, key),
        filed=now.counts["filed"],
        closed=now.counts["closed"],
        open=there[0],
        overdue=there[1],
        amber=there[2],
        accept_median=enough(now, "accept", 0.5),
        accept_p90=enough(now, "accept", 0.9),
        answer_median=enough(now, "answer", 0.5),
        answer_p90=enough(now, "answer", 0.9),
        accept_on_time=kept_share(now, "accept"),
        handle_on_time=kept_share(now, "handle"),
        before=kept_share(before, "handle"),
        declined=now.counts["declined"],
        satisfied=voice(now, "satisfied"),
        links=_links(choice, field, key),
    )


def _narrowed(choice: Choice, field: str, key: str) -> str:
    if field in {"department", "domain", "jurisdiction", "place"}:
        return choice.link(**{field: key})
    return choice.link(period=key) if field == "month" else ""


def _links(choice: Choice, field: str, key: str) -> dict[str, str]:
    narrowed: dict[str, str | None] = {"period": key} if field == "month" else {field: key}
    return {
        "filed": choice.cases(event="filed", **narrowed),
        "closed": choice.cases(event="closed", **narrowed),
        "open": choice.cases(state="open", **narrowed),
        "overdue": choice.cases(state="overdue", **narrowed),
        "amber": choice.cases(state="amber", **narrowed),
        "declined": choice.cases(event="declined", **narrowed),
        "late": choice.cases(event="handle_broken", **narrowed),
    }


def standing_by(backlog: Backlog, field: str) -> dict[str, tuple[int, int, int]]:
    """Open, overdue and amber cases by department, domain or place."""
    sums: dict[str, list[int]] = {}
    for row in backlog.standing:
        into = sums.setdefault(getattr(row, field), [0, 0, 0])
        into[0] += row.cases
        into[1] += row.cases if row.left.startswith("over") else 0
        into[2] += row.cases if row.amber else 0
    return {key: (n[0], n[1], n[2]) for key, n in sums.items()}


def names_for(field: str, jurisdictions: Jurisdictions) -> Callable[[str], str]:
    """How a key of this field reads."""
    if field == "department":
        return lambda key: department_name(key, jurisdictions)
    if field == "place":
        return lambda key: place_name(key, jurisdictions)
    if field == "domain":
        return lambda key: DOMAIN_NAMES[Domain(key)]
    if field == "jurisdiction":
        return lambda key: jurisdictions.get(key).name
    if field == "channel":
        return lambda key: CHANNEL_NAMES[Channel(key)]
    if field == "month":
        return lambda key: f"{key[:4]}年{int(key[5:7])}月"
    return lambda key: key
