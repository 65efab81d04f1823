"""Opening a case by its receipt, with a limit on guesses."""

from __future__ import annotations

from datetime import timedelta

from cases.model import Case
from handlers.citizen.dialogue.turn import Call, Turn

GUESSES_AN_HOUR = 10


async def open_with_receipt(turn: Turn, receipt: str) -> Case | Call:
    """The case, which this chat may open from now on; a message when there is none or guesses ran out."""
    memory, now = turn.memory, turn.now()
    memory.receipt_tries = [tried for tried in memory.receipt_tries if tried > now - timedelta(hours=1)]
    if len(memory.receipt_tries) >= GUESSES_AN_HOUR:
        return turn.send(turn.say("too-many-receipts"))
    case = await turn.services.own_cases.open_by_receipt(receipt, turn.conversation)
    if case is None:
        memory.receipt_tries.append(now)
        return turn.send(turn.say("receipt-unknown"))
    return case
