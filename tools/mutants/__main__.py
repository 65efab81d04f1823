"""`python -m tools.mutants`: how many faults the tests notice, and which they do not."""

from __future__ import annotations

import argparse
import ast
import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random

from tools.mutants.faults import Fault, faults_of
from tools.mutants.rooms import ROOMS, ROOT, Room
from tools.mutants.trying import attempt, load_what_is_not_ours


def main() -> int:
    asked = _read_arguments()
    load_what_is_not_ours()
    low = [room.name for room in ROOMS if not _is_good_enough(room, asked)]
    if low:
        _say(f"\nbelow their aim: {', '.join(low)}")
    return 1 if low else 0


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.mutants", description=__doc__)
    parser.add_argument("only", nargs="*", help="a room, or part of a file's path")
    parser.add_argument("--every", type=int, default=10, help="try one fault in so many (1: all)")
    parser.add_argument("--seed", type=int, default=13)
    return parser.parse_args()


def _is_good_enough(room: Room, asked: argparse.Namespace) -> bool:
    files = [file for file in room.files() if _is_asked(room, file, asked.only)]
    if not files:
        return True
    tests = _quickest_first(room)
    tried = noticed = 0
    for file in files:
        of_file, unnoticed = _try_file(file, tests, asked)
        tried += of_file
        noticed += of_file - len(unnoticed)
        _say(f"{file.relative_to(ROOT)}: {of_file - len(unnoticed)} of {of_file}")
        for fault in unnoticed:
            _say(f"    {fault.line}: {fault.words}")
    share = noticed / tried if tried else 1.0
    _say(f"{room.name}: {noticed} of {tried} noticed, {share:.1%} (aim {room.aim:.0%})")
    return share >= room.aim


def _is_asked(room: Room, file: Path, only: Sequence[str]) -> bool:
    path, names = str(file.relative_to(ROOT)), {room.name for room in ROOMS}
    return not only or room.name in only or any(part in path for part in only if part not in names)


def _quickest_first(room: Room) -> list[Path]:
    timed: list[tuple[float, Path]] = []
    for test in room.test_files():
        trial = attempt([test])
        if trial.noticed:
            raise SystemExit(f"{test.relative_to(ROOT)} fails without any fault")
        timed.append((trial.seconds, test))
    tests = [test for _, test in sorted(timed)]
    if attempt(tests).noticed:
        raise SystemExit(f"the tests of {room.name} do not pass together")
    return tests


def _try_file(file: Path, tests: Sequence[Path], asked: argparse.Namespace) -> tuple[int, list[Fault]]:
    tree = ast.parse(file.read_text("utf-8"))
    faults = list(faults_of(tree))
    chosen = Random(f"{asked.seed} {file.name}").sample(faults, -(-len(faults) // asked.every))  # noqa: S311
    named = sorted(tests, key=lambda test: file.stem not in test.stem)
    unnoticed = []
    for fault in sorted(chosen, key=lambda fault: fault.line):
        code = fault.compiled_in(tree, str(file))
        if not attempt(named, file, code).noticed:
            unnoticed.append(fault)
    return len(chosen), unnoticed


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
