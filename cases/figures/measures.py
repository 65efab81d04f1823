"""Every measure of the board, defined once: in words for people, and computed from a case's history.

The words appear on the page and in docs/measures.md; a test keeps them the same. No figure is computed
anywhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from cases.clocks import Clock, amber_at
from cases.figures.facts import CaseFacts, Condition, Event, Happening, Spell, Verdict
from cases.instants import to_instant
from cases.lifecycle.table import MOVES
from cases.model import Case, HistoryEntry
from cases.people import Role
from cases.vocabulary import (
    ENDED,
    FILED_BY_STAFF,
    CheckVerdict,
    ClockKind,
    Colour,
    Move,
    Outcome,
    RatedBy,
    Status,
    WarningLevel,
)
from cases.words import COLOUR_NAMES, MOVE_NAMES, OUTCOME_NAMES, STATUS_NAMES


class Measure(NamedTuple):
    key: str
    label: str
    words: str


MEASURES: tuple[Measure, ...] = (
    Measure(
        "open",
        "在办",
        "尚未答复或办结、责任单位还欠着下一步的件；含等待投诉人补正和复查、复核中的件，不含被隔离的疑似垃圾信息。",
    ),
    Measure(
        "overdue",
        COLOUR_NAMES[Colour.RED],
        "在办件中，最早到期的承诺期限已经过去的件。等待补正期间期限暂停，不算超期。",
    ),
    Measure("amber", COLOUR_NAMES[Colour.AMBER], "在办件中，承诺期限只剩不到五分之一、但还没有过去的件。"),
    Measure(
        "crossing",
        "黄灯单位",
        "在办件中，已超期和即将到期的合计达到5件、且占到三成的单位。降到不足3件或不到两成时移出。进出的界线不同，以免反复提醒。",
    ),
    Measure("filed", "收件", "统计期内登记的件。"),
    Measure(
        "assisted",
        "代为登记",
        "统计期内由工作人员在窗口、电话或者通过接口登记的件。计入收件和各项办理数字，单独列出，不参加排名。",
    ),
    Measure("closed", "办结", "统计期内办结、不予受理、撤回或并案的件，每件只计最后一次。"),
    Measure("read", "首次阅看用时", "从登记到责任单位第一次有人领取、指派、分办或受理的时间。"),
    Measure("accept", "受理用时", "从登记到受理的时间。"),
    Measure(
        "reply",
        "首次回复用时",
        "从登记到投诉人第一次得到工作人员回话的时间：受理告知、补正告知、留言、答复或不予受理通知，以最早的为准。",
    ),
    Measure("answer", "答复用时", "从登记到第一次书面答复的时间。"),
    Measure(
        "instant",
        "即收即答",
        "统计期内第一次书面答复的件中，从受理到答复不足1小时的件。可能没有实际办理，单独列出，抽查时优先抽取。",
    ),
    Measure("close", "办结用时", "从登记到最后一次办结的时间。"),
    Measure("median", "中位数", "一半的件比它快，一半的件比它慢。按五个百分点的时间段累计，误差不超过2.5%。"),
    Measure("p90", "九成线", "十件中有九件不超过这个时间。算法同中位数。"),
    Measure(
        "accept_on_time",
        "受理按期率",
        "统计期内已有结果的受理期限中，按期完成的比例。按期完成的，计在完成之日；到期没有完成的，计在到期之日。转走或撤回的不计。",
    ),
    Measure(
        "handle_on_time", "答复按期率", "统计期内已有结果的办理期限中，按期答复的比例。计法同受理按期率。"
    ),
    Measure("share", "期限占用", "完成时用去的时间占承诺时间的比例；超过100%为超期。暂停的时间从两边扣除。"),
    Measure("declined", "不予受理", "统计期内经会签不予受理的件。"),
    Measure("transferred", "转办", "统计期内被另一单位接收的转办次数，含裁定和分办。"),
    Measure("returned", "退回", "统计期内被退回的转办次数。"),
    Measure("reopened", "重新办理", "统计期内重新办理的次数。"),
    Measure("responded", "响应率", "统计期内的评价中，投诉人认为得到回应的比例。每件只计最近一次评价。"),
    Measure("solved", "解决率", "统计期内的评价中，投诉人认为问题已经解决的比例。"),
    Measure("satisfied", "满意率", "统计期内的评价中，满意程度为4分或5分的比例。"),
    Measure(
        "followed_up",
        "回访",
        "统计期内答复后过了设定的天数、由系统请投诉人评价的次数。不能在对话中询问的，由没有经办此件的人联系并登记；这样登记的评价单独计数，不参加排名。",
    ),
    Measure(
        "unhappy",
        "不满意的原因",
        "统计期内没有解决或者满意程度不足4分的评价中，投诉人选的原因，可以多选。",
    ),
    Measure(
        "sampled",
        "抽查",
        "每月在上月办结和不予受理的件中，按单位抽取5%，每个单位至少1件、至多10件；同一单位内各领域、即收即答与其他件轮流抽取。抽取所用的随机数在当月结束后产生并记入审计日志，谁也不能事先选定。由没有经办的督办员写结论，不合格的启动失职追究。",
    ),
    Measure(
        "reviews",
        "复查复核",
        "统计期内申请复查和复核的次数，以及其中改变原处理意见（支持或部分支持）的次数。",
    ),
    Measure("amount", "涉及金额", "统计期内登记的政府债务与拖欠类投诉中，投诉人所说金额之和，未经核实。"),
    Measure(
        "credit_overdue",
        "整改逾期",
        "现在，整改期限已过、还没有确认整改也没有认定拒不整改的整改通知。",
    ),
    Measure(
        "credit_records",
        "失信记录",
        "统计期内认定的单位失信记录，以认定日期计；含后来修复、到期的，不含撤销、并入的。公职人员档案和守信履约的记录不计。",
    ),
    Measure("credit_repaired", "信用修复", "统计期内同意修复的失信记录。"),
    Measure(
        "credit_upheld",
        "异议成立",
        "统计期内对异议作出的决定中，异议成立的次数；复核改变的，另计一次决定。",
    ),
    Measure(
        "credit_to_record",
        "失信到记录",
        "统计期内认定的失信记录，从失信日期到认定日期的天数；没有写失信日期的不计。中位数：一半不超过这个天数；九成线：九成不超过。",
    ),
    Measure(
        "credit_to_repair",
        "记录到修复",
        "统计期内同意修复的记录，从认定日期到同意修复之日的天数。中位数和九成线同上。",
    ),
    Measure(
        "credit_evaluated",
        "公布评价",
        "统计期内公布的诚信评价；另列被评价单位提出异议的次数。",
    ),
    Measure("pauses", "暂停", "从发出补正告知到投诉人补充为止的时间，从所有用时中扣除。"),
)
MEASURES_BY_KEY: dict[str, Measure] = {measure.key: measure for measure in MEASURES}

INSTANT = timedelta(hours=1)
"""An answer that comes sooner than this after acceptance is shown apart."""

SPELLS = ("read", "accept", "reply", "answer", "close")
VERDICTS = ("accept", "handle")

_ENDED_WITHOUT_LETTER = (Status.DECLINED, Status.WITHDRAWN, Status.MERGED)
ENDING_NAMES: dict[str, str] = {
    **OUTCOME_NAMES,
    **{status.value: STATUS_NAMES[status] for status in _ENDED_WITHOUT_LETTER},
    Condition.OPEN.value: "在办",
}
"""How a case came out, or that it has not yet: the keys of the counts `to_…`."""

CONDITION_NAMES: dict[Condition, str] = {
    Condition.OPEN: ENDING_NAMES[Condition.OPEN],
    Condition.OVERDUE: COLOUR_NAMES[Colour.RED],
    Condition.AMBER: COLOUR_NAMES[Colour.AMBER],
    Condition.ORDERED: "有未回复的督办",
    Condition.ACCOUNTABLE: "有未了结的追究事项",
    Condition.TO_CHECK: "等待抽查",
}

HAPPENING_NAMES: dict[Happening, str] = {
    Happening.FILED: "登记",
    Happening.ASSISTED: "代为登记",
    Happening.CLOSED: "办结",
    Happening.ANSWERED: "答复",
    Happening.ANSWERED_AGAIN: "再次答复",
    Happening.INSTANT: "即收即答",
    Happening.ACCEPTED: "受理",
    Happening.FOLLOWED_UP: "回访",
    Happening.RATED: "评价",
    Happening.ACCEPT_KEPT: "按期受理",
    Happening.ACCEPT_BROKEN: "受理超期",
    Happening.HANDLE_KEPT: "按期答复",
    Happening.HANDLE_BROKEN: "答复超期",
    Happening.DECLINED: STATUS_NAMES[Status.DECLINED],
    Happening.TRANSFERRED: MOVE_NAMES[Move.TRANSFER].label,
    Happening.RETURNED: "退回",
    Happening.REOPENED: MOVE_NAMES[Move.REOPEN].label,
    Happening.EXTENDED: "延期",
    Happening.SUPPLEMENT: "补正告知",
    Happening.WITHDRAWN: MOVE_NAMES[Move.WITHDRAW].label,
    Happening.MERGED: MOVE_NAMES[Move.MERGE].label,
    Happening.ORDERED: MOVE_NAMES[Move.ORDER].label,
    Happening.ACCOUNTABLE: "失职追究",
    Happening.SAMPLED: "抽中",
    Happening.CHECK_SOUND: "抽查办理规范",
    Happening.CHECK_FLAWED: "抽查有瑕疵",
    Happening.CHECK_FAILED: "抽查不合格",
    Happening.REVIEW_ASKED: "申请复查复核",
    Happening.REVIEW_CHANGED: "复查复核改变原意见",
    Happening.REVIEW_UPHELD: "复查复核维持原意见",
}

_CHECKED = {
    CheckVerdict.SOUND: Happening.CHECK_SOUND,
    CheckVerdict.FLAWED: Happening.CHECK_FLAWED,
    CheckVerdict.FAILED: Happening.CHECK_FAILED,
}
_BY_MOVE: dict[Move, Happening] = {
    Move.COUNTERSIGN_DECLINE: Happening.DECLINED,
    Move.ACCEPT_TRANSFER: Happening.TRANSFERRED,
    Move.DECIDE_DISPUTE: Happening.TRANSFERRED,
    Move.ROUTE: Happening.TRANSFERRED,
    Move.RETURN_TRANSFER: Happening.RETURNED,
    Move.REOPEN: Happening.REOPENED,
    Move.APPROVE_EXTENSION: Happening.EXTENDED,
    Move.ASK_SUPPLEMENT: Happening.SUPPLEMENT,
    Move.WITHDRAW: Happening.WITHDRAWN,
    Move.MERGE: Happening.MERGED,
    Move.ORDER: Happening.ORDERED,
    Move.FOLLOW_UP: Happening.FOLLOWED_UP,
    Move.ASK_REVIEW: Happening.REVIEW_ASKED,
    Move.ASK_FINAL_REVIEW: Happening.REVIEW_ASKED,
}
_READING = frozenset({Move.CLAIM, Move.ASSIGN, Move.TAKE_OVER, Move.ROUTE, Move.ACCEPT, Move.ACCEPT_TRANSFER})
_REPLIES = frozenset(
    move for move, spec in MOVES.items() if spec.told and move not in {Move.REGISTER, Move.ROUTE, Move.SPLIT}
) - {Move.ACCEPT_TRANSFER, Move.DECIDE_DISPUTE, Move.MERGE, Move.CLOSE, Move.REOPEN}


def facts_of(case: Case) -> CaseFacts:
    """The row of a case. A pure function of the case: the same case gives the same row at any time."""
    home, home_name = _home(case)
    is_open = case.is_open and not case.quarantined
    running = [c for c in case.clocks if c.running] if is_open else []
    nearest = min(running, key=lambda c: c.due_at, default=None)
    waiting = [o.due_at for o in case.orders if o.answered_at is None]
    person, person_name = _person(case)
    rating = case.rating
    return CaseFacts(
        number=case.number,
        version=case.version,
        status=case.status,
        open=is_open,
        jurisdiction=case.routing.jurisdiction,
        department=case.department,
        home=home,
        home_name=home_name,
        domain=case.complaint.domain.value,
        place=prefecture(case.complaint.region_code),
        county=county(case.complaint.region_code),
        channel=case.channel.value,
        severity=case.complaint.severity.value,
        person=person,
        person_name=person_name,
        bodies=tuple(dict.fromkeys(accused.name for accused in case.complaint.accused)),
        amount=case.complaint.amount_yuan,
        band=case.complaint.similar[0] if case.complaint.similar else None,
        filed_at=case.filed_at,
        due_at=nearest.due_at if nearest else None,
        amber_at=to_instant(amber_at(nearest)) if nearest else None,
        order_due_at=min(waiting, default=None),
        to_check=any(check.verdict is None for check in case.checks),
        accountable=any(item.closed_at is None for item in case.accountability),
        read=_spell(case, _first(case, *_READING)),
        accept=_spell(case, _first(case, Move.ACCEPT)),
        reply=_spell(case, _first(case, *_REPLIES)),
        answer=_spell(case, _first(case, Move.ANSWER)),
        close=_spell(case, _end(case)) if case.status in ENDED else None,
        accept_verdict=_verdict(case, ClockKind.ACCEPT),
        handle_verdict=_verdict(case, ClockKind.HANDLE),
        outcome=_outcome(case),
        events=tuple(_events(case)),
        rated_at=rating.at if rating else None,
        responded=bool(rating and rating.responded),
        solved=bool(rating and rating.solved),
        satisfied=rating.satisfied if rating else 0,
        rated_by=rating.by if rating else RatedBy.CITIZEN,
        unhappy=rating.reasons if rating else (),
    )


def prefecture(region_code: str | None) -> str | None:
    """630104 → 630100; a province alone is not a prefecture."""
    if region_code is None or len(region_code) < 6 or region_code[2:4] == "00":
        return None
    return region_code[:4] + "00"


def county(region_code: str | None) -> str | None:
    """630104 and every street in it → 630104; a prefecture is none."""
    code = (region_code or "")[:6]
    return code if len(code) == 6 and not code.endswith("00") else None


def elapsed(case: Case, until: datetime) -> timedelta:
    """From filing to this instant, without the times the citizen was asked to complete the papers."""
    waited = until - case.filed_at
    for since, to in _pauses(case.history):
        waited -= max(min(to or until, until) - min(since, until), timedelta())
    return max(waited, timedelta())


def _pauses(history: tuple[HistoryEntry, ...]) -> Iterator[tuple[datetime, datetime | None]]:
    since: datetime | None = None
    for entry in history:
        if entry.after is Status.AWAITING_CITIZEN:
            since = since or entry.at
        elif since is not None:
            yield since, entry.at
            since = None
    if since is not None:
        yield since, None


def _home(case: Case) -> tuple[str, str]:
    """The department whose handling is measured: during a review not the reviewer."""
    if not case.reviews:
        return case.department, case.department_name
    letters = [letter for letter in case.letters if letter.department != case.department]
    if letters:
        return letters[0].department, letters[0].department_name
    clock = case.clock(ClockKind.HANDLE) or case.clock(ClockKind.ACCEPT)
    if clock is None or clock.department is None or clock.department == case.department:
        return case.department, case.department_name
    return clock.department, case.routing.department_name


def _first(case: Case, *moves: Move) -> HistoryEntry | None:
    """By staff: what citizens do is nobody's work."""
    return next((e for e in case.history if e.move in moves and not e.actor.has(Role.CITIZEN)), None)


