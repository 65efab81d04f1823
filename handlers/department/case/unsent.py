"""Unsent words of moves and letters: saved while they are written, back in the form after a reload.

Colleagues who may see the case read who writes and since when. The words are their writer's alone, and go
when the move is made or the letter is saved.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from aiohttp import web

from cases.letters import Letter
from cases.lifecycle.table import MOVES
from cases.model import Case
from cases.moves.once import name_of
from cases.people import Actor
from cases.ports.unsent import Unsent
from cases.vocabulary import LetterStatus, Move
from handlers.department.addresses import move_of, number_of
from handlers.department.roles import CASE_ROLES
from handlers.department.unsent_words import keep_words, words_of
from handlers.web.access.asking import form_key
from handlers.web.access.policy import actor_of, allow
from handlers.web.forms.fields import Options, is_secret, posted_values
from handlers.web.keys import SERVICES, UNSENT

SEEN = "seen"
"""The field of a letter's form that says how long its history was when it was shown."""


class Writing(NamedTuple):
    """What is unsent in a case as one person sees it."""

    own: Mapping[str, Unsent]
    """By move, or by the id of the letter."""
    others: tuple[Unsent, ...]
    """Of colleagues, longest ago first."""

    def writers(self, form: str = "") -> tuple[Unsent, ...]:
        """The earliest of each colleague, in this form or in any."""
        wanted = [one for one in reversed(self.others) if form in ("", one.form)]
        return tuple({one.staff: one for one in wanted}.values())

    def values(self, move: Move, options: Options) -> dict[str, Any]:
        """The fields of this person's form as they were left; empty when nothing was."""
        kept = self.own.get(move)
        return posted_values(MOVES[move].args, words_of(kept), options) if kept else {}


async def writing_in(request: web.Request, case: Case, actor: Actor) -> Writing:
    """Without forms that were sent: a save that came late brings nothing back."""
    sent = {name_of(entry.key) for entry in case.history}
    kept = [
        one
        for one in await request.app[UNSENT].list_of(case.number)
        if one.key not in sent and not _saved(one, case)
    ]
    others = tuple(one for one in kept if one.staff != actor.id)
    return Writing({one.form: one for one in kept if one.staff == actor.id}, others)


def _saved(kept: Unsent, case: Case) -> bool:
    """Whether it is of a letter that its writer saved since, or that nobody writes any more."""
    if kept.form in set(Move):
        return False
    letter = case.paper(kept.form)
    if letter is None or letter.status is not LetterStatus.DRAFT:
        return True
    return any(entry.actor.id == kept.staff for entry in letter.history[int(kept.key) :])


def seen_of(posted: Mapping[str, Any], letter: Letter) -> int:
    """How much of the letter's history its writer had before the eyes."""
    text = str(posted.get(SEEN, ""))
    return min(int(text), len(letter.history)) if text.isdecimal() and len(text) < 10 else len(letter.history)


@allow(*CASE_ROLES)
async def save_words(request: web.Request) -> web.StreamResponse:
    """Keep what stands in the form of a move now; an empty form is forgotten. Answers 204."""
    actor, move, posted = actor_of(request), move_of(request), await request.post()
    case = await request.app[SERVICES].desk.get(number_of(request), actor)
    key = name_of(form_key(request, f"desk:{actor.id}", posted))
    fields = {name for name, info in MOVES[move].args.model_fields.items() if not is_secret(info)}
    return await keep_words(request, case.number, move, fields, key)
