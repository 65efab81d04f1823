"""失信记录 as data: what a record of broken faith holds, and what those that belong to it may ask it for.

Kept apart from its table (`records.py`), which opens the objects that belong to a record.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from cases.errors import IllegalMove, Reason
from cases.instants import Instant
from cases.integrity.spine.dossier import Dossier
from cases.integrity.spine.vocabulary import Kind
from cases.model import Evidence
from cases.moves.history import Entry
from cases.moves.table import Args
from cases.records import FreeText, Record


class RecordStatus(StrEnum):
    DRAFT = "draft"
    NOTIFIED = "notified"
    CONFIRMED = "confirmed"
    ACTIVE = "active"
    DROPPED = "dropped"
    REPAIRED = "repaired"
    REVOKED = "revoked"
    EXPIRED = "expired"
    MERGED = "merged"


STATUS_NAMES: dict[RecordStatus, str] = {
    RecordStatus.DRAFT: "待告知",
    RecordStatus.NOTIFIED: "已告知",
    RecordStatus.CONFIRMED: "已认定",
    RecordStatus.ACTIVE: "已入库",
    RecordStatus.DROPPED: "不予认定",
    RecordStatus.REPAIRED: "已修复",
    RecordStatus.REVOKED: "已撤销",
    RecordStatus.EXPIRED: "已到期",
    RecordStatus.MERGED: "已合并",
}
STANDING = frozenset({RecordStatus.CONFIRMED, RecordStatus.ACTIVE})
"""Confirmed, and neither repaired nor ended."""
COUNTED = STANDING | {RecordStatus.REPAIRED, RecordStatus.EXPIRED}
"""Found to be a breach, and that was not taken back: what figures count."""


class RecordMove(StrEnum):
    DRAFT = "draft"
    REVISE = "revise"
    NOTIFY = "notify"
    STATE = "state"
    CONFIRM = "confirm"
    DROP = "drop"
    ENTER = "enter"
    ANNUL = "annul"
    REVOKE = "revoke"
    CORRECT = "correct"
    MERGE = "merge"
    REPAIR = "repair"
    EXPIRE = "expire"
    PUBLISH = "publish"
    OBJECT = "object"
    APPLY_REPAIR = "apply_repair"
    SANCTION = "sanction"
    EXPOSE = "expose"


class BasisKind(StrEnum):
    """What a record may rest on."""

    JUDGMENT = "judgment"
    ENFORCEMENT = "enforcement"
    PENALTY = "penalty"
    OFFICE = "office"
    DISCIPLINE = "discipline"
    ACCOUNTABILITY = "accountability"
    FINDING = "finding"
    ARREARS = "arrears"


BASIS_NAMES: dict[BasisKind, str] = {
    BasisKind.JUDGMENT: "司法判决",
    BasisKind.ENFORCEMENT: "失信被执行人",
    BasisKind.PENALTY: "行政处罚",
    BasisKind.OFFICE: "行政处分、政务处分",
    BasisKind.DISCIPLINE: "纪律处分",
    BasisKind.ACCOUNTABILITY: "问责处理",
    BasisKind.FINDING: "违约失信认定",
    BasisKind.ARREARS: "拖欠账款",
}


class Severity(StrEnum):
    """信用修复管理办法（令36号）: three classes, on which publication and repair depend."""

    MINOR = "minor"
    GENERAL = "general"
    SERIOUS = "serious"


SEVERITY_NAMES: dict[Severity, str] = {
    Severity.MINOR: "轻微",
    Severity.GENERAL: "一般",
    Severity.SERIOUS: "严重",
}
PERIODS: dict[Severity, tuple[int, int]] = {
    Severity.MINOR: (0, 3),
    Severity.GENERAL: (3, 12),
    Severity.SERIOUS: (12, 36),
}
"""Shortest and longest publication in months from the date of the finding (令36号)."""


class Catalogue(StrEnum):
    """What counts as 失信信息 (令36号 第4条): information that a catalogue lists."""

    SERIOUS_LIST = "serious_list"
    PENALTY = "penalty"
    ABNORMAL = "abnormal"
    OTHER = "other"


CATALOGUE_NAMES: dict[Catalogue, str] = {
    Catalogue.SERIOUS_LIST: "严重失信主体名单信息",
    Catalogue.PENALTY: "行政处罚信息",
    Catalogue.ABNORMAL: "异常名录信息",
    Catalogue.OTHER: "目录所列其他失信信息",
}


def catalogue_words(entry: str) -> str:
    """Which entry of a catalogue, as people read it: its own words, or the name of its kind."""
    return CATALOGUE_NAMES[Catalogue(entry)] if entry in set(Catalogue) else entry


class Stage(StrEnum):
    """Of a PPP project (责任回溯)."""

    PREPARATION = "preparation"
    TENDER = "tender"
    PROCUREMENT = "procurement"
    FINANCING = "financing"
    EXECUTION = "execution"


STAGE_NAMES: dict[Stage, str] = {
    Stage.PREPARATION: "筹备",
    Stage.TENDER: "招标投标",
    Stage.PROCUREMENT: "政府采购",
    Stage.FINANCING: "融资",
    Stage.EXECUTION: "实施",
}


NOT_CONFIRMED = Reason("record-not-confirmed", "记录尚未认定。")


class Basis(Record):
    """A document a record rests on."""

    kind: BasisKind
    issuer: str
    number: str
    dated: date
    effective_on: date | None = None
    file: Evidence | None = None
    dossier: str | None = None
    """Id of the order it is, which lies here already; no file is needed then."""


class Project(Record):
    """政府和社会资本合作: the stage that is looked back on, and who answered for it."""

    name: str
    stage: Stage
    responsible: FreeText
    """Of the government's side; sealed, never public."""
    kept: bool = False
    """守信履约: good performance is recorded as well, and never published as a breach."""


