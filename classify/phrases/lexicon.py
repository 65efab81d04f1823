"""The vocabulary as data: packs of phrases in `lexicons/*.toml`, read through the normaliser.

Phrases are kept in groups; each group is one piece of evidence with a name and a sentence in words.
Nothing here looks at a message.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from classify.text.normalise import normalise
from classify.types import Domain

LEXICONS = Path(__file__).parents[1] / "lexicons"
ONLY_EXACT = Path(__file__).parents[1] / "data" / "only_exact.txt"
"""Phrases that sound like everyday words, so that a homophone of theirs proves nothing (市政府, 是政府)."""


@dataclass(frozen=True, slots=True)
class Group:
    """Phrases that mean the same kind of thing. `domain` is None for cues that several domains share."""

    name: str
    says: str
    domain: Domain | None
    phrases: tuple[str, ...]
    weight: float = 1.0
    contexts: tuple[str, ...] = ()
    """Words of which one must stand in the message; none means always."""
    negations: tuple[str, ...] = ()
    """Words that cancel a phrase when they stand directly before it."""
    exclusive: bool = False
    """Whether its phrases may stand in no exclusive group of another domain."""


@dataclass(frozen=True, slots=True)
class Conjunction:
    """Groups that mean more together than each alone."""

    name: str
    says: str
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Succession:
    """Groups that say something when they follow each other closely: 答应 … 没给, 借我 … 不还."""

    name: str
    says: str
    steps: tuple[frozenset[str], ...]
    """Each step is one or several groups, any of which may stand there."""
    within: int
    """Most characters between the end of one step and the start of the next."""


@dataclass(frozen=True, slots=True)
class Example:
    """An invented message with the domain it must be given."""

    text: str
    domain: Domain


@dataclass(frozen=True, slots=True)
class Lexicon:
    groups: tuple[Group, ...]
    conjunctions: tuple[Conjunction, ...]
    examples: tuple[Example, ...]
    titles: dict[Domain, str]
    only_exact: frozenset[str] = frozenset()
    sequences: tuple[Succession, ...] = ()

    def phrases(self) -> Iterator[tuple[str, Group]]:
        for group in self.groups:
            for phrase in group.phrases:
                yield phrase, group


def plain(phrases: Iterable[str]) -> tuple[str, ...]:
    return tuple(normalise(phrase).text for phrase in phrases)


def _group(name: str, table: dict[str, Any], domain: Domain | None) -> Group:
    return Group(
        name=name,
        says=table["says"],
        domain=domain,
        phrases=plain(table["phrases"].split()),
        weight=float(table.get("weight", 1.0)),
        contexts=plain(table.get("contexts", "").split()),
        negations=plain(table.get("negations", "").split()),
        exclusive=bool(table.get("exclusive", False)),
    )


def _sequence(row: dict[str, Any]) -> Succession:
    steps = tuple(frozenset(step.split("|")) for step in row["steps"])
    return Succession(row["name"], row["says"], steps, int(row["within"]))


def read_lexicons(folder: Path = LEXICONS) -> list[tuple[str, dict[str, Any]]]:
    """File name and content of each pack, in a stable order."""
    return [
        (path.name, tomllib.loads(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("*.toml"))
    ]


def load_lexicon(folder: Path = LEXICONS) -> Lexicon:
    groups: list[Group] = []
    conjunctions: list[Conjunction] = []
    sequences: list[Succession] = []
    examples: list[Example] = []
    titles: dict[Domain, str] = {}
    for _, pack in read_lexicons(folder):
        domain = Domain(pack["domain"]) if "domain" in pack else None
        if domain:
            titles[domain] = pack["title"]
            examples += [Example(row["text"], domain) for row in pack.get("examples", ())]
        groups += [_group(name, table, domain) for name, table in pack.get("groups", {}).items()]
        conjunctions += [
            Conjunction(row["name"], row["says"], tuple(row["all"])) for row in pack.get("conjunctions", ())
        ]
        sequences += map(_sequence, pack.get("sequences", ()))
    only_exact = frozenset(ONLY_EXACT.read_text(encoding="utf-8").split())
    return Lexicon(tuple(groups), tuple(conjunctions), tuple(examples), titles, only_exact, tuple(sequences))
