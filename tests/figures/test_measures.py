"""What a case's history adds up to: each measure by its definition."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path

from cases.figures.facts import CaseFacts, Condition, Happening
from cases.figures.measures import CONDITION_NAMES, HAPPENING_NAMES, MEASURES, facts_of, prefecture
from cases.lifecycle import forms
from cases.lifecycle.making import apply
from cases.moves.table import Args, NoArgs
from cases.people import CITIZEN, SYSTEM, Actor
from cases.vocabulary import Move, Outcome
from tests.town.cases import registered
from tests.town.moves import before
from tests.town.people import HANDLER
from tests.town.stories import START, case_at

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class Story:
    """A case moved by hand, at times counted from its filing."""

    def __init__(self) -> None:
        self.case = registered()

    def do(self, after: timedelta, move: Move, args: Args | None = None, who: Actor = HANDLER) -> Story:
        at = before(self.case, who, self.case.filed_at + after)
        self.case = apply(at, move, args or NoArgs())
        return self

    def facts(self) -> CaseFacts:
        return facts_of(self.case)


def accepted_after(after: timedelta) -> Story:
    return Story().do(2 * HOUR, Move.CLAIM).do(after, Move.ACCEPT, forms.OptionalRemark())


def test_reading_acceptance_and_reply_are_counted_from_filing() -> None:
    facts = accepted_after(DAY).facts()
    assert facts.read is not None
    assert facts.accept is not None
    assert facts.reply is not None
    assert facts.read.seconds == 2 * 3600
    assert facts.accept.seconds == facts.reply.seconds == 86_400
    assert facts.accept_verdict is not None
    assert facts.accept_verdict.kept


def test_the_time_the_citizen_was_asked_for_papers_does_not_count() -> None:
    story = Story().do(2 * HOUR, Move.CLAIM)
    story.do(DAY, Move.ASK_SUPPLEMENT, forms.SupplementRequest(items=("合同",)))
    story.do(4 * DAY, Move.SUPPLEMENT, forms.Supplement(text="已补"), CITIZEN)
    facts = story.do(5 * DAY, Move.ACCEPT, forms.OptionalRemark()).facts()
    assert facts.accept is not None
    assert facts.accept.seconds == 2 * 86_400
    assert facts.reply is not None
    assert facts.reply.seconds == 86_400


def test_a_case_that_waits_for_papers_is_not_overdue() -> None:
    story = Story().do(2 * HOUR, Move.CLAIM)
    facts = story.do(DAY, Move.ASK_SUPPLEMENT, forms.SupplementRequest(items=("合同",))).facts()
    assert facts.open
    assert facts.due_at is None


def test_a_promise_is_broken_on_the_day_its_time_ran_out() -> None:
    story = Story()
    due = story.case.clocks[0].due_at
    late = due - story.case.filed_at + HOUR
    story.do(late, Move.WARN, forms.Warn(clock="accept", level="amber"), SYSTEM)
    facts = story.do(late, Move.WARN, forms.Warn(clock="accept", level="red"), SYSTEM).facts()
    assert facts.accept_verdict == (due, False, None)
    assert facts.accountable
    done = story.do(late + HOUR, Move.CLAIM).do(late + DAY, Move.ACCEPT, forms.OptionalRemark()).facts()
    assert done.accept_verdict is not None
    assert done.accept_verdict.at == due
    assert not done.accept_verdict.kept
    assert (done.accept_verdict.share or 0) > 100


def test_a_withdrawn_case_is_closed_and_judged_by_no_clock() -> None:
    facts = Story().do(DAY, Move.WITHDRAW, forms.OptionalRemark(), CITIZEN).facts()
    assert facts.outcome == "withdrawn"
    assert facts.close is not None
    assert facts.accept_verdict is None
    assert not facts.open


def test_the_rating_counts_when_it_was_given() -> None:
    story = accepted_after(DAY).do(9 * DAY, Move.ANSWER, letter())
    facts = story.do(
        10 * DAY, Move.RATE, forms.Rate(responded=True, solved=False, satisfied=4), CITIZEN
    ).facts()
    assert facts.rated_at == story.case.filed_at + 10 * DAY
    assert (facts.responded, facts.solved, facts.satisfied) == (True, False, 4)
    assert facts.answer is not None
    assert facts.answer.seconds == 9 * 86_400


def test_during_a_review_the_first_department_stays_the_one_that_is_measured() -> None:
    story = accepted_after(DAY).do(9 * DAY, Move.ANSWER, letter())
    home = story.case.department
    facts = story.do(12 * DAY, Move.ASK_REVIEW, forms.Grounds(reason="不服"), CITIZEN).facts()
    assert facts.home == home
    assert facts.department != home
    assert "review_asked" in {event.name for event in facts.events}


def letter() -> forms.Opinion:
    return forms.Opinion(
        outcome=Outcome.PARTLY, request="请求", facts="查明", opinion="意见", legal_basis="依据"
    )


def test_a_quarantined_case_counts_nowhere() -> None:
    story = Story()
    quarantined = story.case.model_copy(update={"quarantined": True})
    assert not facts_of(quarantined).open


def test_a_prefecture_is_told_by_its_code() -> None:
    assert prefecture("630104") == "630100"
    assert prefecture("630000") is None
    assert prefecture(None) is None


def test_every_event_of_a_row_has_a_name_in_chinese() -> None:
    now: datetime = START + 120 * DAY
    names = {event.name for serial in range(60) for event in facts_of(case_at(serial, now)).events}
    assert {Happening.ACCOUNTABLE, Happening.SUPPLEMENT} <= names
    assert HAPPENING_NAMES.keys() == set(Happening)


def test_every_list_of_the_board_has_a_name_of_its_own() -> None:
    assert CONDITION_NAMES.keys() == set(Condition)
    for names in (CONDITION_NAMES, HAPPENING_NAMES):
        assert all(names.values())
        assert len(set(names.values())) == len(names)


def test_the_page_of_measures_in_the_docs_says_what_the_code_says() -> None:
    """All of them in their order, each with the word by which templates and the API name it."""
    page = (Path(__file__).parents[2] / "docs" / "measures.md").read_text(encoding="utf-8")
    for measure in MEASURES:
        assert f"## {measure.label} `{measure.key}`\n\n{measure.words}\n" in page
    assert re.findall(r"^## .+ `(\w+)`$", page, re.MULTILINE) == [measure.key for measure in MEASURES]
