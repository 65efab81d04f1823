"""Who speaks for the subject, and who decides: in the sealed archive the one registrar for the other."""

from __future__ import annotations

from cases.errors import NotAllowed
from cases.integrity.spine.situation import Situation
from cases.integrity.spine.vocabulary import By
from cases.moves.requirements import require
from cases.people import Role

SPEAKERS = frozenset(Role) - {Role.CITIZEN, Role.SYSTEM}
"""The official it is about speaks with whatever role; `spoken_for` says who else does."""
SPEAKING = (By.SUBJECT, By.PERSON, By.KEEPER)


@require("由被记录单位的代表或者本人提出；没有账号的，由信用牵头经办代为登记。", error=NotAllowed)
def spoken_for(at: Situation) -> bool:
    return at.as_subject or at.actor.has(Role.REGISTRAR)


DECIDERS = frozenset({Role.CONFIRMER, Role.REGISTRAR})
"""`decided_by_its_own` says which of the two."""


@require("这一项由认定人办理；公职人员档案由另一名信用牵头经办办理。", error=NotAllowed)
def decided_by_its_own(at: Situation) -> bool:
    """Only registrars see the archive of officials, so they decide there what confirmers do elsewhere."""
    return at.actor.has(Role.SYSTEM, Role.REGISTRAR if at.dossier.sealed else Role.CONFIRMER)
