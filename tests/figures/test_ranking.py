"""The ranking is fair to small numbers and does what its formula says."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from cases.figures.cells import ASIDE, Figures
from cases.figures.ranking import COMPONENTS, fit_prior, formula, rank


def unit(kept: int, broken: int, satisfied: int = 0, rated: int = 0) -> Figures:
    return Figures(
        Counter(
            accept_kept=kept,
            accept_broken=broken,
            handle_kept=kept,
            handle_broken=broken,
            rated=rated,
            responded=satisfied,
            solved=satisfied,
            satisfied=satisfied,
        )
    )


def test_a_few_perfect_cases_do_not_top_a_long_good_record() -> None:
    units = {
        "few": unit(6, 0, 3, 3),
        "good": unit(380, 20, 190, 200),
        "middling": unit(300, 100, 120, 200),
        "poor": unit(200, 200, 60, 200),
    }
    ranked = rank(units)
    assert ranked[0].key == "good"
    assert [r.key for r in ranked].index("few") > 0


def test_units_with_little_work_are_listed_without_a_rank() -> None:
    ranked = rank({"tiny": unit(3, 0), "large": unit(50, 5)})
    assert ranked[-1].key == "tiny"
    assert ranked[-1].rank is None


def test_equal_scores_share_a_rank() -> None:
    ranked = rank({"a": unit(50, 5), "b": unit(50, 5), "c": unit(10, 45)})
    assert [r.rank for r in ranked] == [1, 1, 3]


def test_with_one_weight_the_score_is_that_share() -> None:
    only = {component.key: 0 for component in COMPONENTS} | {"handle": 100}
    ranked = rank({"a": unit(90, 10), "b": unit(60, 40)}, only)
    assert ranked[0].key == "a"
    assert 85 < ranked[0].score < 91
    assert formula(only) == "答复按期率×100%"


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=1, max_size=20))
def test_a_shrunk_share_lies_between_the_own_and_the_common_one(counts: list[tuple[int, int]]) -> None:
    pairs = [(hits, hits + misses) for hits, misses in counts]
    prior = fit_prior(pairs)
    for hits, n in pairs:
        if n:
            low, high = sorted((hits / n, prior.share))
            assert low - 1e-9 <= prior.shrink(hits, n) <= high + 1e-9


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 60), min_size=1, max_size=12))
def test_every_unit_is_listed_once_and_better_ones_come_first(kept: dict[str, int]) -> None:
    ranked = rank({key: unit(n, 60 - n) for key, n in kept.items()})
    assert sorted(r.key for r in ranked) == sorted(kept)
    scores = [r.score for r in ranked if r.rank is not None]
    assert scores == sorted(scores, reverse=True) or max(scores) - min(scores) < 0.01


def test_differences_inside_the_noise_are_one_band() -> None:
    ranked = {r.key: r for r in rank({"a": unit(54, 6), "b": unit(52, 8), "c": unit(10, 50)})}
    assert (ranked["a"].band, ranked["b"].band, ranked["c"].band) == (1, 1, 2)
    assert ranked["a"].places == ranked["b"].places == (1, 2)
    assert ranked["c"].places == (3, 3)


def test_more_cases_tell_the_same_difference_apart() -> None:
    few = rank({"a": unit(27, 3), "b": unit(24, 6)})
    many = rank({"a": unit(2700, 300), "b": unit(2400, 600)})
    assert [r.band for r in few] == [1, 1]
    assert [r.band for r in many] == [1, 2]
    assert many[0].margin < few[0].margin


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 200), min_size=1, max_size=12))
def test_bands_follow_the_scores_and_everybody_of_a_band_may_equal_its_first(kept: dict[str, int]) -> None:
    ranked = rank({key: unit(n, 200 - n) for key, n in kept.items()})
    bands = [r.band or 0 for r in ranked]
    assert bands == sorted(bands)
    assert set(bands) == set(range(1, max(bands) + 1))
    for unit_ in ranked:
        first = next(r for r in ranked if r.band == unit_.band)
        assert first.score - unit_.score <= (first.margin**2 + unit_.margin**2) ** 0.5 + 1e-9
        assert unit_.places is not None
        assert unit_.places[0] <= (unit_.rank or 0) <= unit_.places[1]


def test_what_staff_wrote_down_moves_no_rank() -> None:
    """Two hundred cases filed and rated at the own counter, all perfect, beside fifty of citizens."""
    honest, padded = unit(30, 20, 10, 20), unit(230, 20, 210, 220)
    for name in ("accept_kept", "handle_kept", "rated", "responded", "solved", "satisfied"):
        padded.counts[ASIDE + name] = 200
    ranked = rank({"honest": honest, "padded": padded})
    assert ranked[0].score == ranked[1].score
    assert {r.volume for r in ranked} == {100}
