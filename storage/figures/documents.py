"""Rows of facts as documents: the row sealed whole, beside it what lists are found and counted by.

Those times are days, for the board asks for days; who is accused is a code that only the key turns back, so
that it can still be counted. Whatever else a row says is read from what is sealed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from cases.figures.facts import CaseFacts
from cases.figures.measures import SPELLS, VERDICTS
from storage.database.encoding import Document
from storage.sealed.key_ring import KeyRing
from storage.sealed.rounding import day_of, hour_after
from storage.sealed.whole import WholeRecords

_SCALARS = (
    *("version", "open", "jurisdiction", "department", "home", "domain"),
    *("place", "person", "outcome", "accountable", "to_check"),
)
_JUDGED = tuple(f"{kind}_verdict" for kind in VERDICTS)


class FactsMapper:
    """Row of facts ↔ document under one key ring."""

    def __init__(self, keys: KeyRing) -> None:
        self._keys = keys
        self._records = WholeRecords(keys)

    def body(self, name: str) -> str:
        """The code under which a body is counted."""
        return self._keys.blind(name, "body") if name else ""

    def name_of(self, body: str) -> str:
        """The body that is counted under a code."""
        return self._keys.unblind(body, "body") if body else ""

    def band(self, band: str) -> str:
        return self._keys.mark(band, "band")

    def counted(self, facts: CaseFacts) -> CaseFacts:
        """As it is added to cells: accused bodies by their codes."""
        return facts.model_copy(update={"bodies": tuple(map(self.body, facts.bodies))})

    def to_document(self, facts: CaseFacts, shut_out: Iterable[str]) -> Document:
        """Nothing is stored for what is not there, so partial indexes stay small."""
        found: Document = {name: getattr(facts, name) for name in _SCALARS}
        found |= {
            "status": facts.status.value,
            "bodies": [*map(self.body, facts.bodies)],
            "band": self.band(facts.band) if facts.band else "",
            "filed_at": day_of(facts.filed_at),
            "due_at": facts.due_at,
            "amber_at": hour_after(facts.amber_at) if facts.amber_at else None,
            "order_due_at": facts.order_due_at,
            "rated_at": _day(facts.rated_at),
            "events": [{"name": event.name.value, "at": day_of(event.at)} for event in facts.events],
            "shut_out": list(shut_out),
        }
        for name in SPELLS:
            spell = getattr(facts, name)
            found[name] = {"at": day_of(spell.at)} if spell else None
        for name in _JUDGED:
            verdict = getattr(facts, name)
            found[name] = {**verdict._asdict(), "at": day_of(verdict.at)} if verdict else None
        kept = {name: value for name, value in found.items() if value}
        sealed = self._records.seal(facts, f"{facts.number}/sealed")
        return {"_id": facts.number, **kept, "place": facts.place or "", "sealed": sealed}

    def to_facts(self, document: Document) -> CaseFacts:
        """Of a row from before its form changed what is still known: rows are made anew after a start."""
        tree = self._records.open_tree(document["sealed"], f"{document['_id']}/sealed")
        return CaseFacts.model_validate({name: tree[name] for name in tree if name in CaseFacts.model_fields})


def _day(moment: datetime | None) -> datetime | None:
    return day_of(moment) if moment else None
