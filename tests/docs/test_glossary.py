"""The glossary is made from the code, knows every word of the vocabulary, and each word is where it says."""

from __future__ import annotations

import ast
import inspect
from enum import StrEnum
from pathlib import Path

import pytest

from cases import vocabulary
from tools.glossary_page import KINDS, TERMS, Term, glossary

ROOT = Path(__file__).parents[2]
ALL = [term for _, terms in TERMS for term in terms]


def test_the_page_is_up_to_date() -> None:
    assert (ROOT / "docs/glossary.md").read_text("utf-8") == glossary(), "run: python -m tools.written_pages"


def test_every_kind_of_value_of_the_vocabulary_is_in_the_glossary() -> None:
    kinds = {
        kind
        for _, kind in inspect.getmembers(vocabulary, inspect.isclass)
        if issubclass(kind, StrEnum) and kind.__module__ == vocabulary.__name__
    }
    assert kinds - {kind for _, kind in KINDS} == set()


def test_a_chinese_term_stands_once() -> None:
    assert len({term.chinese for term in ALL}) == len(ALL)


@pytest.mark.parametrize("term", ALL, ids=lambda term: term.code)
def test_a_word_is_where_the_glossary_says(term: Term) -> None:
    assert defines(ROOT / term.file, term.code)


def defines(file: Path, name: str) -> bool:
    """Whether the file defines this name at its top, or as a member of a class there."""
    body = ast.parse(file.read_text("utf-8")).body
    for part in name.split("."):
        found = [node for node in body if part in _names(node)]
        if not found:
            return False
        body = getattr(found[0], "body", [])
    return True


def _names(node: ast.stmt) -> set[str]:
    match node:
        case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            return {name}
        case ast.AnnAssign(target=ast.Name(id=name)):
            return {name}
        case ast.Assign(targets=targets):
            return {target.id for target in targets if isinstance(target, ast.Name)}
        case _:
            return set()
