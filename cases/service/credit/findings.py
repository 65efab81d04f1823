"""What a case hands on to the integrity side: that it was answered 属实, and the findings of the answer.

Never a word of the complaint, and nothing of who filed it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cases.errors import ConflictOfInterest, IllegalMove, NotFound, Reason
from cases.integrity.spine.standing import can_reach
from cases.lifecycle.permissions import is_conflicted
from cases.model import Case
from cases.people import Actor
from cases.reasons import NO_SUCH_CASE
from cases.rules.jurisdictions import Jurisdictions
from cases.vocabulary import Outcome, Status

NOT_FOUND_TRUE = Reason("not-found-true", "此件没有答复属实（支持或部分支持），不能据此下达整改。")

TRUE = frozenset({Outcome.SUPPORT, Outcome.PARTLY})
"""属实, in whole or in part."""
ANSWERED = frozenset({Status.ANSWERED, Status.CLOSED})


@dataclass(frozen=True, slots=True)
class Finding:
    case: Case
    suggestion: Mapping[str, Any]
    """What the form of an order is filled with; words still to be screened."""


def is_true(case: Case) -> bool:
    """Whether the newest answer found the complaint true."""
    return case.status in ANSWERED and bool(case.letters) and case.letters[-1].outcome in TRUE


def finding_of(case: Case | None, actor: Actor, jurisdictions: Jurisdictions) -> Finding:
    """Raises NotFound when the actor has nothing to do with where it was answered, ConflictOfInterest,
    IllegalMove when it was not answered 属实."""
    if case is None or not can_reach(actor, case.department, case.routing.jurisdiction, jurisdictions):
        raise NotFound(NO_SUCH_CASE)
    if is_conflicted(case, actor, jurisdictions):
        raise ConflictOfInterest
    if not is_true(case):
        raise IllegalMove(NOT_FOUND_TRUE)
    letter = case.letters[-1]
    body = next(iter(case.complaint.accused), None)
    return Finding(
        case,
        {
            "body": body.name if body else "",
            "facts": letter.facts,
            "required": letter.opinion,
            "legal_basis": letter.legal_basis,
            "domain": case.complaint.domain,
            "region": case.complaint.region_code or "",
        },
    )
