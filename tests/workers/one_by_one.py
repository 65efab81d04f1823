"""A dialogue of tests that answers several messages as it answers one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aiogram import Bot
from aiogram.methods import TelegramMethod
from aiogram.types import Update


class OneByOne:
    async def handle(
        self, update: Update, bot: Bot, state: dict[str, Any], *, conversation: str
    ) -> Sequence[TelegramMethod[Any]]:
        raise NotImplementedError

    async def handle_turn(
        self, updates: Sequence[Update], bot: Bot, state: dict[str, Any], *, conversation: str
    ) -> Sequence[TelegramMethod[Any]]:
        answers = [await self.handle(update, bot, state, conversation=conversation) for update in updates]
        return [call for calls in answers for call in calls]
