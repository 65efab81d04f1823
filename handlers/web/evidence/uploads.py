"""Files staff add: judged by content, without what betrays, stored sealed before the move that names them.

What a department signed, or what would lose something in it, stays as it is; what was given at the counter is
cleaned as if the citizen had sent it.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

from aiohttp import web
from aiohttp.web import FileField

from cases.errors import InvalidInput
from cases.instants import to_instant
from cases.model import Case, Evidence
from cases.people import Actor
from cases.ports.evidence import MOST_BYTES
from cases.records import FreeText
from cases.vocabulary import AddedBy
from handlers.files.apart import clean_apart
from handlers.files.names import clean_name, plain_name
from handlers.files.refusals import MAX_FILES, FileNotTaken, FileRefused
from handlers.files.traces import CleanFile
from handlers.web.keys import EVIDENCE, NOW
from handlers.web.reasons import TOO_MANY_UPLOADS

FIELD = "files"


async def store_files(request: web.Request, case: Case, posted: Any, actor: Actor) -> tuple[Evidence, ...]:
    """Store what came for a case in the field `files`. Raises InvalidInput; nothing is stored then."""
    return await store_files_at(request, case.number, posted, actor)


async def store_files_at(
    request: web.Request,
    place: str,
    posted: Any,
    actor: Actor,
    *,
    field: str = FIELD,
    of_citizen: bool = False,
) -> tuple[Evidence, ...]:
    """`place` keeps the same file of different filings apart. What citizens gave loses its name."""
    given = [f for f in posted.getall(field, []) if isinstance(f, FileField) and f.filename]
    if len(given) > MAX_FILES:
        raise InvalidInput(TOO_MANY_UPLOADS, most=MAX_FILES)
    clean: list[CleanFile] = []
    for upload in given:
        file = await _cleaned(upload.filename, upload.file.read(MOST_BYTES + 1), of_citizen=of_citizen)
        if of_citizen:
            file = replace(file, name=plain_name(file.media_type, [taken.name for taken in clean]))
        clean.append(file)
    return tuple([await _stored(request, place, file, actor) for file in clean])


async def store_file(request: web.Request, place: str, name: str, data: bytes, actor: Actor) -> Evidence:
    """Raises InvalidInput, which says what was refused and why."""
    return await _stored(request, place, await _cleaned(name, data, of_citizen=False), actor)


async def _cleaned(name: str, data: bytes, *, of_citizen: bool) -> CleanFile:
    try:
        file = await clean_apart(data, name)
    except FileRefused as refused:
        raise FileNotTaken(refused.reason, name) from None
    if file.is_missed and not of_citizen:
        return replace(file, data=data, stripped=False, removed=(), name=clean_name(name))
    return file


async def _stored(request: web.Request, place: str, file: CleanFile, actor: Actor) -> Evidence:
    """The id comes from place and content, so that sending the same file twice stores it once."""
    digest = hashlib.sha256(file.data).hexdigest()
    id = hashlib.sha256(f"{place}\n{actor.id}\n{file.name}\n{digest}".encode()).hexdigest()[:32]
    stored = await request.app[EVIDENCE].put(
        id, file.data, name=file.name, media_type=file.media_type, stripped=file.is_clean
    )
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
