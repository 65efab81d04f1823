"""aiogram imported quickly is aiogram: every type can still be completed and reads what it read before."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

COMPLETE_ALL = """
from bot.telegram.quick_import import import_aiogram
import_aiogram()
import aiogram.methods, aiogram.types
from pydantic import BaseModel
from aiogram.methods import Response
from aiogram.types import Message, Update

sent = {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}, "text": "好"}
assert Response[Message].model_validate({"ok": True, "result": sent}).result.text == "好"
assert Update.model_validate({"update_id": 1, "message": sent}).message.text == "好"
for module in (aiogram.types, aiogram.methods):
    for member in vars(module).values():
        if isinstance(member, type) and issubclass(member, BaseModel):
            member.model_rebuild()
            assert member.__pydantic_complete__, member
"""


def test_every_type_of_aiogram_can_be_completed() -> None:
    root = Path(__file__).parent.parent.parent
    done = subprocess.run([sys.executable, "-c", COMPLETE_ALL], cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
