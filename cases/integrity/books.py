"""Which objects there are. A new one is added here, and nowhere else is there a list of them."""

from __future__ import annotations

from cases.integrity.breaches import exposures, objections, orders, publications, records, repairs, sanctions
from cases.integrity.registers import (
    commitments,
    disclosures,
    evaluations,
    honours,
    lists,
    mandates,
    mediations,
    motions,
    visits,
    watchers,
)
from cases.integrity.spine.blueprint import Blueprint, Books
from cases.integrity.spine.vocabulary import Kind

BOOKS: Books = {
    blueprint.kind: blueprint
    for blueprint in (
        orders.BLUEPRINT,
        records.BLUEPRINT,
        publications.BLUEPRINT,
        objections.BLUEPRINT,
        repairs.BLUEPRINT,
        sanctions.BLUEPRINT,
        exposures.BLUEPRINT,
        commitments.BLUEPRINT,
        disclosures.BLUEPRINT,
        lists.FOUR_LISTS,
        lists.BLACKLIST,
        mediations.BLUEPRINT,
        motions.BLUEPRINT,
        honours.BLUEPRINT,
        watchers.BLUEPRINT,
        visits.BLUEPRINT,
        evaluations.BLUEPRINT,
        mandates.BLUEPRINT,
    )
}


def book(kind: Kind) -> Blueprint:
    return BOOKS[kind]
