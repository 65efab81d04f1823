"""What happened to a case, entry by entry, in the words staff read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from cases.instants import read_day
from cases.lifecycle.table import MOVES
from cases.model import Case, HistoryEntry
from cases.people import CITIZEN, SYSTEM, Role
from cases.vocabulary import Channel, Move, WarningLevel
from cases.words import (
    CHANNEL_NAMES,
    CHECK_NAMES,
    CLOCK_NAMES,
    DECLINE_REASON_NAMES,
    DISSATISFACTION_NAMES,
    DOMAIN_NAMES,
    ORDER_NAMES,
    OUTCOME_NAMES,
    WARNING_NAMES,
)
from classify.types import Domain
from handlers.web.pages.filters import chinese_date, named

_domain = named(DOMAIN_NAMES, Domain)
_channel = named(CHANNEL_NAMES, Channel)

TONES: dict[Move, str] = {
    Move.REGISTER: "blue",
    Move.ACCEPT: "teal",
    Move.ANSWER: "green",
    Move.CLOSE: "green",
    Move.COUNTERSIGN_DECLINE: "red",
    Move.PROPOSE_DECLINE: "red",
    Move.ASK_SUPPLEMENT: "amber",
    Move.WARN: "amber",
    Move.OPEN_ACCOUNTABILITY: "red",
    Move.ORDER: "violet",
    Move.INSTRUCT: "violet",
    Move.ASK_REVIEW: "violet",
    Move.ASK_FINAL_REVIEW: "violet",
}
DIALOGUE = frozenset({Move.WRITE, Move.SUPPLEMENT, Move.ASK_SUPPLEMENT})


class TimelineEntry(NamedTuple):
    """One entry of the timeline."""

    at: datetime
    title: str
    who: str
    tone: str
    details: tuple[str, ...]
    note: str


class Said(NamedTuple):
    """One turn of the dialogue with the citizen."""

    at: datetime
    by_citizen: bool
    who: str
    text: str
    items: tuple[str, ...]
    files: tuple[str, ...]


def timeline(case: Case) -> tuple[TimelineEntry, ...]:
    """Newest first."""
    return tuple(_line(entry) for entry in reversed(case.history))


def dialogue(case: Case) -> tuple[Said, ...]:
    """Oldest first."""
    return tuple(_said(entry) for entry in case.history if entry.move in DIALOGUE)


def _line(entry: HistoryEntry) -> TimelineEntry:
    move = Move(entry.move)
    return TimelineEntry(
        at=entry.at,
        title=MOVES[move].past,
        who=entry.actor.name or (SYSTEM.name if entry.actor.has(Role.SYSTEM) else ""),
        tone="red" if entry.data.get("level") == WarningLevel.RED else TONES.get(move, "grey"),
        details=tuple(detail for detail in _details(entry.data) if detail),
        note=entry.note or "",
    )


def _said(entry: HistoryEntry) -> Said:
    return Said(
        at=entry.at,
        by_citizen=entry.actor.has(Role.CITIZEN),
        who=CITIZEN.name if entry.actor.has(Role.CITIZEN) else entry.actor.name,
        text=entry.note or ("请补充以下材料：" if entry.move == Move.ASK_SUPPLEMENT else ""),
        items=tuple(entry.data.get("items") or ()),
        files=tuple(entry.data.get("evidence") or ()),
    )


def _day(iso: str) -> str:
    return chinese_date(read_day(iso))


WORDS: dict[str, Callable[[Any], str]] = {
    "channel": lambda v: f"来自{_channel(v)}",
    "domain": lambda v: f"领域：{_domain(v)}",
    "reasons": lambda v: " ".join(DISSATISFACTION_NAMES.get(one, one) for one in v),
    "to_name": lambda v: f"去向：{v}",
    "filed_as": lambda v: f"来自并入的{v}",
    "nobody_at": lambda v: f"{v}没有能够办理此件的账号，已报督办员",
    "to": lambda v: "" if ":" in str(v) else f"交给：{v}",
    "from": lambda v: "" if ":" in str(v) else f"接替：{v}",
    "reason": lambda v: f"理由：{DECLINE_REASON_NAMES.get(v, v)}",
    "legal_basis": lambda v: f"依据：{v}",
    "proposed_by": lambda v: f"提出人：{v}",
    "items": lambda v: "；".join(v),
    "until": lambda v: f"期限：{_day(v)}" if v else "",
    "days": lambda v: f"延长{v}天",
    "due": lambda v: (
        "；".join(f"{CLOCK_NAMES.get(k, k)}改为{_day(d)}" for k, d in v.items())
        if isinstance(v, dict)
        else f"截止：{_day(v)}"
    ),
    "clock": lambda v: CLOCK_NAMES.get(v, v),
    "level": lambda v: WARNING_NAMES.get(v, v),
    "serial": lambda v: f"文号：{v}",
    "outcome": lambda v: f"结果：{OUTCOME_NAMES.get(v, v)}",
    "verification": lambda v: f"核验码：{v}",
    "departments": lambda v: f"邀请：{'、'.join(v)}",
    "into": lambda v: f"并入：{v}",
    "commitment": lambda v: f"承诺：{v}",
    "children": lambda v: f"拆分为：{'、'.join(v)}",
    "granted_name": lambda v: f"批准给：{v}",
    "person": lambda v: f"承办人：{v}" if v else "",
    "order": lambda v: f"督办事项：{v}",
    "item": lambda v: f"追究事项：{v}",
    "evidence": lambda v: f"附件{len(v)}个",
    "before": lambda v: f"原为：{_domain(v)}",
    "after": lambda v: f"改为：{_domain(v)}",
    "bodies": lambda v: f"还投诉：{'、'.join(v)}",
    "kind": lambda v: ORDER_NAMES.get(v, v),
    "verdict": lambda v: f"结论：{CHECK_NAMES.get(v, v)}",
    "month": lambda v: f"办结月份：{v[:4]}年{int(v[5:])}月",
    "quarantined": lambda v: "疑似无效信息，已隔离" if v else "",
    "responded": lambda v: "已得到回应" if v else "未得到回应",
    "solved": lambda v: "问题已解决" if v else "问题未解决",
    "satisfied": lambda v: f"满意度{v}分",
}
"""How what an entry keeps is said, by its key."""


def _details(data: dict[str, Any]) -> list[str]:
    hidden = {"to"} if "to_name" in data else set()
    return [WORDS[key](value) for key, value in data.items() if key in WORDS and key not in hidden]
