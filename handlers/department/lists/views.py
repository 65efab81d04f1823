"""The queue's ready-made views: which cases each shows and in which order.

A view narrows what the core already allows the actor to see; it never widens it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cases.clocks import colour
from cases.letters import Letter
from cases.lifecycle.permissions import receiver_of
from cases.model import Case
from cases.people import Actor, Role
from cases.ports.cases import CaseFilter, CaseOrder
from cases.vocabulary import ENDED, Colour, ProposalKind, Status, WarningLevel
from cases.words import PROPOSAL_NAMES, STATUS_NAMES, WARNING_NAMES

SOON = timedelta(days=20)
"""The longest lawful clock turns amber at most this long before it runs out."""

TO_CHECK = "checking"
"""Key of the view of letters that wait for this person's check."""

WORST_FIRST = (Colour.RED, Colour.AMBER, Colour.GREEN, Colour.PAUSED)

Narrow = Callable[[Actor, datetime], CaseFilter]
Keep = Callable[[Case, Actor, datetime], bool]


@dataclass(frozen=True, slots=True)
class ListView:
    key: str
    label: str
    narrow: Narrow
    keep: Keep | None = None
    """What no index can tell; applied to the page after reading."""
    order: CaseOrder = CaseOrder.QUEUE
    roles: frozenset[Role] | None = None
    counted: bool = True
    """Whether its tab shows a number."""
    empty: str = "这里现在没有件。"


def own(actor: Actor) -> str | None:
    """The queue's department; supervisors look over all of their jurisdiction."""
    return None if actor.has(Role.SUPERVISOR) else actor.department


def colour_of(case: Case, now: datetime) -> Colour | None:
    """The worst colour of the clocks that have not ended; None without any."""
    colours = {colour(clock, now) for clock in case.clocks if not clock.ended}
    return next((worst for worst in WORST_FIRST if worst in colours), None)


def _open(actor: Actor, now: datetime) -> CaseFilter:
    return CaseFilter(open_only=True, department=own(actor))


def _proposal(kind: ProposalKind) -> Narrow:
    return lambda actor, now: CaseFilter(proposal=kind, department=own(actor))


def letters_to_check(case: Case, actor: Actor) -> tuple[Letter, ...]:
    """Letters in 核稿 that somebody else wrote."""
    return tuple(one for one in case.papers if one.waits_for_a_head and not one.written_by(actor.id))


_HEADS = frozenset({Role.HEAD, Role.SUPERVISOR})
_SORTERS = frozenset({Role.TRIAGE, Role.SUPERVISOR, Role.HEAD})

LIST_VIEWS: tuple[ListView, ...] = (
    ListView("open", "待办", _open, empty="队列是空的，可以歇一歇。"),
    ListView(
        "mine",
        "我承办的",
        lambda actor, now: CaseFilter(open_only=True, department=own(actor), holder=actor.id),
        empty="您手上没有件，可以领取下一件。",
    ),
    ListView(
        "unheld",
        "待领取",
        lambda actor, now: CaseFilter(open_only=True, department=own(actor), unheld=True),
        empty="没有等待领取的件。",
    ),
    ListView(
        "overdue",
        WARNING_NAMES[WarningLevel.RED],
        lambda actor, now: CaseFilter(open_only=True, department=own(actor), due_before=now),
        empty="没有超期的件。",
    ),
    ListView(
        "amber",
        WARNING_NAMES[WarningLevel.AMBER],
        lambda actor, now: CaseFilter(
            open_only=True, department=own(actor), due_after=now, due_before=now + SOON
        ),
        keep=lambda case, actor, now: colour_of(case, now) is Colour.AMBER,
        empty="没有即将到期的件。",
    ),
    ListView(
        "incoming",
        "待接收",
        lambda actor, now: CaseFilter(proposal=ProposalKind.TRANSFER),
        keep=lambda case, actor, now: actor.has(Role.SUPERVISOR) or receiver_of(case) == actor.department,
        empty="没有等待接收的转办件。",
    ),
    ListView(
        TO_CHECK,
        "待核稿",
        lambda actor, now: CaseFilter(letter_waits=True, department=own(actor)),
        keep=lambda case, actor, now: bool(letters_to_check(case, actor)),
        roles=_HEADS,
        empty="没有等您核稿签发的文书。",
    ),
    ListView(
        "decline",
        PROPOSAL_NAMES[ProposalKind.DECLINE],
        _proposal(ProposalKind.DECLINE),
        roles=_HEADS,
        empty="没有等待会签的不予受理。",
    ),
    ListView(
        "extend",
        PROPOSAL_NAMES[ProposalKind.EXTEND],
        _proposal(ProposalKind.EXTEND),
        roles=_HEADS,
        empty="没有等待批准的延期。",
    ),
    ListView(
        "dispute",
        PROPOSAL_NAMES[ProposalKind.DISPUTE],
        _proposal(ProposalKind.DISPUTE),
        roles=frozenset({Role.SUPERVISOR}),
        empty="没有等待裁定的争议。",
    ),
    ListView(
        "triage",
        "待分办",
        lambda actor, now: CaseFilter(triage=True, department=own(actor)),
        roles=_SORTERS,
        empty="没有等待分办的件。",
    ),
    ListView(
        "quarantine",
        "隔离",
        lambda actor, now: CaseFilter(quarantined=True, department=own(actor)),
        order=CaseOrder.NEWEST,
        roles=_SORTERS,
        empty="没有被隔离的件。",
    ),
    ListView(
        "joint",
        "我单位协办",
        lambda actor, now: CaseFilter(open_only=True, of_others=actor.department),
        keep=lambda case, actor, now: actor.department in case.routing.participants,
        roles=frozenset({Role.HANDLER, Role.DEPUTY, Role.HEAD}),
        empty="没有请本单位协办的件。",
    ),
    ListView(
        "hands",
        "我经手的",
        lambda actor, now: CaseFilter(hands=actor.id),
        order=CaseOrder.UPDATED,
        roles=frozenset({Role.HANDLER, Role.DEPUTY, Role.HEAD, Role.TRIAGE}),
        counted=False,
        empty="还没有经您手的件。",
    ),
    ListView(
        "answered",
        STATUS_NAMES[Status.ANSWERED],
        lambda actor, now: CaseFilter(statuses=frozenset({Status.ANSWERED}), department=own(actor)),
        order=CaseOrder.UPDATED,
        counted=False,
    ),
    ListView(
        "ended",
        "已结束",
        lambda actor, now: CaseFilter(statuses=ENDED, department=own(actor)),
        order=CaseOrder.UPDATED,
        counted=False,
    ),
    ListView(
        "all",
        "全部",
        lambda actor, now: CaseFilter(department=own(actor)),
        order=CaseOrder.NEWEST,
        counted=False,
    ),
)


def views_for(actor: Actor) -> tuple[ListView, ...]:
    return tuple(v for v in LIST_VIEWS if v.roles is None or actor.has(*v.roles))


def find_view(key: str, actor: Actor) -> ListView:
    """The view of this name, or the first one when there is none for this actor."""
    return next((v for v in views_for(actor) if v.key == key), LIST_VIEWS[0])
