"""Learns what tells that a complaint is about a promise, and writes it beside the code that uses it.

Which pairs of signs are common is counted in the invented letters for training; the weights come from every
other pair of `bench/promises/pairs.tsv` and the second part of the other letters. The rest is for measuring:
`python -m bench.promise_matching`. Needs scikit-learn.

    python -m bench.fit_promises
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from math import log
from pathlib import Path

from sklearn.linear_model import LogisticRegression

from bench.promise_matching import HERE, OTHERS, complaint_of, letters, pairs, promise
from cases.integrity.registers import promises_meant
from cases.integrity.registers.promises_meant import LEARNT, features, learnt

COMMON = 20
"""Of the letters: a pair in fewer counts as rare."""
LIKELY = 0.26


def main() -> None:
    training = [json.loads(line)["text"] for line in _lines(HERE / "letters" / "training.jsonl")]
    common = _common(training)
    _write(common, {}, 0.0)
    names, rows, right = _examples()
    fitted = LogisticRegression(C=10, max_iter=9000).fit(rows, right)
    weights = dict(zip(names, (round(float(one), 2) for one in fitted.coef_[0]), strict=True))
    _write(common, weights, round(float(fitted.intercept_[0]), 2))
    print(weights)


def _examples() -> tuple[list[str], list[list[float]], list[bool]]:
    told = pairs()
    promises = [promise(n, one.matter, one.amount) for n, one in enumerate(told)]
    complaints = [(n, complaint_of(one.told, one.amount)) for n, one in enumerate(told) if n % 2 == 0]
    complaints += [(-1, complaint_of(text, "")) for text in letters()[OTHERS:]]
    names: list[str] = []
    rows, right = [], []
    for number, complaint in complaints:
        text = promises_meant.plain(complaint.text)
        for other, one in enumerate(promises):
            if seen := features(complaint, text, one):
                names = list(seen)
                rows.append(list(seen.values()))
                right.append(other == number)
    return names, rows, right


def _common(texts: list[str]) -> dict[str, float]:
    counted: Counter[str] = Counter()
    for text in map(promises_meant.plain, texts):
        counted.update({text[n : n + 2] for n in range(len(text) - 1)})
    return {pair: log(len(texts) / n) for pair, n in counted.items() if n >= COMMON and not pair.isascii()}


def _write(common: dict[str, float], weights: dict[str, float], bias: float) -> None:
    """By weight in steps of a half, so that a new count changes little."""
    steps: defaultdict[float, list[str]] = defaultdict(list)
    for pair, weight in common.items():
        steps[round(weight * 2) / 2].append(pair)
    lines = [
        "# Learnt by `python -m bench.fit_promises` from invented letters; not by hand.",
        f"bias = {bias}",
        f"likely = {LIKELY}",
        "[weights]",
        *(f"{name} = {value}" for name, value in weights.items()),
    ]
    for step in sorted(steps):
        lines += ["[[common]]", f"weight = {step}", f'pairs = "{" ".join(sorted(steps[step]))}"']
    LEARNT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    learnt.cache_clear()


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


if __name__ == "__main__":
    main()
