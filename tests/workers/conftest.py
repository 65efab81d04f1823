"""aiogram is imported the quick way, before a test of this room asks for it."""

from bot.telegram.quick_import import import_aiogram

import_aiogram()
