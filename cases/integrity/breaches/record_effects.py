"""What a move does to a record of broken faith, and what it brings along."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cases.errors import InvalidInput
from cases.instants import end_of, local_date
from cases.integrity.breaches import exposures, objections, publications, repairs, sanctions
from cases.integrity.breaches.publication_model import Publication, PublicationMove, PublicationStatus
from cases.integrity.breaches.record_forms import (
    BREACH_OF_TOMORROW,
    DOCUMENT_INCOMPLETE,
    DOCUMENT_OF_TOMORROW,
    LONGEST_FACTS,
    NO_OTHER_RECORD,
    NOT_IN_FORCE,
    STATEMENT_UNANSWERED,
    Annul,
    BasisArgs,
    Confirm,
    Content,
    Merge,
    Notice,
    Statement,
)
from cases.integrity.breaches.record_model import (
    PERIODS,
    STANDING,
    Basis,
    BasisKind,
    BreachRecord,
    Corrected,
    Official,
    Project,
    RecordMove,
    RecordStatus,
    Sharing,
    Stage,
    add_months,
)
from cases.integrity.spine.blueprint import Alarm
from cases.integrity.spine.making import Making, end_with_reason
from cases.integrity.spine.mechanisms import ABSENT
from cases.integrity.spine.situation import Situation
from cases.integrity.spine.subjects import home_of
from cases.integrity.spine.vocabulary import Kind
from cases.lifecycle.forms import Grounds
from cases.people import Actor, Role
from cases.records import FreeText
from cases.rules.rule_books import Rules
from cases.vocabulary import ClockKind


# -- what moves do --------------------------------------------------------------------------------
def checked_bases(rows: tuple[BasisArgs, ...], now: datetime) -> tuple[Basis, ...]:
    """Raises InvalidInput for a document without number or date, of tomorrow, or not in force."""
    today, bases = local_date(now), []
    for row in rows:
        if not row.number.strip() or row.dated is None:
            raise InvalidInput(DOCUMENT_INCOMPLETE)
        if row.dated > today:
            raise InvalidInput(DOCUMENT_OF_TOMORROW)
        if row.kind is BasisKind.JUDGMENT and (row.effective_on is None or row.effective_on > today):
            raise InvalidInput(NOT_IN_FORCE)
        bases.append(Basis(**{**dict(row), "number": row.number.strip(), "dated": row.dated}))
    return tuple(bases)


def _content(args: Content, rules: Rules, jurisdiction: str, now: datetime) -> dict[str, Any]:
    """The fields of a record. Raises InvalidInput."""
    if args.breach_on is not None and args.breach_on > local_date(now):
        raise InvalidInput(BREACH_OF_TOMORROW)
    project = None
    if args.project.strip():
        if "retrospect" not in rules.jurisdictions.get(jurisdiction).mechanisms:
            raise InvalidInput(ABSENT)
        project = Project(
            name=args.project.strip(),
            stage=args.stage or Stage.EXECUTION,
            responsible=FreeText(args.responsible),
            kept=args.kept,
        )
    return {
        "facts": FreeText(args.facts),
        "domain": args.domain,
        "amount_yuan": args.amount_yuan,
        "breach_on": args.breach_on,
        "loss": FreeText(args.loss) if args.loss else None,
        "social_effect": FreeText(args.social_effect) if args.social_effect else None,
        "project": project,
        "bases": checked_bases(args.bases, now),
    }


def _fill(args: Any, actor: Actor, rules: Rules, now: datetime) -> Mapping[str, Any]:
    fields = _content(args, rules, home_of(actor, rules).id, now)
    if args.official.strip():
        fields["official"] = Official(name=FreeText(args.official.strip()), post=FreeText(args.post))
        fields |= {"sealed": True, "person": args.account.strip() or None}
    return fields


def open_from_order(change: Making) -> None:
    """A move of an order that was refused (1103): the breach is recorded."""
    order, args = change.dossier, change.given(Content)
    fields = _content(args, change.rules, order.jurisdiction, change.now)
    finding = Basis(
        kind=BasisKind.FINDING,
        issuer=order.keeper_name,
        number=order.serial,
        dated=local_date(order.issued_at or change.now),
        dossier=order.id,
    )
    fields |= {"bases": (finding, *fields["bases"]), "domain": args.domain or order.domain}
    opened = change.open(Kind.RECORD, **fields)
    change.data["record"] = opened.id
    change.tell_keeper("staff-record-drafted", Role.REGISTRAR)


def suggest_from_order(at: Situation) -> Mapping[str, Any]:
    """What the record's form is filled with: from the order, not from the complaint."""
    return {"facts": at.dossier.facts[:LONGEST_FACTS], "domain": at.dossier.domain}


def revise(change: Making) -> None:
    """A document named again keeps its paper; the order that it came from stays."""
    fields = _content(change.given(Content), change.rules, change.dossier.jurisdiction, change.now)
    before = change.dossier.bases
    papers = {(basis.kind, basis.number): basis.file for basis in before}
    named = (
        basis.model_copy(update={"file": basis.file or papers.get((basis.kind, basis.number))})
        for basis in fields["bases"]
    )
    change.set(**{**fields, "bases": (*(one for one in before if one.dossier is not None), *named)})


