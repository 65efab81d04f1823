"""Thirty strangers, each in their own way, by words only: what is filed is their story, in few replies."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from storage.opening import Storage
from tests.citizen.conftest import MakeChat
from tests.citizen.test_talks import faults_of, say_together
from tests.files.makers import picture
from tests.town.clock import Watch
from tests.town.live.chats import CitizenChat

STRANGERS: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parents[1] / "town" / "strangers.toml").read_text(encoding="utf-8")
)["talk"]
PHOTO, TWO_DAYS, LETTER = "<照片>", "<两天后>", "<长信>"
BEGUN = "2019年6月，湟源县自然资源局向我店采购测绘设备，约定验收后三十日内付清货款385000元。"
ASKED = "第{}次去要钱，办公室的人说领导不在，让我回去等通知，等了很久也没有通知，再打电话就没有人接了。"
LONG = BEGUN + "".join(map(ASKED.format, range(1, 70))) + "请督促湟源县自然资源局尽快付清货款。"
"""A letter of more than 3,000 characters."""


async def does(chat: CitizenChat, words: str | list[str], watch: Watch) -> list[str]:
    if isinstance(words, list):
        return await say_together(chat, words)
    if words == TWO_DAYS:
        watch.later(days=2)
        return []
    if words == PHOTO:
        return await chat.photo(picture("JPEG"))
    return await chat.say(LONG if words == LETTER else words)


@pytest.mark.timeout(240)
async def test_thirty_strangers_end_filed_with_their_story_in_few_replies(
    make_chat: MakeChat, storage: Storage, watch: Watch
) -> None:
    assert len(STRANGERS) >= 30
    assert len(LONG) > 3000
    wrong = []
    for talk in STRANGERS:
        talk["story"] = talk["story"].replace(LETTER, LONG)
        chat = make_chat(language=talk.get("language", "zh-hans"))
        heard = [text for words in talk["say"] for text in await does(chat, words, watch)]
        wrong += [(talk["name"], fault) for fault in await faults_of(talk, heard, storage)]
        if len(heard) > talk["replies"]:
            wrong.append((talk["name"], f"{len(heard)} replies, not {talk['replies']}"))
    assert wrong == [], "\n".join(map(str, wrong))