def _end(case: Case) -> HistoryEntry | None:
    """What ended the case the last time: a final opinion does so without a CLOSE of its own."""
    return next((e for e in reversed(case.history) if e.after in ENDED and e.before not in ENDED), None)


def _spell(case: Case, entry: HistoryEntry | None) -> Spell | None:
    if entry is None:
        return None
    return Spell(entry.at, int(elapsed(case, entry.at).total_seconds()))


def _person(case: Case) -> tuple[str | None, str]:
    entry = _first(case, Move.ANSWER) or _first(case, Move.ACCEPT)
    if entry is not None:
        return entry.actor.id, entry.actor.name
    return (case.holder.staff, case.holder.name) if case.holder else (None, "")


def _verdict(case: Case, kind: str) -> Verdict | None:
    """Of the newest clock of the kind that was kept or broken. A warning `red` is what tells of a break."""
    clock = next((c for c in reversed(case.clocks) if c.kind == kind and c.stopped_at is None), None)
    if clock is None:
        return None
    if clock.met_at is None:
        return Verdict(clock.due_at, False, None) if WarningLevel.RED in clock.warned else None
    kept = clock.met_at <= clock.due_at
    return Verdict(clock.met_at if kept else clock.due_at, kept, _share(clock, clock.met_at))


def _share(clock: Clock, met_at: datetime) -> int:
    paused = timedelta(seconds=clock.paused_seconds)
    promised = clock.due_at - clock.started_at - paused
    used = max(met_at - clock.started_at - paused, timedelta())
    return min(int(used / promised * 100), 999) if promised > timedelta() else 100


