"""No event leads into our own network, to a stranger, or out of a full memory."""

from __future__ import annotations

import ssl
from dataclasses import replace
from typing import Any

from aiohttp import web

from bot.surroundings.outgoing_addresses import OutgoingAddresses
from tests.town.live.names import TableOfNames
from tests.town.live.receiver import HOST
from tests.workers.webhooks.conftest import Post, names_with_receiver

STRICT: dict[str, Any] = {"webhook_allow_private": ()}


async def test_a_redirect_into_the_network_is_not_followed(post: Post) -> None:
    subscription = await post.subscribed()
    inside = web.Response(status=307, headers={"Location": f"https://127.0.0.1:{post.receiver.port}/inside"})
    post.receiver.answers = [inside]
    await post.town.filed()
    assert len(await post.delivered()) == 1
    assert (await post.state(subscription)).answer == 307


async def test_dns_rebinding_cannot_reach_a_private_address(post: Post) -> None:
    """The name was public when it was registered and is private when the event is sent."""
    subscription = await post.subscribed()
    names = TableOfNames()
    await post.deliver_with(post.town.parts.settings.model_copy(update=STRICT), names, post.receiver.trust)
    assert await OutgoingAddresses(resolver=names).admits(post.receiver.url)
    names.known[HOST] = "127.0.0.1"
    await post.town.filed()
    while await post.town.parts.relay.step():
        pass
    assert await post.worker.step()
    assert post.receiver.got == []
    failing = await post.state(subscription)
    assert (failing.fault, failing.waiting) == ("unreachable", 1)


async def test_a_literal_private_address_is_refused_at_the_socket_too(post: Post) -> None:
    """A literal address never passes a resolver."""
    subscription = await post.subscribed()
    await post.town.storage.webhooks.remove(subscription.id)
    literal = replace(subscription, url=f"https://127.0.0.1:{post.receiver.port}/")
    await post.town.storage.webhooks.add(literal)
    await post.deliver_with(post.town.parts.settings.model_copy(update=STRICT), None, post.receiver.trust)
    await post.town.filed()
    assert await post.delivered() == []


async def test_a_receiver_with_a_certificate_of_nobody_we_trust_gets_nothing(post: Post) -> None:
    subscription = await post.subscribed()
    await post.deliver_with(post.town.parts.settings, names_with_receiver(), ssl.create_default_context())
    await post.town.filed()
    assert await post.delivered() == []
    assert (await post.state(subscription)).fault == "tls"


async def test_a_huge_answer_is_not_read(post: Post) -> None:
    subscription = await post.subscribed()
    post.receiver.answers = [web.Response(body=b"x" * 50_000_000)]
    await post.town.filed()
    await post.delivered()
    assert (await post.state(subscription)).waiting == 0


async def test_secret_and_address_are_sealed_in_the_database(post: Post) -> None:
    subscription = await post.subscribed()
    row = await post.town.storage.database["webhooks"].find_one({"_id": subscription.id})
    assert subscription.secret not in repr(row)
    assert HOST not in repr(row)
