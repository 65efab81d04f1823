"""The words of the domain in code: every status, move, kind and level a record may hold, as enums.

Their values are stored, so a value never changes; their Chinese names stand in `words.py`. `docs/glossary.md`
lists both.
"""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    REGISTERED = "registered"
    ACCEPTED = "accepted"
    AWAITING_CITIZEN = "awaiting_citizen"
    ANSWERED = "answered"
    CLOSED = "closed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    IN_REVIEW = "in_review"
    IN_FINAL_REVIEW = "in_final_review"


OPEN = frozenset(
    {
        Status.REGISTERED,
        Status.ACCEPTED,
        Status.AWAITING_CITIZEN,
        Status.IN_REVIEW,
        Status.IN_FINAL_REVIEW,
    }
)
"""Statuses in which a department still owes something (awaiting_citizen: its clock is paused)."""

ENDED = frozenset({Status.CLOSED, Status.DECLINED, Status.WITHDRAWN, Status.MERGED})
"""Statuses in which nobody works on the case any more."""


class Move(StrEnum):
    REGISTER = "register"
    CLAIM = "claim"
    RELEASE = "release"
    ASSIGN = "assign"
    TAKE_OVER = "take_over"
    ACCEPT = "accept"
    PROPOSE_DECLINE = "propose_decline"
    COUNTERSIGN_DECLINE = "countersign_decline"
    REFUSE_DECLINE = "refuse_decline"
    ASK_SUPPLEMENT = "ask_supplement"
    SUPPLEMENT = "supplement"
    TRANSFER = "transfer"
    ACCEPT_TRANSFER = "accept_transfer"
    RETURN_TRANSFER = "return_transfer"
    DISPUTE = "dispute"
    DECIDE_DISPUTE = "decide_dispute"
    ROUTE = "route"
    CORRECT = "correct"
    ACCUSE = "accuse"
    INVITE = "invite"
    WRITE = "write"
    NOTE = "note"
    ATTACH = "attach"
    REQUEST_EXTENSION = "request_extension"
    APPROVE_EXTENSION = "approve_extension"
    REFUSE_EXTENSION = "refuse_extension"
    ANSWER = "answer"
    CLOSE = "close"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"
    MERGE = "merge"
    SPLIT = "split"
    LINK_COMMITMENT = "link_commitment"
    UNLINK_COMMITMENT = "unlink_commitment"
    ASK_REVIEW = "ask_review"
    ASK_FINAL_REVIEW = "ask_final_review"
    RATE = "rate"
    FOLLOW_UP = "follow_up"
    RECORD_RATING = "record_rating"
    ORDER = "order"
    ANSWER_ORDER = "answer_order"
    INSTRUCT = "instruct"
    CONSULT = "consult"
    GIVE_TASK = "give_task"
    REPLY = "reply"
    WARN = "warn"
    MARK_URGENT = "mark_urgent"
    OPEN_ACCOUNTABILITY = "open_accountability"
    CLOSE_ACCOUNTABILITY = "close_accountability"
    SAMPLE = "sample"
    CHECK = "check"
    RELEASE_QUARANTINE = "release_quarantine"
    REQUEST_UNSEAL = "request_unseal"
    APPROVE_UNSEAL = "approve_unseal"
    REFUSE_UNSEAL = "refuse_unseal"
    UNSEAL = "unseal"
    HOLD = "hold"
    LIFT_HOLD = "lift_hold"
    ANONYMISE = "anonymise"
    RECOUNT = "recount"


class By(StrEnum):
    """How the actor must stand to the case."""

    HOLDER = "holder"
    """Holds it, or heads the department that does."""
    DEPARTMENT = "department"
    """Works in the responsible department."""
    RECEIVER = "receiver"
    """Works in the department to which a transfer was offered."""
    INVOLVED = "involved"
    """Works in the responsible, a participating or a receiving department."""
    OVERSEER = "overseer"
    """Supervises the jurisdiction."""
    CITIZEN = "citizen"
    SYSTEM = "system"


