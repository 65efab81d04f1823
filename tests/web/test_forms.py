"""Forms drawn from the models of the moves, and read back into them."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

import pytest
from multidict import MultiDict
from pydantic import BaseModel

from cases.lifecycle import forms
from cases.lifecycle.table import MOVES
from cases.moves.table import MoveSpec
from cases.vocabulary import DeclineReason, Move
from handlers.web.forms.fields import FilledForm, FormField, fields_of, read_form

DEPARTMENTS = {"department": {"a": "甲局", "b": "乙局"}}
DRAWN = {
    "text",
    "textarea",
    "choice",
    "radio",
    "date",
    "datetime",
    "number",
    "money",
    "bool",
    "checklist",
    "password",
}


M = TypeVar("M", bound=BaseModel)


def complete(filled: FilledForm[M]) -> M:
    """What the form was turned into: nothing of it was wrong."""
    assert filled.model is not None, filled.errors
    return filled.model


@pytest.mark.parametrize("spec", MOVES.values(), ids=lambda spec: spec.move.value)
def test_every_move_has_a_form_the_pages_can_draw(spec: MoveSpec[Move]) -> None:
    for field in fields_of(spec.args, options=DEPARTMENTS):
        assert field.widget in DRAWN | {"lines", "rows"}
        assert field.label


def test_a_complete_form_becomes_the_arguments_of_the_move() -> None:
    posted = MultiDict(reason="in_court", legal_basis="条例第十九条", explanation=" 请向法院提出。 ")
    filled = read_form(forms.Decline, posted)
    assert filled.model == forms.Decline(
        reason=DeclineReason.IN_COURT, legal_basis="条例第十九条", explanation="请向法院提出。"
    )
    assert filled.errors == {}


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"])
def test_a_day_that_no_clock_can_hold_is_asked_for_again(day: str) -> None:
    filled = read_form(forms.SupplementRequest, MultiDict(items="合同", until=day))
    assert filled.errors == {"until": "请填写日期，例如 2026-11-22。"}


def test_an_incomplete_form_keeps_what_was_written_and_says_what_is_missing() -> None:
    filled = read_form(forms.Decline, MultiDict(reason="because", legal_basis="条例", explanation="  "))
    assert filled.model is None
    assert filled.errors == {"reason": "请从列出的选项中选择。", "explanation": "请填写这一项。"}
    by_name = {field.name: field for field in filled.fields}
    assert by_name["legal_basis"].value == "条例"
    assert by_name["reason"].error


def test_wide_digits_of_a_chinese_keyboard_are_digits() -> None:
    class Asked(BaseModel):
        year: int
        on: date

    made = complete(read_form(Asked, MultiDict(year="２０２６", on="２０２６－１１－２２")))
    assert (made.year, made.on) == (2026, date(2026, 11, 22))


def test_one_item_per_line_becomes_a_list() -> None:
    filled = read_form(forms.SupplementRequest, MultiDict(items="合同\n\n  付款凭证 \r\n身份证明", until=""))
    assert complete(filled).items == ("合同", "付款凭证", "身份证明")
    assert complete(filled).until is None


def test_several_departments_are_ticked() -> None:
    posted = MultiDict([("departments", "a"), ("departments", "b"), ("reason", "协办")])
    filled = read_form(forms.Invite, posted, options=DEPARTMENTS)
    assert complete(filled).departments == ("a", "b")
    assert filled.fields[0].widget == "checklist"
    assert filled.fields[0].is_chosen("b")


def test_rows_left_empty_are_not_parts() -> None:
    posted = MultiDict({"parts.0.department": "a", "parts.0.text": "甲事", "parts.2.department": "b"})
    filled = read_form(forms.Split, posted, options=DEPARTMENTS)
    assert filled.model is None
    assert filled.errors["parts"] == "第 2 项：请填写这一项。"
    both = read_form(forms.Split, MultiDict({**posted, "parts.2.text": "乙事"}), options=DEPARTMENTS)
    assert [part.department for part in complete(both).parts] == ["a", "b"]


def test_yes_and_no_are_both_answers() -> None:
    filled = read_form(forms.Rate, MultiDict(responded="true", solved="false", satisfied="4"))
    rating = complete(filled)
    assert (rating.responded, rating.solved, rating.satisfied) == (True, False, 4)
    assert filled.fields[1].is_chosen("false")


def test_a_hidden_field_never_comes_from_the_browser() -> None:
    posted = MultiDict(text="请看附件", evidence='[{"id": "somebody-elses"}]')
    filled = read_form(forms.Message, posted, hidden={"evidence": ()})
    assert complete(filled).evidence == ()
    assert "evidence" not in {field.name for field in filled.fields}


def test_limits_of_the_model_are_told_to_the_browser() -> None:
    days = next(field for field in fields_of(forms.Extension) if field.name == "days")
    assert (days.attributes["min"], days.attributes["max"]) == (1, 60)
    assert read_form(forms.Extension, MultiDict(days="61", reason="x")).errors == {"days": "不能大于 60。"}


@pytest.mark.parametrize(
    ("keys", "required", "chosen"), [("a", True, True), ("a", False, False), ("ab", True, False)]
)
def test_a_choice_that_is_none_is_made(keys: str, required: bool, chosen: bool) -> None:
    one = FormField("n", "事项", "choice", required, choices=tuple((key, key) for key in keys))
    assert one.has_choice() is chosen
