"""Finds faults in the lexicons: conflicting, duplicate and never-matching phrases."""

from __future__ import annotations

from collections import Counter

from classify.features import FeatureReader
from classify.lexicon import Lexicon, load_lexicon


def faults(lexicon: Lexicon | None = None) -> list[str]:
    """One sentence per fault; empty when all is well."""
    lexicon = lexicon or load_lexicon()
    reader = FeatureReader(lexicon)
    found = []
    for group in lexicon.groups:
        repeated = [phrase for phrase, times in Counter(group.phrases).items() if times > 1]
        found += [f"{group.name}: “{phrase}” stands twice" for phrase in repeated]
        for phrase in group.phrases:
            if not any(find.phrase == phrase and find.group is group for find in reader.finds(phrase)):
                found.append(f"{group.name}: “{phrase}” never matches")
    return found