class ClockKind(StrEnum):
    """What a law or a document sets a time for (`rules/time_limits.toml`), or a deployment's own terms do
    (`rules/credit_terms.toml`)."""

    REGISTER = "register"
    ACCEPT = "accept"
    SUPPLEMENT_ASK = "supplement_ask"
    DECLINE_NOTICE = "decline_notice"
    TRANSFER = "transfer"
    TRANSFER_RETURN = "transfer_return"
    HANDLE = "handle"
    REVIEW_APPLY = "review_apply"
    REVIEW = "review"
    FINAL_REVIEW_APPLY = "final_review_apply"
    FINAL_REVIEW = "final_review"
    OBJECTION_MARK = "objection_mark"
    OBJECTION = "objection"
    REPAIR_ACCEPT = "repair_accept"
    REPAIR = "repair"
    REPAIR_DECIDE = "repair_decide"
    RECTIFY = "rectify"
    EXPLAIN = "explain"
    HEARING = "hearing"
    OBJECTION_CHECK = "objection_check"
    OBJECTION_FORWARD = "objection_forward"
    OBJECTION_REVIEW_ASK = "objection_review_ask"
    OBJECTION_REVIEW = "objection_review"
    WITHDRAW = "withdraw"
    REVOKE = "revoke"
    EVALUATION_SEE = "evaluation_see"
    EVALUATION_DECIDE = "evaluation_decide"


class Unit(StrEnum):
    """What a period is counted in."""

    CALENDAR_DAY = "calendar_day"
    WORKING_DAY = "working_day"


class Colour(StrEnum):
    """How a clock stands. late: done, but too late; red: not done, and the time is over; over: a right to do
    something has run out, and nobody is late."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    PAUSED = "paused"
    MET = "met"
    LATE = "late"
    STOPPED = "stopped"
    OVER = "over"


class WarningLevel(StrEnum):
    """The colours of a running clock that are told, each once."""

    AMBER = Colour.AMBER.value
    RED = Colour.RED.value


class ProposalKind(StrEnum):
    """What one person proposes and another decides."""

    DECLINE = "decline"
    EXTEND = "extend"
    TRANSFER = "transfer"
    DISPUTE = "dispute"
    UNSEAL = "unseal"


class LetterKind(StrEnum):
    """What is written to a citizen, and goes with a move of the case."""

    OPINION = "opinion"
    REVIEW_OPINION = "review_opinion"
    FINAL_OPINION = "final_opinion"
    DECLINE = "decline"
    SUPPLEMENT = "supplement"
    TRANSFER = "transfer"
    EXTENSION = "extension"


class LetterStatus(StrEnum):
    DRAFT = "draft"
    CHECKING = "checking"
    SIGNED = "signed"
    DELIVERED = "delivered"
    VOID = "void"


class LetterMove(StrEnum):
    BEGIN = "begin"
    WRITE = "write"
    SUBMIT = "submit"
    RETURN = "return"
    SIGN = "sign"
    SIGN_ALONE = "sign_alone"
    """Where no second person is asked for."""
    DELIVER = "deliver"
    DISCARD = "discard"


class DeliveryWay(StrEnum):
    """How a letter reached whom it is for."""

    ELECTRONIC = "electronic"
    IN_PERSON = "in_person"
    POST = "post"
    LEFT = "left"
    PUBLIC_NOTICE = "public_notice"


class Ruling(StrEnum):
    """What a review says of the answer before it."""

    UPHOLD = "uphold"
    REVOKE = "revoke"
    CHANGE = "change"


class ErrandKind(StrEnum):
    """What somebody is asked for within the handling of a case."""

    INSTRUCTION = "instruction"
    CONSULTATION = "consultation"
    TASK = "task"


class OrderKind(StrEnum):
    SUPERVISE = "supervise"
    RECTIFY = "rectify"


class AccountabilityKind(StrEnum):
    """失职追究: why the item was opened."""

    MISSED_CLOCK = "missed_clock"
    UNFOUNDED_REFUSAL = "unfounded_refusal"
    CONDUCT = "conduct"


class CheckVerdict(StrEnum):
    """抽查: what a supervisor found in a closed case that was drawn."""

    SOUND = "sound"
    FLAWED = "flawed"
    FAILED = "failed"


class RatedBy(StrEnum):
    """How a rating came about."""

    CITIZEN = "citizen"
    """Of one's own accord."""
    ASKED = "asked"
    """When asked some days after the answer (回访)."""
    STAFF = "staff"
    """Told to a member of staff who did not handle the case."""


