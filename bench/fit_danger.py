"""Learns which pieces of sentences speak of danger, from invented ones; writes `classify/data/danger.tsv`.

    python -m bench.fit_danger ../shared/eval/unlabelled.jsonl.gz [--without FILE.jsonl]

Real complaints only count as talk without danger and set how sure is sure enough; a piece is written only if
it stands in several invented sentences. Prints figures, never a text.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bench import frames
from bench.danger_alarms import read_texts
from classify.acts.danger import Danger, find_phrases
from classify.acts.danger_sense import SHORT, START, TABLE, UNIT, pieces, windows

ACTS = Path(__file__).parent / "acts"
LETTERS = Path(__file__).parent / "letters"
SEVERAL = 2
"""Sentences in which a piece must stand."""
LEAST = 30
"""Thousandths; pieces that weigh less for every kind are not written."""
ALONE = {True: 0.012, False: 0.001}
"""Share of real complaints, short and long, in which the learnt sense alone may speak."""
HARMLESS = 0.03
"""Share of invented harmless lines, many written to sound like danger, in which it may."""
PHRASE_HEARD = {True: 0.005, False: 0.035}
"""Share of the dangers heard by phrases that may be lost because of what stands around."""
CALM = 8000
"""Windows of real complaints that are learnt from, each counting little."""
CALM_COUNTS = 0.2
REAL = 5000
QUIET = -30.0
"""Odds of a text without a window to look at."""
TOLD = 3
"""One of so many sentences is learnt as part of a long account too."""
FOLDS = 3
NONE = "none"
KINDS = [NONE, *(kind.value for kind in Danger)]
AS_IN_THE_CODE = {"arson": "violence"}

Window = frozenset[str]
"""The pieces of one window."""


class Said(NamedTuple):
    kind: str
    fold: int
    weight: float
    short: bool
    phrases: bool
    """Whether phrases heard danger."""
    windows: Sequence[Window]


def say(text: str, kind: str = NONE, fold: int = 0, weight: float = 1.0, *, told: bool = False) -> Said:
    """`told`: as it would be read in a long account."""
    heard, short = find_phrases(text), len(text) <= SHORT and not told
    parts = [(sentence, frozenset(kind.value for kind in some)) for sentence, some in heard]
    seen = [frozenset(pieces(one, two, short=short)) for one, two in windows(parts, short=short)]
    return Said(kind, fold, weight, short, any(some for _, some in heard), seen)


def read_rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def invented(kept_out: set[str]) -> Iterator[Said]:
    """All that was made up, sentences of one frame in one fold."""
    rows = read_rows(ACTS / "danger.jsonl")
    for name in ("open.jsonl", "training.jsonl"):
        rows += [row for row in read_rows(ACTS / name) if ("danger" in row["acts"]) == ("kind" in row)]
    all_said = [
        (row["text"], AS_IN_THE_CODE.get(kind := row.get("kind", NONE), kind), number % FOLDS, 1.0)
        for number, row in enumerate(row for row in rows if row.get("id", "") not in kept_out)
    ]
    for name in ("danger", "harmless"):
        made = frames.make(ACTS / f"frames_{name}.txt")
        all_said += [(one.text, one.kind, one.frame % FOLDS, one.weight) for one in made]
    for number, (text, kind, fold, weight) in enumerate(all_said):
        yield say(text, kind, fold, weight)
        if number % TOLD == 0 and len(text) <= SHORT:
            yield say(text, kind, fold, weight, told=True)


class Space:
    """Pieces that stand in several invented sentences, numbered."""

    def __init__(self, said: Sequence[Said]) -> None:
        counts = Counter(piece for one in said for piece in frozenset().union(*one.windows))
        kept = sorted(piece for piece, count in counts.items() if count >= SEVERAL)
        self.places = {piece: place for place, piece in enumerate(kept)}

    def rows(self, chosen: Sequence[Window]) -> csr_matrix:
        found = [[self.places[p] for p in window if p in self.places] for window in chosen]
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


def fit(space: Space, said: Sequence[Said], calm: Sequence[Window]) -> LogisticRegression:
    """Of a long sentence the window that speaks loudest is learnt, found by the model of the round before."""
    model = None
    for _ in range(2):
        chosen, kinds = list(calm), [0] * len(calm)
        weights = [CALM_COUNTS] * len(calm)
        for one in said:
            picked = one.windows
            if one.kind != NONE and len(picked) > 1 and model is not None:
                picked = [picked[int(odds(model, space.rows(picked)).argmax())]]
            chosen += picked
            kinds += [KINDS.index(one.kind)] * len(picked)
            weights += [one.weight] * len(picked)
        model = LogisticRegression(C=1.0, max_iter=150, tol=1e-3)
        model.fit(space.rows(chosen), kinds, sample_weight=weights)
    assert model is not None
    return model


def loudest(model: LogisticRegression, space: Space, said: Sequence[Said]) -> np.ndarray:
    flat = odds(model, space.rows([window for one in said for window in one.windows]))
    ends = np.cumsum([0, *(len(one.windows) for one in said)])
    return np.array([flat[a:b].max(initial=QUIET) for a, b in pairwise(ends)])


def cross_validate(space: Space, said: Sequence[Said], calm: Sequence[Window]) -> np.ndarray:
    """How loud each speaks to a model that did not learn from it."""
    heard = np.zeros(len(said))
    for fold in range(FOLDS):
        model = fit(space, [one for one in said if one.fold != fold], calm)
        places = [place for place, one in enumerate(said) if one.fold == fold]
        heard[places] = loudest(model, space, [said[place] for place in places])
    return heard


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("real", type=Path)
    parser.add_argument("--without", type=Path, help="utterances kept out, so that they can judge")
    arguments = parser.parse_args()
    kept_out = {row["id"] for row in read_rows(arguments.without)} if arguments.without else set()
    said = list(invented(kept_out))
    chance = random.Random(7)
    texts = chance.sample(list(read_texts(arguments.real)), REAL)
    real = [one for one in map(say, texts) if not one.phrases]
    letters = [say(row["text"]) for row in read_rows(LETTERS / "training.jsonl")]
    talk = [*chance.sample(real, 1500), *(one for one in letters if not one.phrases)]
    calm = chance.sample([window for one in talk for window in one.windows], CALM)
    space = Space(said)
    heard = cross_validate(space, said, calm)
    model = fit(space, said, calm)
    limits: list[float] = []
    for short in (False, True):
        own = [place for place, one in enumerate(said) if one.short == short]
        danger = [place for place in own if said[place].kind != NONE]
        harmless = [place for place in own if said[place].kind == NONE]
        in_real = loudest(model, space, [one for one in real if one.short == short])
        alone = max(np.quantile(in_real, 1 - ALONE[short]), np.quantile(heard[harmless], 1 - HARMLESS))
        by_phrase = [place for place in danger if said[place].phrases]
        phrase = min(alone, np.quantile(heard[by_phrase], PHRASE_HEARD[short]))
        sure = np.array([phrase if one.phrases else alone for one in said])
        print(
            f"{'short' if short else 'long'}: limits {alone:.2f}, {phrase:.2f} with a phrase;"
            f" heard {(heard > sure)[danger].sum()} of {len(danger)},"
            f" false {(heard > sure)[harmless].sum()} of {len(harmless)} (folds);"
            f" real {np.mean(in_real > alone):.2%}"
        )
        limits += [alone, phrase]
    none = list(model.classes_).index(0)
    table = np.delete(model.coef_ - model.coef_[none], none, axis=0).T
    table[space.places[START]] += np.delete(model.intercept_ - model.intercept_[none], none)
    written = 0
    with TABLE.open("w", encoding="utf-8") as out:
        out.write("\t".join(f"{limit:.3f}" for limit in limits) + "\n" + "\t".join(KINDS[1:]) + "\n")
        for piece, row in zip(space.places, table, strict=True):
            numbers = [round(float(cell) * UNIT) for cell in row]
            if max(map(abs, numbers)) >= LEAST:
                out.write("\t".join([piece, *map(str, numbers)]) + "\n")
                written += 1
    print(f"{written} of {len(space.places)} pieces, {SHORT} signs are short")


if __name__ == "__main__":
    main()