def _outcome(case: Case) -> str | None:
    if case.status in _ENDED_WITHOUT_LETTER:
        return case.status.value
    return case.letters[-1].outcome if case.letters else None


def _events(case: Case) -> Iterator[Event]:
    if case.channel in FILED_BY_STAFF:
        yield Event(Happening.ASSISTED, case.filed_at)
    accepted, answered = _first(case, Move.ACCEPT), _first(case, Move.ANSWER)
    if accepted and answered and timedelta() <= answered.at - accepted.at < INSTANT:
        yield Event(Happening.INSTANT, answered.at)
    for check in case.checks:
        yield Event(Happening.SAMPLED, check.drawn_at)
        if check.verdict is not None and check.at is not None:
            yield Event(_CHECKED[check.verdict], check.at)
    in_review = False
    for entry in case.history:
        if entry.move == Move.ANSWER and entry is not answered:
            yield Event(Happening.ANSWERED_AGAIN, entry.at)
        happened = _BY_MOVE.get(entry.move)
        if happened is not None:
            yield Event(happened, entry.at)
        in_review = in_review or happened is Happening.REVIEW_ASKED
        if in_review and entry.move == Move.ANSWER:
            changed = entry.data.get("outcome") in {Outcome.SUPPORT, Outcome.PARTLY}
            yield Event(Happening.REVIEW_CHANGED if changed else Happening.REVIEW_UPHELD, entry.at)
            in_review = False
    for item in case.accountability:
        yield Event(Happening.ACCOUNTABLE, item.opened_at)
