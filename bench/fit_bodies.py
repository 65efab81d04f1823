"""Learns what each sign around a body says for its being complained about, and writes `accusing.tsv`.

usage: python -m bench.fit_bodies        (SHOUXIN_EVAL names the folder of labelled messages)

Learns from spans in `body_labels.csv` (ids and places only), from the invented messages of
`letters/detailed_training.jsonl`, and from the bodies that two readers named in the second set. Prints how
well it does on the second set, cross-validated, and on `letters/detailed_held_out.jsonl`. Of texts only
pieces of up to three characters that stand beside bodies in several messages are written.
"""

from __future__ import annotations

import csv
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from bench.classifier_training import LETTERS, Row, eval_folder, read_rows, read_unlabelled
from classify.bodies import accused
from classify.bodies.accused import BIAS, WEIGHTS, Named, choose
from classify.engine import Classifier
from classify.types import Domain

LABELS = Path(__file__).parent / "body_labels.csv"
LEAST_MESSAGES = 6
STRENGTH = 0.1
SAYS_NOTHING = 0.02
FOLDS = 5
Spans = list[tuple[int, int]]
Names = tuple[list[str], list[str], list[str]]
"""Of one message: names given, names wanted, names allowed besides."""


class Labelled(NamedTuple):
    """The bodies of one message, each with whether it is complained about, None where nobody can say."""

    row: Row
    outside: bool
    """Whether the classifier takes it for no complaint."""
    bodies: list[tuple[Named, bool | None]]
    missed: tuple[str, ...] = ()
    """Bodies complained about that were not seen at all."""


class Reader:
    """Messages with labels, as the classifier reads their bodies."""

    def __init__(self) -> None:
        self._classifier = Classifier.load()

    def by_spans(self, row: Row, accused_at: Spans, unsure_at: Spans) -> Labelled:
        """Labels by where accused and unsure bodies stand in `title + newline + text`."""
        outside, named, spans = self._classifier.weigh_bodies(row["text"], row.get("title") or "")
        labels = [
            True if _overlap(own, accused_at) else None if _overlap(own, unsure_at) else False
            for own in spans
        ]
        missed = (
            row["text"][slice(*span)]
            for span in accused_at
            if not any(_overlap([span], own) for own in spans)
        )
        return Labelled(row, outside, list(zip(named, labels, strict=True)), tuple(missed))

    def by_names(self, row: Row) -> Labelled:
        """Labels by the names that two readers gave, or one of them."""
        outside, named, _ = self._classifier.weigh_bodies(row["text"], row["title"])
        both, one = ([name.lower() for name in row[key]] for key in ("accused", "accused_one_reader"))
        labels = [True if is_named(each, both) else None if is_named(each, one) else False for each in named]
        return Labelled(row, outside, list(zip(named, labels, strict=True)))


def is_named(named: Named, names: Iterable[str]) -> bool:
    own = named.body.name.lower()
    return any(own in name or name in own for name in names)


def _overlap(spans: Spans, others: Spans) -> bool:
    return any(start < stop and first < end for start, end in spans for first, stop in others)


def _spans(cell: str) -> Spans:
    return [(int(start), int(end)) for start, end in (span.split("-") for span in cell.split())]


def read_spans(reader: Reader) -> Iterator[Labelled]:
    folder = eval_folder()
    rows = [
        *read_unlabelled(folder),
        *read_rows(folder / "dev.jsonl"),
        *read_rows(LETTERS / "training.jsonl"),
    ]
    by_id = {row["id"]: row for row in rows}
    with LABELS.open(encoding="utf-8") as lines:
        for label in csv.DictReader(lines):
            yield reader.by_spans(by_id[label["id"]], _spans(label["accused"]), _spans(label["unsure"]))


def read_invented(reader: Reader, name: str) -> Iterator[Labelled]:
    for row in read_rows(LETTERS / f"{name}.jsonl"):
        if row["bodies"] or not Domain(row["primary"]).in_scope:
            yield reader.by_spans(row, [tuple(body["span"]) for body in row["bodies"] if body["accused"]], [])


class Weighing:
    """Weights of signs, learnt from labelled messages."""

    def __init__(self, messages: list[Labelled]) -> None:
        often = Counter(
            sign
            for message in messages
            for sign in set().union(*(named.signs for named, _ in message.bodies))
        )
        rows = [
            (named.signs, label)
            for message in messages
            for named, label in message.bodies
            if label is not None
        ]
        self._table = DictVectorizer()
        matrix = self._table.fit_transform(
            {sign: 1.0 for sign in signs if often[sign] >= LEAST_MESSAGES} for signs, _ in rows
        )
        model = LogisticRegression(C=STRENGTH, max_iter=500).fit(matrix, [label for _, label in rows])
        found = dict(zip(self._table.get_feature_names_out(), model.coef_[0], strict=True))
        self.weights = {sign: weight for sign, weight in found.items() if abs(weight) >= SAYS_NOTHING}
        self.weights[BIAS] = float(model.intercept_[0])

    def chosen(self, message: Labelled) -> list[str]:
        """Names of the bodies that would be taken for accused."""
        accused.SAYS.clear()
        accused.SAYS.update(self.weights)
        return [
            named.body.name.lower()
            for named in choose([named for named, _ in message.bodies], outside=message.outside)
        ]


def report(title: str, messages: Iterable[Names]) -> None:
    given = right = wanted = found = 0
    for got, want, also in messages:
        given, wanted = given + len(got), wanted + len(want)
        right += sum(any(name in other or other in name for other in (*want, *also)) for name in got)
        found += sum(any(name in other or other in name for other in got) for name in want)
    print(f"{title}: {given} given, right in any form {right / given:.3f}, found {found / wanted:.3f}")


def cross_validated(others: list[Labelled], second: list[Labelled]) -> Iterator[Names]:
    order = random.Random(0).sample(range(len(second)), len(second))
    for fold in range(FOLDS):
        held = set(order[fold::FOLDS])
        weighing = Weighing([*others, *(second[n] for n in order if n not in held)])
        for n in held:
            row = second[n].row
            named = [[name.lower() for name in row[key]] for key in ("accused", "accused_one_reader")]
            yield weighing.chosen(second[n]), named[0], named[1]


def main() -> None:
    reader = Reader()
    others = [*read_spans(reader), *read_invented(reader, "detailed_training")]
    second = [reader.by_names(row) for row in read_rows(eval_folder() / "dev2.jsonl")]
    report("second set, cross-validated", cross_validated(others, second))
    weighing = Weighing([*others, *second])
    held: list[Names] = [
        (
            weighing.chosen(message),
            [named.body.name.lower() for named, label in message.bodies if label] + list(message.missed),
            [],
        )
        for message in read_invented(reader, "detailed_held_out")
    ]
    report("invented, held out", held)
    lines = [f"{sign}\t{weight:.2f}" for sign, weight in sorted(weighing.weights.items())]
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} signs from {len(others) + len(second)} messages")


if __name__ == "__main__":
    main()
