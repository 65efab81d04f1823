"""Files that nothing refers to go after a week; one that a case, a draft or a page refers to never does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.wiring.upkeep import build_janitor
from bot.workers.upkeep.stray_files import EvidenceJanitor
from cases.lifecycle.retention import UNREFERRED
from cases.model import Evidence
from cases.ports.conversations import Address, Incoming
from cases.records import FreeText
from cases.vocabulary import Channel
from handlers.citizen.dialogue.drafts import Draft, Memory, Passage
from storage.opening import Storage
from storage.upkeep.stray_files import OldFile
from tests.town.live.town import Town

CHAT = Address(Channel.WEB, "1")
A_WEEK_LATER = UNREFERRED + timedelta(days=1)
"""Of a file only the day is known."""


class Drawer:
    """Files kept just now, and the housekeeping at a later moment."""

    def __init__(self, town: Town) -> None:
        self.storage: Storage = town.core.storage
        self._core = town.core
        self.now = town.core.now

    async def keep(self, id: str) -> Evidence:
        data = id.encode()
        await self.storage.evidence.put(id, data, name=f"{id}.txt", media_type="text/plain", stripped=False)
        return Evidence(
            id=id,
            name=FreeText(f"{id}.txt"),
            media_type="text/plain",
            size=len(data),
            sha256="0" * 64,
            added_at=self.now(),
        )

    def janitor(self, later: timedelta) -> EvidenceJanitor:
        return build_janitor(self._core, lambda: self.now() + later)

    async def there(self) -> set[str]:
        return {row["_id"] async for row in self.storage.database["evidence"].find({"_id": {"$gte": ""}})}

    async def chat_remembers(self, state: dict[str, Any]) -> None:
        now = self.now()
        await self.storage.conversations.receive(CHAT, Incoming("1", {}, now))
        work = await self.storage.conversations.claim_update(
            now + timedelta(seconds=1), now + timedelta(minutes=1)
        )
        assert work is not None
        assert await self.storage.conversations.commit(work, state, ())


async def test_a_file_that_nothing_refers_to_goes_after_a_week_and_not_before(town: Town) -> None:
    drawer = Drawer(town)
    await drawer.keep("stray")
    assert await drawer.janitor(UNREFERRED - timedelta(hours=1)).run() == 0
    assert await drawer.there() == {"stray"}
    assert await drawer.janitor(A_WEEK_LATER).run() == 1
    assert await drawer.there() == set()
    assert await drawer.storage.database["evidence.chunks"].count({"files_id": {"$exists": True}}) == 0


async def test_a_file_of_a_case_is_judged_once_and_stays(town: Town) -> None:
    drawer = Drawer(town)
    file = await drawer.keep("of-case")
    await town.filed(evidence=(file,))
    assert await drawer.janitor(A_WEEK_LATER).run() == 0
    assert await drawer.janitor(10 * A_WEEK_LATER).run() == 0
    assert await drawer.there() == {"of-case"}
    waiting = await drawer.storage.database["evidence"].count({"look_again_at": {"$exists": True}})
    assert waiting == 0


async def test_a_file_of_a_draft_stays_as_long_as_the_draft_does(town: Town) -> None:
    drawer = Drawer(town)
    draft = Draft(
        id="d" * 12, parts=[Passage(message=1, text="说明")], evidence=[await drawer.keep("of-draft")]
    )
    state: dict[str, Any] = {}
    Memory(draft=draft).save(state)
    await drawer.chat_remembers(state)
    for weeks in range(1, 6):
        assert await drawer.janitor(weeks * A_WEEK_LATER).run() == 0
    assert await drawer.there() == {"of-draft"}
    await drawer.storage.conversations.erase(drawer.storage.conversations.key(CHAT))
    assert await drawer.janitor(7 * A_WEEK_LATER).run() == 1
    assert await drawer.there() == set()


async def test_an_upload_in_a_waiting_update_and_a_file_shown_on_a_page_stay(town: Town) -> None:
    drawer = Drawer(town)
    await drawer.keep("uwaiting")
    await drawer.keep("dshown")
    now = drawer.now()
    document = {"message": {"document": {"file_id": "uwaiting"}}}
    await drawer.storage.conversations.receive(CHAT, Incoming("9", document, now))
    line = {"from": "bot", "text": "", "file": {"id": "dshown", "name": "a.json"}}
    await drawer.storage.transcripts.append("somebody", line, now)
    assert await drawer.janitor(A_WEEK_LATER).run() == 0
    assert await drawer.there() == {"uwaiting", "dshown"}
    await drawer.storage.transcripts.erase("somebody")
    assert await drawer.janitor(3 * A_WEEK_LATER).run() == 1
    assert await drawer.there() == {"uwaiting"}


async def test_a_file_put_again_while_it_is_being_judged_stays(town: Town) -> None:
    """Somebody sends the very file again between the look at the chats and the deletion."""
    drawer = Drawer(town)
    await drawer.keep("again")
    record = await drawer.storage.database["evidence"].find_one({"_id": "again"})
    assert record is not None
    judged_before = drawer.now() - timedelta(seconds=1)
    await drawer.keep("again")
    assert not await drawer.storage.evidence.delete_unless_kept("again", record["file"], judged_before)
    assert await drawer.there() == {"again"}


async def test_a_file_filed_while_the_chats_are_read_stays(town: Town) -> None:
    """The chats were read before the filing took the file out of the draft: the case is asked after them."""
    drawer = Drawer(town)
    file = await drawer.keep("moving")
    janitor = drawer.janitor(A_WEEK_LATER)
    read = janitor._files.mentioned_in_chats

    async def read_then_filed(ids: set[str]) -> set[str]:
        mentioned = await read(ids)
        await town.filed(evidence=(file,))
        return mentioned

    janitor._files.mentioned_in_chats = read_then_filed  # type: ignore[method-assign]
    assert await janitor.run() == 0
    assert await drawer.there() == {"moving"}


async def test_a_run_that_was_cut_off_goes_on_where_it_stood(town: Town) -> None:
    drawer = Drawer(town)
    for n in range(3):
        await drawer.keep(f"stray{n}")
    before = drawer.now() + timedelta(days=1)
    janitor = drawer.janitor(A_WEEK_LATER)
    (first,) = await janitor._files.list_unjudged(before, 1)
    assert isinstance(first, OldFile)
    assert await janitor._judge([first], before) == 1
    assert await drawer.janitor(A_WEEK_LATER).run() == 2
    assert await drawer.there() == set()
