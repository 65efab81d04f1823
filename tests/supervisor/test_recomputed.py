"""The board's headline figures, recomputed from the raw histories by a second, independent way of counting.

Nothing of `cases/figures` is used here: no rows, no cells, no periods of the board. What differs
is a fault of one of the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from statistics import median_low

import pytest

from cases.model import Case
from tests.supervisor.conftest import NOW, told
from tests.supervisor.test_pages import inside
from tests.town.live.browser import Browser

DAY, HOUR = 86_400, 3_600
TODAY = (NOW + timedelta(hours=8)).date()
TOMORROW = TODAY + timedelta(days=1)
ENDED = ("declined", "withdrawn", "merged", "closed")


def day_of(at: datetime) -> date:
    return (at.astimezone(UTC) + timedelta(hours=8)).date()


def month_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, 1)


def spans() -> dict[str, tuple[date, date, date, date, str]]:
    """Key → first day, day after the last, the same of what it is held against, and how that is called."""
    first = TODAY.replace(day=1)
    known = {f"{n}d": TOMORROW - timedelta(days=n) for n in (7, 30, 90)}
    known |= {"month": first, "12m": month_before(first, 11), "3y": month_before(first, 35)}
    found = {
        key: (since, TOMORROW, since - (TOMORROW - since), since, "环比") for key, since in known.items()
    }
    found["last"] = (month_before(first, 1), first, month_before(first, 2), month_before(first, 1), "环比")
    found["year"] = (
        date(TODAY.year, 1, 1), TOMORROW, date(TODAY.year - 1, 1, 1),
        TOMORROW.replace(year=TODAY.year - 1), "同比",
    )  # fmt: skip
    return found


def home(case: Case) -> str:
    """Whose work is counted: during and after a review the department that answered first."""
    if not case.reviews:
        return case.department
    return next(letter.department for letter in case.letters if letter.department != case.department)


def waited(case: Case, until: datetime) -> float:
    """Seconds from filing, without those in which the citizen was asked for papers."""
    seconds, paused = (until - case.filed_at).total_seconds(), None
    for entry in case.history:
        if entry.at > until:
            break
        if entry.after == "awaiting_citizen":
            paused = paused or entry.at
        elif paused is not None:
            seconds -= (entry.at - paused).total_seconds()
            paused = None
    return seconds - ((until - paused).total_seconds() if paused else 0)


def first(case: Case, move: str) -> datetime | None:
    return next((e.at for e in case.history if e.move == move), None)


def lengths(cases: Iterable[Case], move: str, since: date, until: date) -> list[float]:
    done = [(case, at) for case in cases if (at := first(case, move)) and since <= day_of(at) < until]
    return sorted(waited(case, at) for case, at in done)


def judged(cases: Iterable[Case], kind: str, since: date, until: date) -> tuple[int, int]:
    """Kept and broken promises whose result fell into the period."""
    kept = broken = 0
    for case in cases:
        clocks = [c for c in case.clocks if c.kind == kind and c.stopped_at is None]
        if not clocks:
            continue
        due, met = clocks[-1].due_at, clocks[-1].met_at
        if met is not None and met <= due:
            kept += since <= day_of(met) < until
        elif met is not None or (due < NOW and "red" in clocks[-1].warned):
            broken += since <= day_of(due) < until
    return kept, broken


def open_now(case: Case) -> bool:
    return case.status not in (*ENDED, "answered") and not case.quarantined


def due(case: Case) -> datetime | None:
    running = [c.due_at for c in case.clocks if not (c.met_at or c.stopped_at or c.paused_at)]
    return min(running) if running else None


def seconds_of(words: str) -> float:
    number = float(re.match(r"[\d.]+", words)[0])  # type: ignore[index]
    return number * (DAY if words.endswith("天") else HOUR)


def shown_on(page: str) -> dict[str, tuple[str, str]]:
    found = re.findall(
        r'stat-label">([^<]+)</span>\s*<span class="stat-value">([^<]+)</span>(?:\s*<span[^>]*>([^<]*)<)?',
        page,
    )
    return {label: (value, note) for label, value, note in found}


@pytest.mark.parametrize("key", spans())
async def test_the_headline_of_every_period_is_what_the_histories_say(supervisor: Browser, key: str) -> None:
    since, until, since_before, until_before, kind = spans()[key]
    shown = shown_on(await supervisor.read(f"/board?period={key}"))
    everything = [case for case in told() if not case.quarantined]
    cases = [case for case in everything if home(case) in inside()]
    waiting = [case for case in everything if case.department in inside() and open_now(case)]
    ends = [at for case in waiting if (at := due(case))]
    assert shown["在办"][0] == str(len(waiting))
    assert shown["已超期"][0] == str(sum(at < NOW for at in ends))
    filed = sum(since <= day_of(case.filed_at) < until for case in cases)
    was = sum(since_before <= day_of(case.filed_at) < until_before for case in cases)
    words = f"{'增' if filed > was else '减'} {abs(filed - was)}" if filed != was else "持平"
    assert shown["收件"][0] == str(filed)
    assert shown["收件"][1].startswith(f"{kind}{words}")
    for label, promise in (("受理按期率", "accept"), ("答复按期率", "handle")):
        kept, broken = judged(cases, promise, since, until)
        assert shown[label][0] == (f"{kept / (kept + broken):.1%}" if kept + broken >= 5 else "—")
    for label, move in (("受理用时中位数", "accept"), ("答复用时中位数", "answer")):
        times = lengths(cases, move, since, until)
        if len(times) < 5:
            assert shown[label] == ("—", "不足5件")
        else:
            assert seconds_of(shown[label][0]) == pytest.approx(max(median_low(times), 600), rel=0.04)
