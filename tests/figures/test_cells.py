"""From rows to cells and back: which figure of which day a case adds to, and how cells add up."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.figures.cells import (
    ASIDE,
    DAY,
    MONTH,
    QUARTER,
    SHORTEST,
    SPANS,
    TEN_DAYS,
    YEAR,
    CellKey,
    Figures,
    at_of,
    base_cells,
    bucket_of,
    change,
    figures_of,
    lies_in_quarantine,
    longer,
    middle_of,
    quantile,
    share_bucket,
    total,
    wilson,
    with_longer,
)
from cases.figures.facts import CaseFacts, Event, Happening, Spell, Verdict
from cases.figures.statistics import ALL_PARTS, COUNT_PARTS, TABLE_PARTS, TREND
from cases.vocabulary import Status

FILED = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
"""Already the 23rd in China."""
LATER = FILED + timedelta(days=9)


def row(**changes: Any) -> CaseFacts:
    fields: dict[str, Any] = {
        "number": "n",
        "version": 1,
        "status": Status.ACCEPTED,
        "open": True,
        "jurisdiction": "qinghai",
        "department": "d-now",
        "home": "d-home",
        "home_name": "某厅",
        "domain": "general",
        "place": "630100",
        "channel": "web",
        "severity": "normal",
        "person": "s-1",
        "bodies": ("某局",),
        "filed_at": FILED,
    }
    return CaseFacts(**fields | changes)


def figures(facts: CaseFacts) -> dict[str, tuple[datetime, int]]:
    return {path: (at, n) for at, path, n in figures_of(facts)}


WHOLE = row(
    accept_verdict=Verdict(LATER, True, 50),
    events=(Event(Happening.REVIEW_ASKED, LATER), Event(Happening.REVIEW_CHANGED, LATER)),
    **dict.fromkeys(("read", "accept", "reply", "answer", "close"), Spell(LATER, 3600)),
)


def test_what_is_read_of_cells_is_what_cases_add() -> None:
    """Everything; counts alone; for tables what the brief views keep; for the trend counts of a day."""
    added = set(figures(WHOLE))
    kinds = {path.partition(".")[0] for path in added}
    assert set(ALL_PARTS) == kinds
    assert {"n"} == set(COUNT_PARTS) < kinds
    brief = {path for key, paths in base_cells(WHOLE).items() if key.view == "place" for path in paths}
    assert set(TABLE_PARTS) == {path.rpartition(".")[0] for path in brief}
    assert {f"n.{name}" for name in TREND} <= added
    assert len(TREND) == 4


# -- buckets --------------------------------------------------------------------------------------
def test_a_duration_and_the_middle_of_its_bucket_differ_by_at_most_a_fortieth() -> None:
    for seconds in (601, 3600, 86_400, 86_400 * 60, 86_400 * 700):
        assert abs(middle_of(bucket_of(seconds)) / seconds - 1) <= 0.025


def test_ten_minutes_and_less_are_one_bucket() -> None:
    assert [bucket_of(s) for s in (0, 599, SHORTEST)] == [0, 0, 0]
    assert middle_of(0) == SHORTEST == 600
    assert bucket_of(SHORTEST + 1) == 1


def test_each_bucket_ends_five_percent_later() -> None:
    assert bucket_of(SHORTEST * 1.04) == 1
    assert bucket_of(SHORTEST * 1.06) == 2
    assert middle_of(1) == pytest.approx(600 * 1.05**0.5)
    assert middle_of(15) / middle_of(14) == pytest.approx(1.05)


@pytest.mark.parametrize(
    ("share", "bucket"), [(0, 0), (9, 0), (10, 1), (100, 10), (199, 19), (200, 20), (999, 20)]
)
def test_shares_fall_into_tenths_of_the_promise_and_all_beyond_twice_into_one(
    share: int, bucket: int
) -> None:
    assert share_bucket(share) == bucket


# -- what a case adds -----------------------------------------------------------------------------
def test_a_filed_case_counts_once_where_it_was_filed() -> None:
    assert figures(row()) == {"n.filed": (FILED, 1), "n.to_open": (FILED, 1)}


def test_a_sum_counts_for_debts_only() -> None:
    assert figures(row(domain="debt", amount=300))["n.amount"] == (FILED, 300)
    assert figures(row(domain="debt", amount=300))["n.amounts"] == (FILED, 1)
    assert "n.amount" not in figures(row(amount=300))
    assert "n.amount" not in figures(row(domain="debt", amount=0))


@pytest.mark.parametrize("name", ["read", "accept", "reply", "answer", "close"])
def test_a_time_counts_on_the_day_it_ended(name: str) -> None:
    added = figures(row(**{name: Spell(LATER, 3600)}))
    assert added[f"h.{name}.{bucket_of(3600)}"] == (LATER, 1)
    assert ("n.closed" in added) is (name == "close")


@pytest.mark.parametrize("kind", ["accept", "handle"])
def test_a_promise_counts_when_it_was_judged(kind: str) -> None:
    kept = figures(row(**{f"{kind}_verdict": Verdict(LATER, True, 55)}))
    assert (kept[f"n.{kind}_kept"], kept[f"q.{kind}.5"]) == ((LATER, 1), (LATER, 1))
    broken = figures(row(**{f"{kind}_verdict": Verdict(LATER, False, None)}))
    assert broken[f"n.{kind}_broken"] == (LATER, 1)
    assert not any(path.startswith("q.") for path in broken)


def test_how_it_came_out_counts_with_the_filing() -> None:
    assert figures(row(outcome="support"))["n.to_support"] == (FILED, 1)
    assert "n.to_open" not in figures(row(outcome="support"))
    assert set(figures(row(open=False, status=Status.CLOSED))) == {"n.filed"}


def test_events_count_when_they_happened() -> None:
    assert figures(row(events=(Event(Happening.ORDERED, LATER),)))["n.ordered"] == (LATER, 1)


@pytest.mark.parametrize("said", ["responded", "solved"])
def test_a_rating_counts_what_the_citizen_affirmed(said: str) -> None:
    affirmed = figures(row(rated_at=LATER, **{said: True}))
    assert {path for path, (at, n) in affirmed.items() if (at, n) == (LATER, 1)} == {"n.rated", f"n.{said}"}


@pytest.mark.parametrize(("satisfied", "counts"), [(3, False), (4, True), (5, True)])
def test_a_rating_counts_what_it_says_and_four_of_five_as_satisfied(satisfied: int, counts: bool) -> None:
    added = figures(row(rated_at=LATER, responded=True, solved=False, satisfied=satisfied))
    assert added["n.rated"] == added["n.responded"] == (LATER, 1)
    assert "n.solved" not in added
    assert ("n.satisfied" in added) is counts


def test_what_was_not_rated_says_nothing() -> None:
    assert (row().responded, row().solved, row().satisfied) == (False, False, 0)
    assert "n.responded" not in figures(row(responded=True, solved=True, satisfied=5))


# -- where it adds it -----------------------------------------------------------------------------
def test_every_view_has_its_cell_under_the_day_month_or_year_in_china() -> None:
    cells = base_cells(row())
    assert set(cells) == {
        CellKey("work", DAY, "2026-11-23", ("qinghai", "d-home", "general")),
        CellKey("place", DAY, "2026-11-23", ("qinghai", "d-home", "general", "630100")),
        CellKey("channel", MONTH, "2026-11", ("qinghai", "d-home", "general", "web")),
        CellKey("person", MONTH, "2026-11", ("d-home", "s-1")),
        CellKey("body", YEAR, "2026", ("qinghai", "d-home", "general", "630100", "某局")),
    }


def test_a_case_counts_once_under_every_accused_body() -> None:
    cells = base_cells(row(bodies=("某局", "某镇")))
    assert {key.values[-1]: paths for key, paths in cells.items() if key.view == "body"} == {
        "某局": {"n.filed": 1},
        "某镇": {"n.filed": 1},
    }
    assert sum(paths["n.filed"] for key, paths in cells.items() if key.view == "work") == 1


def test_what_is_not_known_is_an_empty_value() -> None:
    keys = {key.view: key.values for key in base_cells(row(place=None, bodies=()))}
    assert keys["place"][-1] == ""
    assert keys["body"][-2:] == ("", "")


def test_views_keep_all_the_brief_or_only_what_was_filed() -> None:
    full = row(
        accept=Spell(FILED, 60),
        read=Spell(FILED, 60),
        answer=Spell(FILED, 60),
        accept_verdict=Verdict(FILED, True, 5),
    )
    kept = {key.view: set(paths) for key, paths in base_cells(full).items()}
    counts = {"n.filed", "n.to_open", "n.accept_kept"}
    brief = counts | {"h.accept.0", "h.answer.0"}
    assert kept["work"] == brief | {"h.read.0", "q.accept.0"}
    assert kept["place"] == kept["channel"] == kept["person"] == brief
    assert kept["body"] == {"n.filed"}


def test_what_lies_in_quarantine_adds_nothing() -> None:
    quarantined = row(open=False, status=Status.REGISTERED)
    assert lies_in_quarantine(quarantined)
    assert base_cells(quarantined) == {}
    assert not lies_in_quarantine(row(open=False, status=Status.CLOSED))
    assert not lies_in_quarantine(row(status=Status.REGISTERED))


def test_the_same_figure_twice_a_day_counts_two() -> None:
    cells = base_cells(row(events=(Event(Happening.ORDERED, FILED), Event(Happening.ORDERED, FILED))))
    work = next(paths for key, paths in cells.items() if key.view == "work")
    assert work["n.ordered"] == 2


# -- longer spans ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("span", "day", "expected"),
    [
        (DAY, "2026-11-22", "2026-11-22"),
        (TEN_DAYS, "2026-11-01", "2026-11/1"),
        (TEN_DAYS, "2026-11-10", "2026-11/1"),
        (TEN_DAYS, "2026-11-11", "2026-11/2"),
        (TEN_DAYS, "2026-11-21", "2026-11/3"),
        (TEN_DAYS, "2026-12-31", "2026-12/3"),
        (MONTH, "2026-11-22", "2026-11"),
        (QUARTER, "2026-01-01", "2026/1"),
        (QUARTER, "2026-03-31", "2026/1"),
        (QUARTER, "2026-04-01", "2026/2"),
        (QUARTER, "2026-12", "2026/4"),
        (YEAR, "2026-11-22", "2026"),
    ],
)
def test_a_span_is_written_so_that_no_two_look_alike(span: str, day: str, expected: str) -> None:
    assert at_of(span, day) == expected


def test_a_span_adds_to_all_that_are_longer() -> None:
    assert [longer(span) for span in SPANS] == [SPANS[:n] for n in range(5)]
    assert longer(MONTH) == (YEAR, QUARTER)


def test_a_day_is_part_of_its_third_month_quarter_and_year() -> None:
    key = CellKey("work", DAY, "2026-11-23", ("a",))
    whole = with_longer({key: {"n.filed": 2}})
    assert whole == {
        key._replace(span=span, at=at): {"n.filed": 2}
        for span, at in [
            (DAY, "2026-11-23"),
            (TEN_DAYS, "2026-11/3"),
            (MONTH, "2026-11"),
            (QUARTER, "2026/4"),
            (YEAR, "2026"),
        ]
    }


def test_two_days_of_a_month_add_up() -> None:
    days = {CellKey("work", DAY, f"2026-11-0{n}", ("a",)): {"n.filed": n} for n in (1, 2)}
    assert with_longer(days)[CellKey("work", MONTH, "2026-11", ("a",))] == {"n.filed": 3}


def test_a_change_adds_only_what_is_different() -> None:
    delta = change(row(), row(outcome="support", open=False, status=Status.CLOSED))
    work = {key.span: paths for key, paths in delta.items() if key.view == "work"}
    assert work == {span: {"n.to_open": -1, "n.to_support": 1} for span in SPANS}
    assert change(row(), row()) == {}


def test_a_new_case_is_added_and_one_that_goes_is_taken_out() -> None:
    added, gone = change(None, row()), change(row(), None)
    assert added == with_longer(base_cells(row()))
    assert gone == {key: {path: -n for path, n in paths.items()} for key, paths in added.items()}
    assert change(None, None) == {}


# -- figures --------------------------------------------------------------------------------------
CELL = {"n": {"filed": 2}, "h": {"accept": {"3": 1, "5": 2}}, "q": {"accept": {"10": 1}}}


def test_stored_cells_add_up() -> None:
    figures = Figures()
    figures.add(CELL)
    figures.add(CELL)
    figures.add({})
    assert figures.counts == Counter(filed=4)
    assert figures.durations == {"accept": Counter({3: 2, 5: 4})}
    assert figures.shares == {"accept": Counter({10: 2})}


def test_figures_add_up_to_a_total_and_stay_as_they_were() -> None:
    one, other = Figures(), Figures()
    one.add(CELL)
    other.add({"n": {"filed": 1, "closed": 1}, "h": {"answer": {"1": 1}}, "q": {"accept": {"10": 2}}})
    whole = total([one, other])
    assert whole.counts == Counter(filed=3, closed=1)
    assert whole.durations == {"accept": Counter({3: 1, 5: 2}), "answer": Counter({1: 1})}
    assert whole.shares == {"accept": Counter({10: 3})}
    assert one.counts == Counter(filed=2)
    assert total([]) == Figures()


def test_rates_have_nothing_to_say_without_cases() -> None:
    figures = Figures(Counter(accept_kept=3, accept_broken=1, solved=2, rated=5))
    assert figures.on_time("accept") == 0.75
    assert figures.judged("accept") == 4
    assert figures.rate("solved", "rated") == 0.4
    assert figures.on_time("handle") is None
    assert figures.judged("handle") == 0


def test_a_quantile_is_the_bucket_in_which_the_share_is_reached() -> None:
    histogram = {1: 1, 4: 8, 9: 1}
    assert quantile(histogram, 0.1) == middle_of(1)
    assert quantile(histogram, 0.11) == middle_of(4)
    assert quantile(histogram, 0.9) == middle_of(4)
    assert quantile(histogram, 0.91) == middle_of(9)
    assert quantile(histogram, 0) == middle_of(1)
    assert quantile({}, 0.5) is None
    assert quantile({1: 0}, 0.5) is None


def test_figures_know_their_quantiles_and_numbers() -> None:
    figures = Figures()
    figures.add(CELL)
    assert figures.quantile("accept", 0.5) == middle_of(5)
    assert figures.number("accept") == 3
    assert figures.quantile("answer", 0.5) is None
    assert figures.number("answer") == 0


def test_the_interval_of_a_share_is_that_of_wilson() -> None:
    """Wilson (1927); 8 of 10 at 95 %: 0.490 to 0.943."""
    low, high = wilson(8, 10) or (0, 0)
    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)
    assert wilson(0, 0) is None
    assert (wilson(0, 1) or (1, 0))[0] == 0.0
    assert (wilson(1, 1) or (0, 0))[1] == 1.0


@given(st.integers(0, 500), st.integers(1, 500))
def test_more_cases_make_the_interval_narrower(kept: int, more: int) -> None:
    judged = kept + more
    few, many = wilson(kept, judged), wilson(kept * 10, judged * 10)
    assert few is not None
    assert many is not None
    assert many[1] - many[0] < few[1] - few[0]
    assert few[0] - 1e-12 <= kept / judged <= few[1] + 1e-12


# -- what staff wrote down ------------------------------------------------------------------------
def test_what_staff_filed_counts_and_is_counted_apart() -> None:
    facts = row(channel="counter", accept_verdict=Verdict(LATER, True, 5), rated_at=LATER, satisfied=5)
    found = figures(facts)
    assert {path for path in found if path.startswith(f"n.{ASIDE}")} == {
        "n.aside_accept_kept", "n.aside_rated", "n.aside_satisfied",
    }  # fmt: skip
    assert found["n.accept_kept"] == found["n.aside_accept_kept"] == (LATER, 1)


def test_a_rating_that_staff_wrote_down_is_counted_apart() -> None:
    verdict = Verdict(LATER, True, 5)
    found = figures(row(accept_verdict=verdict, rated_at=LATER, satisfied=5, rated_by="staff"))
    assert {path for path in found if path.startswith(f"n.{ASIDE}")} == {"n.aside_rated", "n.aside_satisfied"}
    own = figures(row(accept_verdict=verdict, rated_at=LATER, satisfied=5, rated_by="asked"))
    assert not any(path.startswith(f"n.{ASIDE}") for path in own)


def test_each_reason_of_a_rating_counts_once() -> None:
    found = figures(row(rated_at=LATER, satisfied=2, unhappy=("slow", "manner")))
    assert found["n.unhappy_slow"] == found["n.unhappy_manner"] == (LATER, 1)
