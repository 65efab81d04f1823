"""From a confirmed report to a new case: what was understood, where it goes, what is promised.

Pure: no store, no clock of its own. `CaseService.file` makes it durable.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from cases import clocks
from cases.clocks import Clock
from cases.instants import to_instant
from cases.lifecycle.announcing import announce
from cases.lifecycle.change import Rules
from cases.lifecycle.conflicts import barred_departments
from cases.lifecycle.history import next_entry
from cases.model import Accused, Case, Complaint, Evidence, Notification, Routing
from cases.people import CITIZEN, Actor
from cases.records import FreeText, Record
from cases.routing import route
from cases.vocabulary import Audience, Channel, ClockKind, DecidedBy, Language, Move, Status, Unit
from classify.types import Classification, Domain, Severity


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
    classification: Classification


def describe(
    report: Report, read: Classification, similar: Sequence[str], persons: Sequence[str], rules: Rules
) -> Complaint:
    """The complaint as the case will hold it: the citizen's corrections over the classifier's reading."""
    chosen = report.domain is not None and report.domain_by is not DecidedBy.CLASSIFIER
    region = None if report.region_code or report.region_name else read.region
    region_code = region.code if region else report.region_code
    region_name = region.name if region else report.region_name
    return Complaint(
        text=report.text,
        wish=report.wish or (FreeText(read.wish) if read.wish else None),
        domain=report.domain or read.domain,
        domain_by=report.domain_by if chosen else DecidedBy.CLASSIFIER,
        confidence=1.0 if chosen else read.confidence,
        matched=tuple(dict.fromkeys(e.phrase for e in read.evidence if e.domain))[:8],
        region_code=region_code,
        region_name=region_name,
        accused=_accused(report, read, rules, region_code),
        amount_yuan=report.amount_yuan if report.amount_yuan is not None else read.amount_yuan,
        period=report.period or (FreeText(read.period.matched) if read.period else None),
        severity=Severity(read.severity),
        named=bool(report.name or report.contact),
        persons=tuple(FreeText(p) for p in persons),
        similar=tuple(similar),
    )


def _accused(report: Report, read: Classification, rules: Rules, region_code: str | None) -> Accused | None:
    name = report.accused or (read.accused.name if read.accused else None)
    if not name:
        return None
    found = rules.jurisdictions.find_department(name, region_code=region_code)
    same = read.accused is not None and read.accused.name == name
    return Accused(
        name=name,
        level=read.accused.level if same and read.accused else None,
        department=found[0].id if found else None,
    )


def preview(complaint: Complaint, read: Classification, rules: Rules, now: datetime) -> Preview:
    """Where it would go and what would be promised."""
    routing = route(
        complaint.domain,
        complaint.region_code,
        complaint.accused,
        rules.jurisdictions,
        confident=complaint.domain_by is not DecidedBy.CLASSIFIER or read.confident,
    )
    return Preview(complaint, routing, promises(complaint.domain, rules, now), read)


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
    filing_key: str,
    report: Report,
    seen: Preview,
    rules: Rules,
    now: datetime,
    actor: Actor = CITIZEN,
) -> Case:
    """The new case, registered, with its first clock running and its department told."""
    now = to_instant(now)
    spam = seen.complaint.domain is Domain.SPAM and seen.complaint.domain_by is DecidedBy.CLASSIFIER
    limit = rules.limits.for_case(seen.complaint.domain, ClockKind.ACCEPT)
    first: tuple[Clock, ...] = (
        () if spam else (clocks.start(limit, now, rules.calendar, seen.routing.department),)
    )
    entry = next_entry(
        (),
        Move.REGISTER,
        actor,
        now,
        None,
        Status.REGISTERED,
        data={
            "channel": report.channel.value,
            "domain": seen.complaint.domain.value,
            "department": seen.routing.department,
            "reasons": list(seen.routing.reasons),
            "quarantined": spam,
        },
    )
    told = Notification(
        id=f"{number}:1:0",
        audience=Audience.DEPARTMENT,
        target=seen.routing.department,
        template="staff-new-case",
        params={"number": number},
    )
    case = Case(
        number=number,
        filing_key=filing_key,
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
        history=(entry,),
    )
    if spam:
        return case
    return case.model_copy(update={"notifications": (told, *announce(None, case, entry))})
