"""Several cases at once: bulk transfer, and bulk assignment by the head. Each case is decided by itself."""

from __future__ import annotations

from aiohttp import web

from cases.errors import DomainError, InvalidInput
from cases.lifecycle.forms import Assign, Transfer
from cases.moves.table import Args
from cases.vocabulary import Move
from handlers.department import reasons
from handlers.department.roles import DESK_ROLES
from handlers.web.access.policy import actor_of, allow
from handlers.web.access.security import safe_path
from handlers.web.forms.fields import read_form
from handlers.web.keys import SERVICES
from handlers.web.pages.flash import flash

MOST = 100
_MOVES: dict[str, tuple[Move, type[Args]]] = {
    "assign": (Move.ASSIGN, Assign),
    "transfer": (Move.TRANSFER, Transfer),
}


@allow(*DESK_ROLES)
async def act_on_many(request: web.Request) -> web.StreamResponse:
    """Make the same move on every ticked case; says how many went and what stopped the first other."""
    posted = await request.post()
    back = safe_path(str(posted.get("back", "")), "/desk")
    chosen = [str(value) for value in posted.getall("number", [])][:MOST]
    wanted = _MOVES.get(str(posted.get("do", "")))
    if wanted is None or not chosen:
        flash(request, "请先选中要办理的件。", "warning")
        raise web.HTTPSeeOther(back)
    move, kind = wanted
    args = read_form(kind, posted).model
    if args is None:
        flash(request, "请填写要指派的人，或者转办单位和理由。", "warning")
        raise web.HTTPSeeOther(back)
    done, refused = await _act_on_each(request, chosen, move, args)
    _say(request, done, refused)
    raise web.HTTPSeeOther(back)


async def _act_on_each(
    request: web.Request, chosen: list[str], move: Move, args: Args
) -> tuple[int, list[str]]:
    done, refused = 0, []
    for mark in chosen:
        number, _, version = mark.partition(":")
        try:
            if not version.isdecimal():
                raise InvalidInput(reasons.CHOOSE_AGAIN)
            await request.app[SERVICES].acting.act(
                number, move, args, actor_of(request), expected_version=int(version[:9])
            )
            done += 1
        except DomainError as broken:
            refused.append(f"{number}：{broken}")
    return done, refused


def _say(request: web.Request, done: int, refused: list[str]) -> None:
    if not refused:
        flash(request, f"已办理{done}件。", "success")
        return
    flash(request, f"已办理{done}件，{len(refused)}件没有办成。{refused[0]}", "warning")
