"""Files are looked at before they are kept: a strict stand-in speaks the daemon's own protocol."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.surroundings.clamav import ClamAV, ScannerFault
from bot.wiring import utc_now
from cases.errors import InvalidInput, NotFound
from storage.evidence.scanning import ScannedEvidenceStore
from storage.opening import Storage

BAD = b"this-stands-for-a-virus"


class Daemon:
    """clamd's INSTREAM, refusing whatever it would refuse: wrong command, wrong sizes, missing end."""

    def __init__(self) -> None:
        self.received: list[bytes] = []
        self.answer: bytes | None = None

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            writer.write(await self._talk(reader))
            await writer.drain()
        finally:
            writer.close()

    async def _talk(self, reader: asyncio.StreamReader) -> bytes:
        if await reader.readexactly(10) != b"zINSTREAM\0":
            return b"UNKNOWN COMMAND\0"
        data = b""
        while size := struct.unpack("!I", await reader.readexactly(4))[0]:
            data += await reader.readexactly(size)
            if len(data) > 25 * 1024 * 1024:
                return b"INSTREAM size limit exceeded. ERROR\0"
        self.received.append(data)
        if self.answer is not None:
            return self.answer
        return b"stream: Test.Virus FOUND\0" if BAD in data else b"stream: OK\0"


@pytest.fixture
async def socket(tmp_path: Path) -> AsyncIterator[tuple[Path, Daemon]]:
    daemon, path = Daemon(), tmp_path / "clamd.sock"
    server = await asyncio.start_unix_server(daemon.serve, path)
    async with server:
        yield path, daemon


async def test_every_byte_reaches_the_scanner_and_a_clean_file_passes(socket: tuple[Path, Daemon]) -> None:
    path, daemon = socket
    data = bytes(range(256)) * 4000
    assert await ClamAV(path).scan(data) is None
    assert await ClamAV(path).scan(b"") is None
    assert daemon.received == [data, b""]


async def test_an_infected_file_is_named(socket: tuple[Path, Daemon]) -> None:
    assert await ClamAV(socket[0]).scan(b"x" * 300_000 + BAD) == "Test.Virus"


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"stream: ?\0", b"\0", b"OK"])
async def test_what_is_not_a_clear_answer_counts_as_not_checked(
    socket: tuple[Path, Daemon], answer: bytes
) -> None:
    socket[1].answer = answer
    with pytest.raises(ScannerFault):
        await ClamAV(socket[0]).scan(b"x")


async def test_infected_and_unchecked_files_are_refused_with_a_sentence_and_not_kept(
    socket: tuple[Path, Daemon], storage: Storage, tmp_path: Path
) -> None:
    checked = ScannedEvidenceStore(storage.database, storage.keys, utc_now, ClamAV(socket[0]).scan)
    about = {"name": "a.txt", "media_type": "text/plain", "stripped": False}
    with pytest.raises(InvalidInput, match="病毒，没有收下"):
        await checked.put("bad", BAD, **about)  # type: ignore[arg-type]
    unasked = ScannedEvidenceStore(storage.database, storage.keys, utc_now, ClamAV(tmp_path / "none").scan)
    with pytest.raises(InvalidInput, match="过一会儿"):
        await unasked.put("unchecked", b"fine", **about)  # type: ignore[arg-type]
    for id in ("bad", "unchecked"):
        with pytest.raises(NotFound):
            await storage.evidence.get(id)
    await checked.put("good", b"fine", **about)  # type: ignore[arg-type]
    assert await checked.get("good") == b"fine"
