"""One object on one page: what it says, its clocks and course, its relatives, and what may be done now."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from aiohttp import web

from cases.integrity.books import book
from cases.integrity.breaches.record_model import SHARE_NAMES
from cases.integrity.registers.evaluation_model import Evaluation
from cases.integrity.spine.dossier import AnyDossier
from cases.integrity.spine.situation import Situation
from cases.integrity.spine.vocabulary import KIND_NAMES
from cases.moves.history import find_break
from cases.moves.table import Args, MoveSpec
from cases.people import Role
from cases.words import ROLE_NAMES
from handlers.credit.roles import ANYBODY_HERE
from handlers.credit.showing import course, fields_shown
from handlers.web.access.policy import actor_of, allow
from handlers.web.evidence.stored import shown_as
from handlers.web.forms.fields import FormField, fields_of
from handlers.web.keys import EXCHANGE, SERVICES
from handlers.web.pages.templates import render


@dataclass(frozen=True, slots=True)
class Form:
    """A move as the page draws it."""

    move: str
    label: str
    fields: tuple[FormField, ...]
    error: str = ""

    @property
    def takes_files(self) -> bool:
        rows = (inner for field in self.fields for row in field.rows for inner in row)
        return any(field.widget == "files" for field in (*self.fields, *rows))


def form_of(spec: MoveSpec[Any], values: Mapping[str, Any] | None = None, error: str = "") -> Form:
    return Form(spec.move.value, spec.label, fields_of(spec.args, values=values), error)


@allow(*ANYBODY_HERE)
async def show_dossier(request: web.Request) -> web.StreamResponse:
    at = await request.app[SERVICES].integrity.get(request.match_info["id"], actor_of(request))
    return await render_dossier(request, at)


async def render_dossier(
    request: web.Request, at: Situation, *, failed: Form | None = None, status: int = 200
) -> web.Response:
    """The page; `failed` is a form to show again with what is wrong."""
    integrity, dossier = request.app[SERVICES].integrity, at.dossier
    blueprint = book(dossier.kind)
    forms = {spec.move.value: form_of(spec, _suggested(at, spec.move)) for spec in integrity.offers(at)}
    if failed is not None:
        forms[failed.move] = failed
    first = next((move.value for move in blueprint.primary if move.value in forms), None)
    context = {
        "dossier": dossier,
        "kind_name": KIND_NAMES[dossier.kind],
        "basis": integrity.basis(dossier.kind, dossier.jurisdiction),
        "shown": fields_shown(at, await integrity.account_words(dossier)),
        "share_names": SHARE_NAMES if request.app[EXCHANGE].partners.upper else {},
        "course": course(at),
        "primary": forms.pop(first) if first else None,
        "forms": list(forms.values()),
        "failed": failed,
        "key": secrets.token_hex(8),
        "waits_for": [] if forms or first else _waited_for(dossier),
        "relatives": sorted(
            (one for one in at.family if _is_readable(at, one)), key=lambda one: one.opened_at, reverse=True
        ),
        "kinds": KIND_NAMES,
        "attachment": isinstance(dossier, Evaluation) and dossier.is_settled,
        "broken_at": find_break(dossier.history),
        "shown_as": shown_as,
    }
    return render("credit/dossier.html", request, context, status=status)


def _suggested(at: Situation, move: StrEnum) -> Mapping[str, Any]:
    """What a form is filled with at first; a revision begins with what is there."""
    blueprint = book(at.dossier.kind)
    suggest = blueprint.suggestions.get(move)
    there = _there(at.dossier, blueprint.spec(move).args) if move.value == "revise" else {}
    return {**there, **(suggest(at) if suggest else {})}


def _there(dossier: AnyDossier, form: type[Args]) -> dict[str, Any]:
    """The object's own fields that the form asks for; rows as the form has them, papers aside."""
    present = dossier.model_dump(mode="json", include=set(form.model_fields))
    return {
        name: value for name, value in present.items() if value is not None and not isinstance(value, dict)
    }


def _waited_for(dossier: AnyDossier) -> list[str]:
    """Whose turn it is, where it is not the reader's."""
    blueprint = book(dossier.kind)
    if dossier.status in blueprint.ended:
        return []
    return sorted(ROLE_NAMES[role] for role in blueprint.waits_for(dossier.status) if role is not Role.SYSTEM)


def _is_readable(at: Situation, relative: AnyDossier) -> bool:
    """Whether the same person may open what belongs to it."""
    other = Situation(relative, at.actor, at.rules, at.now, at.books, at.family, at.named)
    return all(need.obstacle(other) is None for need in book(relative.kind).table.before_all)
