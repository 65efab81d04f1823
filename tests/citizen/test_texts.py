"""The texts: the same messages in three languages, nothing over a limit, nothing unescaped, none missing."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor
from hypothesis import given
from hypothesis import strategies as st

from cases import errors, words
from cases.clocks import Clock
from cases.errors import DomainError
from cases.lifecycle.table import MOVES
from cases.service.public.proofs import FAULTS
from cases.vocabulary import Language, Status
from cases.words import DECLINE_REASON_NAMES, OUTCOME_NAMES
from classify.types import Domain
from handlers.citizen.dialogue.drafts import Errand, Item
from handlers.citizen.pages.proofs import FACTS, KINDS
from handlers.citizen.texts import (
    LOCALES,
    MENU_COMMANDS,
    NAMES,
    Html,
    commands,
    language_of,
    length,
    sources,
    split_text,
    texts,
)
from handlers.languages.refusals import say_reason
from tests.languages.characters import simplified_in

HANDLERS = Path(LOCALES).parent
LANGUAGES = list(Language)


class Variables(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802
        self.names.add(node.id.name)


def messages(language: Language) -> dict[str, frozenset[str]]:
    """Message id → names of its variables."""
    found: dict[str, frozenset[str]] = {}
    for source in sources(language):
        here = {}
        for entry in FluentParser().parse(source).body:
            assert not isinstance(entry, ast.Junk), entry.content
            if isinstance(entry, ast.Message):
                assert entry.id.name not in here, f"{entry.id.name} is there twice"
                visitor = Variables()
                visitor.visit(entry)
                here[entry.id.name] = frozenset(visitor.names)
        found |= here
    return found


def test_a_name_of_the_core_is_not_written_again_for_citizens() -> None:
    core = {
        name
        for table in vars(words).values()
        if isinstance(table, dict)
        for names in table.values()
        for name in ([names] if isinstance(names, str) else names if isinstance(names, tuple) else [])
    }
    _, own = sources(Language.ZH_HANS)
    written = dict(re.findall(r"^([\w-]+) = (.+)$", own, re.M))
    assert not written.keys() & NAMES.keys()
    assert {name for name, said in written.items() if said in core} == {
        "button-fix-domain",
        "satisfied-3",
        "device-save",
        "proof-issuer",
    }


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_all_languages_have_the_same_messages_with_the_same_variables(language: Language) -> None:
    assert messages(language) == messages(Language.ZH_HANS)


def test_everything_with_a_name_has_a_text() -> None:
    names = messages(Language.ZH_HANS).keys()
    wanted = {f"domain-{d.value}" if d.in_scope else f"domain-{d.value}-told" for d in Domain}
    wanted |= {f"status-{s.value}" for s in Status} | {f"status-{s.value}-means" for s in Status}
    wanted |= {f"command-{c}" for c in MENU_COMMANDS}
    wanted |= {f"line-{i.value}" for i in Item if i not in {Item.NAME, Item.CONTACT}}
    wanted |= {f"ask-{i.value}" for i in Item}
    wanted |= {f"done-{e.value}" for e in Errand} | {f"none-{e.value}" for e in Errand}
    wanted |= {f"outcome-{o}" for o in OUTCOME_NAMES}
    assert all({f"decline-{reason}", f"decline-{reason}-told"} & names for reason in DECLINE_REASON_NAMES)
    wanted |= {f"outside-{d.value}" for d in Domain if not d.in_scope}
    wanted |= {f"proof-refused-{fault}" for fault in {"empty", *FAULTS} - {"no-key", "no-anchor"}}
    wanted |= {f"proof-{name.replace('_', '-')}" for name in FACTS}
    wanted |= {f"proof-genuine-{kind}" for kind in {"other", *KINDS}}
    assert wanted <= names


def test_every_step_a_citizen_may_see_has_words() -> None:
    names = messages(Language.ZH_HANS).keys()
    told = {f"past-{spec.move.value.replace('_', '-')}" for spec in MOVES.values() if spec.told}
    assert told - {"past-write"} <= names


def test_every_error_of_the_domain_that_a_citizen_can_meet_has_a_sentence() -> None:
    names = messages(Language.ZH_HANS).keys()
    assert {"error-not-found", "error-stale-case"} <= names
    known = vars(errors).values()
    kinds = {kind for kind in known if isinstance(kind, type) and issubclass(kind, DomainError)}
    assert len(kinds) >= 11
    told = {say_reason(kind(), language) for kind in kinds for language in Language}
    assert "" not in told


def test_every_text_named_in_the_code_exists() -> None:
    names = messages(Language.ZH_HANS).keys()
    used = set()
    for path in HANDLERS.rglob("*.py"):
        used |= set(re.findall(r"say(?:\.plain)?\(\s*\"([a-z0-9-]+)\"", path.read_text("utf-8")))
    for path in (HANDLERS / "templates").glob("*.html"):
        used |= set(re.findall(r"say\('([a-z0-9-]+)'[,)]", path.read_text("utf-8")))
    assert len(used) > 60
    assert used <= names


@pytest.mark.parametrize("language", LANGUAGES)
def test_fixed_texts_fit_their_places(language: Language) -> None:
    for name, variables in messages(language).items():
        text = texts(language)(name, **{v.replace("-", "_"): "" for v in variables})
        limit = 200 if name.endswith("-notice") or name == "stale-button" else 3000
        if name.startswith("button-"):
            limit = 40
        assert length(text) <= limit, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_command_menu_keeps_telegrams_limits(language: Language) -> None:
    for name, description in commands(language).items():
        assert re.fullmatch("[a-z]{1,32}", name)
        assert 1 <= len(description) <= 256


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_exclamation_marks_and_only_simple_markup(language: Language) -> None:
    source = (LOCALES / f"{language.value}.ftl").read_text("utf-8")
    assert not re.search("[!！]", source)
    assert set(re.findall(r"</?(\w+)", source)) <= {"b", "code"}


def test_traditional_texts_hold_no_simplified_characters() -> None:
    traditional = "".join(sources(Language.ZH_HANT))
    assert simplified_in(traditional) == set()
    assert not re.search("[们这为说请应办询进证书网页现输销变态权诉举报号码图认]", traditional)


def test_dates_and_amounts_are_written_as_people_write_them() -> None:
    moment = datetime(2026, 11, 21, 16, 30, tzinfo=UTC)
    hans, hant, en = (texts(language) for language in LANGUAGES)
    assert hans.date(moment) == "2026年11月22日"
    assert hant.date(date(2026, 1, 2)) == "2026年1月2日"
    assert en.date(moment) == "22 November 2026"
    assert [hans.amount(n) for n in (3800, 10_000, 125_000, 380_000_000)] == [
        "3800元",
        "1万元",
        "12.5万元",
        "3.8亿元",
    ]
    assert hant.amount(500_000) == "50萬元"
    assert en.amount(500_000) == "CNY 500,000"


def test_what_is_put_into_a_message_is_escaped_unless_it_is_markup_of_ours() -> None:
    say = texts(Language.ZH_HANS)
    assert "&lt;b&gt;" in say("line-place", value="<b>")
    assert "<b>x</b>" in say("overview", lines=Html("<b>x</b>"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_long_values_pass_through_whole(language: Language) -> None:
    words = "很长&" * 2000
    assert texts(language)("line-wish", value=words).count("&amp;") == 2000


def test_a_missing_value_is_an_error_and_not_a_gap() -> None:
    with pytest.raises(KeyError):
        texts(Language.EN)("line-place")
    with pytest.raises(KeyError):
        texts(Language.EN)("no-such-message")


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("zh", Language.ZH_HANS),
        ("zh-hans", Language.ZH_HANS),
        ("zh-CN", Language.ZH_HANS),
        ("zh-Hant-HK", Language.ZH_HANT),
        ("zh_TW", Language.ZH_HANT),
        ("en-GB", Language.EN),
        ("fr", Language.ZH_HANS),
        (None, Language.ZH_HANS),
        ("", Language.ZH_HANS),
    ],
)
def test_the_messengers_language_is_understood(code: str | None, language: Language) -> None:
    assert language_of(code, Language.ZH_HANS) is language


@given(st.text(alphabet="欠款。\n .x🙂", max_size=3000), st.integers(10, 500))
def test_split_texts_keep_every_word_and_the_limit(text: str, limit: int) -> None:
    pieces = list(split_text(text, limit))
    assert all(0 < length(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_clocks_shown_to_citizens_have_words() -> None:
    assert "kind" in Clock.model_fields
    names = messages(Language.ZH_HANS).keys()
    assert {f"clock-{kind}" for kind in ("accept", "handle", "review", "final_review", "other")} <= names


def test_names_of_ours_are_in_the_readers_characters_and_words_of_people_stay() -> None:
    say = texts(Language.ZH_HANT)
    assert "青海省財政廳" in say("promises-responsible-by", department="青海省财政厅", section="三")
    assert "财政厅" in say("stored-case", number="1", who="财政厅的人", files=1)
    assert "&lt;廳&gt;" in say("promises-responsible-by", department="<厅>", section="三")
