"""Prints how well the classifier does: packaged and cross-validated scores, calibration, robustness.

usage: python bench/classify_scores.py [FOLDER]     (default: SHOUXIN_EVAL, else ../shared/eval)
"""

from __future__ import annotations

import os
import sys
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import numpy as np

from bench.classifier_training import (
    LETTERS,
    Floats,
    Message,
    Reading,
    Row,
    Space,
    dev_messages,
    eval_folder,
    extra_messages,
    homophones,
    letters,
    read_dev,
    read_rows,
    read_unlabelled,
    title_messages,
    with_slips,
)
from bench.cross_validation import cross_validate, decisions, figures, mean_figures
from classify import Classifier
from classify.domain.decision import Weights, load_weights

BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)


def packaged(classifier: Classifier, rows: list[Row], dev: list[Message]) -> None:
    sounds = homophones()
    plain = [classifier.classify(row["text"], row["title"]).domain.value for row in rows]
    slips = [
        classifier.classify(
            with_slips(row["text"], row["id"], sounds), with_slips(row["title"], row["id"], sounds)
        )
        for row in rows
    ]
    print("packaged model (it has seen these messages)")
    print(f"  as written           {figures(dev, np.array(plain))}")
    print(f"  with homophone slips {figures(dev, np.array([s.domain.value for s in slips]))}")


def held_out(classifier: Classifier, reading: Reading) -> None:
    """Invented messages that neither lexicons nor weights were made from; much harder than real ones."""
    judged = letters(reading, "held_out")
    rows = read_rows(LETTERS / "held_out.jsonl")
    said = [classifier.classify(row["text"], row["title"]).domain.value for row in rows]
    print(f"packaged model on {len(judged)} invented messages that it has not seen")
    print(f"  as written           {figures(judged, np.array(said))}")


def slip(row: Row, sounds: dict[str, str]) -> Row:
    """The row with a homophone in every fifth word of title and text."""
    return {**row, **{part: with_slips(row[part], row["id"], sounds) for part in ("title", "text")}}


def calibration(dev: list[Message], runs: list[Floats], weights: Weights) -> None:
    print("calibration, cross-validated (right = an acceptable label; as if asked about nothing)")
    judged = decisions(dev, runs, weights)
    for low, high in pairwise(BINS):
        inside = [right for confidence, right, _ in judged if low <= confidence < high]
        if inside:
            shown = f"{low:.2f}..{min(high, 1):.2f}"
            print(f"  confidence {shown}  {np.mean(inside):6.1%} right of {len(inside) / len(runs):5.0f}")
    for name, chosen in (("all", judged), ("clear", [item for item in judged if item[2]])):
        sure = [right for confidence, right, _ in chosen if confidence >= 0.8]
        part = len(sure) / len(chosen)
        print(f"  {name}: {np.mean(sure):.1%} right of the {part:.0%} with confidence 0.8 and more")


def main() -> None:
    if len(sys.argv) > 1:
        os.environ["SHOUXIN_EVAL"] = sys.argv[1]
    folder = eval_folder()
    reading = Reading()
    rows = read_dev(folder)
    dev = dev_messages(reading, folder)
    classifier = Classifier.load()
    packaged(classifier, rows, dev)
    held_out(classifier, reading)
    unlabelled = read_unlabelled(folder)
    space = Space(unlabelled)
    extra, titles = extra_messages(reading, unlabelled), title_messages(reading, folder)
    runs = cross_validate(dev, extra, titles, space)
    result = mean_figures(dev, runs)
    print("cross-validated (5 folds, 3 repeats; held-out messages and their retellings unseen)")
    print(f"  as written           {result}")
    print("  F1: " + "  ".join(f"{label} {value:.2f}" for label, value in result.per_label.items()))
    sounds = homophones()
    slipped = [reading.message(slip(row, sounds), row["primary"], 1.0) for row in rows]
    slipped_runs = cross_validate(dev, extra, titles, space, variant=slipped)
    print(f"  with homophone slips {mean_figures(dev, slipped_runs)}")
    calibration(dev, runs, load_weights())


if __name__ == "__main__":
    main()
