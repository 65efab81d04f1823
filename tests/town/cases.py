"""A case as it is registered, and one that carries every record there is, each free text with a canary."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from typing import Any

from cases import clocks
from cases.clocks import Clock
from cases.instants import EPOCH
from cases.model import (
    Accused,
    Case,
    Complaint,
    Evidence,
    HistoryEntry,
    Notification,
    OpinionLetter,
    Order,
    Proposal,
    Routing,
)
from cases.moves.history import next_entry
from cases.people import CITIZEN, SYSTEM
from cases.ports.cases import Scope
from cases.records import FreeText
from cases.vocabulary import (
    Audience,
    Channel,
    ClockKind,
    Language,
    Move,
    OrderKind,
    Outcome,
    ProposalKind,
    Status,
    Unit,
)
from classify.types import Domain, Severity
from tests.town.clock import MONDAY
from tests.town.people import ACCUSED, HANDLER
from tests.town.places import FINANCE
from tests.town.rules import RULES

ALL = Scope(departments=None)
CANARY = "金丝雀"
ACCEPTANCE = RULES.limits.for_case(Domain.GENERAL, ClockKind.ACCEPT)
BY_LAW = clocks.start(ACCEPTANCE, MONDAY, RULES.calendar, None).due_at
_numbers = itertools.count(1)


def clock_due(due_at: datetime, **changes: Any) -> Clock:
    start = due_at - timedelta(days=10)
    fields: dict[str, Any] = {"kind": "handle", "basis": "信访工作条例 第34条", "amount": 10}
    return Clock(**fields | {"unit": Unit.CALENDAR_DAY, "started_at": start, "due_at": due_at} | changes)


def registered(
    *,
    department: str = FINANCE,
    due_at: datetime | None = BY_LAW,
    severity: Severity = Severity.NORMAL,
    text: str = "西宁市城西区教育局承诺三十日内付清采购款，至今未付。",
    persons: tuple[str, ...] = (ACCUSED,),
    participants: tuple[str, ...] = (),
    complaint: Complaint | dict[str, Any] | None = None,
    **changes: Any,
) -> Case:
    """Free in the queue of 青海省财政厅; the accused is a school authority elsewhere in the province."""
    index = next(_numbers)
    body = RULES.jurisdictions.find_by_id(department)
    name = body.full_name if body else department
    entry = next_entry(HistoryEntry, (), Move.REGISTER, CITIZEN, MONDAY, None, Status.REGISTERED)
    fields: dict[str, Any] = {
        "number": f"SX20261123-{index:07d}-0",
        "filing_key": f"filing-{index}",
        "filed_at": MONDAY,
        "updated_at": MONDAY,
        "channel": Channel.WEB,
        "language": Language.ZH_HANS,
        "status": Status.REGISTERED,
        "complaint": complaint
        if isinstance(complaint, Complaint)
        else Complaint(
            **{
                "text": FreeText(text),
                "domain": Domain.GENERAL,
                "severity": severity,
                "region_code": "630104",
                "region_name": "青海省西宁市城西区",
                "accused": (Accused(name="西宁市城西区教育局"),),
                "persons": tuple(map(FreeText, persons)),
                "named": True,
                **(complaint or {}),
            }
        ),
        "routing": Routing(
            jurisdiction="qinghai",
            department=department,
            department_name=name,
            participants=participants,
            reasons=("政府采购由财政厅牵头",),
        ),
        "department": department,
        "department_name": name,
        "lease_until": EPOCH,
        "clocks": (_first_clock(due_at, department),) if due_at else (),
        "history": (entry,),
    }
    return Case(**fields | changes)


def _first_clock(due_at: datetime, department: str) -> Clock:
    lawful = clocks.start(ACCEPTANCE, MONDAY, RULES.calendar, department)
    return lawful if due_at == lawful.due_at else clock_due(due_at, kind=ClockKind.ACCEPT)


def told(id: str, **params: Any) -> Notification:
    return Notification(id=id, audience=Audience.CITIZEN, template="told-accepted", params=params)


def full_case() -> Case:
    """Every record that a case can carry, each free text with the canary."""

    def words(place: str) -> FreeText:
        return FreeText(f"{CANARY}{place}")

    return registered(
        text=words("正文"),
        persons=(words("人名"),),
        complaint={"wish": words("诉求")},
        evidence=(
            Evidence(
                id="e1",
                name=words("文件名"),
                media_type="image/png",
                size=1,
                sha256="0",
                added_at=MONDAY,
            ),
        ),
        proposals=(
            Proposal(
                kind=ProposalKind.DECLINE,
                by=HANDLER,
                at=MONDAY,
                args={"text": words("理由"), "on": MONDAY},
            ),
        ),
        letters=(
            OpinionLetter(
                serial="1",
                verification="v",
                outcome=Outcome.SUPPORT,
                request=words("请求"),
                facts=words("事实"),
                opinion=words("意见"),
                legal_basis="信访工作条例",
                department=FINANCE,
                department_name="青海省财政厅",
                signed_by="张三",
                at=MONDAY,
            ),
        ),
        orders=(
            Order(
                id="o1",
                kind=OrderKind.RECTIFY,
                what=words("督办"),
                department=FINANCE,
                due_at=MONDAY,
                by=SYSTEM,
                at=MONDAY,
            ),
        ),
        history=(
            HistoryEntry(
                seq=1,
                at=MONDAY,
                move=Move.WRITE,
                actor=HANDLER,
                before=None,
                after=Status.REGISTERED,
                data={"to": "finance", "said": f"{CANARY}数据", "deep": [{"none": None, "n": 3}]},
                note=words("备注"),
            ),
        ),
        notifications=(told("n1", text=words("通知"), due=MONDAY),),
    )
