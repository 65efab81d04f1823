"""What the address of a request names: a case by its number, a move by its name."""

from __future__ import annotations

from aiohttp import web

from cases.errors import NotFound
from cases.numbers import parse_number
from cases.reasons import NO_SUCH_CASE
from cases.vocabulary import Move
from handlers.department.reasons import NO_SUCH_MOVE


def number_of(request: web.Request) -> str:
    """The case number in its canonical form. Raises NotFound when it cannot be one."""
    number = parse_number(request.match_info["number"])
    if number is None:
        raise NotFound(NO_SUCH_CASE)
    return number


def move_of(request: web.Request) -> Move:
    """Raises NotFound for a move there is not."""
    try:
        return Move(request.match_info["move"])
    except ValueError:
        raise NotFound(NO_SUCH_MOVE) from None


def letter_of(request: web.Request) -> str:
    """The id of the letter that the address names, of whatever case."""
    return f"{number_of(request)}-W{request.match_info['paper']}"
