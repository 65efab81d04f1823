"""Looking a name up finds what asking every department would find."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.rules.jurisdictions import Jurisdictions
from classify.types import AdminLevel

BOOKS = Jurisdictions.load()
BODIES = BOOKS.departments()
NAMES = sorted({name for body in BODIES for name in body.all_names})
PARTS = [
    "",
    "省",
    "青海",
    "青海省",
    "哈尔滨市",
    "惠州",
    "博罗县",
    "县",
    "区",
    "控告了",
    "财政局",
    "厅长",
    "采购处",
    "市",
]


def one_by_one(name: str, level: AdminLevel | None) -> frozenset[str]:
    return frozenset(body.id for body in BODIES if BOOKS.score(body, name, level) > 0)


@settings(max_examples=400)
@given(
    st.sampled_from(PARTS),
    st.sampled_from(NAMES),
    st.sampled_from(PARTS),
    st.sampled_from([None, *AdminLevel]),
)
def test_a_name_means_the_same_departments_looked_up_as_asked_one_by_one(
    before: str, name: str, after: str, level: AdminLevel | None
) -> None:
    written = before + name + after
    assert BOOKS.meant_by(written, level) == one_by_one(written, level)


@settings(max_examples=200)
@given(st.sampled_from(NAMES), st.data())
def test_a_slip_in_a_name_changes_nothing_about_that(name: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(name) - 1))
    slipped = name[:place] + data.draw(st.sampled_from(["", "和", "管理", "局"])) + name[place + 1 :]
    assert BOOKS.meant_by(slipped, None) == one_by_one(slipped, None)


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.id)
def test_below_a_department_is_everything_that_has_it_above(body: object) -> None:
    below = {b.id for b in BODIES if b is body or body in tuple(BOOKS.superiors(b))}
    assert BOOKS.below(body.id) == below  # type: ignore[attr-defined]
