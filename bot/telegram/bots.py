"""The bots that deliver: Telegram's over HTTP, and the menu of commands it shows."""

from __future__ import annotations

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.session.base import BaseSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import AiogramError
from aiogram.methods import SetMyCommands
from aiogram.types import BotCommand, BotCommandScopeAllPrivateChats
from loguru import logger

from bot.settings import Settings
from cases.vocabulary import Language
from handlers.citizen.texts import commands

MENU_LANGUAGES: dict[str | None, Language | None] = {None: None, "zh": Language.ZH_HANS, "en": Language.EN}
"""Telegram's menus know two-letter languages only; None is everybody else: the default language."""


def telegram_bot(settings: Settings, session: BaseSession | None = None) -> Bot | None:
    """The bot of BOT_TOKEN at TELEGRAM_API_URL, or over this session; None without a token."""
    if settings.token is None:
        return None
    at_url = AiohttpSession(api=TelegramAPIServer.from_base(settings.telegram_api_url))
    return Bot(settings.token, session=session or at_url)


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
