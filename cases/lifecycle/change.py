"""What each move does: `apply` is the one way from a case to the next; pure, so it can be tested whole."""

from __future__ import annotations

from datetime import datetime

from cases.instants import to_instant
from cases.lifecycle.announcing import announce
from cases.lifecycle.effects import citizen, desk, oversight, transfers
from cases.lifecycle.forms import Args
from cases.lifecycle.history import next_entry
from cases.lifecycle.permissions import check
from cases.lifecycle.table import Transition
from cases.lifecycle.turn import Facts, Rules, Turn
from cases.model import Case
from cases.people import Actor
from cases.vocabulary import Move, Status

__all__ = ["Facts", "Rules", "apply"]

EFFECTS = {**desk.EFFECTS, **transfers.EFFECTS, **citizen.EFFECTS, **oversight.EFFECTS}


def apply(
    case: Case,
    move: Move,
    args: Args,
    actor: Actor,
    rules: Rules,
    now: datetime,
    *,
    facts: Facts | None = None,
    key: str = "",
) -> Case:
    """The case after the move, with one history entry more and what must be told; `version` is unchanged.

    Raises the errors of `permissions.check`, and InvalidInput for arguments that do not fit.
    """
    now = to_instant(now)
    row = check(case, move, actor, rules.jurisdictions)
    turn = Turn(case, move, args, actor, now, rules, facts or Facts())
    EFFECTS[move](turn)
    status = row.to if row.to is not None else _before_asking(case, row)
    entry = next_entry(
        turn.changes.get("history", case.history),
        move,
        actor,
        now,
        case.status,
        status,
        data=turn.data,
        note=turn.note,
        key=key,
    )
    changed = case.model_copy(
        update={
            **turn.changes,
            "status": status,
            "updated_at": now,
            "history": (*turn.changes.get("history", case.history), entry),
        }
    )
    told = (*case.notifications, *turn.told, *announce(case, changed, entry))
    return changed.model_copy(update={"notifications": told})


def _before_asking(case: Case, row: Transition) -> Status:
    """Where the case stood when the citizen was asked for more."""
    asked = next(e for e in reversed(case.history) if e.after is row.status and e.before is not row.status)
    return asked.before or Status.REGISTERED
