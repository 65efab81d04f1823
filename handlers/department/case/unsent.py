"""Unsent words of a case's forms: saved while they are written, back in the form after a reload.

Colleagues who may see the case read who writes and since when. The words are their writer's alone, and go
when the move is made.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode

from aiohttp import web
from multidict import MultiDict

from cases.lifecycle.table import MOVES
from cases.model import Case
from cases.moves.once import name_of
from cases.people import Actor
from cases.ports.unsent import Unsent
from cases.records import FreeText
from cases.vocabulary import Move
from handlers.department.addresses import move_of, number_of
from handlers.department.roles import CASE_ROLES
from handlers.web.access.asking import form_key
from handlers.web.access.policy import actor_of, allow
from handlers.web.forms.fields import Options, posted_values
from handlers.web.keys import SERVICES, UNSENT

MOST = 500_000
"""Bytes of an encoded form that are kept, some 50,000 Chinese signs; more stays on the page only."""


class Writing(NamedTuple):
    """What is unsent in a case as one person sees it."""

    own: Mapping[str, Unsent]
    """By move."""
    others: tuple[Unsent, ...]
    """The earliest of each colleague."""

    def values(self, move: Move, options: Options) -> dict[str, Any]:
        """The fields of this person's form as they were left; empty when nothing was."""
        kept = self.own.get(move)
        return posted_values(MOVES[move].args, MultiDict(parse_qsl(kept.words)), options) if kept else {}


async def writing_in(request: web.Request, case: Case, actor: Actor) -> Writing:
    """Without forms whose move was made: a save that came late brings nothing back."""
    spent = {name_of(entry.key) for entry in case.history}
    kept = [one for one in await request.app[UNSENT].list_of(case.number) if one.key not in spent]
    others = {one.staff: one for one in reversed(kept) if one.staff != actor.id}
    return Writing({one.form: one for one in kept if one.staff == actor.id}, tuple(others.values()))


@allow(*CASE_ROLES)
async def save_words(request: web.Request) -> web.StreamResponse:
    """Keep what stands in the form now; an empty form is forgotten. Answers 204."""
    actor, move, posted = actor_of(request), move_of(request), await request.post()
    services = request.app[SERVICES]
    case = await services.desk.get(number_of(request), actor)
    fields = MOVES[move].args.model_fields
    filled = [
        (name, value)
        for name, value in posted.items()
        if isinstance(value, str) and value.strip() and name.partition(".")[0] in fields
    ]
    words = urlencode(filled)
    if not filled:
        await request.app[UNSENT].drop(case.number, actor.id or "", move)
    elif len(words) <= MOST:
        unsent = Unsent(
            number=case.number,
            form=move,
            staff=actor.id or "",
            name=actor.name,
            words=FreeText(words),
            key=name_of(form_key(request, f"desk:{actor.id}", posted)),
            since=services.now(),
            at=services.now(),
        )
        await request.app[UNSENT].put(unsent)
    return web.Response(status=204)


async def forget_words(request: web.Request, number: str, move: Move) -> None:
    """The move was made."""
    await request.app[UNSENT].drop(number, actor_of(request).id or "", move)
