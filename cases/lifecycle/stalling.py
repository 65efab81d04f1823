"""How long a stalled step stays one: until somebody takes it, or it is no longer wanted.

That a step stalls is said by the move that leads to it (`change.py:CaseChange.stall`).
"""

from __future__ import annotations

from cases.model import Case
from cases.vocabulary import Move, ProposalKind

_DECIDED: dict[Move, ProposalKind] = {
    Move.TRANSFER: ProposalKind.TRANSFER,
    Move.REQUEST_EXTENSION: ProposalKind.EXTEND,
}
"""Steps that wait for an answer to a proposal; all others wait for somebody to hold the case."""


def still_stalled(case: Case) -> bool:
    """Whether the step that stalled is still one that nobody has taken."""
    if case.stalled is None or not case.is_open:
        return False
    proposed = _DECIDED.get(case.stalled.step)
    return case.holder is None if proposed is None else case.proposal(proposed) is not None


def taken_up(case: Case) -> bool:
    """Whether holding the case is what the stalled step waited for."""
    return case.stalled is not None and case.stalled.step not in _DECIDED
