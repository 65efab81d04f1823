"""Command line: `--jsonl` for files, `--explain` for a person, `--check` for the lexicons."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import TextIOWrapper
from typing import Any

from classify.acts.buttons import buttons_at
from classify.engine import Classifier
from classify.types import Classification, NamedBody


def as_record(identity: object, result: Classification) -> dict[str, Any]:
    """The result as plain values, with the keys of the line format."""
    return {
        "id": identity,
        "domain": result.domain.value,
        "confidence": result.confidence,
        "candidates": [{"domain": c.domain.value, "score": c.score} for c in result.candidates],
        "evidence": [
            {"phrase": e.phrase, "matched": e.matched, "span": [e.span.start, e.span.end], "score": e.score}
            for e in result.phrases
        ],
        "region": {"code": result.region.code, "name": result.region.name} if result.region else None,
        "accused": [_body_record(body) for body in result.accused],
        "mentioned": [_body_record(body) for body in result.mentioned],
        "amount_yuan": result.amount_yuan,
    }


def _body_record(body: NamedBody) -> dict[str, Any]:
    span = [body.span.start, body.span.end] if body.span else None
    return {"name": body.name, "level": body.level.value if body.level else None, "span": span}


def classify_lines(classifier: Classifier, lines: Iterable[str], bad: list[int]) -> Iterable[str]:
    """One JSON line out per JSON line in. Blank ones are passed over, unreadable ones noted in `bad`."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        row = _read_row(line)
        if row is None:
            bad.append(number)
            continue
        result = classifier.classify(str(row["text"] or ""), str(row.get("title") or ""))
        record = json.dumps(as_record(row.get("id"), result), ensure_ascii=False)
        yield record.encode("utf-8", "backslashreplace").decode("utf-8")


def _read_row(line: str) -> dict[str, Any] | None:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return row if isinstance(row, dict) and "text" in row else None


def _classify_stream() -> int:
    """Standard input to standard output, both UTF-8 whatever the locale says."""
    for stream, errors in ((sys.stdin, "replace"), (sys.stdout, "backslashreplace")):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)
    bad: list[int] = []
    try:
        sys.stdout.writelines(f"{line}\n" for line in classify_lines(Classifier.load(), sys.stdin, bad))
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    for number in bad:
        sys.stderr.write(
            f"第{number}行不是带 text 的 JSON 对象，已跳过。"
            f" Line {number} is not a JSON object with a text; it was left out.\n"
        )
    return 1 if bad else 0


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m classify", description=__doc__)
    choice = parser.add_mutually_exclusive_group(required=True)
    choice.add_argument("--jsonl", action="store_true", help="read JSON lines, write JSON lines")
    choice.add_argument("--explain", metavar="TEXT", help="say in words how TEXT is understood")
    choice.add_argument("--check", action="store_true", help="check the lexicons; exit 1 on a fault")
    parser.add_argument("--step", default="start", help="with --explain: what was asked last, such as place")
    options = parser.parse_args(arguments)
    out = sys.stdout
    if options.check:
        from classify.lexicon_check import faults

        found = faults()
        out.writelines(f"{fault}\n" for fault in found)
        return 1 if found else 0
    if options.jsonl:
        return _classify_stream()
    from classify.acts.act import Act
    from classify.acts.reading import understand
    from classify.explain import explain, explain_acts

    classifier = Classifier.load()
    acts = understand(options.explain, options.step, buttons_at(options.step), classifier)
    if not {Act.STORY, Act.DANGER}.isdisjoint(acts.acts):
        result = classifier.classify(options.explain, today=datetime.now().astimezone().date())
        out.write(explain(result, classifier.arguments(options.explain)))
    out.write(explain_acts(acts, options.step))
    return 0


if __name__ == "__main__":
    sys.exit(main())
