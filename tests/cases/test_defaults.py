"""What a stored record does not say is nothing: no flag is set, nobody is named, nothing has happened."""

from __future__ import annotations

from cases import clocks, model
from cases.figures import facts
from cases.instants import EPOCH
from cases.records import Record
from cases.vocabulary import AddedBy, DecidedBy
from classify.types import Severity

ASSUMED = {
    "version": 1,
    "lease_until": EPOCH,
    "confidence": 1.0,
    "domain_by": DecidedBy.CLASSIFIER,
    "severity": Severity.NORMAL,
    "by": AddedBy.CITIZEN,
}
"""What else is taken for granted; stored records of every version rely on it."""


def test_what_a_record_does_not_say_is_nothing() -> None:
    kinds = {
        kind
        for module in (clocks, model, facts)
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Record)
    }
    fields = [item for kind in kinds for item in kind.model_fields.items()]
    values = {
        name: field.get_default(call_default_factory=True)
        for name, field in fields
        if not field.is_required()
    }
    assert {name: value for name, value in values.items() if value} == ASSUMED
