"""From the core's records to what the API says of them. Nothing that leads to who filed passes through."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from aiohttp import web

from cases.clocks import Clock, colour, words
from cases.lifecycle.table import MOVES, Spec
from cases.model import Case, Evidence, HistoryEntry, OpinionLetter
from cases.people import Actor
from cases.vocabulary import Move
from handlers.department.api.shapes import (
    BodyOut,
    CaseOut,
    CaseSummary,
    ClockOut,
    EntryOut,
    EvidenceOut,
    LetterOut,
    MoveOut,
    PersonOut,
    ProposalOut,
)
from handlers.web.access.policy import actor_of
from handlers.web.keys import SERVICES
from handlers.web.programs import say


def person(actor: Actor) -> PersonOut:
    return PersonOut(id=actor.id, name=actor.name)


def summary_of(case: Case) -> CaseSummary:
    return CaseSummary(**_summary(case))


def _summary(case: Case) -> dict[str, Any]:
    complaint, holder = case.complaint, case.holder
    return {
        "number": case.number,
        "version": case.version,
        "status": case.status,
        "domain": complaint.domain,
        "severity": complaint.severity,
        "region_code": complaint.region_code,
        "region_name": complaint.region_name,
        "accused": "、".join(body.name for body in complaint.accused) or None,
        "accused_bodies": tuple(
            BodyOut(name=body.name, level=body.level, department=body.department)
            for body in complaint.accused
        ),
        "amount_yuan": complaint.amount_yuan,
        "department": case.department,
        "department_name": case.department_name,
        "holder": PersonOut(id=holder.staff, name=holder.name) if holder else None,
        "filed_at": case.filed_at,
        "updated_at": case.updated_at,
        "due_at": case.due_at,
    }


def case_of(case: Case, moves: tuple[Spec, ...], now: datetime) -> CaseOut:
    complaint = case.complaint
    return CaseOut(
        **_summary(case),
        channel=case.channel,
        language=case.language,
        text=complaint.text,
        wish=complaint.wish,
        period=complaint.period,
        matched=complaint.matched,
        named=complaint.named,
        jurisdiction=case.routing.jurisdiction,
        participants=case.routing.participants,
        routing_reasons=case.routing.reasons,
        clocks=tuple(_clock(c, now) for c in case.clocks),
        evidence=tuple(evidence_of(e) for e in case.evidence),
        proposals=tuple(
            ProposalOut(kind=p.kind, by=person(p.by), at=p.at, args=p.args) for p in case.proposals
        ),
        letters=tuple(_letter(one) for one in case.letters),
        history=tuple(_entry(e) for e in case.history),
        parent=case.parent,
        children=case.children,
        commitments=tuple(one.id for one in case.commitments),
        merged_into=case.merged_into,
        moves=tuple(spec.move for spec in moves),
    )


def _clock(clock: Clock, now: datetime) -> ClockOut:
    plain = {name: getattr(clock, name) for name in ClockOut.model_fields if hasattr(clock, name)}
    return ClockOut(**plain, colour=colour(clock, now), words=words(clock, now))


def evidence_of(file: Evidence) -> EvidenceOut:
    return EvidenceOut(**{name: getattr(file, name) for name in EvidenceOut.model_fields})


def _letter(letter: OpinionLetter) -> LetterOut:
    return LetterOut(**{name: getattr(letter, name) for name in LetterOut.model_fields})


def _entry(entry: HistoryEntry) -> EntryOut:
    plain = {name: getattr(entry, name) for name in EntryOut.model_fields if name not in {"actor", "move"}}
    return EntryOut(**plain, actor=person(entry.actor), move=Move(entry.move))


def move_of(spec: Spec, number: str) -> MoveOut:
    return MoveOut(
        move=spec.move,
        label=MOVES[spec.move].label,
        href=f"/api/v1/cases/{number}/moves/{spec.move.value}",
    )


async def say_case(request: web.Request, case: Case, *, status: int = 200) -> web.Response:
    """The whole case, which is a look, with its entity tag."""
    services, actor = request.app[SERVICES], actor_of(request)
    await services.desk.record_look(case, actor)
    moves = await services.acting.offers(case, actor)
    return say(case_of(case, moves, services.now()), status=status, version=case.version)
