"""The five documents as text, when they lie beside the project, and what was found in them when they did."""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path
from typing import Any

import opencc

from cases.rules.departments import Jurisdiction

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"
CONFIRMED: dict[str, Any] = tomllib.loads((Path(__file__).with_name("seed_names.toml")).read_text("utf-8"))
FILES = {
    "heilongjiang": "000_67b7e438d3f1411f.txt",
    "huicheng": "001_5851c6b130d5df5c.txt",
    "qinghai": "002_fefc17705253713e.txt",
    "jilin": "003_c0ef2956fb8c9729.txt",
    "harbin": "004_11a788733b01103a.txt",
}
_PINYIN = re.compile(r"\(([A-Za-z\u00c0-\u024f ]+)\)")


def digest_of(id: str) -> str | None:
    """SHA-256 of the file as it lies there."""
    path = SEEDS / FILES[id]
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else None


def read_document(id: str) -> str | None:
    """The document as printed, year brackets made uniform.

    Heilongjiang comes in simplified characters, without the stray pinyin.
    """
    path = SEEDS / FILES[id]
    if not path.exists():
        return None
    text = re.sub(r"\[(\d{4})\]", r"〔\1〕", path.read_text("utf-8"))
    return opencc.OpenCC("t2s").convert(_PINYIN.sub("", text)) if id == "heilongjiang" else text


def claims(jurisdiction: Jurisdiction) -> set[str]:
    """Every string of a pack that is said to stand in the document."""
    names = {d.name for d in jurisdiction.departments if d.section is not None}
    printed = {rule.printed for rule in jurisdiction.domains.values() if rule.printed}
    site = {jurisdiction.publication_site}
    document = {jurisdiction.document, jurisdiction.document_number or ""} - {""}
    return names | printed | site | document | set(jurisdiction.topics)
