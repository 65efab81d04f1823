"""A promise on record: its statuses, moves and fields."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from cases.errors import Reason
from cases.integrity.spine.dossier import Dossier
from cases.integrity.spine.vocabulary import Kind
from cases.model import Evidence
from cases.moves.history import Entry
from cases.records import FreeText

YELLOW = timedelta(days=10)
"""Before the due date; a setting that no document fixes."""


class CommitmentStatus(StrEnum):
    DRAFTED = "drafted"
    PUBLISHED = "published"
    DUE_SOON = "due_soon"
    LATE = "late"
    KEPT = "kept"
    NOT_KEPT = "not_kept"
    CHANGED = "changed"
    UNLAWFUL = "unlawful"
    WITHDRAWN = "withdrawn"


class CommitmentMove(StrEnum):
    DRAFT = "draft"
    REVISE = "revise"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"
    WARN = "warn"
    LAPSE = "lapse"
    PROVE = "prove"
    EXPLAIN = "explain"
    KEEP = "keep"
    FAIL = "fail"
    CHANGE = "change"
    ANNUL = "annul"
    COMPENSATE = "compensate"


class Source(StrEnum):
    """Where it was promised."""

    STANDARD_FORM = "standard_form"
    WORK_REPORT = "work_report"
    LIVELIHOOD = "livelihood"
    CAMPAIGN = "campaign"
    TOWNSHIP = "township"
    CONTRACT = "contract"


SOURCE_NAMES: dict[Source, str] = {
    Source.STANDARD_FORM: "规范格式书面承诺",
    Source.WORK_REPORT: "政府工作报告目标",
    Source.LIVELIHOOD: "民生实事",
    Source.CAMPAIGN: "惠民行动",
    Source.TOWNSHIP: "乡镇、街道承诺",
    Source.CONTRACT: "政策承诺或者合同",
}


class Quality(StrEnum):
    """吉林 三(二)一: what is promised of a service."""

    QUALITY = "quality"
    TERM = "term"
    SAFEGUARD = "safeguard"


QUALITY_NAMES: dict[Quality, str] = {
    Quality.QUALITY: "质量",
    Quality.TERM: "期限",
    Quality.SAFEGUARD: "保障",
}


class Commitment(Dossier[CommitmentMove, CommitmentStatus]):
    kind: Kind = Kind.COMMITMENT
    matter: FreeText
    quality: Quality
    for_whom: str
    result: FreeText
    """What can be measured."""
    due_on: date
    post: str
    """The responsible post, never a person."""
    where_said: Source
    document: str
    amount_yuan: int | None = None
    published_on: date | None = None
    proof_note: FreeText | None = None
    proof: tuple[Evidence, ...] = ()
    explanation: FreeText | None = None
    """不能兑现说明, public."""
    kept_on: date | None = None
    change: FreeText | None = None
    compensation: FreeText | None = None
    ended_because: FreeText | None = None


CommitmentEntry = Entry[CommitmentMove, CommitmentStatus]
UNMEASURED = Reason("commitment-unmeasured", "承诺无期限或无法衡量：请写明完成日期和可以核对的结果。")
CHANGE_INCOMPLETE = Reason(
    "change-incomplete", "依法变更缺权限、程序或补偿，请逐项写明；不需要补偿的，写明理由。"
)
