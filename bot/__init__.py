"""The process: settings, composition root, command line, polling or webhook, workers."""

import time

STARTED = time.monotonic()
VERSION = "0.1.0"

from bot.quick_import import import_aiogram  # noqa: E402  (measured from before the first import)

import_aiogram()
