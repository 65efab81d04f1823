"""A mediation: its statuses, moves and fields."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from cases.errors import Reason
from cases.integrity.spine.dossier import Dossier
from cases.integrity.spine.vocabulary import Kind
from cases.model import Evidence
from cases.moves.forms import ShortWords, ask
from cases.moves.history import Entry
from cases.records import FreeText, Record

COURT_DAYS = timedelta(days=30)
REMINDED = timedelta(days=10)
"""Before the time to ask a court is over; a setting that no document fixes."""


class MediationStatus(StrEnum):
    PROPOSED = "proposed"
    OPEN = "open"
    SETTLED = "settled"
    KEPT = "kept"
    BROKEN = "broken"
    FAILED = "failed"


class MediationMove(StrEnum):
    PROPOSE = "propose"
    CONSENT = "consent"
    ENTER_CONSENT = "enter_consent"
    BEGIN = "begin"
    HOLD_SESSION = "hold_session"
    SETTLE = "settle"
    FAIL = "fail"
    PERFORM = "perform"
    REMIND = "remind"
    CONFIRM = "confirm"
    KEEP = "keep"
    BREAK = "break"
    ORDER = "order"


class Mediator(StrEnum):
    BODY = "body"
    COMMITTEE = "committee"


MEDIATOR_NAMES: dict[Mediator, str] = {Mediator.BODY: "行政调处", Mediator.COMMITTEE: "人民调解委员会"}


class Session(Record):
    on: date = ask("日期", "date")
    present: ShortWords = ask("到场各方", "text")
    minutes: FreeText = ask("记录")


class Item(Record):
    """One thing that was agreed on."""

    what: ShortWords = ask("履行事项", "text")
    due_on: date = ask("履行期限", "date")


class Agreed(Item):
    """As it is kept."""

    done: bool = ask("已提交履行证明", "yesno", default=False)


class Mediation(Dossier[MediationMove, MediationStatus]):
    kind: Kind = Kind.MEDIATION
    matter: FreeText
    by: Mediator
    mediator: str
    joined: str = ""
    """Who takes part as well: 工商联, 律师协会 (民营经济促进法 第六十九条)."""
    body_consents: bool = False
    complainant_consents: bool = False
    consent_files: tuple[Evidence, ...] = ()
    sessions: tuple[Session, ...] = ()
    settled_on: date | None = None
    items: tuple[Agreed, ...] = ()
    agreement: tuple[Evidence, ...] = ()
    performed: FreeText | None = None
    proof: tuple[Evidence, ...] = ()
    reminded: bool = False
    confirmed_by: str = ""
    """The court, and the number of its decision."""
    ended_because: FreeText | None = None

    @property
    def next_due(self) -> date | None:
        """Of what there is no proof of yet."""
        return min((item.due_on for item in self.items if not item.done), default=None)

    @property
    def court_until(self) -> date | None:
        """The last day on which both may ask a court to confirm it."""
        if self.settled_on is None or self.by is not Mediator.COMMITTEE:
            return None
        return self.settled_on + COURT_DAYS


MediationEntry = Entry[MediationMove, MediationStatus]
DUE_BEFORE_SETTLED = Reason("settlement-due-early", "履行期限不能早于达成协议的日期。")
NOT_YET = Reason("mediation-not-yet", "调处会和达成协议的日期不能晚于今天。")
NO_SUCH_ITEM = Reason("no-such-agreed-item", "协议没有第{item}项。")
