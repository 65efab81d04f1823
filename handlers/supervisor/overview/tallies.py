"""The headline figures of a period, each with how it was in the period before, and what citizens said."""

from __future__ import annotations

from typing import NamedTuple

from cases.figures.cells import Figures
from cases.figures.facts import Happening
from cases.figures.measures import HAPPENING_NAMES
from cases.figures.statistics import SMALL_GROUP
from cases.words import DISSATISFACTION_NAMES
from handlers.supervisor.choices import Choice
from handlers.supervisor.overview.seen import Seen
from handlers.supervisor.overview.tables import enough, kept_share, voice
from handlers.supervisor.periods import Comparison


class Tally(NamedTuple):
    """A headline figure and how it was in the period before."""

    label: str
    value: str
    change: str
    tone: str
    href: str
    measure: str


def tallies(seen: Seen) -> list[Tally]:
    """The headline: what stands open, and how well promises were kept."""
    choice, now, before = seen.choice, seen.whole, seen.whole_before
    backlog = seen.backlog
    overdue, amber = backlog.count(overdue=True), backlog.count(amber=True)
    filed, was = now.counts["filed"], before.counts["filed"]
    return [
        Tally("在办", f"{backlog.count():,}", "现在", "", choice.cases(state="open"), "open"),
        Tally(
            "已超期",
            f"{overdue:,}",
            "现在",
            "red" if overdue else "",
            choice.cases(state="overdue"),
            "overdue",
        ),
        Tally(
            "即将到期", f"{amber:,}", "现在", "amber" if amber else "", choice.cases(state="amber"), "amber"
        ),
        Tally(
            "收件",
            f"{filed:,}",
            _count_change(filed, was, choice.against),
            "",
            choice.cases(event="filed"),
            "filed",
        ),
        _rate_tally("受理按期率", "accept", now, before, choice),
        _rate_tally("答复按期率", "handle", now, before, choice),
        _time_tally("受理用时", "accept", now, before, choice, "accepted"),
        _time_tally("答复用时", "answer", now, before, choice, "answered"),
    ]


def _count_change(now: int, before: int, against: Comparison) -> str:
    if now == before:
        return f"{against.kind}持平，{against.name}同为 {before:,}"
    return f"{against.kind}{'增' if now > before else '减'} {abs(now - before):,}"


def _rate_tally(label: str, kind: str, now: Figures, before: Figures, choice: Choice) -> Tally:
    share, was = kept_share(now, kind), kept_share(before, kind)
    href = choice.cases(event=f"{kind}_broken")
    change = (
        f"{choice.against.name}无可比"
        if was is None or share is None
        else _points(share - was, choice.against)
    )
    return Tally(label, "—" if share is None else f"{share:.1%}", change, "", href, f"{kind}_on_time")


def _points(difference: float, against: Comparison) -> str:
    points = round(difference * 100, 1)
    return (
        f"{against.kind}持平"
        if points == 0
        else f"{against.kind}{'升' if points > 0 else '降'} {abs(points)} 个点"
    )


def _time_tally(label: str, measure: str, now: Figures, before: Figures, choice: Choice, event: str) -> Tally:
    href = choice.cases(event=event)
    median, was, p90 = enough(now, measure, 0.5), enough(before, measure, 0.5), enough(now, measure, 0.9)
    if median is None:
        return Tally(f"{label}中位数", "—", f"不足{SMALL_GROUP}件", "", href, measure)
    note = f"九成线 {days(p90)}"
    if was is not None:
        note += f"，{choice.against.name} {days(was)}"
    return Tally(f"{label}中位数", days(median), note, "", href, measure)


def days(seconds: float | None) -> str:
    """2.4天; hours below one day; a dash for nothing."""
    if seconds is None:
        return "—"
    if seconds < 86_400:
        return f"{seconds / 3600:.1f}小时"
    return f"{seconds / 86_400:.1f}天"


def voices(seen: Seen) -> list[tuple[str, str, str]]:
    """响应率, 解决率, 满意率 with their change."""
    now, before = seen.whole, seen.whole_before
    made = []
    for label, part in (("响应率", "responded"), ("解决率", "solved"), ("满意率", "satisfied")):
        share, was = voice(now, part), voice(before, part)
        change = "" if share is None or was is None else _points(share - was, seen.choice.against)
        made.append((label, "—" if share is None else f"{share:.0%}", change))
    return made


def unhappy(seen: Seen) -> list[tuple[str, int, int]]:
    """Why citizens were not satisfied: name, how often, and that in hundredths of the most frequent one."""
    counts = seen.whole.counts
    if counts["rated"] < SMALL_GROUP:
        return []
    named = [(name, counts[f"unhappy_{reason}"]) for reason, name in DISSATISFACTION_NAMES.items()]
    most = max(n for _, n in named)
    return sorted(((name, n, round(100 * n / most)) for name, n in named if n), key=lambda row: -row[1])


APART: tuple[tuple[Happening, str], ...] = (
    (Happening.ASSISTED, "assisted"),
    (Happening.INSTANT, "instant"),
    (Happening.FOLLOWED_UP, "followed_up"),
    (Happening.SAMPLED, "sampled"),
    (Happening.CHECK_SOUND, "sampled"),
    (Happening.CHECK_FLAWED, "sampled"),
    (Happening.CHECK_FAILED, "sampled"),
)
"""What is counted apart, and the measure that says what it is."""


def apart(seen: Seen) -> list[tuple[str, int, str, str]]:
    """Label, cases, list, measure."""
    return [
        (HAPPENING_NAMES[event], seen.whole.counts[event], seen.choice.cases(event=event), measure)
        for event, measure in APART
    ]
