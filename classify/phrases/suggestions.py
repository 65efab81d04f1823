"""Phrases that would have helped, learnt from the desk's corrections of domains.

A phrase is suggested when several corrected texts of one domain contain it and those of the others hardly
do, and the lexicons do not have it yet. People decide; nothing is added by itself.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from classify.phrases.lexicon import Lexicon, load_lexicon
from classify.text.normalise import normalise
from classify.types import Domain

SHORTEST, LONGEST = 2, 6
LEAST_TEXTS = 2
MOST_PER_DOMAIN = 20


class Suggestion(NamedTuple):
    """A phrase, its domain, in how many corrected texts it stands, and how clearly it speaks."""

    phrase: str
    domain: Domain
    texts: int
    weight: float


def suggest_phrases(
    corrections: Iterable[tuple[str, Domain]], lexicon: Lexicon | None = None
) -> list[Suggestion]:
    """The best suggestions per domain, clearest first, from pairs of text and the domain staff chose."""
    known = {phrase for phrase, _ in (lexicon or load_lexicon()).phrases()}
    counts: dict[Domain, Counter[str]] = defaultdict(Counter)
    sizes: Counter[Domain] = Counter()
    for text, domain in corrections:
        counts[domain].update(_stretches(normalise(text).text))
        sizes[domain] += 1
    everywhere = sum(counts.values(), Counter())
    total = sum(sizes.values())
    found: list[Suggestion] = []
    for domain, own in counts.items():
        others = max(1, total - sizes[domain])
        ranked = []
        for phrase, texts in own.items():
            if texts < LEAST_TEXTS or phrase in known:
                continue
            elsewhere = (everywhere[phrase] - texts + 0.5) / others
            weight = math.log(texts / sizes[domain] / elsewhere) * math.sqrt(texts)
            if weight > 0:
                ranked.append(Suggestion(phrase, domain, texts, round(weight, 3)))
        found += _longest(sorted(ranked, key=lambda item: (-item.weight, -len(item.phrase), item.phrase)))
    return sorted(found, key=lambda item: (-item.weight, item.phrase))


def _stretches(text: str) -> set[str]:
    return {
        text[start : start + size]
        for size in range(SHORTEST, LONGEST + 1)
        for start in range(len(text) - size + 1)
        if all("一" <= char <= "鿿" for char in text[start : start + size])
    }


def _longest(ranked: list[Suggestion]) -> list[Suggestion]:
    """Without pieces of a phrase that is suggested already, or the other way round."""
    kept: list[Suggestion] = []
    for item in ranked:
        if len(kept) == MOST_PER_DOMAIN:
            break
        if not any(item.phrase in other.phrase or other.phrase in item.phrase for other in kept):
            kept.append(item)
    return kept
