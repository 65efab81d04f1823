"""What an answer of the Bot API means for the call that got it: done, later, never, or nobody there.

The only place that reads the Bot API's error texts. It decides; the outbox worker acts.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)

from bot.backoff import backoff
from bot.telegram.calls import UnknownCall
from cases.ports.conversations import Outgoing

LONGEST_WAIT = 300.0
ONLY_NOW = frozenset({"AnswerCallbackQuery", "SendChatAction"})
"""Calls that are worth nothing later: tried twice, then left."""

ALREADY_SO = ("message is not modified", "query is too old", "message to delete not found")
NOBODY_THERE = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "bot was kicked",
    "user is deactivated",
    "have no rights to send",
    "chat_write_forbidden",
)
MESSAGE_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")


class Fate(StrEnum):
    DONE = "done"
    LATER = "later"
    NEVER = "never"
    NOBODY = "nobody"
    ANEW = "anew"
    """The message to edit is gone: say it in a new one."""


@dataclass(frozen=True, slots=True)
class Judgement:
    fate: Fate
    reason: str = ""
    wait: timedelta = timedelta(0)
    alert: bool = False
    too_fast: bool = False


def judge(error: Exception, call: Outgoing) -> Judgement:
    """The fate of a call that raised `error`."""
    name = type(error).__name__
    match error:
        case TelegramRetryAfter():
            wait = timedelta(seconds=error.retry_after) + backoff(0)
            return Judgement(Fate.LATER, name, wait, too_fast=True)
        case TelegramForbiddenError() | TelegramMigrateToChat():
            return Judgement(Fate.NOBODY, name)
        case TelegramBadRequest():
            return _judge_refusal(error, call)
        case TelegramUnauthorizedError() | TelegramNotFound():
            return Judgement(Fate.LATER, "the Bot API does not know BOT_TOKEN", _patience(call), alert=True)
        case ClientDecodeError() if _was_accepted(error):
            return Judgement(Fate.DONE, name)
        case TelegramServerError() | TelegramNetworkError() | ClientDecodeError() | OSError():
            return _later(name, call)
        case UnknownCall() | AiogramError():
            return Judgement(Fate.NEVER, name, alert=True)
        case _:
            return _later(name, call) if call.attempts < 10 else Judgement(Fate.NEVER, name, alert=True)


def _judge_refusal(error: TelegramBadRequest, call: Outgoing) -> Judgement:
    text = error.message.lower()
    if any(mark in text for mark in ALREADY_SO):
        return Judgement(Fate.DONE, "already so")
    if any(mark in text for mark in NOBODY_THERE):
        return Judgement(Fate.NOBODY, "nobody there")
    if any(mark in text for mark in MESSAGE_GONE):
        return Judgement(Fate.ANEW if call.method == "EditMessageText" else Fate.DONE, "message is gone")
    return Judgement(Fate.NEVER, f"refused: {error.message[:120]}", alert=True)


def _later(reason: str, call: Outgoing) -> Judgement:
    if call.method in ONLY_NOW and call.attempts >= 2:
        return Judgement(Fate.DONE, f"{reason}, and too late by now")
    return Judgement(Fate.LATER, reason, _patience(call))


def _patience(call: Outgoing) -> timedelta:
    return backoff(call.attempts, longest=LONGEST_WAIT)


def _was_accepted(error: ClientDecodeError) -> bool:
    """The server said ok but in a shape we do not know: sending again would say it twice."""
    data = error.data
    if isinstance(data, str):
        try:
            data = json.loads(data)
        except ValueError:
            return False
    return isinstance(data, dict) and data.get("ok") is True
