"""Turns the phrases found in a message into named numbers that a decision can be read from.

A feature is a group of the lexicon, a group at the head of the message, a conjunction of groups, or
the outer shape of the message. No weights here.
"""

from __future__ import annotations

import re
from bisect import bisect
from typing import NamedTuple

from classify.bodies.parties import parties
from classify.details.private import LONG_NUMBER
from classify.domain.structure import structure
from classify.phrases.lexicon import Group, Lexicon, Succession
from classify.phrases.matcher import Hit, Matcher

HEAD = 30
"""Characters of a message without a title that count as its head."""
FULL_SAY = 80
MOST_SAY = 2.0
LEAST_AROUND = 4
"""Characters of a phrase from which on shorter phrases inside it count too."""
"""In messages shorter than FULL_SAY each phrase says more, up to MOST_SAY times as much."""
_URL = re.compile(r"https?:|www\.|\.com|\.cn|weibo|微信|qq|加v")
_CONTACT = re.compile(r"(?<!\d)(?:400[- ]?\d{3}[- ]?\d{4}|1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|[2-8]\d{6,7})(?!\d)")

_BRACKETS = re.compile(r"[\[【][^\]】]{2,14}[\]】]\s*$")
_PETITION = re.compile(
    r"请问|咨询(?!热线|电话|\d|:|4)|建议|希望|反映|投诉|举报|领导|尊敬|感谢|政府|[村镇乡县]|工资|拖欠|小区|学校|书记|市长|局长|请求|解决|怎么|为什么|为何"
)
_SPOKEN = frozenset(
    {
        "owe",
        "wages",
        "project_pay",
        "misuse",
        "openness",
        "broken",
        "unkept",
        "buck_passing",
        "resettlement",
        "tender_core",
        "tender_collusion",
        "tender_evasion",
        "procurement_core",
        "procurement_conduct",
        "ppp_core",
        "ppp_breach",
        "invest_core",
        "invest_breach",
        "local_promise",
        "nuisance",
        "arbitrary_fee",
        "official_misconduct",
        "public_payer",
        "gov_debt",
    }
)
"""Groups whose words advertisements hardly use."""


class Find(NamedTuple):
    """One phrase of one group in the plain text."""

    phrase: str
    group: Group
    hit: Hit
    nested: bool = False
    """Whether it stands inside a longer phrase that was found."""


