"""The models that answers are read into outlive a collection of garbage."""

from __future__ import annotations

import gc
import json
from weakref import ref

from aiogram import Bot
from aiogram.methods import SendMessage

from bot.telegram.bots import TelegramSession

ANSWER = json.dumps(
    {"ok": True, "result": {"message_id": 1, "date": 0, "chat": {"id": 5, "type": "private"}, "text": "好的"}}
)


async def test_a_model_is_kept_after_its_answer_is_gone() -> None:
    session = TelegramSession()
    bot = Bot("1:not-a-token", session=session)
    model = ref(type(session.check_response(bot, SendMessage(chat_id=5, text="好的"), 200, ANSWER)))
    gc.collect()
    assert model() is not None
    await session.close()
