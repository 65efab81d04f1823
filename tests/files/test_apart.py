"""Files are opened in a process of their own, which ends without harm to anybody else."""

from __future__ import annotations

import asyncio
import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from handlers.files import refusals
from handlers.files.apart import Apart, clean_apart
from handlers.files.cleaning import clean_file
from handlers.files.refusals import FileRefused
from tests.files.makers import docx, picture


@pytest.fixture
def apart() -> Iterator[Apart]:
    apart = Apart()
    yield apart
    apart.close()


def the_other(apart: Apart) -> Path:
    assert apart._process is not None
    return Path(f"/proc/{apart._process.pid}")


def test_it_says_what_the_function_says(apart: Apart) -> None:
    for data, name in ((docx(), "a.docx"), (picture("JPEG"), "a.jpg"), ("欠款".encode(), "a.txt")):
        here = clean_file(data, name)
        there = apart.clean(data, name)
        assert (there.removed, there.remains, there.stripped) == (here.removed, here.remains, here.stripped)
        assert (there.media_type, there.name) == (here.media_type, here.name)


def test_it_knows_no_secret_and_can_write_no_file(apart: Apart, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOUXIN_CANARY", "a-key-of-the-deployment")
    apart.clean(b"promise", "a.txt")
    assert b"a-key-of-the-deployment" not in (the_other(apart) / "environ").read_bytes()
    limits = (the_other(apart) / "limits").read_text()
    assert [line.split()[4] for line in limits.splitlines() if line.startswith("Max file size")] == ["0"]
    kinds = {os.readlink(file).partition(":")[0] for file in (the_other(apart) / "fd").iterdir()}
    assert kinds <= {"pipe", "/dev/null"}


@pytest.mark.parametrize("end", ["killed", "too slow"])
def test_a_file_that_ends_it_is_refused_and_the_next_is_taken(end: str) -> None:
    apart = Apart(within=60 if end == "killed" else 0)
    try:
        if end == "killed":
            apart.clean(b"promise", "a.txt")
            assert apart._process is not None
            assert apart._process.stdout is not None
            apart._process.stdout.close()
        with pytest.raises(FileRefused) as refused:
            apart.clean(picture("JPEG"), "a.jpg")
        assert refused.value.reason is refusals.HARMFUL
        apart._within = 60
        assert apart.clean(b"promise", "a.txt").media_type == "text/plain"
    finally:
        apart.close()


async def test_nobody_waits_while_a_large_picture_is_opened() -> None:
    out = io.BytesIO()
    Image.effect_noise((3000, 2000), 60).convert("RGB").save(out, "PNG")
    await clean_apart(b"promise", "a.txt")
    turns = 0
    cleaning = asyncio.ensure_future(clean_apart(out.getvalue(), "a.png"))
    while not cleaning.done():
        await asyncio.sleep(0)
        turns += 1
    assert turns > 100
    assert (await cleaning).media_type == "image/png"
