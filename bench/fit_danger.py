"""Learns which pieces of sentences speak of danger, from invented ones; writes `classify/data/danger.tsv`.

    python -m bench.fit_danger ../shared/eval/unlabelled.jsonl.gz

Real complaints only count as talk without danger and set how sure is sure enough; a piece is written only if
it stands in several invented sentences. Prints figures, never a text.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bench.danger_alarms import read_texts
from classify.acts.danger import SENSED, Danger, find_danger
from classify.acts.danger_sense import SHORT, START, TABLE, UNIT, pieces, windows

ACTS = Path(__file__).parent / "acts"
LETTERS = Path(__file__).parent / "letters"
SEVERAL = 2
ALONE = {"short": 0.01, "long": 0.002}
"""Share of real complaints in which the learnt sense alone may speak."""
HARMLESS = 0.01
"""Share of invented harmless lines, many written to sound like danger, in which it may."""
SURE = 0.0
"""The least odds, as a logarithm."""
REAL = 4000
CALM = 8000
"""Real complaints that are looked at, and windows of theirs that are learnt from."""
FOLDS = 3
NONE = "none"
KINDS = [NONE, *(kind.value for kind in Danger)]
AS_IN_THE_CODE = {"arson": "violence"}


def read_rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def said_plainly(text: str) -> bool:
    """Whether phrases hear danger, whatever the table of now would say."""
    return any(not because.startswith(SENSED) for sign in find_danger(text) for because in sign.because)


class Window(NamedTuple):
    words: str
    short: bool
    """Whether it is of a chat line."""


def windows_of(text: str) -> list[Window]:
    return [Window(words, len(text) <= SHORT) for words in windows(text)] or [Window("", True)]


@cache
def _pieces(window: Window) -> frozenset[str]:
    return frozenset(pieces(window.words, short=window.short))


class Space:
    """Pieces that stand in several invented sentences, numbered."""

    def __init__(self, texts: Sequence[str]) -> None:
        counts = Counter(
            piece for text in texts for piece in frozenset().union(*map(_pieces, windows_of(text)))
        )
        kept = sorted(piece for piece, count in counts.items() if count >= SEVERAL)
        self.places = {piece: place for place, piece in enumerate(kept)}

    def rows(self, chosen: Sequence[Window]) -> csr_matrix:
        found = [[self.places[p] for p in _pieces(window) if p in self.places] for window in chosen]
        ends = np.cumsum([0, *map(len, found)])
        flat = np.fromiter((place for row in found for place in row), dtype=np.int32)
        return csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(chosen), len(self.places)))


def odds(model: LogisticRegression, rows: csr_matrix) -> np.ndarray:
    """Logarithm of danger against none."""
    scores = model.decision_function(rows)
    none = list(model.classes_).index(KINDS.index(NONE))
    others = np.delete(scores, none, axis=1) - scores[:, [none]]
    peak = others.max(axis=1)
    return np.asarray(peak + np.log(np.exp(others - peak[:, None]).sum(axis=1)))


def fit(space: Space, said: Sequence[tuple[str, str]], calm: Sequence[Window]) -> LogisticRegression:
    """Of a long sentence the window that speaks loudest is learnt, found by the model of the round before."""
    model = None
    for _ in range(2):
        chosen, kinds = list(calm), [0] * len(calm)
        for text, kind in said:
            own = windows_of(text)
            if kind == NONE:
                picked = own
            else:
                picked = own if len(own) == 1 or model is None else [_loudest_of(model, space, own)]
            chosen += picked
            kinds += [KINDS.index(kind)] * len(picked)
        weights = np.array([0.2] * len(calm) + [1.0] * (len(chosen) - len(calm)))
        model = LogisticRegression(C=1.0, max_iter=100, tol=1e-3)
        model.fit(space.rows(chosen), kinds, sample_weight=weights)
    assert model is not None
    return model


def _loudest_of(model: LogisticRegression, space: Space, own: Sequence[Window]) -> Window:
    return own[int(odds(model, space.rows(own)).argmax())]


def loudest(model: LogisticRegression, space: Space, texts: Sequence[str]) -> np.ndarray:
    owns = list(map(windows_of, texts))
    flat = odds(model, space.rows([window for own in owns for window in own]))
    ends = np.cumsum([0, *map(len, owns)])
    return np.array([flat[a:b].max() for a, b in pairwise(ends)])


def _limit(scores: np.ndarray, share: float) -> float:
    """Above it lies this share of them."""
    return float(np.quantile(scores, 1 - share))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("real", type=Path)
    parser.add_argument("--without", type=Path, help="utterances kept out, so that they can judge")
    arguments = parser.parse_args()
    kept_out = {row["id"] for row in read_rows(arguments.without)} if arguments.without else set()
    said = [
        (row["text"], AS_IN_THE_CODE.get(row.get("kind", NONE), row.get("kind", NONE)))
        for row in read_rows(ACTS / "danger.jsonl")
    ]
    for name in ("open.jsonl", "training.jsonl"):
        rows = [row for row in read_rows(ACTS / name) if row["id"] not in kept_out]
        said += [
            (row["text"], row.get("kind", NONE))
            for row in rows
            if ("danger" in row["acts"]) == ("kind" in row)
        ]
    chance = random.Random(7)
    chance.shuffle(said)
    real = chance.sample(list(read_texts(arguments.real)), REAL)
    real = [text for text in real if not said_plainly(text)]
    letters, apart = (
        [text for row in read_rows(LETTERS / name) if not said_plainly(text := row["text"])]
        for name in ("training.jsonl", "held_out.jsonl")
    )
    calm = [window for text in (*chance.sample(real, 1500), *letters) for window in windows_of(text)]
    calm = chance.sample(calm, CALM)
    space = Space([text for text, _ in said])
    hits: list[tuple[float, str]] = []
    for fold in range(FOLDS):
        model = fit(space, [row for n, row in enumerate(said) if n % FOLDS != fold], calm)
        held = [row for n, row in enumerate(said) if n % FOLDS == fold]
        heard_as = loudest(model, space, [text for text, _ in held])
        hits += zip(heard_as, (kind for _, kind in held), strict=True)
    model = fit(space, said, calm)
    long = _limit(loudest(model, space, [text for text in real if len(text) > SHORT]), ALONE["long"])
    lines = [text for text in (*real, *apart) if len(text) <= SHORT]
    calm_enough = _limit(loudest(model, space, lines), ALONE["short"])
    harmless = [score for score, kind in hits if kind == NONE]
    short = max(SURE, calm_enough, _limit(np.array(harmless), HARMLESS))
    for name, limit in (("short", short), ("long", long)):
        heard = sum(score > limit for score, kind in hits if kind != NONE)
        total = sum(kind != NONE for _, kind in hits)
        false = sum(score > limit for score, kind in hits if kind == NONE)
        print(f"{name}: limit {limit:.2f}, heard {heard}/{total}, false {false}/{len(harmless)} (folds)")
    none = list(model.classes_).index(0)
    table = np.delete(model.coef_ - model.coef_[none], none, axis=0).T
    table[space.places[START]] += np.delete(model.intercept_ - model.intercept_[none], none)
    with TABLE.open("w", encoding="utf-8") as out:
        out.write("\t".join([f"{short:.3f}", f"{long:.3f}", *KINDS[1:]]) + "\n")
        for piece, row in zip(space.places, table, strict=True):
            numbers = [round(float(cell) * UNIT) for cell in row]
            if max(map(abs, numbers)) >= 20:
                out.write("\t".join([piece, *map(str, numbers)]) + "\n")
    print(f"{len(space.places)} pieces, {SHORT} signs are short")


if __name__ == "__main__":
    main()
