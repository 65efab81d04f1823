"""Invented letters in the manner of leader message boards, and invented chat messages.

The texts stand in `letters.toml` and were written before the model was tried on them. At first 21 of the 33
letters, 61 of the 90 chat messages and 43 of the 50 in the second set were understood.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from classify import Classifier, Domain

DATA: dict[str, Any] = tomllib.loads((Path(__file__).parent / "letters.toml").read_text(encoding="utf-8"))
LETTERS = [(row["text"].strip(), Domain(row["domain"])) for row in DATA["letter"]]
CHAT = [
    (message.strip(), Domain(domain))
    for table in (DATA["chat"], DATA["chat_more"])
    for domain, messages in table.items()
    for message in messages.split("|")
]


def share_right(classifier: Classifier, messages: list[tuple[str, Domain]]) -> float:
    return sum(classifier.classify(text).domain is domain for text, domain in messages) / len(messages)


def test_nearly_all_letters_are_given_their_domain(classifier: Classifier) -> None:
    assert share_right(classifier, LETTERS) >= 0.9


def test_nearly_all_chat_messages_are_given_their_domain(classifier: Classifier) -> None:
    assert share_right(classifier, CHAT) >= 0.95


@pytest.mark.parametrize("messages", [LETTERS, CHAT], ids=["letters", "chat"])
def test_what_is_said_with_confidence_is_right(
    classifier: Classifier, messages: list[tuple[str, Domain]]
) -> None:
    decided = [(classifier.classify(text), domain) for text, domain in messages]
    sure = [result.domain is domain for result, domain in decided if result.confident]
    assert len(sure) >= len(messages) * 0.7
    assert sum(sure) >= len(sure) * 0.97


@pytest.mark.parametrize(
    ("message", "domain"),
    [
        ("住建局拖欠我工程款", Domain.DEBT),
        ("村委会借我五万块修路不还", Domain.DEBT),
        ("市长信箱回复说年底解决，现在又不认了", Domain.GENERAL),
        ("县里答应给养殖场的补偿没给", Domain.INVESTMENT),
    ],
)
def test_a_short_and_clear_message_is_decided_with_confidence(
    classifier: Classifier, message: str, domain: Domain
) -> None:
    result = classifier.classify(message)
    assert result.domain is domain
    assert result.confident
