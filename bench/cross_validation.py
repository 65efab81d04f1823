"""Repeated stratified cross-validation of the classifier, and the figures read from it.

Near-duplicates of a held-out message never train the fold that judges it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedKFold

from bench.classifier_training import DOMAINS, Floats, Message, Space, fit
from classify.domain.decision import Weights
from classify.types import Domain

FOLDS = 5
ALIKE = 0.3
"""Share of common stretches of six characters from which two messages count as retellings."""
OUTSIDE = {domain.value for domain in Domain if not domain.in_scope}


@dataclass
class Figures:
    strict: float
    macro_f1: float
    scope_f1: float
    lenient: float
    per_label: dict[str, float]

    def __str__(self) -> str:
        return (
            f"strict {self.strict:.3f}  macro-F1 {self.macro_f1:.3f}  in-scope F1 {self.scope_f1:.3f}  "
            f"lenient {self.lenient:.3f}"
        )


def stretches(text: str) -> set[str]:
    return {text[place : place + 6] for place in range(len(text) - 5)}


def retellings(messages: list[Message]) -> list[set[int]]:
    """For each message the numbers of the others that say nearly the same."""
    parts = [stretches(message.plain) for message in messages]
    found: list[set[int]] = [set() for _ in messages]
    for one, left in enumerate(parts):
        for two in range(one):
            if len(left & parts[two]) > ALIKE * min(len(left), len(parts[two])) + 1:
                found[one].add(two)
                found[two].add(one)
    return found


def cross_validate(
    dev: list[Message],
    extra: list[Message],
    titles: dict[str, Message],
    space: Space,
    *,
    repeats: int = 3,
    variant: list[Message] | None = None,
) -> list[Floats]:
    """Held-out scores, one matrix per repeat; `variant` judges other readings of the same messages."""
    everything = [*dev, *extra, *titles.values()]
    projected = dict(zip(map(id, everything), space.project([m.plain for m in everything]), strict=True))
    alike = retellings(dev)
    labels = np.array([message.label for message in dev])
    judged = variant or dev
    runs = []
    for repeat in range(repeats):
        scores = np.zeros((len(dev), len(DOMAINS)))
        for train, test in StratifiedKFold(FOLDS, shuffle=True, random_state=repeat).split(labels, labels):
            held = set(test)
            kept = [dev[i] for i in train if not alike[i] & held]
            used = [*kept, *extra, *(titles[m.id] for m in kept if m.id in titles)]
            result = fit(used, np.array([projected[id(message)] for message in used]), space)
            scores[test] = result.scores([judged[i] for i in test])
        runs.append(scores)
    return runs


def figures(dev: list[Message], predicted: NDArray[np.str_]) -> Figures:
    gold = np.array([message.label for message in dev])
    clear = np.array([message.clear for message in dev])
    labels = [label for label in DOMAINS if (gold[clear] == label).sum() >= 5]
    per_label = f1_score(gold[clear], predicted[clear], labels=labels, average=None, zero_division=0)
    inside = np.array([label not in OUTSIDE for label in gold])
    said = np.array([label not in OUTSIDE for label in predicted])
    lenient = [p in (m.label, *m.also) for p, m in zip(predicted, dev, strict=True)]
    return Figures(
        strict=float((gold[clear] == predicted[clear]).mean()),
        macro_f1=float(per_label.mean()),
        scope_f1=float(f1_score(inside[clear], said[clear])),
        lenient=float(np.mean(lenient)),
        per_label=dict(zip(labels, map(float, per_label), strict=True)),
    )


def mean_figures(dev: list[Message], runs: list[Floats]) -> Figures:
    every = [figures(dev, np.array(DOMAINS)[scores.argmax(1)]) for scores in runs]
    return Figures(
        strict=_mean(f.strict for f in every),
        macro_f1=_mean(f.macro_f1 for f in every),
        scope_f1=_mean(f.scope_f1 for f in every),
        lenient=_mean(f.lenient for f in every),
        per_label={label: _mean(f.per_label[label] for f in every) for label in every[0].per_label},
    )


def _mean(shares_right: Iterable[float]) -> float:
    return float(np.mean(list(shares_right)))


def decisions(dev: list[Message], runs: list[Floats], weights: Weights) -> list[tuple[float, bool, bool]]:
    """Confidence, whether an acceptable label was given, and whether the message is clear."""
    found = []
    for scores in runs:
        for message, found_scores in zip(dev, scores, strict=True):
            row = np.array(weights.shares(list(map(float, found_scores)), len(message.plain)))
            said = DOMAINS[int(row.argmax())]
            right = said == message.label if message.clear else said in (message.label, *message.also)
            found.append((float(row.max()), right, message.clear))
    return found
