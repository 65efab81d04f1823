"""The formula of the ranking, counted by hand."""

from __future__ import annotations

from collections import Counter

import pytest

from cases.figures.cells import Figures
from cases.figures.ranking import (
    COMPONENTS,
    DEFAULT_WEIGHTS,
    LEAST_VOLUME,
    Prior,
    ScorePart,
    fit_prior,
    formula,
    rank,
)

NOTHING = {component.key: 0 for component in COMPONENTS}


def unit(accept: tuple[int, int] = (0, 0), handle: tuple[int, int] = (0, 0), **rated: int) -> Figures:
    return Figures(
        Counter(
            accept_kept=accept[0],
            accept_broken=accept[1],
            handle_kept=handle[0],
            handle_broken=handle[1],
            **rated,
        )
    )


def test_the_weights_are_those_of_the_page() -> None:
    assert DEFAULT_WEIGHTS == {"accept": 20, "handle": 30, "responded": 10, "solved": 20, "satisfied": 20}
    assert LEAST_VOLUME == 10


def test_a_share_of_few_cases_is_drawn_to_the_middle_by_the_strength_of_the_prior() -> None:
    assert Prior(0.5, 10).shrink(10, 10) == 0.75
    assert Prior(0.8, 4).shrink(0, 0) == 0.8


def test_without_cases_nothing_is_known_and_half_is_believed_firmly() -> None:
    assert fit_prior([]) == fit_prior([(0, 0)]) == Prior(0.5, 400.0)


def test_units_that_are_alike_are_drawn_to_the_middle_as_firmly_as_can_be() -> None:
    assert fit_prior([(8, 10), (80, 100)]) == pytest.approx((0.8, 400.0))
    assert fit_prior([(3, 10)]) == Prior(0.3, 400.0)
    assert fit_prior([(10, 10), (20, 20)]) == Prior(1.0, 400.0)
    assert fit_prior([(0, 10), (0, 20)]) == Prior(0.0, 400.0)


def test_units_that_differ_widely_keep_nearly_their_own_share() -> None:
    assert fit_prior([(100, 100), (0, 100)]) == Prior(0.5, 4.0)


def test_the_strength_follows_from_how_much_units_differ_beyond_chance() -> None:
    """By hand: share 0.5, chance 0.25, spread 4.5, between (4.5 - 0.25) / 100 = 0.0425."""
    prior = fit_prior([(65, 100), (35, 100)])
    assert prior.share == 0.5
    assert prior.strength == pytest.approx(0.25 / 0.0425 - 1)


def test_units_without_a_case_do_not_change_what_is_believed() -> None:
    assert fit_prior([(65, 100), (35, 100), (0, 0)]) == fit_prior([(65, 100), (35, 100)])


def test_larger_units_weigh_more() -> None:
    """By hand: share 0.25, chance 0.1875, squares 250, spread 3, between 2.8125 / 150 = 0.01875."""
    assert fit_prior([(40, 100), (60, 300)]) == pytest.approx((0.25, 9.0))


def test_the_score_is_the_weighted_mean_of_the_shrunk_shares() -> None:
    units = {"a": unit((90, 10), (60, 40)), "b": unit((50, 50), (70, 30))}
    weights = NOTHING | {"accept": 1, "handle": 3}
    for one in rank(units, weights):
        parts = one.parts
        mean = (parts["accept"].shrunk + 3 * parts["handle"].shrunk) / 4
        assert one.score == pytest.approx(100 * mean)
        assert one.volume == 200


def test_a_part_tells_cases_own_share_and_shrunk_share() -> None:
    units = {"a": unit((9, 1), (6, 4)), "b": unit((1, 9), (6, 4))}
    (first, _) = rank(units)
    prior = fit_prior([(9, 10), (1, 10)])
    assert first.key == "a"
    assert first.parts["accept"] == ScorePart(10, 0.9, prior.shrink(9, 10))
    assert first.parts["solved"] == ScorePart(0, None, 0.5)


def test_each_component_looks_at_its_own_counts() -> None:
    rated = unit(rated=10, responded=9, solved=5, satisfied=2)
    (only,) = rank({"a": rated})
    raws = {key: part.raw for key, part in only.parts.items()}
    assert raws == {"accept": None, "handle": None, "responded": 0.9, "solved": 0.5, "satisfied": 0.2}
    assert only.parts["responded"].n == 10


def test_without_any_weight_there_is_no_score_and_a_negative_weight_counts_as_none() -> None:
    units = {"a": unit((20, 0)), "b": unit((0, 20))}
    assert [one.score for one in rank(units, NOTHING | {"accept": -5})] == [0.0, 0.0]
    assert rank(units, NOTHING | {"accept": 1, "handle": -1})[0].key == "a"


def test_a_weight_that_is_not_given_counts_as_none() -> None:
    units = {"a": unit((9, 1), (6, 4)), "b": unit((1, 9), (6, 4))}
    assert rank(units, {"accept": 1}) == rank(units, NOTHING | {"accept": 1})
    assert formula({"accept": 1}) == "受理按期率×100%"


def test_ten_judged_promises_are_enough_for_a_rank() -> None:
    units = {"nine": unit((5, 0), (4, 0)), "ten": unit((5, 0), (4, 1)), "one": unit((1, 0))}
    ranked = rank(units)
    assert [(one.key, one.rank) for one in ranked] == [("ten", 1), ("nine", None), ("one", None)]
    assert [one.rank for one in rank(units, least=1)] == [1, 2, 3]


def test_those_without_a_rank_stand_by_volume_then_by_name() -> None:
    units = {"b": unit((2, 0)), "c": unit((3, 0)), "a": unit((2, 0))}
    assert [one.key for one in rank(units)] == ["c", "a", "b"]


def test_equal_scores_stand_by_name_and_the_next_rank_counts_them() -> None:
    units = {"b": unit((50, 5)), "a": unit((50, 5)), "c": unit((10, 45)), "d": unit((10, 45))}
    assert [(one.key, one.rank) for one in rank(units)] == [("a", 1), ("b", 1), ("c", 3), ("d", 3)]


def test_the_formula_shows_the_weights_that_count_as_shares_of_all() -> None:
    whole = "受理按期率×20% + 答复按期率×30% + 响应率×10% + 解决率×20% + 满意率×20%"
    assert formula(DEFAULT_WEIGHTS) == whole
    some = {"accept": 1, "handle": 3, "solved": 0, "satisfied": -2}
    assert formula(some) == "受理按期率×25% + 答复按期率×75%"
    assert formula(NOTHING) == "（没有权重）"
