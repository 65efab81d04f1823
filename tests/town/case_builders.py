"""Cases as the storage tests need them; every free text carries a canary."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

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
from cases.people import SYSTEM, Actor, Role
from cases.ports.cases import Scope
from cases.records import FreeText
from cases.vocabulary import (
    Audience,
    Channel,
    Language,
    Move,
    OrderKind,
    Outcome,
    ProposalKind,
    Status,
    Unit,
)
from classify.types import Domain, Severity

NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
ALL = Scope(departments=None)
HANDLER = Actor(roles=frozenset({Role.HANDLER}), id="s1", name="张三", department="finance")
CANARY = "金丝雀"
_numbers = itertools.count(1)


def clock_due(due_at: datetime, **changes: Any) -> Clock:
    start = due_at - timedelta(days=10)
    fields: dict[str, Any] = {"kind": "handle", "basis": "信访工作条例 第34条", "amount": 10}
    return Clock(**fields | {"unit": Unit.CALENDAR_DAY, "started_at": start, "due_at": due_at} | changes)


def registered_case(
    *,
    department: str = "finance",
    due_at: datetime | None = NOON + timedelta(days=5),
    severity: Severity = Severity.NORMAL,
    text: str = "某镇政府拖欠工程款三十万元，至今未付",
    persons: tuple[str, ...] = (),
    participants: tuple[str, ...] = (),
    complaint: dict[str, Any] | None = None,
    **changes: Any,
) -> Case:
    """A case that lies free in a queue."""
    index = next(_numbers)
    fields: dict[str, Any] = {
        "number": f"SX20261122-{index:07d}-0",
        "filing_key": f"filing-{index}",
        "filed_at": NOON,
        "updated_at": NOON,
        "channel": Channel.TELEGRAM,
        "language": Language.ZH_HANS,
        "status": Status.REGISTERED,
        "complaint": Complaint(
            text=FreeText(text),
            domain=Domain.DEBT,
            severity=severity,
            region_code="230100",
            region_name="黑龙江省哈尔滨市",
            accused=Accused(name="某某镇人民政府"),
            persons=tuple(map(FreeText, persons)),
            **(complaint or {}),
        ),
        "routing": Routing(
            jurisdiction="harbin",
            department=department,
            department_name="市财政局",
            participants=participants,
            reasons=("拖欠账款由财政部门牵头",),
        ),
        "department": department,
        "department_name": "市财政局",
        "lease_until": EPOCH,
        "clocks": (clock_due(due_at),) if due_at else (),
    }
    return Case(**fields | changes)


def told(id: str, **params: Any) -> Notification:
    return Notification(id=id, audience=Audience.CITIZEN, template="told-accepted", params=params)


def full_case() -> Case:
    """Every record that a case can carry, each free text with the canary."""

    def words(place: str) -> FreeText:
        return FreeText(f"{CANARY}{place}")

    return registered_case(
        text=words("正文"),
        persons=(words("人名"),),
        complaint={"wish": words("诉求")},
        evidence=(
            Evidence(
                id="e1", name=words("文件名"), media_type="image/png", size=1, sha256="0", added_at=NOON
            ),
        ),
        proposals=(
            Proposal(
                kind=ProposalKind.DECLINE, by=HANDLER, at=NOON, args={"text": words("理由"), "on": NOON}
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
                department="finance",
                department_name="市财政局",
                signed_by="张三",
                at=NOON,
            ),
        ),
        orders=(
            Order(
                id="o1",
                kind=OrderKind.RECTIFY,
                what=words("督办"),
                department="finance",
                due_at=NOON,
                by=SYSTEM,
                at=NOON,
            ),
        ),
        history=(
            HistoryEntry(
                seq=1,
                at=NOON,
                move=Move.WRITE,
                actor=HANDLER,
                before=None,
                after=Status.REGISTERED,
                data={"to": "finance", "said": f"{CANARY}数据", "deep": [{"none": None, "n": 3}]},
                note=words("备注"),
            ),
        ),
        notifications=(told("n1", text=words("通知"), due=NOON),),
    )
