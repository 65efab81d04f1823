"""The space that is left on the disk of the data folder."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from loguru import logger

MEGABYTE = 1024 * 1024
LAST_SHARE = 4
"""A quarter of the reserve is the last of it: below that not even a refusal is written."""


class Disk:
    """Watches the space in the data folder. `reserve`: the bytes that must stay free."""

    def __init__(self, folder: Path, reserve: int, free: Callable[[Path], int] | None = None) -> None:
        self._folder = folder
        self._reserve = reserve
        self._free = free or (lambda path: shutil.disk_usage(path).free)
        self._was_low = False

    def free(self) -> int:
        try:
            return self._free(self._folder)
        except OSError:
            return 0

    @property
    def low(self) -> bool:
        """Nothing new should be taken in. Says so in the log when it begins and when it ends."""
        low = self.free() < self._reserve
        if low != self._was_low:
            self._was_low = low
            if low:
                logger.critical(
                    "ALERT: the disk is nearly full; new complaints are refused until there is space"
                )
            else:
                logger.warning("there is space on the disk again")
        return low

    @property
    def spent(self) -> bool:
        """Nothing more may be written: what is not taken stays with Telegram and comes again."""
        return self.free() < self._reserve // LAST_SHARE
