"""Fits the classifier and writes its two readable tables, `weights.tsv` and `ngrams.tsv`.

usage: python -m bench.fit_classifier        (SHOUXIN_EVAL names the folder of labelled messages)

The temperature is chosen by cross-validation so that decisions with confidence 0.8 and more are at least
95% right. No text of the messages is written: only pairs and triples of characters that occur in many.
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
from bench.cross_validation import choose_temperature, cross_validate
from classify.domain.decision import WEIGHTS
from classify.domain.ngrams import NGRAMS, UNIT

KEPT_NGRAMS = 6000


def write_weights(result: Fit, temperature: float) -> None:
    lines = [f"temperature\t{temperature:.2f}", "feature\t" + "\t".join(DOMAINS)]
    rows = [("bias", result.bias), *zip(result.names, result.feature_weights, strict=True)]
    lines += [name + "".join(f"\t{value:.3f}" for value in row) for name, row in rows]
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_ngrams(result: Fit, space: Space) -> None:
    kept = np.sort(np.argsort(-importance(result, space))[:KEPT_NGRAMS])
    values = np.rint(result.ngram_weights[kept] * space.idf[kept][:, None] * UNIT).astype(int)
    lines = ["ngram\t" + "\t".join(DOMAINS)]
    lines += [
        space.names[place] + "".join(f"\t{value}" for value in row)
        for place, row in zip(kept, values, strict=True)
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
    runs = cross_validate(dev, extra, titles, space, repeats=2)
    temperature = choose_temperature(dev, runs)
    messages = [*dev, *extra, *titles.values()]
    result = fit(messages, space.project([message.plain for message in messages]), space)
    write_weights(result, temperature)
    write_ngrams(result, space)
    print(f"temperature {temperature:.2f}, {len(result.names)} features, {KEPT_NGRAMS} n-grams")


if __name__ == "__main__":
    main()
