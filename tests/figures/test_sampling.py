"""Which cases are drawn for a check: by lot, a share of each department, every kind of work in turn."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from cases.figures.facts import CaseFacts, Event, Happening
from cases.figures.sampling import draw
from cases.vocabulary import Status
from tests.figures.test_cells import LATER, row


def ended(serial: int, home: str = "a", **about: object) -> CaseFacts:
    return row(**{"number": f"SX{serial:05d}", "home": home, "status": Status.CLOSED, "open": False} | about)


def at_once(serial: int) -> CaseFacts:
    return ended(serial, events=(Event(Happening.INSTANT, LATER),))


@given(st.integers(1, 400), st.text("0123456789abcdef", min_size=4, max_size=8), st.randoms())
def test_the_same_seed_draws_the_same_cases_in_whatever_order_they_come(
    n: int, seed: str, chance: object
) -> None:
    rows = [ended(serial) for serial in range(n)]
    drawn = draw(rows, seed)
    chance.shuffle(rows)  # type: ignore[attr-defined]
    assert draw(rows, seed) == drawn
    assert len(set(drawn)) == len(drawn) == min(max(round(n * 0.05), 1), 10)


def test_every_case_has_the_same_chance() -> None:
    rows = [ended(serial) for serial in range(10)]
    times = Counter(number for seed in range(3000) for number in draw(rows, str(seed)))
    assert len(times) == 10
    assert max(times.values()) < 1.5 * min(times.values())


def test_each_department_is_drawn_by_itself() -> None:
    rows = [ended(n, "a") for n in range(300)] + [ended(n + 1000, "b") for n in range(3)]
    drawn = draw(rows, "x")
    assert sum(number < "SX01000" for number in drawn) == 10
    assert sum(number >= "SX01000" for number in drawn) == 1


def test_domains_and_answers_at_once_take_turns() -> None:
    rows = [ended(n, domain="debt") for n in range(70)] + [ended(n + 100, domain="ppp") for n in range(5)]
    rows += [at_once(n + 200) for n in range(2)]
    drawn = draw(rows, "x")
    assert len(drawn) == 4
    assert sum(number >= "SX00200" for number in drawn) == 2
    assert {number[4] for number in drawn} == {"0", "1", "2"}


def test_what_nobody_decided_is_not_drawn() -> None:
    for status in set(Status) - {Status.CLOSED, Status.DECLINED}:
        assert draw([ended(1, status=status)], "x") == []
    assert draw([ended(1, status=Status.DECLINED)], "x") == ["SX00001"]
