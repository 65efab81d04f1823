"""The whole process as `python -m bot run` starts it, with a clock that can be made to jump.

`CHAOS_CLOCK` names a file with the seconds by which this process's clock is wrong.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from bot.logs import set_up_logs
from bot.settings import load_settings
from bot.wiring import build_app, utc_now

READY = "ready"


def wrong_clock(file: Path) -> Callable[[], datetime]:
    def now() -> datetime:
        try:
            return utc_now() + timedelta(seconds=float(file.read_text()))
        except (OSError, ValueError):
            return utc_now()

    return now


async def run() -> None:
    settings = load_settings()
    set_up_logs(settings.log_level, settings.log_format)
    told_to_stop = asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sign, told_to_stop.set)
    async with build_app(settings, now=wrong_clock(Path(os.environ["CHAOS_CLOCK"]))):
        os.write(1, f"{READY}\n".encode())
        await told_to_stop.wait()


if __name__ == "__main__":
    asyncio.run(run())
