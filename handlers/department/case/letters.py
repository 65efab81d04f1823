"""Opinion letters (处理意见书): the printable page, the PDF, and what both say below the signature."""

from __future__ import annotations

from cases.lifecycle.conflicts import barred
from cases.lifecycle.reviews import review_end, reviews_ended
from cases.model import Case, OpinionLetter
from cases.rules.departments import ReviewEnd
from cases.rules.jurisdictions import Jurisdictions
from cases.rules.time_limits import days_for
from cases.vocabulary import ClockKind
from cases.words import OUTCOME_NAMES


def sections(letter: OpinionLetter) -> tuple[tuple[str, str], ...]:
    """What 信访工作条例 第32条 wants in the letter, in its order."""
    return (
        ("一、投诉请求", letter.request),
        ("二、查明的事实和理由", letter.facts),
        ("三、处理意见", f"{OUTCOME_NAMES.get(letter.outcome, letter.outcome)}。{letter.opinion}"),
        ("四、法律法规依据", letter.legal_basis),
    )


def remedy_of(case: Case, letter: OpinionLetter, jurisdictions: Jurisdictions) -> str:
    """How to ask for a review (信访工作条例 第32条、第35条、第36条)."""
    place = case.letters.index(letter) if letter in case.letters else 0
    if case.reviews > 1 and letter == case.letters[-1]:
        return "本意见是复核意见，是此事项的最终意见。以同一事实和理由再次提出的，不再受理。"
    if (ends := _end_of(case, letter, jurisdictions)) is not None:
        return (
            f"按照{ends.source}，本意见之后不再有上一级可以申请复查或者复核。"
            "依法可以申请行政复议、提起行政诉讼的，可以依法提出。"
        )
    kind, asking = ("复查", ClockKind.REVIEW_APPLY) if place == 0 else ("复核", ClockKind.FINAL_REVIEW_APPLY)
    above = superior_of(case, letter, jurisdictions)
    return (
        f"如对本意见不服，可以自收到之日起{days_for(asking)}日内向{above}请求{kind}，"
        "凭查询码在原来的对话里或者网页上提出，也可以书面提出。"
    )


def _end_of(case: Case, letter: OpinionLetter, jurisdictions: Jurisdictions) -> ReviewEnd | None:
    """Where reviews end, if this letter is the last of its kind there."""
    at = case.model_copy(update={"department": letter.department, "review_of": None})
    return review_end(case, jurisdictions) if reviews_ended(at, jurisdictions) else None


def superior_of(case: Case, letter: OpinionLetter, jurisdictions: Jurisdictions) -> str:
    department = jurisdictions.find_by_id(letter.department)
    accused = case.complaint.accused
    if department is not None:
        for above in jurisdictions.superiors(department):
            if not barred(above, accused, jurisdictions):
                return above.title
    return "上一级机关、单位"
