"""Photos, documents, voice, video and albums on their way into a complaint."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from cases.errors import NotFound
from handlers.citizen.dialogue.drafts import Draft, Memory
from storage.opening import Storage
from tests.files.makers import RECORDINGS, pdf
from tests.town.live.chats import CitizenChat
from tests.town.words import NUMBER, STORY


def photo_bytes() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    out = io.BytesIO()
    Image.new("RGB", (800, 600), (9, 9, 9)).save(out, "JPEG", exif=exif)
    return out.getvalue()


def draft_of(chat: CitizenChat) -> Draft:
    draft = Memory.load(chat.state).draft
    assert draft is not None
    return draft


async def at_evidence(chat: CitizenChat) -> None:
    await chat.say(STORY)
    await chat.press("继续")
    await chat.press("匿名")


async def test_a_photo_is_kept_in_its_largest_size_without_metadata(
    chat: CitizenChat, storage: Storage
) -> None:
    await at_evidence(chat)
    text = (await chat.photo(photo_bytes()))[-1]
    assert "已经去除" in text
    evidence = draft_of(chat).evidence[0]
    data = await storage.evidence.get(evidence.id)
    assert evidence.stripped
    assert b"SecretCamera" not in data
    assert Image.open(io.BytesIO(data)).size == (800, 600)


async def test_a_document_is_kept_as_it_is_only_when_the_citizen_was_warned_and_says_so(
    chat: CitizenChat, storage: Storage
) -> None:
    await at_evidence(chat)
    data = b"%PDF-1.7\n" + b"x" * 100
    text = (await chat.document(data, "合同<1>.pdf"))[-1]
    assert "按原样保存" in text
    assert draft_of(chat).evidence == []
    await chat.press("按原样保存")
    evidence = draft_of(chat).evidence[0]
    assert evidence.media_type == "application/pdf"
    assert await storage.evidence.get(evidence.id) == data


@pytest.mark.parametrize(
    ("kind", "about"),
    [
        ("voice", {"duration": 3}),
        ("audio", {"duration": 3, "file_name": "录音.mp3"}),
        ("video", {"duration": 3, "width": 1, "height": 1}),
        ("video_note", {"duration": 3, "length": 1}),
    ],
)
async def test_voice_audio_and_video_are_taken(chat: CitizenChat, kind: str, about: dict[str, Any]) -> None:
    await at_evidence(chat)
    chat.files["f"] = RECORDINGS["voice.ogg"][1]()
    await chat.message(**{kind: {"file_id": "f", "file_unique_id": "f", "file_size": 40, **about}})
    assert len(draft_of(chat).evidence) == 1


async def test_an_album_of_mixed_types_arrives_whole_and_is_acknowledged_once(chat: CitizenChat) -> None:
    await at_evidence(chat)
    first = await chat.photo(photo_bytes(), media_group_id="g")
    second = await chat.document(pdf(), "a.pdf", media_group_id="g")
    third = await chat.photo(photo_bytes(), media_group_id="g")
    assert len(first) == 1
    assert second == third == []
    assert len(draft_of(chat).evidence) == 3
    assert "3 份" in (await chat.press("完成"))[-1]


async def test_a_caption_on_one_part_of_an_album_begins_the_story(chat: CitizenChat) -> None:
    await chat.photo(photo_bytes(), media_group_id="g", caption=STORY)
    await chat.photo(photo_bytes(), media_group_id="g")
    draft = draft_of(chat)
    assert draft.text == STORY
    assert len(draft.evidence) == 2
    assert "有不对的，更正" in chat.buttons()


async def test_a_file_without_words_begins_a_draft_that_asks_for_words(chat: CitizenChat) -> None:
    assert "请写下" in (await chat.photo(photo_bytes()))[-1]
    assert "材料：1 份" in (await chat.say(STORY))[-1]


async def test_a_file_too_large_is_refused_before_it_is_fetched(chat: CitizenChat) -> None:
    await at_evidence(chat)
    about = {"file_id": "nowhere", "file_unique_id": "n", "file_name": "大.mp4", "file_size": 30_000_000}
    assert "20 MB" in (await chat.message(document=about))[-1]
    assert draft_of(chat).evidence == []


async def test_a_file_that_cannot_be_fetched_is_asked_for_again(chat: CitizenChat) -> None:
    await at_evidence(chat)
    about = {"file_id": "gone", "file_unique_id": "n", "file_name": "a.pdf", "file_size": 30}
    assert "重新发送" in (await chat.message(document=about))[-1]


async def test_an_archive_is_refused_but_its_caption_counts(chat: CitizenChat) -> None:
    texts = await chat.document(b"Rar!\x1a\x07\x00", "资料.rar", caption=STORY)
    assert "压缩包" in texts[0]
    assert draft_of(chat).text == STORY


async def test_more_than_twenty_files_are_refused(chat: CitizenChat) -> None:
    await at_evidence(chat)
    for _ in range(20):
        await chat.document("欠款".encode(), "a.txt")
    assert "20 份" in (await chat.document("欠款".encode(), "a.txt"))[-1]
    assert len(draft_of(chat).evidence) == 20


async def test_files_of_a_filed_draft_belong_to_the_case(chat: CitizenChat, storage: Storage) -> None:
    await at_evidence(chat)
    await chat.photo(photo_bytes())
    await chat.press("完成")
    number = NUMBER.search((await chat.press("确认提交"))[-1])
    assert number
    case = await storage.cases.get(number.group())
    assert len(case.evidence) == 1
    await chat.say("/status")
    assert await storage.evidence.get(case.evidence[0].id)


async def test_files_of_a_dropped_draft_are_deleted_after_the_drop_is_certain(
    chat: CitizenChat, storage: Storage
) -> None:
    await at_evidence(chat)
    await chat.photo(photo_bytes())
    id = draft_of(chat).evidence[0].id
    await chat.press_data(chat.data_of("完成").replace("enough", "discard"))
    assert await storage.evidence.get(id)
    await chat.say("/help")
    with pytest.raises(NotFound):
        await storage.evidence.get(id)


async def test_an_update_tried_again_stores_a_file_once(chat: CitizenChat) -> None:
    await at_evidence(chat)
    chat.files["f"] = b"promise\n"
    about = {"file_id": "f", "file_unique_id": "f", "file_name": "a.txt", "file_size": 8}
    message = {"message_id": 50, "date": 1, "chat": {"id": chat.id, "type": "private"}, "document": about}
    before = dict(chat.state)
    await chat.give({"message": message}, update_id=77)
    first = draft_of(chat).evidence[0].id
    chat.state = before
    await chat.give({"message": message}, update_id=77)
    assert [item.id for item in draft_of(chat).evidence] == [first]


async def test_an_edited_caption_changes_the_story(chat: CitizenChat) -> None:
    await chat.photo(photo_bytes(), caption=STORY)
    sizes = [{"file_id": "large", "file_unique_id": "l", "width": 8, "height": 6}]
    texts = await chat.edit(1, photo=sizes, caption=STORY.replace("50万元", "70万元"))
    assert "70万元" in texts[-1]
