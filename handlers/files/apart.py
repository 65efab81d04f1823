"""Files are opened in a process of their own (`opening`): what harms its reader finds no key there.

One process, one file at a time; nobody else waits. It gets bytes through a pipe and gives bytes back. A file
that ends it, or takes too long, is refused; the next begins a new one.
"""

from __future__ import annotations

import asyncio
import atexit
import json
import struct
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, Any

from loguru import logger

from handlers.files import refusals
from handlers.files.refusals import FileRefused
from handlers.files.traces import CleanFile, Trace

WITHIN = 60
"""Seconds for one file."""
_ROOT = Path(__file__).parents[2]
_REASONS = {reason.code: reason for reason in refusals.ALL}


async def clean_apart(data: bytes, name: str) -> CleanFile:
    """The file ready for storage, made so in the other process. Raises FileRefused."""
    return await asyncio.to_thread(_APART.clean, data, name)


class Apart:
    """The other process, started when it is first needed."""

    def __init__(self, within: float = WITHIN) -> None:
        self._within = within
        self._one_at_a_time = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        atexit.register(self.close)

    def clean(self, data: bytes, name: str) -> CleanFile:
        """Waits. Raises FileRefused, also when the file ended the process or took too long."""
        with self._one_at_a_time:
            process = self._running()
            assert process.stdin is not None  # noqa: S101
            assert process.stdout is not None  # noqa: S101
            limit = threading.Timer(self._within, process.kill)
            limit.start()
            try:
                send(process.stdin, {"name": name}, data)
                about, cleaned = receive(process.stdout)
            except (OSError, EOFError, ValueError):
                self._end()
                logger.warning("a file could not be opened within the limits of memory and time")
                raise FileRefused(refusals.HARMFUL) from None
            finally:
                limit.cancel()
        if "reason" in about:
            raise FileRefused(_REASONS.get(about["reason"], refusals.HARMFUL))
        return CleanFile(
            data=cleaned,
            media_type=str(about["media_type"]),
            name=str(about["name"]),
            stripped=bool(about["stripped"]),
            removed=tuple(Trace(trace) for trace in about["removed"]),
            remains=tuple(Trace(trace) for trace in about["remains"]),
        )

    def close(self) -> None:
        with self._one_at_a_time:
            self._end()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = subprocess.Popen(
                [sys.executable, "-m", "handlers.files.opening"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=_ROOT,
                env={"PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1"},
                start_new_session=True,
            )
        return self._process

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


_APART = Apart()


def send(pipe: IO[bytes], about: dict[str, Any], data: bytes) -> None:
    head = json.dumps(about).encode()
    pipe.write(struct.pack(">II", len(head), len(data)) + head)
    pipe.write(data)
    pipe.flush()


def receive(pipe: IO[bytes]) -> tuple[dict[str, Any], bytes]:
    """Raises EOFError at the end, ValueError for anything but what `send` wrote."""
    start = pipe.read(8)
    if len(start) < 8:
        raise EOFError
    head, size = struct.unpack(">II", start)
    about, data = json.loads(pipe.read(head)), pipe.read(size)
    if len(data) < size:
        raise EOFError
    return about, data
