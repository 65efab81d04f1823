"""A move's arguments as a form: what its fields offer depends on the case and the actor's department.

Evidence never comes from a field: only from files this server stored itself.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cases.lifecycle.conflicts import barred
from cases.lifecycle.table import Spec
from cases.model import Case
from cases.people import Actor
from cases.ports.accounts import Staff
from cases.rules.departments import Department
from cases.rules.jurisdictions import Jurisdictions
from cases.vocabulary import ClockKind, Move, ProposalKind
from cases.words import ERRAND_NAMES
from handlers.department.systems import OF_MOVES, System
from handlers.web.forms.fields import FormField, Options, fields_of, option_names

WITH_FILES = frozenset({Move.WRITE, Move.ATTACH})
"""Moves whose form takes files."""

ASKS_FIRST: dict[Move, str] = {
    Move.COUNTERSIGN_DECLINE: "同意后将书面告知投诉人不予受理。要继续吗？",
    Move.ANSWER: "处理意见书发出后不能修改。要发出吗？",
    Move.MERGE: "并案后此件不再单独办理。要继续吗？",
    Move.ACCUSE: "此件会立即离开这些单位及其下级，他们不再能看到它。要继续吗？",
    Move.CLOSE: "办结后投诉人会收到通知。要办结吗？",
}

GROUPS: tuple[tuple[str, tuple[Move, ...]], ...] = (
    (
        "待我处理",
        (
            Move.ACCEPT_TRANSFER,
            Move.RETURN_TRANSFER,
            Move.COUNTERSIGN_DECLINE,
            Move.REFUSE_DECLINE,
            Move.APPROVE_EXTENSION,
            Move.REFUSE_EXTENSION,
            Move.APPROVE_UNSEAL,
            Move.REFUSE_UNSEAL,
            Move.DECIDE_DISPUTE,
            Move.ANSWER_ORDER,
            Move.REPLY,
            Move.CLOSE_ACCOUNTABILITY,
            Move.CHECK,
            Move.RECORD_RATING,
            Move.RELEASE_QUARANTINE,
            Move.ROUTE,
        ),
    ),
    (
        "办理",
        (
            Move.CLAIM,
            Move.TAKE_OVER,
            Move.ACCEPT,
            Move.ANSWER,
            Move.CLOSE,
            Move.ASK_SUPPLEMENT,
            Move.PROPOSE_DECLINE,
            Move.REQUEST_EXTENSION,
            Move.REOPEN,
        ),
    ),
    (
        "流转",
        (
            Move.TRANSFER,
            Move.DISPUTE,
            Move.ACCUSE,
            Move.INVITE,
            Move.CONSULT,
            Move.GIVE_TASK,
            Move.ASSIGN,
            Move.RELEASE,
            Move.CORRECT,
            Move.LINK_COMMITMENT,
            Move.UNLINK_COMMITMENT,
            Move.MERGE,
            Move.SPLIT,
        ),
    ),
    ("监督", (Move.INSTRUCT, Move.ORDER, Move.OPEN_ACCOUNTABILITY, Move.HOLD, Move.LIFT_HOLD)),
    ("记录", (Move.NOTE, Move.ATTACH, Move.REQUEST_UNSEAL)),
)
"""How the page arranges the moves; WRITE stands with the dialogue."""

WAITING = GROUPS[0][0]
"""The heading of what somebody else asked this person to decide."""

NEXT = (Move.CLAIM, Move.TAKE_OVER, Move.ACCEPT, Move.ANSWER, Move.CLOSE)
"""The course of a case, of which the first that may be made is the next step."""

PRIMARY = frozenset({*NEXT, Move.ACCEPT_TRANSFER, Move.COUNTERSIGN_DECLINE})


@dataclass(frozen=True, slots=True)
class MoveForm:
    """A move as the page draws it."""

    spec: Spec
    fields: tuple[FormField, ...]
    error: str = ""

    @property
    def move(self) -> str:
        return self.spec.move.value

    @property
    def takes_files(self) -> bool:
        return self.spec.move in WITH_FILES

    @property
    def plain(self) -> bool:
        """Whether one button is enough."""
        return not self.fields and not self.takes_files

    @property
    def light(self) -> bool:
        """Whether all it asks for is a remark that may be left out."""
        return self.primary and not self.takes_files and all(not field.required for field in self.fields)

    @property
    def primary(self) -> bool:
        return self.spec.move in PRIMARY

    @property
    def question(self) -> str:
        return ASKS_FIRST.get(self.spec.move, "")

    @property
    def system(self) -> System | None:
        return OF_MOVES.get(self.spec.move)


def form_of(
    spec: Spec,
    options: Options,
    *,
    values: Mapping[str, Any] | None = None,
    errors: Mapping[str, str] | None = None,
    error: str = "",
) -> MoveForm:
    """The form of a move, filled with what is known or what was posted. Of a split a part may stay."""
    if spec.move is Move.SPLIT and "own" in options:
        options = {**options, "department": {**options["own"], **options["department"]}}
    return MoveForm(spec, fields_of(spec.args, values=values, errors=errors, options=options), error)


def at_most(form: MoveForm, days: int) -> MoveForm:
    """The form for asking more time, which says how much the law still allows."""
    limited = tuple(
        replace(field, help=f"最多{days}日", attributes={**field.attributes, "max": days})
        if field.name == "days"
        else field
        for field in form.fields
    )
    return replace(form, fields=limited)


@dataclass(frozen=True, slots=True)
class Arranged:
    """The moves as the page shows them: what waits for a decision, the next step, and all others."""

    waiting: tuple[MoveForm, ...]
    next: MoveForm | None
    others: tuple[tuple[str, list[MoveForm]], ...]

    def among_others(self, move: str) -> bool:
        return any(form.move == move for _, inside in self.others for form in inside)


def arranged(forms: Sequence[MoveForm], *, held: bool) -> Arranged:
    """`held`: by whoever looks; a claim that lapsed may be renewed, but going on does it too."""
    groups = grouped(forms)
    waiting = next((inside for title, inside in groups if title == WAITING), [])
    by_move = {form.spec.move: form for form in forms}
    course = (*NEXT[1:], *NEXT[:1]) if held else NEXT
    first = next((by_move[move] for move in course if move in by_move), None)
    rest = [(title, [f for f in inside if f is not first]) for title, inside in groups if title != WAITING]
    return Arranged(tuple(waiting), first, tuple((title, inside) for title, inside in rest if inside))


def grouped(forms: Sequence[MoveForm]) -> list[tuple[str, list[MoveForm]]]:
    """The forms under their headings, in the order of GROUPS, without empty groups."""
    by_move = {form.spec.move: form for form in forms}
    groups = [(title, [by_move[m] for m in moves if m in by_move]) for title, moves in GROUPS]
    return [(title, inside) for title, inside in groups if inside]


async def options_for(
    case: Case,
    specs: Sequence[Spec],
    jurisdictions: Jurisdictions,
    colleagues: Callable[[], Awaitable[Sequence[Staff]]],
    actor: Actor | None = None,
) -> Options:
    """What the fields of these moves offer, and no more: departments, colleagues, open orders and items."""
    asked = frozenset[str]().union(*(option_names(spec.args) for spec in specs))
    options: dict[str, Mapping[str, str]] = {}
    if "department" in asked:
        open_to = departments_for(case, jurisdictions)
        options["department"] = jurisdictions.labels(open_to)
        options["elsewhere"] = jurisdictions.elsewhere(open_to, case.department)
        if any(spec.move is Move.SPLIT for spec in specs):
            options["own"] = {case.department: f"{case.department_name}（留在本单位）"}
    if "staff" in asked:
        options["staff"] = {s.id: s.name for s in await colleagues() if s.active}
    if "order" in asked:
        options["order"] = {o.id: f"{o.id} {o.what[:40]}" for o in case.orders if o.answered_at is None}
    if "errand" in asked:
        waiting = (e for e in case.errands if e.answered_at is None and (actor is None or e.waits_for(actor)))
        options["errand"] = {e.id: f"{ERRAND_NAMES[e.kind]}：{e.what[:40]}" for e in waiting}
    if "commitment" in asked:
        options["commitment"] = {c.id: f"{c.body}：{c.matter[:40]}" for c in case.commitments}
    if "accountability" in asked:
        open_items = (a for a in case.accountability if a.closed_at is None)
        options["accountability"] = {a.id: f"{a.id} {a.reason}" for a in open_items}
    return options


def departments_for(case: Case, jurisdictions: Jurisdictions) -> list[Department]:
    """Whom the document lists for the domain first, then the nearest.

    Without the present one and, never to the accused, that body and what is below it.
    """
    home = jurisdictions.jurisdiction_of(case.department)
    accused = case.complaint.accused
    open_to = [
        d
        for d in jurisdictions.departments()
        if d.id != case.department and not barred(d, accused, jurisdictions)
    ]
    suggested = case.routing.suggested
    return sorted(open_to, key=lambda d: (d.id not in suggested, jurisdictions.jurisdiction_of(d.id) != home))


def known_values(case: Case, spec: Spec, options: Options) -> dict[str, Any]:
    """What a form may begin with, so that nobody types what the case already says."""
    if spec.move is Move.ANSWER:
        return {"request": case.complaint.wish or "", "legal_basis": _basis_of(case)}
    if spec.move is Move.REPLY and len(options["errand"]) == 1:
        return {"errand": next(iter(options["errand"]))}
    if spec.move is Move.DECIDE_DISPUTE and (dispute := case.proposal(ProposalKind.DISPUTE)):
        return {"department": dispute.args.get("department", "")}
    return {}


def _basis_of(case: Case) -> str:
    clock = case.clock(ClockKind.HANDLE)
    return clock.basis if clock else ""
