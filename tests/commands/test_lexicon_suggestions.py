"""What corrections of domains teach: read through an index, shown as short phrases, never as sentences."""

from __future__ import annotations

import io
import secrets
from datetime import UTC, datetime

from rich.console import Console

from bot.commands.lexicon import read_corrections, table_of
from bot.wiring import build_core
from cases.lifecycle import forms
from cases.people import Actor, Role
from cases.records import FreeText
from cases.rules.calendar import WorkCalendar
from cases.rules.jurisdictions import Jurisdictions
from cases.rules.rule_books import Rules
from cases.rules.time_limits import load_time_limits
from cases.service.intake import Report
from cases.vocabulary import Channel, Language, Move
from classify.phrases.suggestions import LONGEST, suggest_phrases
from classify.types import Domain
from storage.opening import Storage

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
RULES = Rules(calendar=WorkCalendar(), limits=load_time_limits(), jurisdictions=Jurisdictions.load())
GREENHOUSE = (
    "村口的暖棚合作社说好给分红，两年过去没有下文。",
    "我家入股了暖棚合作社，分红一次也没见到。",
    "暖棚合作社的账本从来不让看，大家都有意见。",
)
FAIR = ("驿站摊位的押金一直不退。", "驿站摊位说好免租半年，后来又来收钱。")


async def corrected(storage: Storage, text: str, domain: Domain) -> None:
    """File it in a wrong domain and let staff set it right."""
    core = await build_core(storage, RULES, lambda: NOW)
    report = Report(
        channel=Channel.WEB,
        language=Language.ZH_HANS,
        text=FreeText(text),
        domain=Domain.GENERAL,
        domain_by="citizen",
        region_code="630000",
        accused="西宁市城西区教育局",
    )
    case = (await core.services.filing.file(report, key=secrets.token_hex(8), conversation=None)).case
    roles = frozenset({Role.HEAD, Role.TRIAGE})
    head = Actor(roles=roles, id="h", name="王负责", department=case.department)
    await core.services.acting.act(case.number, Move.CLAIM, None, head)
    args = forms.Correct(domain=domain, reason="按内容更正")
    await core.services.acting.act(case.number, Move.CORRECT, args, head)


async def test_corrected_cases_suggest_short_phrases_they_share(storage: Storage) -> None:
    for text in GREENHOUSE:
        await corrected(storage, text, Domain.TOWNSHIP)
    for text in FAIR:
        await corrected(storage, text, Domain.INVESTMENT)
    corrections = await read_corrections(storage)
    assert sorted(corrections) == sorted(
        [(t, Domain.TOWNSHIP) for t in GREENHOUSE] + [(t, Domain.INVESTMENT) for t in FAIR]
    )
    suggestions = suggest_phrases(corrections)
    assert {(s.phrase, s.domain) for s in suggestions} >= {("暖棚合作社", Domain.TOWNSHIP)}
    assert all(len(s.phrase) <= LONGEST == 6 for s in suggestions)


async def test_the_table_shows_no_sentence_of_a_citizen(storage: Storage) -> None:
    for text in GREENHOUSE:
        await corrected(storage, text, Domain.TOWNSHIP)
    page = io.StringIO()
    Console(file=page, width=100).print(table_of(suggest_phrases(await read_corrections(storage))))
    shown = page.getvalue()
    assert "暖棚合作社" in shown
    assert "街道乡镇" in shown
    for text in GREENHOUSE:
        assert not any(text[n : n + 7] in shown for n in range(len(text) - 6))


async def test_without_corrections_nothing_is_read(storage: Storage) -> None:
    assert await read_corrections(storage) == []
