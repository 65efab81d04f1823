"""What helps to write a letter beside ready sentences: facts of the case to be put in, and legal bases.

Each is a piece of text for one field, offered as a button; nothing is put in by itself.
"""

from __future__ import annotations

from cases.model import Case
from cases.rules.legal_bases import LegalBasis, find_bases
from cases.vocabulary import LetterKind
from cases.words import DOMAIN_NAMES
from handlers.web.pages.filters import chinese_date, money


def facts_of(case: Case) -> tuple[tuple[str, str], ...]:
    """What the case says of itself, as name and words; nothing about who filed it."""
    complaint = case.complaint
    accused = "、".join(body.name for body in complaint.accused)
    known = (
        ("收到日期", chinese_date(case.filed_at)),
        ("被投诉主体", accused),
        ("地点", complaint.region_name or ""),
        ("重点领域", DOMAIN_NAMES[complaint.domain]),
        ("涉及金额", money(complaint.amount_yuan) if complaint.amount_yuan else ""),
        ("时间", str(complaint.period or "")),
        ("诉求", str(complaint.wish or "")),
    )
    return tuple((name, words) for name, words in known if words)


_INTO = {
    LetterKind.DECLINE: "explanation",
    LetterKind.SUPPLEMENT: "items",
    LetterKind.EXTENSION: "reason",
    LetterKind.TRANSFER: "reason",
}


def field_for_facts(kind: LetterKind) -> str:
    return _INTO.get(kind, "facts")


def suggested_bases(case: Case, asked: str) -> tuple[LegalBasis, ...]:
    """What was asked for, or what the complaint itself brings to mind."""
    complaint = case.complaint
    about = f"{DOMAIN_NAMES[complaint.domain]} {' '.join(complaint.matched)} {complaint.text}"
    return find_bases(asked) if asked.strip() else find_bases(about, 4)
