"""Transcripts of the web chat: numbered, sealed, bounded, and readable from where one stopped."""

from __future__ import annotations

import asyncio

import bson

from storage.conversations.transcripts import KEPT, MongoTranscripts
from storage.database.connection import Database
from storage.sealed.key_ring import KeyRing
from storage.upkeep.key_rotation import rotate
from tests.town.clock import MONDAY


async def test_lines_get_growing_numbers_even_at_once(database: Database, keys: KeyRing) -> None:
    transcripts = MongoTranscripts(database, keys)
    numbers = await asyncio.gather(*(transcripts.append("c", {"text": str(n)}, MONDAY) for n in range(20)))
    assert sorted(numbers) == list(range(1, 21))
    seen = await transcripts.read("c")
    assert [line["id"] for line in seen.lines] == list(range(1, 21))
    assert seen.version == 20


async def test_a_reader_gets_only_what_changed(database: Database, keys: KeyRing) -> None:
    transcripts = MongoTranscripts(database, keys)
    first = await transcripts.append("c", {"text": "一"}, MONDAY)
    await transcripts.append("c", {"text": "二"}, MONDAY)
    seen = await transcripts.read("c")
    assert await transcripts.change("c", first, {"text": "改"}, MONDAY)
    fresh = await transcripts.read("c", seen.version)
    assert [(line["id"], line["text"]) for line in fresh.lines] == [(first, "改")]
    assert (await transcripts.read("c", fresh.version)).lines == ()


async def test_only_the_last_lines_are_kept(database: Database, keys: KeyRing) -> None:
    transcripts = MongoTranscripts(database, keys)
    for n in range(KEPT + 5):
        await transcripts.append("c", {"text": str(n)}, MONDAY)
    lines = (await transcripts.read("c")).lines
    assert len(lines) == KEPT
    assert lines[-1]["text"] == str(KEPT + 4)
    assert await transcripts.find("c", 1) is None
    assert not await transcripts.change("c", 1, {"text": "x"}, MONDAY)


async def test_words_are_sealed_and_erased_on_demand(database: Database, keys: KeyRing) -> None:
    transcripts = MongoTranscripts(database, keys)
    await transcripts.append("c", {"text": "canary-words"}, MONDAY)
    stored = await database["transcripts"].find_one({"_id": "c"})
    assert stored
    assert b"canary-words" not in bson.encode(stored)
    await transcripts.erase("c")
    assert (await transcripts.read("c")).lines == ()


async def test_conversations_do_not_see_each_other(database: Database, keys: KeyRing) -> None:
    transcripts = MongoTranscripts(database, keys)
    await transcripts.append("a", {"text": "一"}, MONDAY)
    assert (await transcripts.read("b")).lines == ()
    assert await transcripts.version("b") == 0


async def test_a_rotation_of_keys_keeps_transcripts_readable(database: Database, keys: KeyRing) -> None:
    await MongoTranscripts(database, keys).append("c", {"text": "一"}, MONDAY)
    newer = KeyRing("another-secret-for-tests-0123456789abcdef", ["a-secret-for-tests-only-0123456789abcdef"])
    newer = newer.with_digest_root(keys.digest_root)
    async for _ in rotate(database, newer, lambda: MONDAY):
        pass
    alone = KeyRing("another-secret-for-tests-0123456789abcdef", digest_root=keys.digest_root)
    assert (await MongoTranscripts(database, alone).read("c")).lines[0]["text"] == "一"


async def test_the_same_key_is_the_same_line_also_at_once(database: Database, keys: KeyRing) -> None:
    transcripts = MongoTranscripts(database, keys)
    same = await asyncio.gather(*(transcripts.append("c", {"text": "一"}, MONDAY, "k") for _ in range(10)))
    assert len(set(same)) == 1
    assert await transcripts.append("c", {"text": "二"}, MONDAY, "other") != same[0]
    assert await transcripts.append("d", {"text": "一"}, MONDAY, "k") == 1
    assert await transcripts.change("c", same[0], {"text": "改"}, MONDAY)
    assert await transcripts.append("c", {"text": "一"}, MONDAY, "k") == same[0]


async def test_a_line_is_forgotten_without_a_word_to_pages_that_show_it(
    database: Database, keys: KeyRing
) -> None:
    transcripts = MongoTranscripts(database, keys)
    line = await transcripts.append("c", {"text": "secret"}, MONDAY)
    before = await transcripts.read("c")
    await transcripts.forget("c", line, {"text": "gone"})
    assert (await transcripts.read("c", before.version)).lines == ()
    assert (await transcripts.read("c")).lines[0]["text"] == "gone"
