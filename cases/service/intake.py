"""From a confirmed report to a new case: what was understood, where it goes, what is promised.

Pure: no store, no clock of its own, no classifier. `Filing.file` makes it durable.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from cases import clocks
from cases.clocks import Clock
from cases.instants import to_instant
from cases.lifecycle.announcing import announce
from cases.lifecycle.conflicts import barred_departments
from cases.model import Accused, Case, Complaint, Evidence, HistoryEntry, Notification, Routing, Stalled
from cases.moves.history import next_entry
from cases.moves.once import name_of
from cases.people import CITIZEN, Actor
from cases.records import FreeText, Record
from cases.routing import route
from cases.rules.rule_books import Rules
from cases.vocabulary import Audience, Channel, ClockKind, DecidedBy, Language, Move, Status, Unit
from classify.types import Classification, Domain, Severity


class Reading(Record):
    """What the classifier says of a text, carried along so that the same words are read once."""

    of: str
    """Digest of the words and of the classifier that read them."""
    found: Classification


class Report(Record):
    """What the citizen confirmed. None means: as the classifier understood it."""

    channel: Channel
    language: Language
    text: FreeText
    wish: FreeText | None = None
    domain: Domain | None = None
    domain_by: DecidedBy = DecidedBy.CLASSIFIER
    region_code: str | None = None
    region_name: str | None = None
    accused: str | None = None
    amount_yuan: int | None = None
    period: FreeText | None = None
    name: FreeText | None = None
    contact: FreeText | None = None
    evidence: tuple[Evidence, ...] = ()
    reading: Reading | None = None
    """Of the text, where it has been read already."""
    mask: bool = False
    """The citizen wants what gives them away masked for the department."""
    danger: bool = False
    """Somebody is in danger: the case is urgent, whatever else is understood or corrected."""


class Promise(NamedTuple):
    """One promised time as the citizen is told it. `due_at` is None until its clock starts."""

    kind: ClockKind
    basis: str
    amount: int
    unit: Unit
    due_at: datetime | None
    provisional: bool


class Preview(NamedTuple):
    """What would happen if the report were filed now."""

    complaint: Complaint
    routing: Routing
    promises: tuple[Promise, ...]


def complaint_of(report: Report, read: Classification) -> Complaint:
    """The complaint as it is shown and filed: what was confirmed wins over what was read. Said only here.

    Which of our departments the accused body is, `preview` looks up.
    """
    chosen = report.domain is not None and report.domain_by is not DecidedBy.CLASSIFIER
    region = None if report.region_code or report.region_name else read.region
    name = report.accused or (read.accused.name if read.accused else None)
    body = read.accused if read.accused and read.accused.name == name else None
    return Complaint(
        text=report.text,
        wish=report.wish or (FreeText(read.wish) if read.wish else None),
        domain=report.domain or read.domain,
        domain_by=report.domain_by if chosen else DecidedBy.CLASSIFIER,
        confidence=1.0 if chosen else read.confidence,
        matched=tuple(dict.fromkeys(e.phrase for e in read.phrases if e.domain))[:8],
        region_code=region.code if region else report.region_code,
        region_name=region.name if region else report.region_name,
        accused=Accused(name=name, level=body.level if body else None) if name else None,
        amount_yuan=report.amount_yuan if report.amount_yuan is not None else read.amount_yuan,
        period=report.period or (FreeText(read.period.matched) if read.period else None),
        severity=Severity.URGENT if report.danger else read.severity,
        named=bool(report.name or report.contact),
    )


def preview(complaint: Complaint, rules: Rules, now: datetime) -> Preview:
    """Where it would go and what would be promised."""
    place, accused, known = complaint.region_code, complaint.accused, rules.jurisdictions
    if accused and (found := known.find_department(accused.name, region_code=place)):
        accused = accused.model_copy(update={"department": found[0].id})
        complaint = complaint.model_copy(update={"accused": accused})
    routing = route(complaint.domain, place, accused, known, confident=complaint.sure)
    return Preview(complaint, routing, promises(complaint.domain, rules, now))


def promises(domain: Domain, rules: Rules, now: datetime | None) -> tuple[Promise, ...]:
    """服务承诺制: the published times of this domain; with `now`, the date of the one that starts at once."""
    result = []
    for kind in (ClockKind.ACCEPT, ClockKind.HANDLE):
        limit = rules.limits.for_case(domain, kind)
        clock = clocks.start(limit, now, rules.calendar, None) if now and kind is ClockKind.ACCEPT else None
        result.append(
            Promise(
                kind,
                limit.basis,
                limit.amount,
                limit.unit,
                clock.due_at if clock else None,
                bool(clock and clock.provisional),
            )
        )
    return tuple(result)


def open_case(
    number: str,
    key: str,
    report: Report,
    seen: Preview,
    rules: Rules,
    now: datetime,
    actor: Actor = CITIZEN,
    *,
    empty: bool = False,
) -> Case:
    """The new case, registered, with its first clock running and its department told.

    `empty`: nobody in the department could work it, so that it waits for a supervisor.
    """
    now = to_instant(now)
    looks_like_spam = seen.complaint.domain is Domain.SPAM
    spam = looks_like_spam and seen.complaint.domain_by is DecidedBy.CLASSIFIER and not report.danger
    limit = rules.limits.for_case(seen.complaint.domain, ClockKind.ACCEPT)
    first: tuple[Clock, ...] = (
        () if spam else (clocks.start(limit, now, rules.calendar, seen.routing.department),)
    )
    entry = next_entry(
        HistoryEntry,
        (),
        Move.REGISTER,
        actor,
        now,
        None,
        Status.REGISTERED,
        key=key,
        data={
            "channel": report.channel.value,
            "domain": seen.complaint.domain.value,
            "department": seen.routing.department,
            "reasons": list(seen.routing.reasons),
            "quarantined": spam,
        },
    )
    case = Case(
        number=number,
        filing_key=name_of(key),
        filed_at=now,
        updated_at=now,
        channel=report.channel,
        language=report.language,
        status=Status.REGISTERED,
        complaint=seen.complaint,
        evidence=report.evidence,
        routing=seen.routing,
        barred=tuple(sorted(barred_departments(seen.complaint.accused, rules.jurisdictions))),
        department=seen.routing.department,
        department_name=seen.routing.department_name,
        clocks=first,
        quarantined=spam,
        stalled=_stalled(seen.routing, rules, now) if empty else None,
        history=(entry,),
    )
    if spam:
        return case
    return case.model_copy(
        update={"notifications": (*_told(case, report.danger), *announce(None, case, entry))}
    )


def _told(case: Case, danger: bool) -> tuple[Notification, ...]:
    """The department hears of every new case; where somebody is in danger, its supervisors too."""
    template = "staff-danger" if danger else "staff-new-case"
    told = [(Audience.DEPARTMENT, case.department, template)]
    if danger:
        told.append((Audience.SUPERVISORS, case.routing.jurisdiction, template))
    if case.stalled is not None:
        told.append((Audience.SUPERVISORS, case.routing.jurisdiction, "staff-stalled"))
    return tuple(
        Notification(
            id=f"{case.number}:1:{place}",
            audience=audience,
            target=target,
            template=about,
            params={"number": case.number},
        )
        for place, (audience, target, about) in enumerate(told)
    )


def _stalled(routing: Routing, rules: Rules, now: datetime) -> Stalled:
    return Stalled(
        step=Move.REGISTER,
        department=routing.department,
        department_name=routing.department_name,
        watched=rules.jurisdictions.get(routing.jurisdiction).coordinator,
        since=now,
    )
