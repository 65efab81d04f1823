"""Logs: whatever is logged, at any level and in any form, nobody is exposed."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
from aiogram.types import Message
from aiohttp.http_exceptions import BadHttpMessage
from loguru import logger
from pydantic import ValidationError

from bot.logs import redact, set_up_logs

TOKEN = "7012345678:AAHk3mZqR5vT8wXyZ0123456789abcdefgh"
PRIVATE = [
    TOKEN,
    "13912345678",
    "139-1234-5678",
    "11010119900307783X",
    "6222021234567890123",
    "-1001234567890",
    "1234 5678 9012 3456",
    "zhang@example.org",
]


@pytest.fixture(params=["text", "json"])
def lines(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    stream = io.StringIO()
    set_up_logs("DEBUG", request.param, stream)
    yield stream
    set_up_logs("WARNING", "text")


@pytest.mark.parametrize("secret", PRIVATE)
def test_a_private_string_never_reaches_a_log(lines: io.StringIO, secret: str) -> None:
    logger.debug("payload {}", {"text": f"联系我 {secret} 谢谢"})
    logging.getLogger("some.library").error("failed with %s", secret)
    try:
        raise RuntimeError(f"cannot reach {secret}")
    except RuntimeError:
        logger.exception("broke with {}", secret)
    assert secret not in lines.getvalue()
    assert len(lines.getvalue().splitlines()) >= 3


def test_a_refused_value_is_not_repeated(lines: io.StringIO) -> None:
    words = "村委会欠我的征地款"
    with pytest.raises(ValidationError) as refused:
        Message.model_validate({"text": words, "message_id": "x"})
    logger.opt(exception=refused.value).error("update refused")
    logger.error("update refused: {}", refused.value)
    assert words not in lines.getvalue()


def test_what_a_stranger_sent_broken_leaves_no_line(lines: io.StringIO) -> None:
    for error in (BadHttpMessage("b'X: what a cookie holds'"), RuntimeError("a fault of ours")):
        logging.getLogger("aiohttp.server").error("Error handling request", exc_info=error)
    assert "what a cookie holds" not in lines.getvalue()
    assert "a fault of ours" in lines.getvalue()


def test_local_variables_are_not_printed(lines: io.StringIO) -> None:
    try:
        words = "只有投诉人知道的话"
        raise ValueError(len(words))
    except ValueError:
        logger.exception("failed")
    assert "ValueError" in lines.getvalue()
    assert words not in lines.getvalue()


def test_drivers_do_not_log_their_commands(lines: io.StringIO) -> None:
    logging.getLogger("pymongo.command").debug("insert %s", "words of a citizen")
    assert lines.getvalue() == ""


@pytest.mark.parametrize(
    "harmless",
    ["SX20261122-4839205-7", "2026-11-22 10:00:00", "port 27017", "took 1234 ms", "127.0.0.1:8080"],
)
def test_what_an_operator_needs_stays_readable(harmless: str) -> None:
    assert redact(harmless) == harmless


@pytest.mark.parametrize(
    ("line", "redacted"),
    [
        ("mongodb://app:hunter22@db/x", "mongodb://‹login›@db/x"),
        ("Flood control in chat 42. Retry", "Flood control in chat ‹chat›. Retry"),
        ("'chat_id': 17", "'chat_id': ‹chat›"),
        ("Authorization: Bearer abcdefghijk", "Authorization: ‹secret› ‹secret›"),
        ("password=hunter22", "password=‹secret›"),
    ],
)
def test_secrets_are_known_by_their_surroundings(line: str, redacted: str) -> None:
    result = redact(line)
    assert "hunter22" not in result
    assert "abcdefghijk" not in result
    assert " 42" not in result
    assert "17" not in result
    assert "‹" in redacted
    assert "‹" in result


def test_json_lines_are_json_and_carry_their_marks() -> None:
    stream = io.StringIO()
    set_up_logs("INFO", "json", stream)
    with logger.contextualize(correlation="ab12cd34"):
        logger.info("started")
    entry = json.loads(stream.getvalue())
    assert entry["message"] == "started"
    assert entry["correlation"] == "ab12cd34"
    set_up_logs("WARNING", "text")
