"""Uploads stay in memory and within a budget, and a broken body is answered in words.

Looks at the process itself, not at a stand-in: its open files, deleted or not, and its temporary folders.
"""

from __future__ import annotations

import asyncio
import io
import os
import secrets
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from handlers.web.access.bodies import BUDGET, TooManyUploads, UploadBudget
from tests.town.live.browser import Browser
from tests.web.conftest import BuildPages, Serve

MEGABYTE = 1024 * 1024


def lying_in_the_open(canary: bytes) -> list[str]:
    """Files with the canary in them that this process holds open or that lie in its temporary folder."""
    found = []
    held = [Path(f"/proc/self/fd/{n}") for n in os.listdir("/proc/self/fd")]
    for path in [*held, *Path(tempfile.gettempdir()).glob("tmp*")]:
        try:
            if path.is_file() and canary in path.read_bytes():
                found.append(f"{path} -> {path.readlink() if path.is_symlink() else path}")
        except OSError:
            continue
    return found


def test_the_look_finds_a_temporary_file_that_was_deleted_already() -> None:
    canary = secrets.token_bytes(32)
    with tempfile.TemporaryFile() as file:
        file.write(canary)
        file.flush()
        assert lying_in_the_open(canary)
    assert not lying_in_the_open(canary)


async def test_an_upload_never_lies_unsealed_in_a_file(serve: Serve, build_pages: BuildPages) -> None:
    pages = await build_pages()
    browser = await serve(pages)
    canary = secrets.token_bytes(32)
    looks: list[list[str]] = []

    async def in_pieces() -> AsyncIterator[bytes]:
        for _ in range(18):
            yield canary * (MEGABYTE // len(canary))
            await asyncio.sleep(0)
            looks.append(lying_in_the_open(canary))

    form = aiohttp.FormData()
    form.add_field("csrf", (await browser.get("/login")).csrf())
    form.add_field("file", in_pieces(), filename="大.mp4")
    answer = await browser.post("/upload", form)
    assert answer.status == 200, answer.text
    assert len(looks) == 18
    assert looks == [[]] * 18


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=", b"x"),
        ("multipart/form-data; boundary=a", b"--a\r\nno header"),
        ("multipart/form-data; boundary=a", b"--a\r\nContent-Disposition: form-data\r\n\r\nx\r\n--a--"),
        (
            "multipart/form-data; boundary=a",
            b"--a\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n",
        ),
        ("multipart/form-data; boundary=a", b""),
        ("application/x-www-form-urlencoded; charset=no-such", b"a=b"),
        ("application/x-www-form-urlencoded; charset=utf-8", b"\xff\xfe=%"),
    ],
)
@pytest.mark.parametrize("with_token", [True, False])
async def test_a_broken_body_is_refused_in_words(
    browser: Browser, content_type: str, body: bytes, with_token: bool
) -> None:
    headers = {"Content-Type": content_type}
    if with_token:
        headers["X-CSRF-Token"] = (await browser.get("/login")).csrf()
    answer = await browser.post("/upload", body, headers=headers)
    assert answer.status in {400, 403}
    assert "接下来怎么办" in answer.text


async def test_when_the_memory_for_uploads_is_in_use_people_are_told_when_to_come_back(
    serve: Serve, build_pages: BuildPages
) -> None:
    pages = await build_pages()
    browser = await serve(pages)
    token = (await browser.get("/login")).csrf()

    def upload() -> aiohttp.FormData:
        form = aiohttp.FormData()
        form.add_field("file", io.BytesIO(b"x" * 2 * MEGABYTE), filename="a.bin")
        return form

    with pages[BUDGET].holding(pages[BUDGET].most, "another"):
        refused = await browser.post("/upload", upload(), headers={"X-CSRF-Token": token})
        small = await browser.post("/form", {"csrf": token})
    assert refused.status == 503
    assert refused.headers["Retry-After"] == "30"
    assert "正在接收的文件太多" in refused.text
    assert small.status == 200
    assert (await browser.post("/upload", upload(), headers={"X-CSRF-Token": token})).status == 200


def test_one_address_cannot_take_the_whole_budget() -> None:
    budget = UploadBudget(80)
    with budget.holding(20, "one"):
        with pytest.raises(TooManyUploads), budget.holding(10, "one"):
            pass
        others = budget.holding(20, "two"), budget.holding(20, "three"), budget.holding(20, "four")
        with others[0], others[1], others[2], pytest.raises(TooManyUploads), budget.holding(1, "five"):
            pass
        with budget.holding(20, "five"):
            pass
    with budget.holding(20, "one"):
        pass
