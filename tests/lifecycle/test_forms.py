"""What people are asked for each move: which fields, how they are filled in, what must be there, how much."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from cases.lifecycle import forms
from cases.lifecycle.table import MOVES
from cases.moves.table import Args
from cases.vocabulary import Move
from cases.words import DECLINE_REASON_NAMES, ORDER_NAMES, OUTCOME_NAMES
from tests.town.moves import ARGS, args_of

AREA, LINE, HIDDEN = "textarea", "text", "hidden"
ASKED: dict[type[Args], dict[str, str]] = {
    forms.Grounds: {"reason*": AREA},
    forms.ApproveLook: {"remark": AREA, "opening_code": "password"},
    forms.OptionalRemark: {"remark": AREA},
    forms.Assign: {"staff*": "staff"},
    forms.Decline: {"reason*": "choice", "legal_basis*": LINE, "explanation*": AREA},
    forms.SupplementRequest: {"items*": "checklist", "until": "date"},
    forms.Supplement: {"text": AREA, "evidence": HIDDEN},
    forms.Transfer: {"department*": "department", "reason*": AREA},
    forms.DecideDispute: {"department*": "department", "reason*": AREA},
    forms.Route: {"department*": "department", "domain": "domain", "reason*": LINE},
    forms.Correct: {"domain*": "domain", "reason*": LINE},
    forms.Accuse: {"bodies*": "checklist", "reason*": LINE},
    forms.Invite: {"departments*": "departments", "reason*": LINE},
    forms.Message: {"text*": AREA, "evidence": HIDDEN},
    forms.Extension: {"days*": "number", "reason*": AREA},
    forms.Opinion: {
        "outcome*": "choice",
        "request*": AREA,
        "facts*": AREA,
        "opinion*": AREA,
        "legal_basis*": LINE,
    },
    forms.Merge: {"into*": LINE},
    forms.LinkCommitment: {"commitment*": LINE},
    forms.UnlinkCommitment: {"commitment*": "commitment", "reason*": LINE},
    forms.Split: {"parts*": "parts"},
    forms.Rate: {
        "responded*": "yesno",
        "solved*": "yesno",
        "satisfied*": "number",
        "reasons": "checklist",
        "words": AREA,
    },
    forms.Sample: {"month*": HIDDEN},
    forms.CheckFindings: {"verdict*": "choice", "findings*": AREA},
    forms.OrderArgs: {"kind*": "choice", "what*": AREA, "until*": "date"},
    forms.Instruction: {"leader*": LINE, "words*": AREA, "staff": "staff", "until": "date"},
    forms.Consultation: {"departments*": "departments", "what*": AREA, "until": "date"},
    forms.Task: {"staff*": "staff", "what*": AREA, "until": "date"},
    forms.Reply: {"errand*": "errand", "opinion*": AREA},
    forms.AnswerOrder: {"order*": "order", "answer*": AREA},
    forms.CloseAccountability: {"item*": "accountability", "outcome*": AREA},
    forms.OpenAccountability: {"reason*": AREA},
    forms.Attach: {"evidence*": HIDDEN, "remark": AREA},
}


@pytest.mark.parametrize("form", ASKED, ids=lambda form: form.__name__)
def test_a_form_asks_for_this_and_a_star_must_be_filled_in(form: type[Args]) -> None:
    asked = {}
    for name, field in form.model_fields.items():
        assert isinstance(field.json_schema_extra, dict)
        asked[name + ("*" if field.is_required() else "")] = field.json_schema_extra["widget"]
    assert asked == ASKED[form]


def test_every_move_that_people_make_has_its_form_here() -> None:
    assert {spec.args for spec in MOVES.values()} == {*ASKED, forms.Warn, MOVES[Move.CLAIM].args}


def extra(form: type[Args], name: str) -> dict[str, Any]:
    found = form.model_fields[name].json_schema_extra
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    ("form", "name", "names"),
    [
        (forms.Decline, "reason", DECLINE_REASON_NAMES),
        (forms.Opinion, "outcome", OUTCOME_NAMES),
        (forms.OrderArgs, "kind", ORDER_NAMES),
    ],
)
def test_choices_are_stored_values_with_their_names(
    form: type[Args], name: str, names: dict[str, str]
) -> None:
    assert extra(form, name)["choices"] == {str(value): words for value, words in names.items()}


def test_a_field_without_choices_or_help_says_so() -> None:
    assert "choices" not in extra(forms.Grounds, "reason")
    assert extra(forms.Grounds, "reason")["help"] == ""
    assert extra(forms.Decline, "explanation")["help"]


WORDS = [
    (Move.HOLD, "reason", 5000),
    (Move.PROPOSE_DECLINE, "explanation", 5000),
    (Move.PROPOSE_DECLINE, "legal_basis", 500),
    (Move.CORRECT, "reason", 500),
    (Move.WRITE, "text", 5000),
    (Move.MERGE, "into", 500),
    (Move.LINK_COMMITMENT, "commitment", 500),
]


@pytest.mark.parametrize(("move", "name", "most"), WORDS)
def test_words_are_there_and_not_too_many(move: Move, name: str, most: int) -> None:
    assert getattr(args_of(move, **{name: f"  {'字' * most}\n"}), name) == "字" * most
    for wrong in ("字" * (most + 1), "", "  \n"):
        with pytest.raises(ValidationError):
            args_of(move, **{name: wrong})


OPTIONAL = [(Move.ACCEPT, "remark", 2000), (Move.ATTACH, "remark", 2000), (Move.SUPPLEMENT, "text", 20_000)]


@pytest.mark.parametrize(("move", "name", "most"), OPTIONAL)
def test_a_remark_may_be_left_out_and_has_its_length(move: Move, name: str, most: int) -> None:
    rest = {key: value for key, value in ARGS.get(move, {}).items() if key != name}
    assert getattr(MOVES[move].args.model_validate(rest), name) == ""
    assert args_of(move, **{name: "字" * most})
    with pytest.raises(ValidationError):
        args_of(move, **{name: "字" * (most + 1)})


FILE = ARGS[Move.ATTACH]["evidence"][0]
PART = ARGS[Move.SPLIT]["parts"][0]


@pytest.mark.parametrize(
    ("move", "name", "one", "least", "most"),
    [
        (Move.ASK_SUPPLEMENT, "items", "合同", 1, 20),
        (Move.INVITE, "departments", "630000:省审计厅", 1, 20),
        (Move.SPLIT, "parts", PART, 1, 10),
        (Move.ATTACH, "evidence", FILE, 1, 20),
    ],
)
def test_lists_have_a_least_and_a_most(move: Move, name: str, one: object, least: int, most: int) -> None:
    for n in (least, most):
        assert len(getattr(args_of(move, **{name: [one] * n}), name)) == n
    for n in (least - 1, most + 1):
        with pytest.raises(ValidationError):
            args_of(move, **{name: [one] * n})


@pytest.mark.parametrize(
    ("move", "name", "least", "most"),
    [(Move.REQUEST_EXTENSION, "days", 1, 60), (Move.RATE, "satisfied", 1, 5)],
)
def test_numbers_have_a_least_and_a_most(move: Move, name: str, least: int, most: int) -> None:
    for n in (least, most):
        assert getattr(args_of(move, **{name: n}), name) == n
    for n in (least - 1, most + 1):
        with pytest.raises(ValidationError):
            args_of(move, **{name: n})


@pytest.mark.parametrize(
    ("move", "name"), [(Move.ASK_SUPPLEMENT, "until"), (Move.ROUTE, "domain"), (Move.SUPPLEMENT, "evidence")]
)
def test_what_may_be_left_open_is_empty(move: Move, name: str) -> None:
    assert not getattr(args_of(move), name)


def test_a_part_may_leave_its_domain_open() -> None:
    (part,) = args_of(Move.SPLIT).parts
    assert part.domain is None
