"""名单、清单: every published list as it stands, each of its editions and what that changed."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from cases.errors import NotFound
from cases.integrity.registers.list_model import Add, Edition, NameList
from cases.integrity.spine.situation import NO_SUCH_DOSSIER
from handlers.citizen.pages.reader import render_for_reader
from handlers.citizen.pages.searching import FRESH, address_of, asked_for, day_of, region_of
from handlers.web.access.policy import machine, public
from handlers.web.keys import SERVICES

NAMES = ("region",)


@public
async def show_lists(request: web.Request) -> web.StreamResponse:
    asked = asked_for(request, *NAMES)
    found, cursor = await request.app[SERVICES].integrity.lists.list_newest(
        region=region_of(asked), cursor=request.query.get("cursor")
    )
    more = address_of("/lists", {**asked, "cursor": cursor}) if cursor else ""
    return render_for_reader("citizen/lists.html", request, {"lists": found, "asked": asked, "next": more})


@public
async def show_list(request: web.Request) -> web.StreamResponse:
    """As it stands, or as an edition of it stood (`?edition=2`), with what that edition changed."""
    names = await _found(request)
    edition = _edition(request, names)
    came, went = names.differences(edition.number)
    context = {"names": names, "edition": edition, "came": came, "went": went}
    return render_for_reader("citizen/list.html", request, context)


@machine
async def send_list(request: web.Request) -> web.StreamResponse:
    names = await _found(request)
    body = {
        "id": names.id,
        "name": names.name,
        "place": names.subject.name,
        "region_code": names.subject.region_code,
        "editions": [told(names, edition) for edition in names.editions],
    }
    return web.json_response(body, headers=FRESH)


def told(names: NameList, edition: Edition) -> dict[str, Any]:
    """For programs: the whole edition, and the titles of what it changed."""
    came, went = names.differences(edition.number)
    return {
        "number": edition.number,
        "published_on": day_of(edition.on),
        "reason": edition.reason,
        "entries": [_entry(one) for one in edition.entries],
        "added": [one.title for one in came],
        "removed": [one.title for one in went],
    }


def _entry(entry: Add) -> dict[str, Any]:
    return entry.model_dump(mode="json")


async def _found(request: web.Request) -> NameList:
    found = await request.app[SERVICES].integrity.lists.find(request.match_info["id"])
    if not isinstance(found, NameList):
        raise NotFound(NO_SUCH_DOSSIER)
    return found


def _edition(request: web.Request, names: NameList) -> Edition:
    """Raises NotFound for one that there is not."""
    asked = request.query.get("edition", "")
    if not asked:
        return names.editions[-1]
    found = next((one for one in names.editions if str(one.number) == asked), None)
    if found is None:
        raise NotFound(NO_SUCH_DOSSIER)
    return found
