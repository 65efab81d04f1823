"""What waits for a supervisor's hand: refusals, accountability items, orders, unsealing, disputes, clusters.

Lists only; each item is decided on the page of its case, by the moves the core offers there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from aiohttp import web

from cases.figures.amber_departments import AmberDepartment, Pressure, pressures
from cases.figures.facts import CaseFacts, Condition, Happening
from cases.figures.measures import ENDING_NAMES, HAPPENING_NAMES, MEASURES_BY_KEY
from cases.figures.statistics import FactFilter
from cases.model import Case
from cases.people import Actor
from cases.ports.cases import CaseFilter, CaseOrder
from cases.vocabulary import Move, ProposalKind, Status
from cases.words import DECLINE_REASON_NAMES, LETTER_NAMES, MOVE_NAMES
from handlers.supervisor.choices import BOARD_ROLES, choice_of
from handlers.supervisor.keys import ALARMS, STATISTICS
from handlers.supervisor.places import department_name
from handlers.web.access.policy import actor_of, allow
from handlers.web.keys import NOW, SERVICES
from handlers.web.pages.templates import render

SHOWN = 50
QUEUES: dict[str, tuple[str, str]] = {
    "refusals": (
        "不予受理报备",
        "否定报备制：每件写明理由、依据和会签人；认为不当的，可以在件上启动失职追究或重新办理。",
    ),
    "countersign": ("待会签的不予受理", "已提出、还没有会签的不予受理。"),
    "letters": (
        "待核稿文书",
        "已送核稿、还没有签发的文书。由本单位负责人签发；本单位没有另一位负责人的，由督办员签发。",
    ),
    "accountability": ("失职追究", "由错过的时限或督办员启动，还没有了结的事项。"),
    "unseal": ("申请查看投诉人", "申请人不能自己批准。批准后只有申请人能查看，每次查看都有记录。"),
    "stalled": (
        "无人承办",
        "下一步应由谁办理已经清楚，但那里没有能够办理的账号。请分办给别的单位、审批，或者请管理员建立账号。",
    ),
    "disputes": ("提请裁定", "两个单位对由谁办理有争议，请指定承办单位。"),
    "extensions": ("申请延期", "等待本单位负责人决定的延期申请；督办员也可以批准或者不批准。"),
    "orders": (
        "督办与限期整改",
        "还没有回复的督办和限期整改，先到期的在前。每件同时列出督办期限和办理期限。",
    ),
    "checks": (MEASURES_BY_KEY["sampled"].label, MEASURES_BY_KEY["sampled"].words),
    "crossings": (MEASURES_BY_KEY["crossing"].label, MEASURES_BY_KEY["crossing"].words),
}
_FILTERS: dict[str, CaseFilter] = {
    "refusals": CaseFilter(statuses=frozenset({Status.DECLINED})),
    "countersign": CaseFilter(proposal=ProposalKind.DECLINE),
    "letters": CaseFilter(letter_waits=True),
    "accountability": CaseFilter(accountability_open=True),
    "unseal": CaseFilter(proposal=ProposalKind.UNSEAL),
    "stalled": CaseFilter(stalled=True),
    "disputes": CaseFilter(proposal=ProposalKind.DISPUTE),
    "extensions": CaseFilter(proposal=ProposalKind.EXTEND),
}


@dataclass(frozen=True, slots=True)
class WaitingItem:
    """One line: what it is about, who, since when."""

    number: str
    department: str
    domain: str
    lines: tuple[tuple[str, str], ...]
    at: datetime | None
    due_at: datetime | None = None
    href: str = ""
    """Where it leads when that is not the page of the case."""
    handle_due_at: datetime | None = None
    """The clock of the case itself, beside that of an order."""


@allow(*BOARD_ROLES)
async def show_attention(request: web.Request) -> web.StreamResponse:
    """All queues with their counts, and one of them in full: the first in which something waits."""
    services, actor = request.app[SERVICES], actor_of(request)
    counts = {
        key: await services.desk.count(actor, where) for key, where in _FILTERS.items() if key != "refusals"
    }
    own = {
        "orders": await _ordered(request),
        "checks": await _drawn(request),
        "crossings": await _across(request),
    }
    counts |= {key: len(items) for key, items in own.items()}
    first = next((key for key in QUEUES if counts.get(key)), "refusals")
    chosen = request.query.get("list", first)
    chosen = chosen if chosen in QUEUES else first
    cursor = None
    if chosen in own:
        items = own[chosen]
    else:
        page = await services.desk.list_cases(
            actor, _FILTERS[chosen], order=CaseOrder.NEWEST, limit=SHOWN, cursor=request.query.get("after")
        )
        items, cursor = [item_of(chosen, case) for case in page.cases], page.next_cursor
    tabs = [
        (name, f"/board/attention?list={key}", counts.get(key), key == chosen)
        for key, (name, _) in QUEUES.items()
    ]
    context = {
        "tabs": tabs,
        "title": QUEUES[chosen][0],
        "chosen": chosen,
        "crossings": own["crossings"],
        "empty": await services.staffing.empty_departments(services.desk.scope(actor).departments),
        "explanation": QUEUES[chosen][1],
        "items": items,
        "next": f"/board/attention?list={chosen}&after={cursor}" if cursor else "",
        "department_name": lambda id: department_name(id, services.rules.jurisdictions),
    }
    return render("supervisor/attention.html", request, context)


async def _ordered(request: web.Request) -> list[WaitingItem]:
    """Orders without an answer, with both clocks."""
    choice = choice_of(request)
    page = await request.app[STATISTICS].list_facts(
        choice.selection, FactFilter(state=Condition.ORDERED), request.app[NOW](), limit=200
    )
    return [
        WaitingItem(
            f.number,
            f.department,
            f.domain,
            (("承办人", f.person_name or "—"),),
            f.filed_at,
            f.order_due_at,
            handle_due_at=f.due_at,
        )
        for f in page.facts
    ]


async def _drawn(request: web.Request) -> list[WaitingItem]:
    """Cases drawn by lot that nobody has checked yet."""
    choice = choice_of(request)
    page = await request.app[STATISTICS].list_facts(
        choice.selection, FactFilter(state=Condition.TO_CHECK), request.app[NOW](), limit=200
    )
    return [_to_check(facts) for facts in page.facts]


def _to_check(facts: CaseFacts) -> WaitingItem:
    drawn = next((event.at for event in facts.events if event.name is Happening.SAMPLED), None)
    at_once = any(event.name is Happening.INSTANT for event in facts.events)
    lines = (
        ("结果", ENDING_NAMES.get(facts.outcome or "", "—")),
        *([(HAPPENING_NAMES[Happening.INSTANT], "是")] if at_once else []),
        ("承办人", facts.person_name or "—"),
    )
    href = f"/desk/cases/{facts.number}?move=check#move-check"
    return WaitingItem(facts.number, facts.department, facts.domain, lines, drawn, href=href)


async def _across(request: web.Request) -> list[WaitingItem]:
    """Departments across amber that the reader oversees, with the reader's own figures."""
    choice, now = choice_of(request), request.app[NOW]()
    seen = choice.selection.scope.departments
    across = [c for c in await request.app[ALARMS].list_amber() if seen is None or c.department in seen]
    held = pressures(await request.app[STATISTICS].backlog(choice.selection, now)) if across else {}
    return [
        WaitingItem(
            "", c.department, "", _pressed(held.get(c.department, Pressure(0, 0))), c.since, href=_list(c)
        )
        for c in across
    ]