class FeatureReader:
    """Reads features with one lexicon; pure after construction."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        owners: dict[str, list[Group]] = {}
        for phrase, group in lexicon.phrases():
            owners.setdefault(phrase, []).append(group)
        self._phrases = tuple(owners)
        self._owners = tuple(tuple(owners[phrase]) for phrase in self._phrases)
        self._nested = tuple(_inside(phrase, owners) for phrase in self._phrases)
        self._together = [("both:" + rule.name, frozenset(rule.groups)) for rule in lexicon.conjunctions]
        self._stepping = frozenset().union(*(step for rule in lexicon.sequences for step in rule.steps))
        self._matcher = Matcher(self._phrases, only_exact=lexicon.only_exact)

    def finds(self, text: str) -> list[Find]:
        """Every phrase found, once per group it belongs to."""
        found = []
        for hit in self._matcher.find(text):
            phrase = self._phrases[hit.phrase]
            for group in self._owners[hit.phrase]:
                if group.negations and text[: hit.start].endswith(group.negations):
                    continue
                if group.contexts and not any(word in text for word in group.contexts):
                    continue
                found.append(Find(phrase, group, hit))
            if hit.score == 100.0:
                for offset, inner, group in self._nested[hit.phrase]:
                    start = hit.start + offset
                    place = Hit(hit.phrase, start, start + len(inner), 100.0)
                    found.append(Find(inner, group, place, nested=True))
        return found

    def features(self, text: str, finds: list[Find], head_end: int) -> dict[str, float]:
        """Named values, each between 0 and 1; absent means 0."""
        seen: dict[str, dict[str, float]] = {}
        head: dict[str, float] = {}
        for phrase, group, hit, _ in finds:
            name = group.name
            strength = group.weight * hit.score / 100
            phrases = seen.setdefault(name, {})
            if strength > phrases.get(phrase, 0.0):
                phrases[phrase] = strength
            if hit.start < head_end and strength > head.get(name, 0.0):
                head[name] = strength
        doubt = 0.5 ** (FULL_SAY / max(FULL_SAY / MOST_SAY, min(len(text), FULL_SAY)))
        values = {name: 1 - doubt ** sum(phrases.values()) for name, phrases in seen.items()}
        features = dict(values)
        for name, strength in head.items():
            features["head:" + name] = min(1.0, strength)
        named = frozenset(values)
        for name, groups in self._together:
            if groups <= named:
                features[name] = min([values[group] for group in groups])
        features.update(self._sequences(finds, named))
        features.update(parties(text))
        features.update(structure(text))
        features.update(_shape(text, spoken=not _SPOKEN.isdisjoint(values)))
        return features

    def _sequences(self, finds: list[Find], named: frozenset[str]) -> dict[str, float]:
        """`then:…` for each sequence whose steps, all of groups named, follow each other."""
        rules = [rule for rule in self.lexicon.sequences if not any(map(named.isdisjoint, rule.steps))]
        if not rules:
            return {}
        places: dict[str, list[tuple[int, int]]] = {}
        for find in finds:
            name = find.group.name
            if name in self._stepping:
                places.setdefault(name, []).append((find.hit.start, find.hit.end))
        return {"then:" + rule.name: 1.0 for rule in rules if _follows(rule, places)}


def _inside(phrase: str, owners: dict[str, list[Group]]) -> tuple[tuple[int, str, Group], ...]:
    """Shorter phrases that count too when `phrase` is found: those of cues and of its own domain.

    What another domain says with a piece of the phrase does not count: 物业招标 is no 招标.
    """
    if len(phrase) < LEAST_AROUND:
        return ()
    own = {group.name for group in owners[phrase]}
    domains = {None, *(group.domain for group in owners[phrase])}
    spans = ((start, end) for start in range(len(phrase) - 1) for end in range(start + 2, len(phrase) + 1))
    return tuple(
        (start, phrase[start:end], group)
        for start, end in spans
        if phrase[start:end] in owners
        for group in owners[phrase[start:end]]
        if group.domain in domains and group.name not in own and not group.contexts
    )


def _follows(rule: Succession, places: dict[str, list[tuple[int, int]]]) -> bool:
    """Whether the steps stand one after another, each close enough to the one before."""
    first, *others = ([spot for name in step for spot in places.get(name, ())] for step in rule.steps)
    ends = sorted(end for _, end in first)
    for spots in others:
        nearest = ((start - ends[before - 1], end) for start, end in spots if (before := bisect(ends, start)))
        ends = sorted(end for distance, end in nearest if distance <= rule.within)
    return bool(ends)


def _shape(text: str, *, spoken: bool) -> dict[str, float]:
    """The outer shape; `spoken`: the words of a grievance were found, so it is no advertisement."""
    size = len(text)
    shape = {"shape:length": min(1.0, size / 800)}
    if _URL.search(text):
        shape["shape:address"] = 1.0
    if LONG_NUMBER.search(text) and _CONTACT.search(text):
        shape["shape:contact"] = 1.0
        if size < 120:
            shape["shape:contact_short"] = 1.0
    if size and not any("一" <= char <= "鿿" for char in text):
        shape["shape:no_chinese"] = 1.0
    if "?" in text[-12:] or "吗" in text[-6:]:
        shape["shape:ends_asking"] = 1.0
    if size < 220 and not spoken and not _PETITION.search(text):
        shape["shape:no_petition"] = 1.0
        if size < 25:
            shape["shape:no_petition_tiny"] = 1.0
    if _BRACKETS.search(text):
        shape["shape:ad_brackets"] = 1.0
    return {name: value for name, value in shape.items() if value}
