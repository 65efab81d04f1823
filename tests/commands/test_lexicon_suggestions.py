"""What corrections of domains teach: read through an index, shown as short phrases, never as sentences."""

from __future__ import annotations

import io

from rich.console import Console

from bot.commands.lexicon import read_corrections, table_of
from cases.people import Role
from cases.vocabulary import Move
from classify.phrases.suggestions import LONGEST, suggest_phrases
from classify.types import Domain
from storage.opening import Storage
from tests.town.live.town import Town

GREENHOUSE = (
    "村口的暖棚合作社说好给分红，两年过去没有下文。",
    "我家入股了暖棚合作社，分红一次也没见到。",
    "暖棚合作社的账本从来不让看，大家都有意见。",
)
FAIR = ("驿站摊位的押金一直不退。", "驿站摊位说好免租半年，后来又来收钱。")


async def corrected(town: Town, text: str, domain: Domain) -> None:
    """File it in a wrong domain and let staff set it right."""
    case = await town.filed(text=text, domain=Domain.GENERAL)
    head = await town.person("王负责", Role.HEAD, Role.TRIAGE, department=case.department)
    await town.act(case, Move.CLAIM, head)
    await town.act(case, Move.CORRECT, head, domain=domain, reason="按内容更正")


async def test_corrected_cases_suggest_short_phrases_they_share(town: Town, storage: Storage) -> None:
    for text in GREENHOUSE:
        await corrected(town, text, Domain.TOWNSHIP)
    for text in FAIR:
        await corrected(town, text, Domain.INVESTMENT)
    corrections = await read_corrections(storage)
    assert sorted(corrections) == sorted(
        [(t, Domain.TOWNSHIP) for t in GREENHOUSE] + [(t, Domain.INVESTMENT) for t in FAIR]
    )
    suggestions = suggest_phrases(corrections)
    assert {(s.phrase, s.domain) for s in suggestions} >= {("暖棚合作社", Domain.TOWNSHIP)}
    assert all(len(s.phrase) <= LONGEST == 6 for s in suggestions)


async def test_the_table_shows_no_sentence_of_a_citizen(town: Town, storage: Storage) -> None:
    for text in GREENHOUSE:
        await corrected(town, text, Domain.TOWNSHIP)
    page = io.StringIO()
    Console(file=page, width=100).print(table_of(suggest_phrases(await read_corrections(storage))))
    shown = page.getvalue()
    assert "暖棚合作社" in shown
    assert "街道乡镇" in shown
    for text in GREENHOUSE:
        assert not any(text[n : n + 7] in shown for n in range(len(text) - 6))


async def test_without_corrections_nothing_is_read(town: Town, storage: Storage) -> None:
    assert await read_corrections(storage) == []