def suggest_revision(at: Situation) -> Mapping[str, Any]:
    """What differs between a record and the form that asks for it."""
    record = at.of(BreachRecord)
    plain = set(BasisArgs.model_fields) - {"file"}
    own = (one for one in record.bases if one.dossier is None)
    bases = [one.model_dump(mode="json", include=plain, exclude_none=True) for one in own]
    project = record.project
    if project is None:
        return {"bases": bases}
    named = {"project": project.name, "stage": project.stage.value, "responsible": project.responsible}
    return {**named, "kept": project.kept, "bases": bases}


def notify(change: Making) -> None:
    change.note = change.given(Notice).consequences
    clock = change.start_term(ClockKind.HEARING)
    change.data["due"] = clock.due_at.isoformat()
    change.tell_subject("subject-record-notice", until=clock.due_at.isoformat())


def state(change: Making) -> None:
    args = change.given(Statement)
    files = (*change.dossier.statement_files, *args.files)
    change.set(statement=FreeText(args.statement), statement_files=files)
    change.tell_keeper("staff-record-statement", Role.REGISTRAR, Role.CONFIRMER)


def confirm(change: Making) -> None:
    args, record = change.given(Confirm), change.dossier
    if record.statement is not None and not args.answer.strip():
        raise InvalidInput(STATEMENT_UNANSWERED)
    serial = f"{record.keeper_name}认定〔{local_date(change.now).year}〕{change.looked_up.serial}号"
    change.meet_clocks(ClockKind.HEARING)
    change.note = args.answer or None
    change.data.update(serial=serial, severity=args.severity)
    change.set(
        severity=args.severity,
        severity_reason=FreeText(args.severity_reason),
        catalogue=args.catalogue,
        catalogue_entry=args.catalogue_entry.strip(),
        self_corrected=FreeText(args.self_corrected) if args.self_corrected else None,
        finding_serial=serial,
        found_on=local_date(change.now),
        confirmer=change.actor.name,
    )
    change.tell_citizen("told-record-made")
    change.tell_subject("subject-record-confirmed")
    change.tell_keeper("staff-record-confirmed", Role.REGISTRAR)


def drop(change: Making) -> None:
    end_with_reason(change)
    if change.dossier.status is RecordStatus.NOTIFIED:
        change.tell_subject("subject-record-dropped")


def enter(change: Making) -> None:
    _travel(change)


def annul(change: Making) -> None:
    args = change.given(Annul)
    clock = change.start_term(ClockKind.REVOKE)
    if change.relatives(Publication):
        change.start_term(ClockKind.WITHDRAW)
    change.set(annulled_by=args.document)
    change.note, change.data["due"] = args.reason, clock.due_at.isoformat()
    change.tell_keeper("staff-record-annulled", Role.CONFIRMER, Role.RELEASER)


def revoke(change: Making) -> None:
    reason = change.given(Grounds).reason
    change.meet_clocks(ClockKind.REVOKE, ClockKind.WITHDRAW)
    change.note = reason
    _end(change, reason, withdraw=True)
    change.tell_citizen("told-record-revoked")
    change.tell_subject("subject-record-revoked")


def correct(change: Making) -> None:
    args = change.given(Corrected)
    change.set(facts=FreeText(args.facts))
    if args.amount_yuan is not None:
        change.set(amount_yuan=args.amount_yuan)
    change.note = args.reason or None
    _travel(change)
    for publication in change.relatives(Publication):
        if publication.status is not PublicationStatus.PROPOSED:
            change.move_along(publication, PublicationMove.REFRESH)


def merge(change: Making) -> None:
    into = change.given(Merge).into.strip()
    other = change.looked_up.other
    same = isinstance(other, BreachRecord) and other.subject.name == change.dossier.subject.name
    if not same or other is None or other.status not in STANDING or other.id == change.dossier.id:
        raise InvalidInput(NO_OTHER_RECORD, id=into)
    change.set(merged_into=into)
    change.data["into"] = into
    _end(change, f"并入{into}", withdraw=False)


def repair(change: Making) -> None:
    """The three effects of a granted repair at once (令36号): publication, sharing, sanctions."""
    _end(change, "信用修复", withdraw=False)
    change.tell_citizen("told-record-repaired")


def expire(change: Making) -> None:
    _end(change, "期限届满", withdraw=False)


def _end(change: Making, reason: str, *, withdraw: bool) -> None:
    publications.take_down(change, reason, withdraw=withdraw)
    sanctions.lift_all(change, reason)
    exposures.withdraw_all(change, reason)
    objections.close_all(change)
    repairs.close_all(change)
    change.set(ended_because=FreeText(reason))
    _travel(change, withdrawn=True)


def _travel(change: Making, *, withdrawn: bool = False) -> None:
    """What was shared upward, or is to be, has a new revision. Officials' archives are never shared."""
    before = change.dossier.sharing
    if change.dossier.sealed or (withdrawn and before is None):
        return
    revision = before.revision + 1 if before else 1
    change.set(sharing=Sharing(revision=revision, withdrawn=withdrawn, since=change.now))


def _alarm(record: BreachRecord) -> Alarm | None:
    """At the end of the longest period it stops by itself (令36号)."""
    if record.status is not RecordStatus.ACTIVE or record.found_on is None or record.severity is None:
        return None
    return Alarm(end_of(add_months(record.found_on, PERIODS[record.severity][1])), RecordMove.EXPIRE)
