"""The lines of the public log in MongoDB and as files. Nothing here changes or deletes one."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cases.service.public.log import LogDay, Signed
from storage.audit.anchor_files import write_proof
from storage.database.connection import Database
from storage.database.encoding import Document

LEAF = 32


class MongoPublicLog:
    """Fulfils `cases.service.public.log.PublicLogStore`."""

    def __init__(self, database: Database) -> None:
        self._days = database["log_days"]

    async def list_lines(self) -> Sequence[Signed]:
        rows = await self._days.find_all({"_id": {"$gt": ""}}, {"line": 1}, order=[("_id", 1)])
        return [json.loads(row["line"]) for row in rows]

    async def last_day(self) -> str | None:
        last = await self._days.find_one({"_id": {"$gt": ""}}, {"_id": 1}, order=[("_id", -1)])
        return str(last["_id"]) if last else None

    async def first_since(self, day: str) -> LogDay | None:
        row = await self._days.find_one({"_id": {"$gte": day}}, order=[("_id", 1)])
        return _day(row) if row else None

    async def add(self, day: LogDay) -> None:
        """Raises DuplicateKeyError when the day has its line."""
        line = json.dumps(day.line, ensure_ascii=False)
        await self._days.insert({"_id": day.day, "line": line, "leaves": b"".join(day.leaves)})


def _day(row: Document) -> LogDay:
    leaves: bytes = row["leaves"]
    each = tuple(leaves[place : place + LEAF] for place in range(0, len(leaves), LEAF))
    return LogDay(row["_id"], json.loads(row["line"]), each)


def file_name(day: str) -> str:
    return f"public-log-{day}.json"


async def write_line(folder: Path, line: dict[str, Any]) -> Path:
    """The line as a file to publish."""
    path = folder / file_name(line["content"]["day"])
    await asyncio.to_thread(write_proof, path, line)
    return path


def read_lines(folder: Path) -> list[Signed]:
    """The published lines in a folder, oldest first. Raises OSError or ValueError."""
    return [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob(file_name("*")))]
