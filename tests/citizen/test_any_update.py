"""Structure-aware random updates of all content types: never an exception, always an answer in private."""

from __future__ import annotations

import asyncio
import os
import random
from typing import Any

from aiogram.methods import AnswerCallbackQuery, SendMessage
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.citizen.dialogue.drafts import Item
from tests.citizen.conftest import MakeChat
from tests.town.live.chats import CitizenChat
from tests.town.words import STORY

EXAMPLES = int(os.environ.get("FUZZ_CHATS", "60"))
WORDS = st.one_of(
    st.text(min_size=1, max_size=60),
    st.sampled_from(
        [
            STORY,
            "拖欠工程款",
            "朝阳区",
            "12万",
            "1" * 16,
            "SX20261122-1234567-8",
            "/add",
            "/rate x",
            "/x",
            "<b>",
            "🙂" * 30,
        ]
    ),
    st.sampled_from(
        [f"/{name}" for name in ("start", "new", "status", "withdraw", "review", "privacy", "help", "cancel")]
    ),
)
FILE = st.fixed_dictionaries(
    {
        "file_id": st.sampled_from(["f", "gone"]),
        "file_unique_id": st.just("u"),
    },
    optional={
        "file_size": st.sampled_from([0, 9, 40_000_000]),
        "file_name": st.text(max_size=30),
    },
)
VIDEO = FILE.map(lambda f: {**f, "duration": 1, "width": 1, "height": 1})
SOUND = FILE.map(lambda f: {**f, "duration": 1})
CONTENT = st.one_of(
    st.fixed_dictionaries({"text": WORDS}),
    st.fixed_dictionaries(
        {
            "text": WORDS,
            "forward_origin": st.just({"type": "hidden_user", "sender_user_name": "甲", "date": 1}),
        }
    ),
    st.fixed_dictionaries({"document": FILE}, optional={"caption": WORDS, "media_group_id": st.just("g")}),
    st.fixed_dictionaries(
        {"photo": st.lists(FILE.map(lambda f: {**f, "width": 9, "height": 9}), max_size=3)},
        optional={"caption": WORDS, "media_group_id": st.just("g")},
    ),
    st.fixed_dictionaries({"video": VIDEO}, optional={"caption": WORDS}),
    st.fixed_dictionaries({"animation": VIDEO}),
    st.fixed_dictionaries({"voice": SOUND}),
    st.fixed_dictionaries({"audio": SOUND}),
    st.fixed_dictionaries({"video_note": FILE.map(lambda f: {**f, "duration": 1, "length": 1})}),
    st.fixed_dictionaries({"location": st.just({"latitude": 1.0, "longitude": 2.0})}),
    st.fixed_dictionaries({"contact": st.just({"phone_number": "1", "first_name": "x"})}),
    st.fixed_dictionaries({"dice": st.just({"emoji": "🎲", "value": 1})}),
    st.just({}),
)
BUTTON = st.one_of(
    st.builds(
        "{}:{}:{}:{}".format,
        st.sampled_from("dcem"),
        st.sampled_from(["DRAFT", "ERRAND", "NUMBER", "x"]),
        st.sampled_from(
            [
                "continue",
                "fix",
                "skip",
                "domain",
                "region",
                "domains",
                "discard",
                "insist",
                "anonymous",
                "named",
                "enough",
                "nothing",
                "confirm",
                "back",
                "resume",
                "anew",
                "told",
                "open",
                "answer",
                "supplement",
                "write",
                "withdraw",
                "rate",
                "review",
                "send",
                "stop",
                "withdraw-now",
                "responded",
                "solved",
                "satisfied",
            ]
        ),
        st.sampled_from(["", *(item.value for item in Item), "debt", "spam", "1", "5", "630102", "🙂"]),
    ),
    st.text(max_size=20),
)
STEP = st.one_of(
    st.tuples(st.just("message"), CONTENT),
    st.tuples(st.just("message"), st.fixed_dictionaries({"text": WORDS})),
    st.tuples(st.just("edit"), st.tuples(st.integers(1, 6), WORDS)),
    st.tuples(st.just("button"), BUTTON),
    st.tuples(st.just("newest"), st.integers(0, 9)),
)


def real_ids(chat: CitizenChat, data: str, number: str) -> str:
    """The button with ids that exist in this chat, so that it gets past the stale check."""
    draft = (chat.state.get("draft") or {}).get("id", "x")
    errand = (chat.state.get("pending") or {}).get("id", "x")
    return data.replace("DRAFT", draft).replace("ERRAND", errand).replace("NUMBER", number)


async def take_step(chat: CitizenChat, kind: str, what: Any, number: str) -> None:
    if kind == "message":
        await chat.message(**what)
    elif kind == "edit":
        await chat.edit(what[0], text=what[1])
    elif kind == "button":
        await chat.press_data(real_ids(chat, what, number))
    elif chat.buttons():
        labels = chat.buttons()
        await chat.press(labels[what % len(labels)])
    else:
        return
    in_album = kind == "message" and "media_group_id" in what
    answered = any(isinstance(call, SendMessage | AnswerCallbackQuery) for call in chat.last)
    assert answered or in_album, (kind, what)
    if kind in {"button", "newest"}:
        assert sum(isinstance(call, AnswerCallbackQuery) for call in chat.last) == 1


async def test_no_update_breaks_the_dialogue_and_each_gets_an_answer(
    chat: CitizenChat, make_chat: MakeChat
) -> None:
    number, _ = await chat.file_story()
    loop = asyncio.get_running_loop()

    @settings(
        max_examples=EXAMPLES,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(st.lists(STEP, min_size=1, max_size=14), st.sampled_from(["zh-hans", "zh-tw", "en", "fr"]))
    def explore(steps: list[tuple[str, Any]], language: str) -> None:
        async def run() -> None:
            fresh = make_chat(language=language)
            if random.Random(len(steps)).random() < 0.5:  # half of them know a case
                fresh.id, fresh.conversation = chat.id, chat.conversation
            fresh.files["f"] = b"%PDF-1.7\n"
            for kind, what in steps:
                await take_step(fresh, kind, what, number)

        asyncio.run_coroutine_threadsafe(run(), loop).result(60)

    await asyncio.to_thread(explore)
