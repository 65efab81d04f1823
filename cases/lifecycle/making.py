"""Making a move: `apply` is the one way from a case to the next; pure, so it can be tested whole."""

from __future__ import annotations

from cases.instants import to_instant
from cases.lifecycle.announcing import announce
from cases.lifecycle.change import CaseChange, LookedUp
from cases.lifecycle.effects import citizen, commitments, desk, errands, oversight, transfers
from cases.lifecycle.letters.making import without_what_is_past
from cases.lifecycle.merging import FILED_AS
from cases.lifecycle.situation import Situation
from cases.lifecycle.stalling import still_stalled
from cases.lifecycle.table import TABLE
from cases.model import Case, HistoryEntry
from cases.moves.table import Args
from cases.vocabulary import Move, Status

EFFECTS = {
    **desk.EFFECTS,
    **transfers.EFFECTS,
    **citizen.EFFECTS,
    **oversight.EFFECTS,
    **errands.EFFECTS,
    **commitments.EFFECTS,
}

_SOMEBODYS = frozenset({Status.ACCEPTED, Status.IN_REVIEW, Status.IN_FINAL_REVIEW})
"""Statuses in which it is settled whose case it is."""


def apply(at: Situation, move: Move, args: Args, *, looked_up: LookedUp | None = None, key: str = "") -> Case:
    """The case after the move, with one history entry more and what must be told; `version` is unchanged.

    Raises what stands against the move in the table, and InvalidInput for arguments that do not fit.
    """
    row = TABLE.check(move, at)
    change = CaseChange(
        subject=at.case,
        move=move,
        args=args,
        actor=at.actor,
        now=to_instant(at.now),
        rules=at.rules,
        looked_up=looked_up or LookedUp(),
    )
    EFFECTS[move](change)
    if change.looked_up.filed_as:
        change.data[FILED_AS] = change.looked_up.filed_as
    changed = change.settle(row, HistoryEntry, key)
    changed = changed.model_copy(update={"papers": without_what_is_past(at.case, changed)})
    if changed.stalled is not None and not still_stalled(changed):
        changed = changed.model_copy(update={"stalled": None})
    if changed.routing.triage and changed.status in _SOMEBODYS:
        changed = changed.model_copy(update={"routing": changed.routing.model_copy(update={"triage": False})})
    told = (*at.case.notifications, *change.told, *announce(at.case, changed, changed.history[-1]))
    return changed.model_copy(update={"notifications": told})
