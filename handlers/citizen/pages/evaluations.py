"""诚信评价: every published evaluation, with its formula, parts and the interval that its figures allow.

What fewer than five things make up is not told. Nothing of an objection or of who decided is public.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from cases.errors import NotFound
from cases.figures.cells import wilson
from cases.integrity.registers.evaluation_model import Evaluation, Part, Profile
from cases.integrity.spine.situation import NO_SUCH_DOSSIER
from handlers.citizen.pages.reader import render_for_reader
from handlers.citizen.pages.searching import address_of, asked_for, day_of, region_of
from handlers.web.access.policy import machine, public
from handlers.web.keys import SERVICES
from handlers.web.pages.caching import OWN, kept

NAMES = ("words", "region")


@public
async def show_evaluations(request: web.Request) -> web.StreamResponse:
    asked = asked_for(request, *NAMES)
    found, cursor = await _list(request, asked)
    more = address_of("/evaluations", {**asked, "cursor": cursor}) if cursor else ""
    context = {"evaluations": found, "asked": asked, "next": more}
    return kept(request, render_for_reader("citizen/evaluations.html", request, context), OWN)


@machine
async def send_evaluations(request: web.Request) -> web.StreamResponse:
    asked = asked_for(request, *NAMES)
    found, cursor = await _list(request, asked)
    more = address_of("/evaluations.json", {**asked, "cursor": cursor}) if cursor else None
    items = [told(one, one.profile) for one in found if one.profile]
    return kept(request, web.json_response({"items": items, "next": more}))


@public
async def show_evaluation(request: web.Request) -> web.StreamResponse:
    evaluation, profile = await _find(request)
    integrity, rules = request.app[SERVICES].integrity, request.app[SERVICES].rules.evaluation
    context = {
        "evaluation": evaluation,
        "profile": profile,
        "interval_of": interval_of,
        "weights": sum(part.weight for part in profile.parts),
        "basis": integrity.basis(evaluation.kind, evaluation.jurisdiction).citation,
        "known": {rule.key for rule in rules.parts},
    }
    return kept(request, render_for_reader("citizen/evaluation.html", request, context), OWN)


@machine
async def send_evaluation(request: web.Request) -> web.StreamResponse:
    return kept(request, web.json_response(told(*await _find(request))))


def told(evaluation: Evaluation, profile: Profile) -> dict[str, Any]:
    """For programs: days as written, points with one decimal, shares of few things left out."""
    scored = profile.peers > 0
    return {
        "id": evaluation.id,
        "of": evaluation.of,
        "subject": evaluation.subject.name,
        "code": evaluation.subject.code,
        "region_code": evaluation.subject.region_code,
        "year": evaluation.for_year,
        "score": round(profile.score, 1) if scored else None,
        "margin": round(profile.margin, 1) if scored else None,
        "band": profile.band,
        "bands": profile.bands,
        "places": [profile.best, profile.worst] if profile.best else None,
        "compared": profile.peers,
        "parts": [_part(part) for part in profile.parts],
        "formula": profile.formula,
        "taken_on": day_of(profile.taken_on),
        "published_on": day_of(evaluation.published_on),
    }


def _part(part: Part) -> dict[str, Any]:
    good, whole = (part.good, part.whole) if part.is_shown else (None, None)
    return {
        "key": part.key,
        "label": part.label,
        "weight": part.weight,
        "good": good,
        "whole": whole,
        "percent": interval_of(part),
    }


def interval_of(part: Part) -> tuple[int, int] | None:
    """Between which percentages the share lies in 95 of 100 cases; None where it is not told."""
    interval = wilson(part.good, part.whole) if part.is_shown else None
    return (round(100 * interval[0]), round(100 * interval[1])) if interval else None


async def _list(request: web.Request, asked: Mapping[str, str]) -> tuple[list[Evaluation], str | None]:
    found, cursor = await request.app[SERVICES].integrity.evaluations.list_newest(
        words=asked["words"] or None, region=region_of(request, asked), cursor=request.query.get("cursor")
    )
    return [one for one in found if isinstance(one, Evaluation)], cursor


async def _find(request: web.Request) -> tuple[Evaluation, Profile]:
    found = await request.app[SERVICES].integrity.evaluations.find(request.match_info["id"])
    if not isinstance(found, Evaluation) or found.profile is None:
        raise NotFound(NO_SUCH_DOSSIER)
    return found, found.profile
