"""Asks ClamAV's daemon about a file, over its socket and in its own words (INSTREAM).

A file is only clean when the daemon says so. Nothing is written to disk and no name is sent.
"""

from __future__ import annotations

import asyncio
import struct
from pathlib import Path

from loguru import logger

PIECE = 256 * 1024
ANSWER_WITHIN = 60.0
LONGEST_ANSWER = 4096


class ScannerFault(OSError):
    """The daemon could not be asked, or did not answer in its language."""


class ClamAV:
    """`scan` for `storage.evidence.scanning`."""

    def __init__(self, socket: Path) -> None:
        self._socket = socket

    async def scan(self, data: bytes) -> str | None:
        """The name of what was found; None for a clean file. Raises ScannerFault."""
        try:
            async with asyncio.timeout(ANSWER_WITHIN):
                answer = await self._ask(data)
        except (OSError, TimeoutError, asyncio.IncompleteReadError) as error:
            logger.error("ALERT: the virus scanner cannot be asked: {}", type(error).__name__)
            raise ScannerFault("the virus scanner cannot be asked") from error
        return self._read(answer)

    async def _ask(self, data: bytes) -> str:
        reader, writer = await asyncio.open_unix_connection(self._socket)
        try:
            writer.write(b"zINSTREAM\0")
            for start in range(0, len(data), PIECE):
                piece = data[start : start + PIECE]
                writer.write(struct.pack("!I", len(piece)) + piece)
                await writer.drain()
            writer.write(struct.pack("!I", 0))
            await writer.drain()
            return (await reader.readuntil(b"\0"))[:LONGEST_ANSWER].rstrip(b"\0").decode("utf-8", "replace")
        finally:
            writer.close()

    def _read(self, answer: str) -> str | None:
        if answer == "stream: OK":
            return None
        if answer.startswith("stream: ") and answer.endswith(" FOUND"):
            found = answer.removeprefix("stream: ").removesuffix(" FOUND")
            logger.warning("the virus scanner refused a file: {}", found)
            return found
        logger.error("ALERT: the virus scanner did not check a file: {}", answer[:200])
        raise ScannerFault("the virus scanner did not check the file")