def _list(amber: AmberDepartment) -> str:
    return f"/board?department={quote(amber.department)}"


def _pressed(held: Pressure) -> tuple[tuple[str, str], ...]:
    return (("在办", f"{held.open}件"), ("已超期和即将到期", f"{held.pressed}件，占{held.share:.0%}"))


def item_of(kind: str, case: Case) -> WaitingItem:
    """A case as a line of this queue."""
    lines: Sequence[tuple[str, str]]
    at: datetime | None = case.updated_at
    if kind in {"refusals", "countersign"}:
        lines, at = _refusal(case)
    elif kind == "accountability":
        open_items = [a for a in case.accountability if a.closed_at is None]
        lines = [(a.id, f"{a.reason}；经手人 {a.staff_name or '无'}") for a in open_items]
        at = open_items[0].opened_at if open_items else at
    elif kind == "letters":
        waiting = [one for one in case.papers if one.waits_for_a_head]
        lines = [(LETTER_NAMES[one.kind], f"{one.history[-1].actor.name}送核稿") for one in waiting]
        at = waiting[0].history[-1].at if waiting else at
    elif kind == "stalled" and case.stalled is not None:
        step = MOVE_NAMES[case.stalled.step][0]
        lines = [("无人承办", f"{step}；{case.stalled.department_name}没有能够办理此件的账号")]
        at = case.stalled.since
    else:
        asked = _FILTERS[kind].proposal
        proposal = case.proposal(asked) if asked else None
        lines = _proposal(proposal.by, proposal.args) if proposal else ()
        at = proposal.at if proposal else at
    return WaitingItem(
        case.number, case.department, case.complaint.domain.value, tuple(lines), at, case.due_at
    )


def _refusal(case: Case) -> tuple[list[tuple[str, str]], datetime | None]:
    """Reason, legal basis, who proposed and who countersigned (否定报备制)."""
    entry = next((e for e in reversed(case.history) if e.move == Move.COUNTERSIGN_DECLINE), None)
    proposed = next((e for e in reversed(case.history) if e.move == Move.PROPOSE_DECLINE), None)
    source = entry or proposed
    if source is None:
        return [], None
    reason = str(source.data.get("reason", ""))
    lines = [
        ("理由", DECLINE_REASON_NAMES.get(reason, reason)),
        ("依据", str(source.data.get("legal_basis", ""))),
    ]
    people = [f"{proposed.actor.name}提出" if proposed else "", f"{entry.actor.name}会签" if entry else ""]
    lines.append(("经手", "，".join(filter(None, people))))
    return lines, source.at


def _proposal(by: Actor, args: dict[str, object]) -> list[tuple[str, str]]:
    lines = [("提出", by.name)]
    if args.get("days"):
        lines.append(("天数", str(args["days"])))
    if args.get("reason"):
        lines.append(("理由", str(args["reason"])))
    return lines
