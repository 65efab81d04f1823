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


def nearly_over(case: Case) -> bool:
    """Whether a fifth of the promised time or less is left of the clock that ends next."""
    running = [c for c in case.clocks if not (c.met_at or c.stopped_at or c.paused_at)]
    if not running:
        return False
    next_one = min(running, key=lambda c: c.due_at)
    promised = next_one.due_at - next_one.started_at - timedelta(seconds=next_one.paused_seconds)
    return next_one.due_at - promised / 5 <= NOW <= next_one.due_at


def nearest_rank(times: list[float], tenths: int) -> float:
    return max(times[-(-len(times) * tenths // 10) - 1], 600)


def points(now: tuple[int, int], before: tuple[int, int]) -> float | None:
    """By how many hundredths a share moved; None where one of the two rests on too few."""
    if min(sum(now), sum(before)) < 5:
        return None
    return round((now[0] / sum(now) - before[0] / sum(before)) * 100, 1)


def moved(kind: str, by: float | None, otherwise: str) -> str:
    if by is None:
        return otherwise
    return f"{kind}持平" if by == 0 else f"{kind}{'升' if by > 0 else '降'} {abs(by)} 个点"


def said(cases: Iterable[Case], since: date, until: date) -> list[tuple[bool, bool, bool]]:
    """Of each case that was rated in the period: answered, solved, content."""
    ratings = [case.rating for case in cases if case.rating and since <= day_of(case.rating.at) < until]
    return [(rating.responded, rating.solved, rating.satisfied >= 4) for rating in ratings]


def at_once(case: Case, since: date, until: date) -> bool:
    accepted, answered = first(case, "accept"), first(case, "answer")
    if accepted is None or answered is None or not since <= day_of(answered) < until:
        return False
    return timedelta() <= answered - accepted < timedelta(hours=1)


@pytest.mark.parametrize("key", spans())
async def test_what_stands_below_the_headline_is_what_the_histories_say(
    supervisor: Browser, key: str
) -> None:
    """How the shares moved, nine in ten, what citizens said, what is counted apart, and the table."""
    since, until, since_before, until_before, kind = spans()[key]
    page = await supervisor.read(f"/board?period={key}")
    shown = shown_on(page)
    everything = [case for case in told() if not case.quarantined]
    cases = [case for case in everything if home(case) in inside()]
    waiting = [case for case in everything if case.department in inside() and open_now(case)]
    assert shown["即将到期"][0] == str(sum(map(nearly_over, waiting)))
    against = "去年同期" if kind == "同比" else "上期"
    for label, promise in (("受理按期率", "accept"), ("答复按期率", "handle")):
        by = points(judged(cases, promise, since, until), judged(cases, promise, since_before, until_before))
        assert shown[label][1] == moved(kind, by, f"{against}无可比")
    for label, move in (("受理用时中位数", "accept"), ("答复用时中位数", "answer")):
        times, was = lengths(cases, move, since, until), lengths(cases, move, since_before, until_before)
        if len(times) >= 5:
            told_p90, _, told_was = shown[label][1].removeprefix("九成线 ").partition(f"，{against} ")
            assert seconds_of(told_p90) == pytest.approx(nearest_rank(times, 9), rel=0.04)
            assert bool(told_was) is (len(was) >= 5)
            if told_was:
                assert seconds_of(told_was) == pytest.approx(nearest_rank(was, 5), rel=0.04)
    voices = dict(re.findall(r"<dt>(响应率|解决率|满意率)</dt><dd><strong>([^<]+)</strong>", page))
    ratings = said(cases, since, until)
    for place, label in enumerate(("响应率", "解决率", "满意率")):
        share = sum(one[place] for one in ratings) / len(ratings) if len(ratings) >= 5 else None
        assert voices[label] == ("—" if share is None else f"{share:.0%}")
    apart = {
        label: int(number)
        for label, number in re.findall(r"<dt>(代为登记|即收即答|抽中) .*?<dd><[^>]*>(\d+)<", page, re.DOTALL)
    }
    filed = [case for case in cases if since <= day_of(case.filed_at) < until]
    assert apart == {
        "代为登记": sum(case.channel in ("counter", "api") for case in filed),
        "即收即答": sum(at_once(case, since, until) for case in cases),
        "抽中": sum(since <= day_of(check.drawn_at) < until for case in cases for check in case.checks),
    }
    ended = [case for case in cases if case.status in ENDED]
    last = [
        next(e.at for e in reversed(c.history) if e.after in ENDED and e.before not in ENDED) for c in ended
    ]
    table = page[page.index('id="table"') :]
    rows = re.findall(r"<tr.*?</tr>", table, re.DOTALL)[1:]
    numbers = [[int(n) for n in re.findall(r">(\d+)</(?:a|span)>", row)[:2]] for row in rows]
    assert sum(row[0] for row in numbers) == len(filed)
    assert sum(row[1] for row in numbers) == sum(since <= day_of(at) < until for at in last)
