"""What a request to the chat says of itself: whose chat, with script or without, which button."""

from __future__ import annotations

import re

from aiohttp import web

from cases.ports.conversations import Address, ConversationStore
from cases.vocabulary import Channel
from handlers.citizen.webchat.updates import Visitor
from handlers.web.access.policy import citizen_of
from handlers.web.pages.reader_language import reader_language

_PLACE = re.compile(r"([0-9]{1,9}):([0-9]{1,3}):([0-9]{1,3})")


def conversation_of(request: web.Request, conversations: ConversationStore) -> str:
    visitor = Visitor.of(citizen_of(request), reader_language(request).value)
    return conversations.key(Address(Channel.WEB, str(visitor.chat)))


def has_script(request: web.Request) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def place_of(words: str) -> tuple[int, int, int]:
    """Line, row and column of a button; a line that no chat has for anything else."""
    place = _PLACE.fullmatch(words)
    return (int(place[1]), int(place[2]), int(place[3])) if place else (0, 0, 0)


def number_of(text: str | None) -> int:
    """A number in an address; 0 for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else 0
