"""Finds faults in the lexicons: conflicting, duplicate and never-matching phrases, and unknown groups."""

from __future__ import annotations

from collections import Counter, defaultdict

from classify.domain.features import FeatureReader
from classify.phrases.lexicon import Lexicon, load_lexicon


def faults(lexicon: Lexicon | None = None) -> list[str]:
    """One sentence per fault; empty when all is well."""
    lexicon = lexicon or load_lexicon()
    return [*_conflicts(lexicon), *_duplicates(lexicon), *_strangers(lexicon), *_silent(lexicon)]


def _conflicts(lexicon: Lexicon) -> list[str]:
    """Phrases that exclusive groups of several domains claim."""
    claims: dict[str, set[str]] = defaultdict(set)
    for phrase, group in lexicon.phrases():
        if group.exclusive and group.domain:
            claims[phrase].add(group.domain.value)
    return [
        f"“{phrase}” is claimed by {' and '.join(sorted(domains))}"
        for phrase, domains in claims.items()
        if len(domains) > 1
    ]


def _duplicates(lexicon: Lexicon) -> list[str]:
    return [
        f"{group.name}: “{phrase}” stands twice"
        for group in lexicon.groups
        for phrase, times in Counter(group.phrases).items()
        if times > 1
    ]


def _strangers(lexicon: Lexicon) -> list[str]:
    """Groups that a conjunction or sequence names and no pack has."""
    known = {group.name for group in lexicon.groups}
    rules = [(rule.name, frozenset(rule.groups)) for rule in lexicon.conjunctions]
    rules += [(rule.name, step) for rule in lexicon.sequences for step in rule.steps]
    return [
        f"{name}: there is no group “{stranger}”"
        for name, groups in rules
        for stranger in sorted(groups - known)
    ]


def _silent(lexicon: Lexicon) -> list[str]:
    """Phrases not found even in themselves, with the group's contexts supplied."""
    reader = FeatureReader(lexicon)
    return [
        f"{group.name}: “{phrase}” never matches"
        for group in lexicon.groups
        for phrase in dict.fromkeys(group.phrases)
        if not any(
            find.phrase == phrase and find.group is group
            for find in reader.finds(" ".join((phrase, *group.contexts[:1])))
        )
    ]
