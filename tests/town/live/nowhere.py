"""Nothing leads out of a town: names come from a table, and Telegram cannot be reached.

aiogram's own session fails no differently there, but reads all certificates of the machine for each town.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Any

from bot.surroundings.network import Network
from bot.telegram.quick_import import import_aiogram
from tests.town.live.names import TableOfNames

import_aiogram()

from aiogram import Bot  # noqa: E402
from aiogram.client.session.base import BaseSession  # noqa: E402
from aiogram.exceptions import TelegramNetworkError  # noqa: E402
from aiogram.methods import TelegramMethod  # noqa: E402


class Unreachable(BaseSession):
    """A Bot API behind a cut line."""

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:  # noqa: ASYNC109
        raise TelegramNetworkError(method, "ClientConnectorError: nothing leads out of the town")

    async def stream_content(
        self,
        url: str,
        headers: dict[str, Any] | None = None,
        timeout: int = 30,  # noqa: ASYNC109
        chunk_size: int = 65536,
        raise_for_status: bool = True,
    ) -> AsyncGenerator[bytes, None]:
        raise ConnectionRefusedError
        yield b""

    async def close(self) -> None:
        return


def nowhere() -> Network:
    return Network(telegram=Unreachable(), resolver=TableOfNames())
