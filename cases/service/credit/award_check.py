"""评优核查: may these bodies be honoured on that day? Every question is audited, with its answer.

可 without a standing record, 不可 while a sanction forbids it, 需核 where somebody must look: a record that
stands, or a newest published evaluation in the lowest of several bands.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from cases.errors import InvalidInput, NotAllowed, Reason
from cases.integrity.breaches.record_model import STANDING, BreachRecord, RecordStatus
from cases.integrity.breaches.sanctions import Measure, Sanction, SanctionStatus
from cases.integrity.registers.evaluation_model import Evaluation, EvaluationStatus, Of
from cases.integrity.spine.dossier import AnyDossier
from cases.integrity.spine.standing import DESK, EVERYTHING
from cases.integrity.spine.subjects import check_code
from cases.integrity.spine.vocabulary import Kind
from cases.people import Actor, Role
from cases.ports.audit import AuditAction, AuditEntry, AuditStore
from cases.ports.dossiers import DossierFilter, DossierStore
from cases.rules.jurisdictions import Jurisdictions

MOST = 200
NOT_FOR_YOU = Reason("award-check-not-for-you", "评优核查由信用工作人员或者督办员办理。")
TOO_MANY_BODIES = Reason("too-many-bodies", "一次至多核查{most}个单位，请分批核查。")
ASKED = frozenset({Kind.RECORD, Kind.SANCTION, Kind.EVALUATION})
FORBIDDING = frozenset({Measure.HONOURS})


class Verdict(StrEnum):
    YES = "yes"
    NO = "no"
    LOOK = "look"


VERDICT_NAMES: dict[Verdict, str] = {Verdict.YES: "可", Verdict.NO: "不可", Verdict.LOOK: "需核"}


@dataclass(frozen=True, slots=True)
class Answer:
    asked: str
    """As it was asked for."""
    verdict: Verdict
    body: str = ""
    """The body it was taken for; empty when it is none that is known here."""
    record: str = ""
    """Id of the record, or of the evaluation, that the answer rests on."""
    evaluation: str = ""
    """Id of its newest published evaluation."""


class AwardCheck:
    def __init__(
        self,
        dossiers: DossierStore,
        audit: AuditStore,
        jurisdictions: Jurisdictions,
        now: Callable[[], datetime],
    ) -> None:
        self._dossiers = dossiers
        self._audit = audit
        self._jurisdictions = jurisdictions
        self._now = now

    async def check(self, bodies: Sequence[str], on: date, actor: Actor) -> tuple[Answer, ...]:
        """One answer per name or 统一社会信用代码, in this order. Raises NotAllowed, InvalidInput."""
        if not actor.has(*DESK, Role.SUPERVISOR, Role.AUDITOR):
            raise NotAllowed(NOT_FOR_YOU)
        asked = [body.strip() for body in bodies if body.strip()]
        if len(asked) > MOST:
            raise InvalidInput(TOO_MANY_BODIES, most=MOST)
        answers = tuple([await self._answer(body, on) for body in asked])
        entry = AuditEntry(
            at=self._now(),
            actor=actor.id or "",
            action=AuditAction.AWARD_CHECKED,
            subject=on.isoformat(),
            data={"answers": [[one.asked, one.verdict.value, one.record] for one in answers]},
        )
        await self._audit.append(entry)
        return answers

    async def _answer(self, asked: str, on: date) -> Answer:
        name, where = self._meant(asked)
        if where is None:
            return Answer(asked, Verdict.LOOK)
        found = await self._all(where)
        if where.words is not None:
            found = [one for one in found if one.subject.name == name]
        standing = _evaluation_of(found)
        known = standing.id if standing else ""
        sanction = next((one for one in found if isinstance(one, Sanction) and _forbids(one, on)), None)
        if sanction is not None:
            return Answer(asked, Verdict.NO, sanction.subject.name, sanction.about or "", known)
        doubtful = next((one for one in found if _must_be_looked_at(one)), None)
        if doubtful is not None:
            record = doubtful.id if doubtful.kind is Kind.RECORD else doubtful.about or ""
            return Answer(asked, Verdict.LOOK, doubtful.subject.name, record, known)
        if standing is not None and standing.profile is not None and standing.profile.is_lowest:
            return Answer(asked, Verdict.LOOK, standing.subject.name, standing.id, known)
        return Answer(asked, Verdict.YES, name, evaluation=known)

    def _meant(self, asked: str) -> tuple[str, DossierFilter | None]:
        """The body's name, and how its objects are found; None when nobody can say which body it is."""
        if len(asked) == 18 and asked.isascii():
            return asked, DossierFilter(kinds=ASKED, body=check_code(asked))
        found = self._jurisdictions.find_by_id(asked)
        hit = self._jurisdictions.find_department(asked) if found is None else None
        department = found or (hit[0] if hit else None)
        if department is not None:
            return department.full_name, DossierFilter(kinds=ASKED, body=department.id)
        read = self._jurisdictions.read_name(asked)
        where = DossierFilter(kinds=ASKED, words=asked)
        return asked, where if read.places and len(asked) > 3 else None

    async def _all(self, where: DossierFilter) -> list[AnyDossier]:
        """Officials' archives are not asked: this is about bodies."""
        return [one async for one in self._dossiers.iterate(EVERYTHING, where) if not one.sealed]


def _forbids(sanction: Sanction, on: date) -> bool:
    return sanction.measure in FORBIDDING and sanction.in_force_on(on)


def _must_be_looked_at(dossier: AnyDossier) -> bool:
    """A record that stands or is on its way, or a sanction somebody has yet to approve."""
    if isinstance(dossier, BreachRecord):
        return not dossier.good and dossier.status in STANDING | {RecordStatus.NOTIFIED}
    return isinstance(dossier, Sanction) and dossier.status is SanctionStatus.PROPOSED


def _evaluation_of(found: Sequence[AnyDossier]) -> Evaluation | None:
    """The published one of the body itself for the newest year."""
    published = [
        one
        for one in found
        if isinstance(one, Evaluation) and one.of is Of.BODY and one.status is EvaluationStatus.PUBLISHED
    ]
    return max(published, key=lambda one: one.for_year, default=None)
