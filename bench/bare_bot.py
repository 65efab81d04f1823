"""The yardstick for chat: a bot of aiogram alone that keeps each update in one journalled write and answers.

A process of its own, started by `bench.table`; it promises nothing that ours promises beyond that write.
"""

from __future__ import annotations

import asyncio
import os
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web

from bot.telegram.updates import WEBHOOK_PATH
from storage.database.connection import connect


async def serve() -> None:
    updates = connect(os.environ["MONGODB_URI"], "bare")["updates"]
    api = TelegramAPIServer.from_base(os.environ["TELEGRAM_API_URL"])
    bot, dispatcher = Bot(os.environ["BOT_TOKEN"], session=AiohttpSession(api=api)), Dispatcher()

    @dispatcher.message()
    async def hear(message: Message) -> None:
        await updates.insert({"chat": message.chat.id, "text": message.text})
        await message.answer(f"收到：{message.text}")

    @dispatcher.callback_query()
    async def press(query: CallbackQuery) -> None:
        await updates.insert({"chat": query.from_user.id, "data": query.data})
        await query.answer()
        if isinstance(query.message, Message):
            await query.message.edit_reply_markup()
            await query.message.answer("好的")

    app = web.Application()
    SimpleRequestHandler(dispatcher, bot, handle_in_background=False).register(app, WEBHOOK_PATH)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", int(os.environ["HTTP_PORT"])).start()
    sys.stdout.write("Ctrl-C\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve())
