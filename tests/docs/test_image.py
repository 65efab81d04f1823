"""The image holds the product, and nothing that only its makers need."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
MAKERS = {"tests", "bench", "tools"}


def test_the_image_copies_every_package_of_the_product_and_no_other() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    product = set(project["tool"]["importlinter"]["root_packages"]) - MAKERS
    image = (ROOT / "deploy" / "Dockerfile").read_text("utf-8")
    assert set(re.findall(r"^COPY (\w+) \w+$", image, re.MULTILINE)) == product
