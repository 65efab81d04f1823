"""Webhooks over the API: a head says where the department's own system wants to be told of its cases."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from cases.ports.subscriptions import Subscription
from cases.service.subscriptions import MANAGERS
from handlers.department.api import shapes
from handlers.department.api.scopes import HOOKS
from handlers.web.access.policy import actor_of, api
from handlers.web.keys import SUBSCRIPTIONS
from handlers.web.programs import read_body, say


@api(HOOKS, *MANAGERS)
async def list_webhooks(request: web.Request) -> web.StreamResponse:
    own = await request.app[SUBSCRIPTIONS].list_own(actor_of(request))
    return say(shapes.WebhookList(items=tuple(_shown(one) for one in own)))


@api(HOOKS, *MANAGERS)
async def register_webhook(request: web.Request) -> web.StreamResponse:
    """The answer holds the secret, this once."""
    given = await read_body(request, shapes.WebhookIn)
    made = await request.app[SUBSCRIPTIONS].register(actor_of(request), given.url, given.events)
    return say(shapes.WebhookMade(**_plain(made), secret=made.secret), status=201)


@api(HOOKS, *MANAGERS)
async def read_webhook(request: web.Request) -> web.StreamResponse:
    found = await request.app[SUBSCRIPTIONS].get(actor_of(request), request.match_info["id"])
    return say(_shown(found))


@api(HOOKS, *MANAGERS)
async def remove_webhook(request: web.Request) -> web.StreamResponse:
    await request.app[SUBSCRIPTIONS].remove(actor_of(request), request.match_info["id"])
    return web.Response(status=204)


@api(HOOKS, *MANAGERS)
async def ping_webhook(request: web.Request) -> web.StreamResponse:
    """Sends an event that says nothing; a paused subscription goes on."""
    told = await request.app[SUBSCRIPTIONS].ping(actor_of(request), request.match_info["id"])
    return say(_shown(told), status=202)


def _shown(subscription: Subscription) -> shapes.WebhookOut:
    return shapes.WebhookOut(**_plain(subscription))


def _plain(subscription: Subscription) -> dict[str, Any]:
    plain = {name: getattr(subscription, name) for name in shapes.WebhookOut.model_fields}
    return plain | {"events": tuple(sorted(subscription.events))}
