"""Fits the classifier and writes its two readable tables, `weights.tsv` and `ngrams.tsv`.

usage: python -m bench.fit_classifier        (SHOUXIN_EVAL names the folder of labelled messages)

No text of the messages is written: only pieces of words, of up to three characters, that occur in several.
"""

from __future__ import annotations

import numpy as np

from bench.classifier_training import (
    DOMAINS,
    Fit,
    Reading,
    Space,
    dev_messages,
    eval_folder,
    extra_messages,
    fit,
    importance,
    read_unlabelled,
    title_messages,
)
from classify.domain.decision import WEIGHTS
from classify.domain.ngrams import NGRAMS, UNIT

KEPT_PIECES = 18_000
TEMPERATURES = (2.4, 1.5)
"""Of short lines and of longer messages. They flatten the shares so far that at least 95 of 100 confident
decisions are right at each length, on messages that nobody had used (docs: understanding)."""


def write_weights(result: Fit) -> None:
    lines = [
        "temperature" + "".join(f"\t{value:.2f}" for value in TEMPERATURES),
        "feature\t" + "\t".join(DOMAINS),
    ]
    rows = [("bias", result.bias), *zip(result.names, result.feature_weights, strict=True)]
    lines += [name + "".join(f"\t{value:.3f}" for value in row) for name, row in rows]
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_ngrams(result: Fit, texts: list[str]) -> None:
    moved = importance(result, texts)
    kept = sorted(sorted(moved, key=lambda piece: -moved[piece])[:KEPT_PIECES])
    lines = ["ngram\t" + "\t".join(DOMAINS)]
    lines += [
        piece + "".join(f"\t{value}" for value in np.rint(result.pieces[piece] * UNIT).astype(int))
        for piece in kept
    ]
    NGRAMS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    folder = eval_folder()
    reading = Reading()
    unlabelled = read_unlabelled(folder)
    space = Space(unlabelled)
    dev = dev_messages(reading, folder)
    extra = extra_messages(reading, unlabelled)
    titles = title_messages(reading, folder)
    messages = [*dev, *extra, *titles.values()]
    result = fit(messages, space.project([message.plain for message in messages]), space)
    write_weights(result)
    sample = [reading.plain(row["text"])[:400] for row in unlabelled[::6]]
    write_ngrams(result, [*(message.plain for message in messages), *sample])
    print(f"{len(result.names)} features, {KEPT_PIECES} pieces of words")


if __name__ == "__main__":
    main()
