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
from cases.lifecycle.conflicts import barred, barred_departments, is_clear
from cases.model import Accused, Case, Complaint, Evidence, HistoryEntry, Notification, Routing, Stalled
from cases.moves.history import next_entry
from cases.moves.once import name_of
from cases.people import CITIZEN, Actor
from cases.records import FreeText, Record
from cases.routing import route
from cases.rules.body_names import split_bodies
from cases.rules.jurisdictions import Jurisdictions
from cases.rules.rule_books import Rules
from cases.vocabulary import Audience, Channel, ClockKind, DecidedBy, Language, Move, Status, Unit
from classify.types import BodyRole, Classification, Domain, NamedBody, Severity


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
    accused: tuple[str, ...] | None = None
    """The bodies complained about, as they were told."""
    bodies_seen: tuple[str, ...] | None = None
    """Bodies that had been read when the accused were told, and are decided by that; None: all are."""
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


def told_in_a_field(words: str) -> dict[str, tuple[str, ...]]:
    """What a form's field for the accused says, for `Report`; who filled it in had not seen what was read."""
    return {"accused": (words.strip(),), "bodies_seen": ()} if words.strip() else {}


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
    accused, named_too = _bodies(report, read)
    return Complaint(
        text=report.text,
        wish=report.wish or (FreeText(read.wish) if read.wish else None),
        domain=report.domain or read.domain,
        domain_by=report.domain_by if chosen else DecidedBy.CLASSIFIER,
        confidence=1.0 if chosen else read.confidence,
        matched=tuple(dict.fromkeys(e.phrase for e in read.phrases if e.domain))[:8],
        region_code=region.code if region else report.region_code,
        region_name=region.name if region else report.region_name,
        accused=accused,
        named_too=named_too,
        amount_yuan=report.amount_yuan if report.amount_yuan is not None else read.amount_yuan,
        period=report.period or (FreeText(read.period.matched) if read.period else None),
        severity=Severity.URGENT if report.danger else read.severity,
        named=bool(report.name or report.contact),
    )


_UNCLEAR = frozenset({BodyRole.NAMED, BodyRole.ASKED, BodyRole.OWN_UNIT, BodyRole.LAW_GIVER})
"""Roles in which a body may be complained about all the same."""


def _bodies(report: Report, read: Classification) -> tuple[tuple[Accused, ...], tuple[Accused, ...]]:
    """Who is complained about, and who is named without its being clear.

    What was told comes first; it leaves open what the citizen had not seen then.
    """
    told = [name for words in report.accused or () for name in split_bodies(words)]
    levels = {body.name: body.level for body in (*read.accused, *read.mentioned)}
    if report.accused is not None and report.bodies_seen is None:
        fresh: list[NamedBody] = []
    else:
        decided = (*told, *(report.bodies_seen or ()))
        named = (*read.accused, *read.mentioned)
        fresh = [body for body in named if not any(_alike(body.name, name) for name in decided)]
    accused = [
        *(Accused(name=name, level=levels.get(name)) for name in dict.fromkeys(told)),
        *(_accused(body) for body in fresh if body.role is BodyRole.ACCUSED),
    ]
    return tuple(accused), tuple(_accused(body) for body in fresh if body.role in _UNCLEAR)


def _alike(one: str, other: str) -> bool:
    """城西区教育局 and 西宁市城西区教育局: one body, as far as the names go."""
    return one.endswith(other) or other.endswith(one)


def _accused(body: NamedBody) -> Accused:
    return Accused(name=body.name, level=body.level)


def preview(complaint: Complaint, rules: Rules, now: datetime) -> Preview:
    """Where it would go and what would be promised."""
    known = rules.jurisdictions
    complaint = complaint.model_copy(
        update={
            name: tuple(_placed(body, complaint.region_code, known) for body in bodies)
            for name, bodies in (("accused", complaint.accused), ("named_too", complaint.named_too))
        }
    )
    return Preview(complaint, route_complaint(complaint, known), promises(complaint.domain, rules, now))


def _placed(body: Accused, place: str | None, known: Jurisdictions) -> Accused:
    found = known.find_department(body.name, region_code=place)
    return body.model_copy(update={"department": found[0].id}) if found else body


def route_complaint(complaint: Complaint, known: Jurisdictions) -> Routing:
    """Where it goes as it is understood now."""
    return route(
        complaint.domain,
        complaint.region_code,
        complaint.accused,
        known,
        confident=complaint.sure,
        named_too=complaint.named_too,
        body_known=whom_is_known(complaint, known),
    )


def in_doubt(complaint: Complaint, known: Jurisdictions) -> tuple[Accused, ...]:
    """Bodies named too, for whose sake the case does not go where it otherwise would."""
    alone = complaint.model_copy(update={"named_too": ()})
    lead = known.department(route_complaint(alone, known).department)
    return tuple(body for body in complaint.named_too if barred(lead, (body,), known))


def whom_is_known(complaint: Complaint, known: Jurisdictions) -> bool:
    """Whether a body is named, and each of them so that we can tell which it is or how high it stands."""
    return bool(complaint.accused) and all(is_clear(body, known) for body in complaint.accused)


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
    due = (ClockKind.ACCEPT, *((ClockKind.REGISTER,) if seen.routing.triage else ()))
    limits = (rules.limits.for_case(seen.complaint.domain, kind) for kind in due)
    first: tuple[Clock, ...] = tuple(
        clocks.start(limit, now, rules.calendar, seen.routing.department) for limit in limits if not spam
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
