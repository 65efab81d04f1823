"""监测预警 of the integrity side (青海 三(一)3, 惠城 第8段): what is late, who breaks faith again.

What somebody may see of it is what they may see of the objects themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from cases.instants import local_date
from cases.integrity.breaches.order_model import OrderStatus
from cases.integrity.breaches.record_model import STANDING, BreachRecord
from cases.integrity.registers.commitment_model import CommitmentStatus
from cases.integrity.registers.disclosures import Disclosed, Disclosure, DisclosureStatus, due_on
from cases.integrity.registers.evaluation_model import Evaluation, EvaluationStatus
from cases.integrity.spine.dossier import AnyDossier, Subject
from cases.integrity.spine.vocabulary import Kind
from cases.people import Actor
from cases.ports.dossiers import DossierFilter, DossierOrder
from cases.service.credit.integrity import Integrity
from classify.types import Domain

SHOWN = 10
LOOKED_AT = 500
"""Newest records and disclosures among which repetition and omission are looked for."""
AGAIN_WITHIN = timedelta(days=365)


class Overdue(NamedTuple):
    """One list, with how long it is and the first of it."""

    name: str
    kind: Kind
    many: int
    first: tuple[AnyDossier, ...]


@dataclass(frozen=True, slots=True)
class CreditWarnings:
    overdue: tuple[Overdue, ...]
    again: tuple[tuple[Subject, tuple[BreachRecord, ...]], ...]
    """Bodies with a second breach within a year, their records newest first."""
    undisclosed: tuple[Subject, ...]
    """Bodies on record for arrears that have not disclosed those of last year, once 31 March is over."""
    year: int
    """Which year's arrears those are."""
    lowest: tuple[Evaluation, ...]
    """Published ones of this year or the last, in the last of several bands."""


_WATCHED = (
    ("承诺即将到期", Kind.COMMITMENT, CommitmentStatus.DUE_SOON),
    ("承诺逾期未兑现", Kind.COMMITMENT, CommitmentStatus.LATE),
    ("整改逾期", Kind.ORDER, OrderStatus.OVERDUE),
    ("逾期未公开", Kind.DISCLOSURE, DisclosureStatus.LATE),
    ("评价异议待决定", Kind.EVALUATION, EvaluationStatus.OBJECTED),
)


async def credit_warnings(integrity: Integrity, actor: Actor, today: date) -> CreditWarnings:
    overdue = []
    for name, kind, status in _WATCHED:
        where = DossierFilter(kinds=frozenset({kind}), statuses=frozenset({status.value}))
        count = await integrity.count(actor, where)
        page = await integrity.list_dossiers(actor, where, limit=SHOWN) if count else None
        overdue.append(Overdue(name, kind, count, page.dossiers if page else ()))
    standing = DossierFilter(
        kinds=frozenset({Kind.RECORD}), statuses=frozenset(status.value for status in STANDING)
    )
    found = await _newest(integrity, actor, standing)
    records = [one for one in found if isinstance(one, BreachRecord) and not one.good and not one.sealed]
    owing = [one for one in records if one.domain is Domain.DEBT]
    posted = DossierFilter(
        kinds=frozenset({Kind.DISCLOSURE}), statuses=frozenset({DisclosureStatus.POSTED.value})
    )
    disclosures = await _newest(integrity, actor, posted) if owing else ()
    published = DossierFilter(
        kinds=frozenset({Kind.EVALUATION}), statuses=frozenset({EvaluationStatus.PUBLISHED.value})
    )
    newest = await _newest(integrity, actor, published)
    evaluated = (one for one in newest if isinstance(one, Evaluation))
    return CreditWarnings(
        overdue=tuple(overdue),
        again=repeated(records, today),
        undisclosed=undisclosed(owing, disclosures, today),
        year=today.year - 1,
        lowest=tuple(one for one in evaluated if _is_low(one, today)),
    )


def _is_low(evaluation: Evaluation, today: date) -> bool:
    profile = evaluation.profile
    return profile is not None and profile.is_lowest and evaluation.for_year >= today.year - 1


async def _newest(integrity: Integrity, actor: Actor, where: DossierFilter) -> Sequence[AnyDossier]:
    page = await integrity.list_dossiers(actor, where, order=DossierOrder.NEWEST, limit=LOOKED_AT)
    return page.dossiers


def repeated(
    records: Iterable[BreachRecord], today: date
) -> tuple[tuple[Subject, tuple[BreachRecord, ...]], ...]:
    """Bodies of whose breaches two lie within a year of each other, the later one within the last year."""
    by_body: defaultdict[str, list[BreachRecord]] = defaultdict(list)
    for record in records:
        by_body[_same(record.subject)].append(record)
    found = []
    for of_one in by_body.values():
        newest = sorted(of_one, key=_breached_on, reverse=True)
        if len(newest) < 2 or today - _breached_on(newest[0]) > AGAIN_WITHIN:
            continue
        if _breached_on(newest[0]) - _breached_on(newest[1]) <= AGAIN_WITHIN:
            found.append((newest[0].subject, tuple(newest)))
    return tuple(found)


def _breached_on(record: BreachRecord) -> date:
    return record.breach_on or record.found_on or local_date(record.opened_at)


def undisclosed(
    owing: Iterable[BreachRecord], disclosures: Iterable[AnyDossier], today: date
) -> tuple[Subject, ...]:
    last = date(today.year - 1, 12, 31)
    if today <= due_on(Disclosed.ARREARS, last):
        return ()
    told = {
        _same(one.subject)
        for one in disclosures
        if isinstance(one, Disclosure)
        and one.matter is Disclosed.ARREARS
        and one.decided_on.year == last.year
    }
    bodies = {_same(record.subject): record.subject for record in owing}
    return tuple(subject for key, subject in bodies.items() if key not in told)


def _same(subject: Subject) -> str:
    return subject.code or subject.department or f"{subject.name}@{subject.region_code}"
