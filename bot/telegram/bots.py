"""The bots that deliver: Telegram's over HTTP, and the menu of commands it shows."""

from __future__ import annotations

from functools import cache

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.session.base import BaseSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import AiogramError
from aiogram.methods import Response, SetMyCommands, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import BotCommand, BotCommandScopeAllPrivateChats
from loguru import logger

from bot.settings import Settings
from cases.vocabulary import Language
from handlers.citizen.texts import commands

MENU_LANGUAGES: dict[str | None, Language | None] = {None: None, "zh": Language.ZH_HANS, "en": Language.EN}
"""Telegram's menus know two-letter languages only; None is everybody else: the default language."""


@cache
def answer_model(returned: object) -> object:
    """The model that an answer of the Bot API is read into, kept for good.

    pydantic holds the models it makes of a generic only weakly, and aiogram asks for `Response[…]` at each
    call: after every collection of garbage the same model was built again (docs/performance.md).
    """
    return Response[returned]  # type: ignore[valid-type]


class TelegramSession(AiohttpSession):
    """aiogram's own, which finds the models of its answers ready made."""

    def check_response(
        self, bot: Bot, method: TelegramMethod[TelegramType], status_code: int, content: str
    ) -> Response[TelegramType]:
        answer_model(method.__returning__)
        return super().check_response(bot, method, status_code, content)


def telegram_bot(settings: Settings, session: BaseSession | None = None) -> Bot | None:
    """The bot of BOT_TOKEN at TELEGRAM_API_URL, or over this session; None without a token."""
    if settings.token is None:
        return None
    if session is None:
        session = TelegramSession(api=TelegramAPIServer.from_base(settings.telegram_api_url))
    return Bot(settings.token, session=session)


async def publish_menu(bot: Bot, default: Language) -> None:
    """The command menu per language. A failure is no reason not to start."""
    for code, language in MENU_LANGUAGES.items():
        menu = [
            BotCommand(command=name, description=description)
            for name, description in commands(language or default).items()
        ]
        scope = BotCommandScopeAllPrivateChats()
        try:
            await bot(SetMyCommands(commands=menu, scope=scope, language_code=code))
        except (AiogramError, OSError) as error:
            logger.warning("the command menu was not published: {}", error)
            return
