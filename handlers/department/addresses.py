"""What the address of a request names: a case by its number, a move by its name."""

from __future__ import annotations

from aiohttp import web

from cases.errors import NotFound
from cases.letters import Letter
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


def address_of_view(key: str) -> str:
    """Of a view of the queue."""
    return f"/desk?view={key}"


def address_of(letter: Letter) -> str:
    number, _, place = letter.id.rpartition("-W")
    return f"/desk/cases/{number}/papers/{place}"


def letter_of(request: web.Request) -> str:
    """The id of the letter that the address names, of whatever case."""
    return f"{number_of(request)}-W{request.match_info['paper']}"
