"""Letters as they are printed: what page and PDF of every kind say, from title to verification code.

Whom a letter addresses by name is not in the case; whoever prints it with the name passes it in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cases.letters import OPINIONS, Letter
from cases.lifecycle.conflicts import barred
from cases.lifecycle.letters.grounds import is_reason
from cases.lifecycle.reviews import review_end, reviews_ended
from cases.model import Case, OpinionLetter
from cases.rules.departments import ReviewEnd
from cases.rules.jurisdictions import Jurisdictions
from cases.rules.time_limits import days_for
from cases.vocabulary import ClockKind, LetterKind
from cases.words import DECLINE_REASON_NAMES, LETTER_NAMES, OUTCOME_NAMES, RULING_NAMES
from handlers.web.pages.filters import chinese_date

UNNUMBERED = "（签发时编号）"
Section = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One letter, ready to be drawn."""

    title: str
    department: str
    serial: str
    addressee: str
    opening: str
    sections: tuple[Section, ...]
    closing: str
    contact: str
    at: datetime | None
    verification: str
    draft: bool = False


def sheet_of_opinion(case: Case, letter: OpinionLetter, books: Jurisdictions, name: str = "") -> Sheet:
    """What 信访工作条例 第32条 wants in the letter, in its order."""
    return Sheet(
        title=_title(letter.kind),
        department=letter.department_name,
        serial=letter.serial,
        addressee=name or "投诉人",
        opening=f"你（单位）提出的投诉（编号{case.number}）收悉。经研究，现答复如下。",
        sections=_opinion(vars_of(letter)),
        closing=remedy_of(case, letter, books),
        contact=_contact(letter.contact, letter.phone),
        at=letter.at,
        verification=letter.verification,
    )


def sheet_of(case: Case, letter: Letter, books: Jurisdictions, name: str = "") -> Sheet:
    """A letter of any kind, issued or not. The words of an issued opinion are those of the case's opinion."""
    issued = next((one for one in case.letters if one.serial == letter.serial), None)
    if letter.issued and issued is not None:
        return sheet_of_opinion(case, issued, books, name)
    opening, sections, closing = _BODIES[letter.kind](case, letter, books)
    return Sheet(
        title=_title(letter.kind),
        department=letter.department_name,
        serial=letter.serial or UNNUMBERED,
        addressee=name or "投诉人",
        opening=opening,
        sections=sections,
        closing=closing,
        contact=_contact(letter.contact, letter.phone),
        at=letter.at,
        verification=letter.verification,
        draft=not letter.issued,
    )


def _title(kind: LetterKind) -> str:
    return f"政务失信投诉事项{LETTER_NAMES[kind]}"


def _contact(person: str, phone: str) -> str:
    said = [f"联系人：{person}" if person else "", f"电话：{phone}" if phone else ""]
    return "　".join(filter(None, said))


def vars_of(letter: OpinionLetter) -> dict[str, Any]:
    names = ("request", "facts", "opinion", "legal_basis", "outcome", "ruling")
    return {name: getattr(letter, name) for name in names}


def _opinion(words: dict[str, Any]) -> tuple[Section, ...]:
    outcome, ruling = words.get("outcome"), words.get("ruling")
    said = [OUTCOME_NAMES.get(outcome, "") if outcome else "", RULING_NAMES.get(ruling, "") if ruling else ""]
    decided = "，".join(part for part in (f"{said[1]}原意见" if said[1] else "", said[0]) if part)
    return (
        ("一、投诉请求", str(words.get("request") or "")),
        ("二、查明的事实和理由", str(words.get("facts") or "")),
        ("三、处理意见", (f"{decided}。" if decided else "") + str(words.get("opinion") or "")),
        ("四、法律法规依据", str(words.get("legal_basis") or "")),
    )


Body = tuple[str, tuple[Section, ...], str]


def _opinion_draft(case: Case, letter: Letter, books: Jurisdictions) -> Body:
    opening = f"你（单位）提出的投诉（编号{case.number}）收悉。经研究，现答复如下。"
    return opening, _opinion(letter.words), _remedy_after(case, letter.department, len(case.letters), books)


def _decline(case: Case, letter: Letter, books: Jurisdictions) -> Body:
    reason = DECLINE_REASON_NAMES.get(str(letter.words.get("reason") or ""), "")
    explanation = str(letter.words.get("explanation") or "")
    sections = (
        ("一、理由", f"{reason}。\n{explanation}" if reason else explanation),
        ("二、法律法规依据", str(letter.words.get("legal_basis") or "")),
    )
    opening = f"你（单位）提出的投诉（编号{case.number}）收悉。经审查，决定不予受理。"
    return opening, sections, _remedy_after(case, letter.department, 0, books)


