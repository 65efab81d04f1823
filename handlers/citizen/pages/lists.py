"""名单、清单: every published list as it stands, each of its editions and what that changed."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from cases.errors import NotFound
from cases.integrity.registers.list_model import Add, Edition, NameList
from cases.integrity.spine.situation import NO_SUCH_DOSSIER
from handlers.citizen.pages.reader import render_for_reader
from handlers.citizen.pages.searching import address_of, asked_for, day_of, region_of
from handlers.web.access.policy import machine, public
from handlers.web.keys import SERVICES
from handlers.web.pages.caching import OWN, kept

NAMES = ("region",)


@public
async def show_lists(request: web.Request) -> web.StreamResponse:
    asked = asked_for(request, *NAMES)
    found, cursor = await request.app[SERVICES].integrity.lists.list_newest(
        region=region_of(request, asked), cursor=request.query.get("cursor")
    )
    more = address_of("/lists", {**asked, "cursor": cursor}) if cursor else ""
    context = {"lists": found, "asked": asked, "next": more}
    return kept(request, render_for_reader("citizen/lists.html", request, context), OWN)


@public
async def show_list(request: web.Request) -> web.StreamResponse:
    """As it stands, or as `?edition=4` stood; and what that changed since the one before, or `&since=2`."""
    names = await _found(request)
    edition = _edition(names, request.query.get("edition", "")) or names.editions[-1]
    since = _edition(names, request.query.get("since", ""))
    if since is not None and since.number > edition.number:
        edition, since = since, edition
    earlier = since.number if since else edition.number - 1
    came, went = names.differences(edition.number, earlier)
    context = {"names": names, "edition": edition, "since": earlier, "came": came, "went": went}
    return kept(request, render_for_reader("citizen/list.html", request, context), OWN)


@machine
async def send_list(request: web.Request) -> web.StreamResponse:
    names = await _found(request)
    body = {
        "id": names.id,
        "name": names.name,
        "place": names.subject.name,
        "level": names.subject.level,
        "region_code": names.subject.region_code,
        "editions": [told(names, edition) for edition in names.editions],
    }
    return kept(request, web.json_response(body))


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


def _edition(names: NameList, number: str) -> Edition | None:
    """None when none is asked for. Raises NotFound for one that there is not."""
    found = next((one for one in names.editions if str(one.number) == number), None)
    if number and found is None:
        raise NotFound(NO_SUCH_DOSSIER)
    return found
