"""黄灯单位: a department goes on the list at a clear line and leaves it at a lower one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.figures.amber_departments import AmberDepartment, Pressure, follow_amber, pressures
from cases.figures.statistics import Backlog, Standing
from tests.town.clock import MONDAY

SINCE = MONDAY - timedelta(days=3)


def listed(held: Pressure, *, before: bool) -> bool:
    known = [AmberDepartment("d", SINCE, told=True)] if before else []
    return bool(follow_amber(known, {"d": held}, MONDAY))


def test_what_is_late_or_nearly_so_presses_each_case_once() -> None:
    rows = [
        Standing("a", "debt", "p", "over7", False, 1),
        Standing("a", "debt", "p", "over", True, 2),
        Standing("a", "ppp", "p", "in3", True, 4),
        Standing("a", "ppp", "p", "later", False, 8),
        Standing("b", "ppp", "p", "paused", False, 16),
    ]
    assert pressures(Backlog(tuple(rows))) == {"a": Pressure(15, 7), "b": Pressure(16, 0)}


def test_a_department_that_holds_nothing_is_not_pressed() -> None:
    assert Pressure(0, 0).share == 0.0
    assert Pressure(4, 1).share == 0.25


@pytest.mark.parametrize(
    ("open", "pressed", "goes_on"),
    [(10, 5, True), (10, 4, False), (16, 5, True), (17, 5, False), (50, 15, True), (51, 15, False)],
)
def test_a_department_goes_on_the_list_with_five_cases_and_three_tenths(
    open: int, pressed: int, goes_on: bool
) -> None:
    assert listed(Pressure(open, pressed), before=False) is goes_on


@pytest.mark.parametrize(
    ("open", "pressed", "stays"),
    [(10, 3, True), (10, 2, False), (15, 3, True), (16, 3, False), (50, 10, True), (51, 10, False)],
)
def test_it_stays_with_three_cases_and_two_tenths(open: int, pressed: int, stays: bool) -> None:
    assert listed(Pressure(open, pressed), before=True) is stays


def test_who_stays_keeps_its_day_and_comes_before_who_is_new() -> None:
    known = [AmberDepartment("z", SINCE, told=True), AmberDepartment("gone", SINCE)]
    held = {name: Pressure(10, 6) for name in ("b", "a", "z")}
    assert follow_amber(known, held, MONDAY) == [
        AmberDepartment("z", SINCE, told=True),
        AmberDepartment("a", MONDAY),
        AmberDepartment("b", MONDAY),
    ]
