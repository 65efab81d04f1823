"""How well messages are understood that no rule writer has read: domain, bodies, place, sum.

    python -m bench.judge_scores [FILE.jsonl]        (default: bench/letters/closed2.jsonl)

Prints no text and no single error, so that a judge stays one. "Any form": one name within the other, or
nine tenths alike; "clean": to the letter. A sum is right within one percent or inside the stated range.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from classify import Classifier
from classify.text.normalise import normalise
from classify.types import CONFIDENT, Classification, Domain

JUDGE = Path(__file__).with_name("letters") / "closed2.jsonl"
ALIKE = 90
Row = dict[str, Any]


def ratio(part: int, whole: int) -> str:
    return f"{part / whole:.3f} ({part} of {whole})" if whole else "none"


def in_any_form(one: str, other: str) -> bool:
    return one in other or other in one or fuzz.ratio(one, other) >= ALIKE


def paired(named: Sequence[str], found: Sequence[str], same: Callable[[str, str], bool]) -> int:
    """How many of `found` stand for one of `named` each, nobody twice."""
    left = list(named)
    for name in found:
        match = next((other for other in left if same(name, other)), None)
        if match is not None:
            left.remove(match)
    return len(named) - len(left)


def domains(rows: Sequence[tuple[Row, Classification]]) -> None:
    clear = [(row, said.domain) for row, said in rows if row["clear"]]
    right = sum(domain == row["primary"] for row, domain in clear)
    scores = []
    for label in Domain:
        hits = sum(domain == label == row["primary"] for row, domain in clear)
        gold = sum(row["primary"] == label for row, _ in clear)
        said = sum(domain == label for _, domain in clear)
        if gold:
            scores.append(2 * hits / (gold + said))
            print(f"    {label.value:<14} R {ratio(hits, gold)}, P {ratio(hits, said)}")
    inside = [Domain(row["primary"]).in_scope for row, _ in clear]
    kept = [domain.in_scope for _, domain in clear]
    both = sum(a and b for a, b in zip(inside, kept, strict=True))
    print(f"  strict {ratio(right, len(clear))}, macro-F1 {sum(scores) / len(scores):.3f}")
    print(f"  in scope F1 {2 * both / (sum(inside) + sum(kept)):.3f}")
    sure = [row["primary"] == said.domain for row, said in rows if said.confidence >= CONFIDENT]
    print(f"  of decisions with {CONFIDENT} and more right {ratio(sum(sure), len(sure))}")


def bodies(rows: Sequence[tuple[Row, Classification]]) -> None:
    counts = {"any form": 0, "clean": 0}
    named = found = nothing_like = 0
    for row, said in rows:
        gold, names = row["accused"], [body.name for body in said.accused]
        named, found = named + len(gold), found + len(names)
        counts["any form"] += paired(gold, names, in_any_form)
        counts["clean"] += paired(gold, names, str.__eq__)
        nothing_like += sum(not any(in_any_form(n, g) for g in [*gold, *row["mentioned"]]) for n in names)
    for form, hits in counts.items():
        print(f"  bodies, {form}: P {ratio(hits, found)}, R {ratio(hits, named)}")
    print(f"  bodies like none that is named: {ratio(nothing_like, found)}")


def places(rows: Sequence[tuple[Row, Classification]]) -> None:
    """Places written in Latin letters are left out: the label has no Chinese name to compare with."""
    named = [(normalise(row["region_meant"] or row["region"] or "").text, said.region) for row, said in rows]
    judged = [(gold, region) for gold, region in named if not gold.isascii() or not gold]
    hits = sum(bool(gold and region and gold.rstrip("省市县区州") in region.name) for gold, region in judged)
    found, gold = sum(region is not None for _, region in judged), sum(bool(gold) for gold, _ in judged)
    print(f"  place: P {ratio(hits, found)}, R {ratio(hits, gold)}")


def sums(rows: Sequence[tuple[Row, Classification]]) -> None:
    judged = [(row, said.amount_yuan) for row, said in rows if row["amount_clear"]]
    hits = sum(
        row["amount"] is not None
        and amount is not None
        and row["amount"] * 0.99 <= float(amount) <= (row["amount_to"] or row["amount"]) * 1.01
        for row, amount in judged
    )
    said = sum(amount is not None for _, amount in judged)
    print(f"  sum: P {ratio(hits, said)}, R {ratio(hits, sum(r['amount'] is not None for r, _ in judged))}")


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else JUDGE
    classifier = Classifier.load()
    read: dict[str, list[tuple[Row, Classification]]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        row: Row = json.loads(line)
        said = classifier.classify(row["text"], row["title"])
        for register in ("all", row["register"]):
            read[register].append((row, said))
    for register, rows in read.items():
        print(f"{register}: {len(rows)} messages")
        for tell in (domains, bodies, places, sums):
            tell(rows)


if __name__ == "__main__":
    main()
