"""Files staff add: judged by content, stripped of metadata, stored sealed before the move that names them."""

from __future__ import annotations

import asyncio
import hashlib
from typing import Any

from aiohttp import web
from aiohttp.web import FileField

from cases.errors import FileInfected, FileUnchecked
from cases.instants import to_instant
from cases.model import Case, Evidence
from cases.people import Actor
from cases.records import FreeText
from cases.vocabulary import AddedBy
from handlers.files.cleaning import MAX_BYTES, MAX_FILES, CleanFile, clean_file
from handlers.files.refusals import FileRefused, Refusal
from handlers.web.keys import EVIDENCE, NOW

FIELD = "files"

REFUSALS: dict[Refusal, str] = {
    Refusal.TOO_LARGE: "文件超过20 MB，请压缩或分开上传。",
    Refusal.EMPTY: "文件是空的。",
    Refusal.ARCHIVE: "不接收压缩包，请解压后逐个上传。",
    Refusal.MACROS: "不接收带宏的文件，请另存为不带宏的格式。",
    Refusal.PICTURE_TOO_LARGE: "图片尺寸太大，请缩小后上传。",
    Refusal.PICTURE_DAMAGED: "图片已损坏，无法读取。",
    Refusal.UNKNOWN_TYPE: "不接收这种类型的文件。",
    Refusal.INFECTED: "文件里发现了病毒，没有接收。请换一份干净的文件。",
    Refusal.UNCHECKED: "暂时不能检查文件是否带有病毒，请过一会儿再上传。",
    Refusal.TOO_MANY: f"一次最多上传{MAX_FILES}个文件。",
}


class FileNotTaken(Exception):
    """A file was refused; the text says which and why."""


async def store_files(request: web.Request, case: Case, posted: Any, actor: Actor) -> tuple[Evidence, ...]:
    """Store what came for a case in the field `files`. Raises FileNotTaken; nothing is stored then."""
    return await store_files_at(request, case.number, posted, actor)


async def store_files_at(request: web.Request, place: str, posted: Any, actor: Actor) -> tuple[Evidence, ...]:
    """`place` keeps the same file of different filings apart."""
    given = [f for f in posted.getall(FIELD, []) if isinstance(f, FileField) and f.filename]
    if len(given) > MAX_FILES:
        raise FileNotTaken(REFUSALS[Refusal.TOO_MANY])
    clean = [await _cleaned(f.filename, f.file.read) for f in given]
    return tuple([await _stored(request, place, file, actor) for file in clean])


async def store_file(request: web.Request, place: str, name: str, file: Any, actor: Actor) -> Evidence:
    """One open file. Raises FileNotTaken."""
    return await _stored(request, place, await _cleaned(name, file.read), actor)


async def _cleaned(name: str, read: Any) -> CleanFile:
    data = await asyncio.to_thread(read, MAX_BYTES + 1)
    try:
        return await asyncio.to_thread(clean_file, data, name)
    except FileRefused as refused:
        raise FileNotTaken(f"{name[:60]}：{REFUSALS[refused.reason]}") from None


async def _stored(request: web.Request, place: str, file: CleanFile, actor: Actor) -> Evidence:
    """The id comes from place and content, so that sending the same file twice stores it once."""
    digest = hashlib.sha256(file.data).hexdigest()
    id = hashlib.sha256(f"{place}\n{actor.id}\n{file.name}\n{digest}".encode()).hexdigest()[:32]
    try:
        stored = await request.app[EVIDENCE].put(
            id, file.data, name=file.name, media_type=file.media_type, stripped=file.stripped
        )
    except FileInfected:
        raise FileNotTaken(f"{file.name[:60]}：{REFUSALS[Refusal.INFECTED]}") from None
    except FileUnchecked:
        raise FileNotTaken(f"{file.name[:60]}：{REFUSALS[Refusal.UNCHECKED]}") from None
    return Evidence(
        id=stored.id,
        name=FreeText(stored.name),
        media_type=stored.media_type,
        size=stored.size,
        sha256=stored.sha256,
        stripped=stored.stripped,
        added_at=to_instant(request.app[NOW]()),
        by=AddedBy.STAFF,
    )
