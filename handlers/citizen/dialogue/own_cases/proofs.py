"""Proofs a citizen takes home: a signed receipt and a signed record of the case, as files in the chat.

Only for a chat that the case belongs to; the caller has made sure of that.
"""

from __future__ import annotations

from aiogram.methods import SendDocument
from aiogram.types import BufferedInputFile

from cases.model import Case
from cases.service.public.proofs import Proofs
from handlers.citizen.dialogue.turn import HTML, Reply, Turn

PROOFS = ("proof", "export")
"""Buttons of a case, as in `button-…` of the translation files."""


def send_proof(turn: Turn, proofs: Proofs, case: Case, kind: str) -> Reply:
    """The file with a line that says what it is for."""
    data = proofs.receipt(case) if kind == "proof" else proofs.export(case)
    name = f"{case.number}-{'receipt' if kind == 'proof' else 'record'}.json"
    return SendDocument.model_construct(
        chat_id=turn.chat or 0,
        document=BufferedInputFile(data, filename=name),
        caption=turn.say(f"{kind}-caption", number=case.number),
        parse_mode=HTML,
    )