class Official(Record):
    """公职人员: in the sealed archive only."""

    name: FreeText
    post: FreeText


class ShareState(StrEnum):
    """Where a revision is on its way to the level above."""

    WAITING = "waiting"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    REFUSED = "refused"


SHARE_NAMES: dict[ShareState, str] = {
    ShareState.WAITING: "待报送",
    ShareState.SENT: "已报送，待回执",
    ShareState.ACKNOWLEDGED: "上级已接收",
    ShareState.REFUSED: "上级未接收",
}


class Sharing(Record):
    """What must travel upward: each change has a number, so that none is taken for an older one."""

    revision: int
    withdrawn: bool = False
    since: Instant
    state: ShareState = ShareState.WAITING
    said: FreeText | None = None
    """Why the level above refused it."""


class BreachRecord(Dossier[RecordMove, RecordStatus]):
    kind: Kind = Kind.RECORD
    bases: tuple[Basis, ...] = ()
    facts: FreeText
    amount_yuan: int | None = None
    breach_on: date | None = None
    loss: FreeText | None = None
    social_effect: FreeText | None = None
    project: Project | None = None
    official: Official | None = None
    statement: FreeText | None = None
    statement_files: tuple[Evidence, ...] = ()
    severity: Severity | None = None
    severity_reason: FreeText | None = None
    catalogue: Catalogue | None = None
    catalogue_entry: str = ""
    self_corrected: FreeText | None = None
    """自我纠错 before discovery, or that prevented harm, with reasons; lowers nothing by itself."""
    finding_serial: str = ""
    """文号 of the finding (认定书)."""
    found_on: date | None = None
    """Date of the finding: every period begins with it."""
    confirmer: str = ""
    annulled_by: str = ""
    """The document that took its basis away."""
    merged_into: str | None = None
    ended_because: FreeText | None = None
    sharing: Sharing | None = None

    @property
    def good(self) -> bool:
        return self.project is not None and self.project.kept

    @property
    def finding(self) -> tuple[Severity, date]:
        """Its class, and the day of the finding. Raises IllegalMove before it was confirmed."""
        if self.severity is None or self.found_on is None:
            raise IllegalMove(NOT_CONFIRMED)
        return self.severity, self.found_on

    @property
    def claims(self) -> Iterator[str]:
        """One document makes one record of a subject."""
        whom = self.person or (self.official.name if self.official else None) or self.subject.name
        return (f"{whom}|{basis.kind}|{''.join(basis.number.split())}" for basis in self.bases)


class Corrected(Args):
    """What a record is told by an objection that was upheld."""

    facts: str
    amount_yuan: int | None = None
    reason: str = ""


RecordEntry = Entry[RecordMove, RecordStatus]


def add_months(day: date, months: int) -> date:
    """The same day so many months later, else the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, day.day)
