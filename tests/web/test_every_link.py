"""Whoever follows links from page to page meets no error: the demo's people, one link of every shape."""

from __future__ import annotations

import html
import re
from collections import Counter, deque
from pathlib import Path

from bot.demo.filling import fill
from cases.people import Role
from storage.figures.rollups import Rollups
from tests.town.live.town import Town

FIRST = ("/", "/desk", "/board", "/credit", "/admin", "/audit", "/account", "/records", "/lists")
"""Where people begin; what is not for them may be refused."""
LINK = re.compile(r'href="(/[^"#]*)"')
OF_A_SHAPE = 2
WALKING = (Role.HEAD, Role.SUPERVISOR, Role.REGISTRAR)
"""Between them they are shown every page of the demo that staff are shown."""
NUMBERS = re.compile(r"[A-Z]{2}\d{8}-\d+-\d|\d+")


def shape_of(path: str) -> str:
    """Pages that differ by numbers and what was chosen are one."""
    return re.sub(r"=[^&]*", "=", NUMBERS.sub("#", path))


async def follow(town: Town, who: dict[str, str], most: int) -> tuple[int, list[str]]:
    todo, seen = deque(FIRST), Counter(map(shape_of, FIRST))
    read, broken = 0, []
    while todo and read < most:
        path = todo.popleft()
        answer = await town.client.get(path, headers=who)
        body = await answer.read()
        read += 1
        if answer.status >= 500 or (answer.status >= 400 and path not in FIRST):
            broken.append(f"{answer.status} {path}")
        if answer.content_type != "text/html" or answer.status >= 400:
            continue
        for found in LINK.findall(body.decode()):
            link = html.unescape(found)
            if link in todo or link.startswith(("/static", "/logout", "/chat/live")):
                continue
            if seen[shape_of(link)] < OF_A_SHAPE:
                seen[shape_of(link)] += 1
                todo.append(link)
    return read, broken


async def test_every_link_leads_somewhere(town: Town, tmp_path: Path) -> None:
    await fill(town.core, tmp_path, count=200, now=town.now)
    await Rollups(town.storage.database, town.storage.keys).rebuild(town.now)
    staff = await town.storage.staff.list_staff()
    for role in WALKING:
        person = next(one for one in staff if role in one.roles and one.department.startswith("63"))
        read, broken = await follow(town, await town.sign_in(person), 150)
        assert not broken, role
        assert read > len(FIRST), role
    _, broken = await follow(town, {}, 60)
    assert not broken
