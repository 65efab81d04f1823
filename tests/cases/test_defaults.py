"""What a stored record does not say is nothing: no flag is set, nobody is named, nothing has happened."""

from __future__ import annotations

from cases import clocks, model
from cases.figures import facts
from cases.instants import EPOCH
from cases.records import Record
from cases.vocabulary import AddedBy, DecidedBy, LetterKind, RatedBy
from classify.types import Severity

ASSUMED = {
    "Timed.version": 1,
    "Letter.version": 1,
    "Case.version": 1,
    "Case.lease_until": EPOCH,
    "Complaint.confidence": 1.0,
    "Complaint.domain_by": DecidedBy.CLASSIFIER,
    "Complaint.severity": Severity.NORMAL,
    "Evidence.by": AddedBy.CITIZEN,
    "OpinionLetter.kind": LetterKind.OPINION,
    "Rating.by": RatedBy.CITIZEN,
    "CaseFacts.rated_by": RatedBy.CITIZEN,
}
"""What else is taken for granted, by record and field; stored records of every version rely on it."""


def test_what_a_record_does_not_say_is_nothing() -> None:
    kinds = {
        kind
        for module in (clocks, model, facts)
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Record)
    }
    values = {
        f"{kind.__name__}.{name}": field.get_default(call_default_factory=True)
        for kind in kinds
        for name, field in kind.model_fields.items()
        if not field.is_required()
    }
    assert {name: value for name, value in values.items() if value} == ASSUMED
