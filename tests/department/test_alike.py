"""Cases like one: what differs is marked, copies are merged together, and precedents give nobody away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.records import FreeText
from cases.vocabulary import Status
from handlers.department.case.differences import LONGEST, differing
from tests.department.test_clusters import COPIES, OTHER
from tests.town.live.town import Town
from tests.town.places import REFORM


@pytest.mark.parametrize(
    ("one", "other", "left", "right"),
    [
        ("拖欠八十万元", "拖欠九十万元", [("拖欠", False), ("八", True), ("十万元", False)], None),
        ("一样", "一样", [("一样", False)], [("一样", False)]),
        ("", "多出来", [], [("多出来", True)]),
    ],
)
def test_what_differs_is_marked(
    one: str, other: str, left: list[tuple[str, bool]], right: list[tuple[str, bool]] | None
) -> None:
    found = differing(one, other)
    assert found[0] == left
    assert right is None or found[1] == right


@given(st.text(max_size=60), st.text(max_size=60))
def test_together_the_pieces_are_the_texts_and_what_is_unmarked_is_common(one: str, other: str) -> None:
    left, right = differing(one, other)
    assert "".join(piece for piece, _ in left) == one
    assert "".join(piece for piece, _ in right) == other
    common = ["".join(piece for piece, differs in pieces if not differs) for pieces in (left, right)]
    assert common[0] == common[1]


def test_the_end_of_a_long_text_is_shown_too() -> None:
    text = "长" * (LONGEST + 5)
    assert "".join(piece for piece, _ in differing(text, "短")[0]) == text


async def test_copies_stand_side_by_side_and_are_merged_together(town: Town) -> None:
    first, second, third = [await town.filed(text=text) for text in COPIES]
    li = await town.person("李承办")
    who = await town.sign_in(li)
    for case in (first, second, third):
        await town.claimed(li, case)
    at = f"/desk/cases/{first.number}/alike"
    assert at in await town.page(f"/desk/cases/{first.number}", who)
    page = await town.page(at, who)
    assert "<mark>没</mark>" in page
    marks = [
        f"{case.number}:{case.version}" for case in [await town.reread(second), await town.reread(third)]
    ]
    for mark in marks:
        assert f'value="{mark}"' in page
    assert (await town.post(at, li, who, number=marks[0])).status == 303
    assert (await town.post(at, li, who, number=marks[1].replace(":", ":9"))).status == 303
    assert (await town.reread(second)).merged_into == first.number
    assert (await town.reread(third)).status is Status.REGISTERED, "it had changed"
    assert (await town.post(at, li, who)).status == 303


async def test_precedents_are_answered_cases_in_sight_without_what_gives_away(town: Town) -> None:
    li = await town.person("李承办")
    told = FreeText(OTHER + "联系电话13912345678。")
    answered = await town.answered(li, await town.filed(text=told))
    case = await town.filed(text=OTHER.replace("二十", "三十"))
    page = await town.page(f"/desk/cases/{case.number}/alike", await town.sign_in(li))
    assert answered.number in page
    assert "13912345678" not in page.partition('id="h-precedents"')[2]
    stranger = await town.person("外人", department=REFORM)
    await town.page(f"/desk/cases/{case.number}/alike", await town.sign_in(stranger), status=404)
