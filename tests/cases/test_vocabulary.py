"""Values of the vocabulary are stored: each is its name in small letters, and so never changes."""

from __future__ import annotations

from enum import StrEnum

import pytest

from cases import people, vocabulary
from cases.figures import facts
from cases.vocabulary import EventKind, Language

KINDS = [
    kind
    for module in (people, vocabulary, facts)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, StrEnum) and kind.__module__ == module.__name__
]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in {EventKind, Language}])
def test_a_word_is_stored_under_its_name(kind: type[StrEnum]) -> None:
    assert {member.value for member in kind} == {member.name.lower() for member in kind}


def test_events_for_systems_are_named_as_webhooks_name_them() -> None:
    """Of a case, or of the integrity side; each by its own name."""
    for event in EventKind:
        name = event.name.lower()
        area, what = ("credit", name[7:]) if name.startswith("credit_") else ("case", name)
        assert event.value == f"{area}.{what}"


def test_languages_have_their_tags() -> None:
    assert [tag.value for tag in Language] == ["zh-Hans", "zh-Hant", "en"]
