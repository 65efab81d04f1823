"""Answers to questions, danger and small talk: there for every topic, short, true to what the chat offers."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import classify.acts
from cases.vocabulary import Language
from classify.acts.danger import Danger
from handlers.citizen.dialogue.commands import COMMANDS
from handlers.citizen.help_lines import NATIONAL, help_lines, read_help_lines
from handlers.citizen.texts import LOCALES, sources, texts
from tests.citizen.test_texts import messages
from tests.languages.characters import simplified_in

LANGUAGES = list(Language)
TOPICS = tomllib.loads((Path(classify.acts.__file__).parent / "questions.toml").read_text("utf-8"))
FAQ = {f"faq-{topic.replace('_', '-')}" for topic in TOPICS}
DANGERS = {f"danger-{danger.replace('_', '-')}": danger for danger in Danger}
ACTS = {
    f"act-{name}"
    for name in (
        "greeting",
        "thanks",
        "insult",
        "small-talk",
        "question-unknown",
        "not-a-place",
        "not-a-contact",
        "not-an-answer",
        "question-follows",
    )
}
ALL = FAQ | DANGERS.keys() | ACTS | {"danger-goes-on"}


def told(name: str, language: Language) -> str:
    danger = DANGERS.get(name)
    values = {"lines": help_lines([danger], language)} if danger else {}
    return str(texts(language)(name, **values))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_topic_and_every_danger_has_its_answer_with_the_same_parameters(language: Language) -> None:
    there = messages(language)
    assert there.keys() >= ALL
    assert {name for name in there if name.startswith(("faq-", "danger-", "act-"))} == ALL
    assert {name: set(there[name]) for name in ALL} == {
        name: {"lines"} if name in DANGERS else set() for name in ALL
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_are_short_and_calm(language: Language) -> None:
    for name in ALL:
        text = told(name, language)
        assert 0 < len(text) <= 600, name
        assert not re.search("[!！]", text), name
        if name not in DANGERS:
            assert len(text.splitlines()) <= 4, name
    source = (LOCALES / "faq" / f"{language.value}.ftl").read_text("utf-8")
    assert set(re.findall(r"</?(\w+)", source)) <= {"b", "code"}


def test_traditional_answers_hold_no_simplified_characters() -> None:
    assert simplified_in("".join(told(name, Language.ZH_HANT) for name in ALL)) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_answer_repeats_a_number_of_days(language: Language) -> None:
    for name in ALL:
        assert not re.search(r"\d+ ?(?:个?工作日|個工作日|日|天|days?|working)", told(name, language)), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_names_only_commands_and_buttons_that_exist(language: Language) -> None:
    say = texts(language)
    plain = {name for name, variables in messages(language).items() if not variables}
    labels = {say.plain(name) for name in plain if name.startswith(("button-", "web-"))}
    for name in FAQ:
        text = told(name, language)
        commands = set(re.findall(r"(?<![</\w])/([a-z]+)", text))
        assert commands <= set(COMMANDS), name
        quoted = set(re.findall(r"[“「]([^”」]+)[”」]", text))
        assert quoted <= labels, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_in_the_answers_is_a_known_line(language: Language) -> None:
    known = read_help_lines()[NATIONAL].lines
    for name in ALL:
        text = told(name, language)
        assert set(re.findall(r"(?<!\d)1(?:\d\d|\d{4})(?!\d)", text)) <= known.keys(), name


def test_every_help_line_has_a_name_in_each_language_and_a_source() -> None:
    for place in read_help_lines().values():
        for line in place.lines.values():
            assert re.fullmatch(r"1\d{2}|1\d{4}", line.number)
            assert line.name
            assert line.en
            assert len(line.source) >= 10, line.number
        assert place.dangers.keys() == set(Danger)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", DANGERS)
def test_danger_is_heard_first_then_the_numbers_then_that_the_report_goes_on(
    name: str, language: Language
) -> None:
    text = told(name, language)
    numbers = read_help_lines()[NATIONAL].dangers[DANGERS[name]]
    places = [0, *(text.index(f"<b>{number}</b>") for number in numbers)]
    assert places == sorted(set(places)), "words come before the first number, then the given order"
    assert text.endswith(told("danger-goes-on", language))


def test_a_place_without_lines_of_its_own_gives_the_national_ones() -> None:
    danger, language = Danger.SELF_HARM, Language.EN
    assert help_lines([danger], language, "heilongjiang") == help_lines([danger], language)
    assert help_lines([danger], language).startswith("<b>12356</b> psychological help line\n")


def test_the_files_of_the_answers_are_the_ones_that_are_loaded() -> None:
    for language in LANGUAGES:
        written = (LOCALES / "faq" / f"{language.value}.ftl").read_text("utf-8")
        assert written in sources(language)[-1]
