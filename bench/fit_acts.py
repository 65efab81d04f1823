"""Learns which act a message does at a step, from invented utterances; writes `classify/data/acts.tsv`.

    python -m bench.fit_acts [--folds] [--without FILE.jsonl]

`--folds` cross-validates and writes nothing; `--without` keeps the utterances of that file out, so that it
can judge. Some utterances are joined to messages of two acts, and some put at other steps where they do the
same. Danger is learnt apart (`bench/fit_danger.py`).
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bench.act_scores import OPEN, Line, read_lines
from cases.vocabulary import Language
from classify import Classifier
from classify.acts.act import TO_DEPARTMENT, Act
from classify.acts.traits import traits
from classify.acts.weighing import ALWAYS, TABLE, UNIT, decide
from tests.town.buttons import offered

TRAINING = OPEN.with_name("training.jsonl")
ACTS = [act for act in Act if act is not Act.DANGER]
SEVERAL = 2
"""Utterances in which a trait must stand."""
LEAST = 3
"""Hundredths; traits that weigh less for every act are not written."""
STRENGTH = 2.0
MADE = 0.4
"""How much an utterance counts that was made of others."""
JOINED = 0.45
"""Messages of two acts made for each utterance there is."""
ANYWHERE = {Act.QUESTION, Act.INSULT, Act.SMALL_TALK, Act.GREETING, Act.THANKS}
MAIN = {Act.ANSWER, Act.STORY, Act.COMMAND, Act.CORRECTION, Act.DECLINE, Act.QUESTION}
SECOND = [Act.QUESTION] * 4 + [Act.INSULT] * 3 + [Act.GREETING] * 3 + [Act.THANKS] * 3 + [Act.SMALL_TALK]
BETWEEN = {
    True: [", ", ". ", ". ", "! ", "\n"],
    False: ["，", "。", "，", "！", " ", "；", "\n", "，顺便", "。对了，"],
}
"""English, and not."""
STEPS = (
    "start",
    "telling",
    "summary",
    "place",
    "amount",
    "accused",
    "wish",
    "contact",
    "evidence",
    "period",
    "identity",
    "domain",
    "name",
    "number",
)
SHORT_QUESTION = 22


def joined(lines: Sequence[Line], chance: random.Random) -> list[Line]:
    """A greeting before an answer, a question after a story, and the like."""
    single: dict[tuple[bool, Act], list[Line]] = defaultdict(list)
    for line in lines:
        if len(line.acts) == 1:
            single[line.language is Language.EN, next(iter(line.acts))].append(line)
    mains = [line for (_, act), some in single.items() if act in MAIN for line in some]
    made = []
    for _ in range(round(JOINED * len(lines))):
        main, kind = chance.choice(mains), chance.choice(SECOND)
        english = main.language is Language.EN
        other = chance.choice(single[english, kind])
        if kind in main.acts or len(other.text) > (100 if english else 40):
            continue
        likely = {Act.GREETING: 1.0, Act.THANKS: 0.0, Act.QUESTION: 0.2}.get(kind, 0.5)
        first, second = (other, main) if chance.random() < likely else (main, other)
        head = first.text.rstrip(" ，,。.;；")
        between = " " if head.endswith(("?", "？", "!", "！")) else chance.choice(BETWEEN[english])
        made.append(main._replace(text=head + between + second.text, acts=main.acts | other.acts))
    return made


def elsewhere(lines: Sequence[Line], chance: random.Random) -> list[Line]:
    """What is asked, thrown or said by the way at one step, at another."""
    moved = []
    for line in lines:
        if line.acts <= ANYWHERE and line.step not in TO_DEPARTMENT:
            step = chance.choice(STEPS)
            told = step in {"start", "telling", "wish"} and len(line.text) > SHORT_QUESTION
            if not (told and Act.QUESTION in line.acts):
                moved.append(line._replace(step=step))
    return moved


class Fit:
    """Weights of traits, one column per act."""

    def __init__(self, lines: Sequence[Line], classifier: Classifier) -> None:
        chance = random.Random(7)
        made = [*joined(lines, chance), *elsewhere(lines, chance)]
        found = [traits_of(line, classifier) for line in (*lines, *made)]
        counts = Counter(trait for one in found for trait in one)
        self.names = sorted(trait for trait, count in counts.items() if count >= SEVERAL)
        self._places = {trait: place for place, trait in enumerate(self.names)}
        rows, weights = self._rows(found), [1.0] * len(lines) + [MADE] * len(made)
        self.weights, self.bias = np.zeros((len(self.names), len(ACTS))), np.zeros(len(ACTS))
        for column, act in enumerate(ACTS):
            model = LogisticRegression(C=STRENGTH, solver="liblinear", tol=1e-3)
            model.fit(rows, [act in line.acts for line in (*lines, *made)], sample_weight=weights)
            self.weights[:, column], self.bias[column] = model.coef_[0], model.intercept_[0]

    def _rows(self, found: Sequence[set[str]]) -> csr_matrix:
        places = [[self._places[trait] for trait in one if trait in self._places] for one in found]
        ends = np.cumsum([0, *map(len, places)])
        flat = np.fromiter((place for row in places for place in row), dtype=np.int32)
        return csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(places), len(self.names)))

    def acts_of(self, found: Sequence[set[str]]) -> list[frozenset[Act]]:
        scores = self._rows(found) @ self.weights + self.bias
        return [frozenset(decide(dict(zip(ACTS, map(float, row), strict=True)))) for row in scores]

    def write(self) -> int:
        written = 0
        with TABLE.open("w", encoding="utf-8") as out:
            out.write("\t".join(ACTS) + "\n")
            for name, row in zip([ALWAYS, *self.names], np.vstack([self.bias, self.weights]), strict=True):
                numbers = np.rint(row * UNIT).astype(int)
                if name == ALWAYS or abs(numbers).max() >= LEAST:
                    out.write("\t".join([name, *map(str, numbers)]) + "\n")
                    written += 1
        return written


def traits_of(line: Line, classifier: Classifier) -> set[str]:
    return traits(line.text, line.step, offered(line.step, line.language), classifier)


def cross_validate(lines: Sequence[Line], classifier: Classifier) -> None:
    right, heard, asked, several = 0, 0, 0, Counter[bool]()
    for fold in range(5):
        held = lines[fold::5]
        fit = Fit([line for n, line in enumerate(lines) if n % 5 != fold], classifier)
        for line, acts in zip(held, fit.acts_of([traits_of(o, classifier) for o in held]), strict=True):
            right += acts == line.acts
            if len(line.acts) > 1:
                several[acts == line.acts] += 1
            asked += Act.QUESTION in line.acts
            heard += Act.QUESTION in line.acts & acts
    print(f"five folds: {right} of {len(lines)} ({right / len(lines):.1%}), questions {heard} of {asked}")
    print(f"of several acts {several[True]} of {several.total()}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", action="store_true")
    parser.add_argument("--without", type=Path)
    options = parser.parse_args()
    kept_out = {line.id for line in read_lines(options.without)} if options.without else set()
    lines = [line for path in (OPEN, TRAINING) for line in read_lines(path) if Act.DANGER not in line.acts]
    lines = [line for line in lines if line.id not in kept_out]
    random.Random(3).shuffle(lines)
    classifier = Classifier.load()
    if options.folds:
        cross_validate(lines, classifier)
        return
    print(f"{len(lines)} utterances, {Fit(lines, classifier).write()} traits")


if __name__ == "__main__":
    main()
