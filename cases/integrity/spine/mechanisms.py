"""Which objects a jurisdiction has, and by what: the section of its document, else a national rule.

A mechanism that neither sets up is absent there.
"""

from __future__ import annotations

from typing import NamedTuple

from cases.errors import NotFound, Reason
from cases.integrity.spine.blueprint import Blueprint
from cases.rules.departments import Jurisdiction

ABSENT = Reason("mechanism-absent", "本辖区文件未设此制度。")


class Basis(NamedTuple):
    citation: str
    """As a page shows it: 《document》section, or the national rule."""
    national: bool


def find_basis(blueprint: Blueprint, home: Jurisdiction) -> Basis | None:
    """What the object rests on in this jurisdiction; None where it is absent."""
    mechanism = home.mechanisms.get(blueprint.mechanism)
    if mechanism is not None and mechanism.procedure:
        return Basis(f"《{home.document}》{mechanism.section}", national=False)
    return Basis(blueprint.national, national=True) if blueprint.national else None


def basis_of(blueprint: Blueprint, home: Jurisdiction) -> Basis:
    """Raises NotFound where it is absent."""
    basis = find_basis(blueprint, home)
    if basis is None:
        raise NotFound(ABSENT)
    return basis
