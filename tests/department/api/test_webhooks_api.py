"""Registering webhooks over the API: by heads only, to public addresses only, with a secret said once."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from bot.surroundings.outgoing_addresses import ForbiddenAddress, OutgoingAddresses
from cases.people import Role
from cases.service.subscriptions import MOST
from tests.town.live.names import TableOfNames
from tests.town.live.town import Town
from tests.town.places import REFORM

URL = "https://hooks.example.org/shouxin"
GIVEN = {"url": URL, "events": ["case.registered", "case.clock_red"]}


async def head_of(town: Town, *scopes: str, **more: Any) -> dict[str, str]:
    head = await town.person("王负责", Role.HEAD, **more)
    return await town.token(head, *(scopes or ("webhooks:manage",)))


async def call(town: Town, method: str, path: str, who: dict[str, str], **more: Any) -> Any:
    return await town.client.request(method, "/api/v1/webhooks" + path, headers=who, **more)


async def test_a_head_registers_reads_and_removes_an_address(town: Town) -> None:
    who = await head_of(town)
    made = await call(town, "POST", "", who, json=GIVEN)
    assert made.status == 201
    said = await made.json()
    assert len(base64.b64decode(said["secret"].removeprefix("whsec_"))) == 32
    listed = await (await call(town, "GET", "", who)).json()
    assert [one["url"] for one in listed["items"]] == [URL]
    assert listed["items"][0]["events"] == ["case.clock_red", "case.registered"]
    assert (await call(town, "DELETE", f"/{said['id']}", who)).status == 204
    assert (await call(town, "GET", f"/{said['id']}", who)).status == 404


async def test_the_secret_is_said_once(town: Town) -> None:
    who = await head_of(town)
    made = await (await call(town, "POST", "", who, json=GIVEN)).json()
    for path in ("", f"/{made['id']}"):
        assert made["secret"] not in await (await call(town, "GET", path, who)).text()


async def test_another_departments_address_cannot_be_read_pinged_or_removed(town: Town) -> None:
    made = await (await call(town, "POST", "", await head_of(town), json=GIVEN)).json()
    other = await head_of(town, department=REFORM)
    assert (await (await call(town, "GET", "", other)).json())["items"] == []
    for method, path in (("GET", ""), ("POST", "/ping"), ("DELETE", "")):
        assert (await call(town, method, f"/{made['id']}{path}", other)).status == 404


async def test_a_handler_or_a_token_without_the_scope_registers_nothing(town: Town) -> None:
    handler = await town.token(await town.person("李承办"), "webhooks:manage")
    assert (await call(town, "POST", "", handler, json=GIVEN)).status == 403
    reader = await head_of(town, "cases:read", "cases:write")
    assert (await call(town, "POST", "", reader, json=GIVEN)).status == 403


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example.org/",
        "https://user:word@hooks.example.org/",
        "https://hooks.example.org/#part",
        "https://hooks.example.org:0/",
        "https:///nowhere",
        "https://127.0.0.1/",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/",
        "https://10.0.0.7/",
        "https://localhost/",
        "https://not-known.invalid/",
        "https://hooks.example.org/\\evil",
        "ftp://hooks.example.org/",
    ],
)
async def test_an_address_events_may_not_go_to_is_refused(town: Town, url: str) -> None:
    answer = await call(town, "POST", "", await head_of(town), json={**GIVEN, "url": url})
    assert answer.status == 422
    assert (await answer.json())["code"] == "invalid_input"


async def test_an_address_is_registered_once_and_a_department_has_few(town: Town) -> None:
    who = await head_of(town)
    for place in range(MOST):
        assert (await call(town, "POST", "", who, json={**GIVEN, "url": f"{URL}/{place}"})).status == 201
    for place in (0, MOST):
        assert (await call(town, "POST", "", who, json={**GIVEN, "url": f"{URL}/{place}"})).status == 422


async def test_unknown_events_are_refused(town: Town) -> None:
    who = await head_of(town)
    for events in ([], ["case.invented"]):
        assert (await call(town, "POST", "", who, json={**GIVEN, "events": events})).status == 422


async def test_registering_pinging_and_removing_are_in_the_audit_trail(town: Town) -> None:
    who = await head_of(town)
    made = await (await call(town, "POST", "", who, json=GIVEN)).json()
    assert (await call(town, "POST", f"/{made['id']}/ping", who)).status == 202
    await call(town, "DELETE", f"/{made['id']}", who)
    entries = await town.storage.audit.list_entries(subject=made["id"])
    assert sorted(e.action for e in entries) == ["webhook.pinged", "webhook.registered", "webhook.removed"]


NOT_PUBLIC = (
    "0.0.0.0",  # noqa: S104
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.2.1",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::10.0.0.1",
    "64:ff9b:1::1",
    "2001:db8::1",
    "2002:7f00:1::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "not-an-address",
)


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_ssrf_no_private_loopback_shared_multicast_or_reserved_address_gets_a_socket(address: str) -> None:
    addresses = OutgoingAddresses()
    assert not addresses.permits(address)
    with pytest.raises(ForbiddenAddress):
        addresses.socket_for((2, 1, 6, "", (address, 443)))


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::8.8.8.8"]
)
def test_a_public_address_may_be_called(address: str) -> None:
    assert OutgoingAddresses().permits(address)


def test_only_the_networks_named_in_the_setting_are_allowed_besides() -> None:
    addresses = OutgoingAddresses(["10.20.0.0/16", "fd12::/32"])
    assert addresses.permits("10.20.3.4")
    assert addresses.permits("::ffff:10.20.3.4")
    assert addresses.permits("fd12::9")
    assert not addresses.permits("10.21.0.1")
    assert not addresses.permits("127.0.0.1")


async def test_a_name_with_a_private_address_is_refused_before_it_is_stored(town: Town) -> None:
    inside = OutgoingAddresses(resolver=TableOfNames(inside_example_org="10.0.0.7"))
    assert not await inside.admits("https://inside.example.org/")
    assert await inside.admits("https://hooks.example.org/")
