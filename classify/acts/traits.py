"""What speaks for or against an act in a message: its pieces, its form, the step, and what readers find.

Shared by the fit (`bench/fit_acts.py`) and by use: what is learnt is what is looked up. Decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from classify.acts.act import ASKING, CHOICES, TO_DEPARTMENT
from classify.acts.answers import Reads, can_answer, is_noise, speaks_for
from classify.acts.buttons import find_button, find_command
from classify.acts.corrections import find_correction, sounds_like_correction
from classify.acts.dividing import bare, clauses
from classify.acts.questions import asks_us_something, find_question, is_asking, is_matter, is_told
from classify.acts.sayings import Saying, find_saying
from classify.text.normalise import normalise
from classify.text.replacing import Dialects

LONGEST_PIECE = 3
LONGEST_AT_STEP = 2
"""Signs of a piece that is also looked up for the kind of step: 没有 is no at one and a choice at another."""
READ = 240
"""Characters that are looked at; longer messages are not decided by their pieces."""
LENGTHS = (2, 4, 6, 9, 13, 18, 25, 35, 50, 80)
_TOKENS = re.compile(r"[a-z']+|\d+|[^\s\w]|[^\W]")
_BETWEEN = re.compile(r"([,，。;；!！?？~\n]+|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])|\.(?=\s|$))")


def traits(text: str, step: str, offered: Sequence[tuple[str, str]], reads: Reads | None) -> set[str]:
    """Names of all that holds for this message at this step."""
    plain = _dialects().standard(normalise(text[:READ])).text.strip()
    kind = _kind_of(step)
    found = {f"step={step}", f"at={kind}"}
    for piece, size in _pieces(_signs(plain)):
        found.add(piece)
        if size <= LONGEST_AT_STEP:
            found.add(f"{kind}|{piece}")
    length = next((most for most in LENGTHS if len(plain) <= most), 0)
    found |= {f"length={length}", f"{kind}|length={length}"}
    if plain.isascii():
        found.add("=english")
    found.update(_read(text, step, kind, offered, reads))
    parts = clauses(text[:READ])
    for place, part in (("first", parts[0]), ("last", parts[-1])) if len(parts) > 1 else ():
        found.update(f"{place}{trait}" for trait in _read(bare(part) or part, step, kind, offered, reads))
    return found


def _kind_of(step: str) -> str:
    for name, steps in (("department", TO_DEPARTMENT), ("choice", CHOICES), ("asked", ASKING)):
        if step in steps:
            return name
    return step


def _signs(plain: str) -> list[str]:
    """Characters, English words and numbers; the ends of clauses and of the whole are signs of their own."""
    signs = ["^^"]
    for part in _BETWEEN.split(plain):
        if _BETWEEN.fullmatch(part):
            signs.append("?" if "?" in part else "!" if "!" in part else ",")
        elif part.strip():
            tokens = ("0" if token[0].isdigit() else token for token in _TOKENS.findall(part))
            signs += ["<", *tokens, ">"]
    return [*signs, "$$"]


def _pieces(signs: Sequence[str]) -> Iterator[tuple[str, int]]:
    for size in range(1, LONGEST_PIECE + 1):
        for at in range(len(signs) - size + 1):
            yield " ".join(signs[at : at + size]), size


def _read(
    text: str, step: str, kind: str, offered: Sequence[tuple[str, str]], reads: Reads | None
) -> Iterator[str]:
    """What the readers of phrases and answers make of it; each is one voice among others."""
    can = can_answer(step, text, reads)
    yield f"=can-answer {can}"
    yield f"=can-answer {can} {step}"
    yield f"=speaks-for {speaks_for(step, text)} {step}"
    question = find_question(text)
    if question is not None:
        yield "=topic"
        yield f"=topic {question.topic}"
    saying = find_saying(text)
    if saying is not None:
        yield f"=saying {saying.value}"
    button = find_button(text, offered) is not None
    for name, holds in (
        ("noise", is_noise(text)),
        ("asking", is_asking(text)),
        ("asks-us", asks_us_something(text)),
        ("matter", is_matter(text)),
        ("told", is_told(text)),
        ("declines", find_saying(text, [Saying.DECLINE]) is not None),
        ("button", button),
        (f"button {kind}", button),
        ("command", find_command(text, offered) is not None),
        ("corrects", find_correction(text) is not None),
        ("calls-wrong", sounds_like_correction(text, strictly=False) is not None),
    ):
        if holds:
            yield f"={name}"


@cache
def _dialects() -> Dialects:
    return Dialects.load()
