"""How well acts are understood: by step, act and language; danger and questions apart.

    python -m bench.act_scores [FILE.jsonl …] [--misses] [--count FILE.jsonl …]

Lines: {"id", "step", "language", "text", "acts"}. Without files the open half in `bench/acts/` is taken. An
item is right when its acts are; where danger is expected, only whether it was heard counts. `--count`: in
real complaints the alarms are counted, and what each was taken for. Texts are printed with `--misses` only.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from bench.danger_alarms import read_texts
from cases.vocabulary import Language
from classify import Classifier
from classify.acts.act import Act, Understood
from classify.acts.danger import find_danger
from classify.acts.reading import understand
from tests.town.buttons import offered

OPEN = Path(__file__).with_name("acts") / "open.jsonl"


class Line(NamedTuple):
    id: str
    step: str
    language: Language
    text: str
    acts: frozenset[Act]


def read_lines(path: Path) -> list[Line]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        Line(str(r["id"]), r["step"], Language(r["language"]), r["text"], frozenset(map(Act, r["acts"])))
        for r in rows
    ]


def is_right(line: Line, found: Understood) -> bool:
    if Act.DANGER in line.acts:
        return Act.DANGER in found.acts
    return frozenset(found.acts) == line.acts


class Tally:
    """Right of all, by name."""

    def __init__(self) -> None:
        self._right: Counter[str] = Counter()
        self._all: Counter[str] = Counter()

    def add(self, names: Iterable[str], right: bool) -> None:
        for name in names:
            self._all[name] += 1
            self._right[name] += right

    def lines(self) -> Iterable[str]:
        for name, count in sorted(self._all.items()):
            yield f"  {name:<11} {self._right[name]:>4} of {count:<4} {self._right[name] / count:7.1%}"


def score(path: Path, classifier: Classifier, *, misses: bool) -> None:
    lines = read_lines(path)
    tallies: dict[str, Tally] = defaultdict(Tally)
    heard: Counter[tuple[Act, bool, bool]] = Counter()
    confused: Counter[str] = Counter()
    for line in lines:
        found = understand(line.text, line.step, offered(line.step, line.language), classifier)
        right = is_right(line, found)
        tallies["all"].add(["all"], right)
        tallies["step"].add([line.step], right)
        tallies["act"].add(line.acts or ["(none)"], right)
        tallies["language"].add([line.language.value], right)
        for act in (Act.DANGER, Act.QUESTION):
            if act is Act.DANGER or Act.DANGER not in line.acts:
                heard[act, act in line.acts, act in found.acts] += 1
        if not right:
            said = "+".join(sorted(found.acts)) or "none"
            confused[f"{line.step}: {'+'.join(sorted(line.acts))} → {said}"] += 1
            if misses:
                print(f"  {line.id} {line.step}: {line.text!r} {sorted(line.acts)} → {list(found.acts)}")
    print(f"{path.name}: {len(lines)} utterances")
    for name, tally in tallies.items():
        print(f" by {name}:", *tally.lines(), sep="\n")
    for act in (Act.DANGER, Act.QUESTION):
        hit, missed = heard[act, True, True], heard[act, True, False]
        false, quiet = heard[act, False, True], heard[act, False, False]
        print(f" {act.value}: recall {hit} of {hit + missed}, false alarms {false} of {false + quiet}")
    print(" confusions:", *(f"  {count} × {what}" for what, count in confused.most_common(25)), sep="\n")


def count(path: Path, classifier: Classifier) -> None:
    """Of complaints as they were written: alarms, and whatever else they were taken for."""
    whole = list(read_texts(path))
    alarms = sum(bool(find_danger(text)) for text in whole)
    taken: Counter[str] = Counter()
    for text in whole:
        found = understand(text.strip(), "start", offered("start", Language.ZH_HANS), classifier)
        taken["+".join(found.acts)] += 1
    print(f"{path.name}: danger heard in {alarms} of {len(whole)} ({alarms / len(whole):.2%}); as acts")
    print(f"  {dict(taken)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument(
        "--misses", action="store_true", help="print what was not understood; never of a closed set"
    )
    parser.add_argument("--count", nargs="*", type=Path, default=[], help="files of real complaints")
    options = parser.parse_args()
    classifier = Classifier.load()
    for path in options.files or ([] if options.count else [OPEN]):
        score(path, classifier, misses=options.misses)
    for path in options.count:
        count(path, classifier)


if __name__ == "__main__":
    main()
