"""What is broken on the wire is refused with a reason by every route, and never ends in a fault of ours."""

from __future__ import annotations

import asyncio
import random
import re
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.wiring import App
from handlers.web.access.csrf import SAFE_METHODS
from handlers.web.access.policy import Door, RouteRule, routes_of
from storage.database.connection import Database
from tests.fuzz.malformed import BODIES, DOCUMENTS, HEADS
from tests.fuzz.test_fuzz_routes import STREAMS, Rambler
from tests.town.live.parts import whole_process

PATIENCE = 20
READS_NONE = frozenset({"/api/v1/cases/next"})
"""Programs ask this without a body, and what comes along is nobody's affair."""


async def sent(app: App, head: bytes, rest: bytes) -> tuple[int, bytes]:
    """Status and body of the answer to these bytes; 0 when there was none."""
    port = int(app.address.rpartition(":")[2])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(head + rest)
        async with asyncio.timeout(PATIENCE):
            answer = await reader.read()
    except (TimeoutError, ConnectionResetError):
        return 0, b""
    finally:
        writer.close()
    top, _, body = answer.partition(b"\r\n\r\n")
    found = re.match(rb"HTTP/1\.\d (\d+)", top)
    return (int(found[1]) if found else 0), body


def line(rule: RouteRule, headers: dict[str, str]) -> bytes:
    path = re.sub(r"\{[^}]+\}", "1", rule.path)
    told = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"{rule.method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{told}".encode()


@pytest.mark.timeout(600)
async def test_fuzz_what_is_broken_on_the_wire_is_refused_with_a_reason(
    mongo_uri: str, mongo_client: Database, tmp_path: Path
) -> None:
    async with (
        whole_process(mongo_uri, mongo_client, tmp_path, webhook_url="https://example.org") as app,
        ClientSession() as http,
    ):
        rambler = Rambler(app, http, random.Random(1))
        await rambler.move_in()
        rules = [rule for rule in routes_of(app.pages) if rule.policy and rule.path not in STREAMS]
        taking = [rule for rule in rules if rule.method not in SAFE_METHODS]
        assert len(taking) > 40
        wrong, tried = [], 0
        for rule in taking:
            await rambler.sign_in()
            programs = rule.policy and rule.policy.door in {Door.API, Door.MACHINE}
            programs = programs and rule.path not in READS_NONE
            for what, rest in {**BODIES, **(DOCUMENTS if programs else {})}.items():
                status, reason = await sent(app, line(rule, rambler.entitled(rule)), rest)
                tried += 1
                if not (400 <= status < 500 and reason):
                    wrong.append(f"{rule.method} {rule.path}, {what}: {status}")
        for rule in rules:
            what, rest = list(HEADS.items())[tried % len(HEADS)]
            status, reason = await sent(app, line(rule, {}), rest)
            tried += 1
            if not (400 <= status < 500 and reason):
                wrong.append(f"{rule.method} {rule.path}, {what}: {status}")
    print(f"  {tried} broken requests to {len(rules)} routes")  # noqa: T201
    assert not wrong, "\n".join(wrong)
