"""Who speaks for the subject: its representative, the official, or the registrar for what came on paper."""

from __future__ import annotations

from cases.errors import NotAllowed
from cases.integrity.situation import Situation
from cases.integrity.vocabulary import By
from cases.moves.requirements import require
from cases.people import Role

SPEAKERS = frozenset(Role) - {Role.CITIZEN, Role.SYSTEM}
"""The official it is about speaks with whatever role; `spoken_for` says who else does."""
SPEAKING = (By.SUBJECT, By.PERSON, By.KEEPER)


@require("由被记录单位的代表或者本人提出；没有账号的，由信用牵头经办代为登记。", error=NotAllowed)
def spoken_for(at: Situation) -> bool:
    return at.as_subject or at.actor.has(Role.REGISTRAR)