class Dissatisfaction(StrEnum):
    """Why somebody is not satisfied."""

    NOT_TO_THE_POINT = "not_to_the_point"
    NOT_DONE = "not_done"
    SLOW = "slow"
    NO_REASONS = "no_reasons"
    WRONG_FACTS = "wrong_facts"
    MANNER = "manner"
    PRESSED = "pressed"
    OTHER = "other"


class DecidedBy(StrEnum):
    """Who had the last word on the domain of a complaint."""

    CLASSIFIER = "classifier"
    CITIZEN = "citizen"
    STAFF = "staff"


class AddedBy(StrEnum):
    """Who gave a file."""

    CITIZEN = "citizen"
    STAFF = "staff"


class DeclineReason(StrEnum):
    NOT_COMPETENT = "not_competent"
    IN_COURT = "in_court"
    ALREADY_HANDLED = "already_handled"
    FINAL = "final"
    NO_FACTS = "no_facts"
    OUT_OF_SCOPE = "out_of_scope"
    OTHER = "other"


class Outcome(StrEnum):
    SUPPORT = "support"
    PARTLY = "partly"
    EXPLAIN = "explain"
    REJECT = "reject"


class Channel(StrEnum):
    TELEGRAM = "telegram"
    WEB = "web"
    COUNTER = "counter"
    OPEN311 = "open311"
    API = "api"


CHATS = frozenset({Channel.TELEGRAM, Channel.WEB})
"""Channels in which who filed can be asked something."""
FILED_BY_STAFF = frozenset({Channel.COUNTER, Channel.API})
"""At a counter, by phone, or by a department's own system: staff wrote it down."""


class Language(StrEnum):
    ZH_HANS = "zh-Hans"
    ZH_HANT = "zh-Hant"
    EN = "en"


class Audience(StrEnum):
    CITIZEN = "citizen"
    DEPARTMENT = "department"
    STAFF = "staff"
    SUPERVISORS = "supervisors"
    SYSTEMS = "systems"
    """Programs of departments: see `announcing.py`."""


class EventKind(StrEnum):
    """`type` of an event, as Standard Webhooks names it."""

    REGISTERED = "case.registered"
    TRANSFER_OFFERED = "case.transfer_offered"
    TRANSFER_RETURNED = "case.transfer_returned"
    TRANSFERRED_IN = "case.transferred_in"
    TRANSFERRED_OUT = "case.transferred_out"
    INVITED = "case.invited"
    ACCEPTED = "case.accepted"
    DECLINED = "case.declined"
    SUPPLEMENTED = "case.supplemented"
    MESSAGE = "case.message"
    WITHDRAWN = "case.withdrawn"
    CLOCK_AMBER = "case.clock_amber"
    CLOCK_RED = "case.clock_red"
    EXTENDED = "case.extended"
    ORDERED = "case.ordered"
    ANSWERED = "case.answered"
    CLOSED = "case.closed"
    REOPENED = "case.reopened"
    REVIEW_ASKED = "case.review_asked"
    MERGED = "case.merged"
    CREDIT_CHANGED = "credit.changed"
    CREDIT_CLOCK_AMBER = "credit.clock_amber"
    CREDIT_CLOCK_RED = "credit.clock_red"