def _supplement(case: Case, letter: Letter, books: Jurisdictions) -> Body:
    items = letter.words.get("items") or ()
    listed = "\n".join(f"{place}. {item}" for place, item in enumerate(items, start=1))
    until = str(letter.words.get("until") or "")
    by = f"请在{chinese_date(date.fromisoformat(until))}前补充。" if until else ""
    closing = f"{by}等待补充的时间不计入办理期限。可以在原来的对话里发送，也可以在网页上传或者书面提交。"
    opening = f"你（单位）提出的投诉（编号{case.number}）收悉。经审查，还需要补充以下材料，请一次补齐。"
    return opening, (("需要补充的材料", listed),), closing


def _extension(case: Case, letter: Letter, books: Jurisdictions) -> Body:
    days, clock = letter.words.get("days") or "", case.clock(ClockKind.HANDLE)
    until = f"，延长至{chinese_date(clock.due_at)}" if letter.issued and clock else ""
    opening = (
        f"你（单位）提出的投诉（编号{case.number}）正在办理。因情况复杂，经批准，"
        f"办理期限延长{days}日{until}。"
    )
    basis = clock.basis if clock else ""
    sections = (("一、延期理由", str(letter.words.get("reason") or "")), ("二、依据", basis))
    return opening, sections, "给你带来的不便，请谅解。"


def _parts(case: Case, letter: Letter, books: Jurisdictions) -> Body:
    """Of a case that was split: which part goes where, under which number."""
    opening = f"你（单位）提出的投诉（编号{case.number}）收悉。其中有的事项由其他单位负责，现分别转送如下。"
    sections = []
    for part in letter.words["parts"]:
        target = books.find_by_id(str(part["department"]))
        if target is not None and target.id != letter.department:
            sections.append((f"转送{target.title}（编号{part['number']}）", str(part["text"])))
    return opening, tuple(sections), f"请向上述单位了解办理情况。其余事项仍由{letter.department_name}办理。"


def _transfer(case: Case, letter: Letter, books: Jurisdictions) -> Body:
    if "parts" in letter.words:
        return _parts(case, letter, books)
    target = books.find_by_id(str(letter.words.get("department") or ""))
    named = target.title if target else "有权处理的单位"
    opening = f"你（单位）提出的投诉（编号{case.number}）收悉。按照职责，现转送{named}办理。"
    reason = str(letter.words.get("reason") or "")
    said = (("转送理由", reason),) if is_reason(reason, 3) else ()
    return opening, said, f"请向{named}了解办理情况。编号不变。"


_BODIES: dict[LetterKind, Callable[[Case, Letter, Jurisdictions], Body]] = {
    **dict.fromkeys(OPINIONS, _opinion_draft),
    LetterKind.DECLINE: _decline,
    LetterKind.SUPPLEMENT: _supplement,
    LetterKind.EXTENSION: _extension,
    LetterKind.TRANSFER: _transfer,
}


def remedy_of(case: Case, letter: OpinionLetter, jurisdictions: Jurisdictions) -> str:
    """How to ask for a review (信访工作条例 第32条、第35条、第36条)."""
    place = case.letters.index(letter) if letter in case.letters else 0
    if letter.kind is LetterKind.FINAL_OPINION or (case.reviews > 1 and letter == case.letters[-1]):
        return FINAL
    return _remedy_after(case, letter.department, place, jurisdictions)


FINAL = "本意见是复核意见，是此事项的最终意见。以同一事实和理由再次提出的，不再受理。"


def _remedy_after(case: Case, department: str, before: int, jurisdictions: Jurisdictions) -> str:
    """`before`: how many opinions came before this one; another letter counts as the first."""
    if before and case.reviews > 1:
        return FINAL
    if (ends := _end_of(case, department, jurisdictions)) is not None:
        return (
            f"按照{ends.source}，本意见之后不再有上一级可以申请复查或者复核。"
            "依法可以申请行政复议、提起行政诉讼的，可以依法提出。"
        )
    kind, asking = ("复查", ClockKind.REVIEW_APPLY) if before == 0 else ("复核", ClockKind.FINAL_REVIEW_APPLY)
    above = superior_of(case, department, jurisdictions)
    return (
        f"如对本意见不服，可以自收到之日起{days_for(asking)}日内向{above}请求{kind}，"
        "凭查询码在原来的对话里或者网页上提出，也可以书面提出。"
    )


def _end_of(case: Case, department: str, jurisdictions: Jurisdictions) -> ReviewEnd | None:
    """Where reviews end, if this letter is the last of its kind there."""
    at = case.model_copy(update={"department": department, "review_of": None})
    return review_end(case, jurisdictions) if reviews_ended(at, jurisdictions) else None


def superior_of(case: Case, id: str, jurisdictions: Jurisdictions) -> str:
    department = jurisdictions.find_by_id(id)
    accused = case.complaint.accused
    if department is not None:
        for above in jurisdictions.superiors(department):
            if not barred(above, accused, jurisdictions):
                return above.title
    return "上一级机关、单位"
