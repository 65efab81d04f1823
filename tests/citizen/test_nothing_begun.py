"""Before anything was told: what is no story begins no complaint."""

from __future__ import annotations

import tomllib

import pytest

from classify.acts.buttons import PACK
from handlers.citizen.dialogue.typed import MENU
from tests.town.live.town import Town
from tests.town.live.writing import Writer

BUTTONS = ("确认", "好的", "1", "没有", "跳过", "說完了", "ok", "123", "。。。", "🙏🙏")
"""Words of buttons that are not there, and signs that are no words."""
QUESTIONS = ("多少钱", "多少钱一次", "要钱不", "有没有电话", "你们在哪", "几点上班", "收费吗")


@pytest.mark.parametrize("after_filing", [False, True])
async def test_words_of_buttons_and_short_questions_begin_nothing(town: Town, after_filing: bool) -> None:
    who = Writer(town)
    if after_filing:
        for words in ("海东市乐都区高庙镇政府欠我们修路钱二十三万八", "继续", "还钱", "匿名", "没有", "确认"):
            await who.says(words)
            said = await who.is_answered()
        assert "已提交" in said[0]
    for words in (*BUTTONS, *QUESTIONS):
        await who.says(words)
        assert await who.is_answered(), words
        draft = (await who.memory()).draft
        assert draft is None or not draft.size, words


async def test_what_is_always_possible_is_done_by_all_its_words(town: Town) -> None:
    """However short: 撤回 and 评价 alone sound harsh to what was learnt from whole sentences."""
    said = tomllib.loads(PACK.read_text("utf-8"))
    for act in MENU:
        replies = dict[str, list[str]]()
        for words in said[act]:
            who = Writer(town)
            await who.says(words)
            replies[words] = await who.is_answered()
        first = next(iter(replies.values()))
        assert {words: reply for words, reply in replies.items() if reply != first} == {}, first
