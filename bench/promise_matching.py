"""Whether a complaint finds the promise it is about, and leaves the others alone.

A hundred promises of one body, a complaint about each, and two hundred complaints about something else, which
were written for other purposes. All of it is invented; the weights were learnt from every other pair. Prints
the figures of INTEGRITY §2 (10), and the time of one match against as many promises as are ever looked at.

    python -m bench.promise_matching [--misses]
"""

from __future__ import annotations

import argparse
import csv
import json
import statistics
import time
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from bot.wiring import utc_now
from cases.integrity.registers.commitment_model import Commitment, CommitmentStatus, Quality, Source
from cases.integrity.registers.promises_meant import Meant, meant_by
from cases.integrity.spine.dossier import Subject
from cases.model import Complaint
from cases.records import FreeText
from cases.service.credit.public_commitments import MOST_BODIES, MOST_PROMISES
from classify.engine import Classifier

HERE = Path(__file__).parent
OTHERS = 200


class Pair(NamedTuple):
    matter: str
    told: str
    amount: str


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--misses", action="store_true")
    show = asked.parse_args().misses
    told = pairs()
    promises = [promise(n, one.matter, one.amount) for n, one in enumerate(told)]
    found = [meant_by(complaint_of(one.told, one.amount), promises) for one in told]
    places = [_place(n, meant) for n, meant in enumerate(found)]
    for name, part in (("learnt from", places[::2]), ("unseen", places[1::2])):
        first, three = sum(one == 0 for one in part), sum(one is not None for one in part)
        goal = len(part) * 9 // 10
        print(f"{name:12} right one first {first} of {len(part)}, among three {three} (goal {goal})")
    others = letters()[:OTHERS]
    proposed = [(text, meant) for text in others if (meant := meant_by(complaint_of(text, ""), promises))]
    print(f"of others    {len(proposed)} of {len(others)} with a proposal (goal {len(others) // 20})")
    many = [promise(n, one.matter, one.amount) for n in range(9) for one in told]
    assert len(many) == MOST_BODIES * MOST_PROMISES
    spent = sorted(_spent(one.told, many) for one in told)
    median = statistics.median(spent)
    print(f"ms of CPU against {len(many)}: median {median:.1f}, most {spent[-1]:.1f} (goal 20)")
    if show:
        for place, one in zip(places, told, strict=True):
            if place is None:
                print("missed  ", one.matter, "|", one.told)
        for text, meant in proposed:
            print("proposed", [str(one.commitment.matter) for one in meant], "|", text[:80])


def pairs() -> list[Pair]:
    with (HERE / "promises" / "pairs.tsv").open(encoding="utf-8", newline="") as file:
        return [Pair(*row) for row in csv.reader(file, delimiter="\t")]


def letters() -> list[str]:
    """About something else; the first `OTHERS` are for measuring."""
    lines = (HERE / "letters" / "held_out.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines]


@cache
def _classifier() -> Classifier:
    return Classifier.load()


def _place(number: int, meant: tuple[Meant, ...]) -> int | None:
    ids = [one.commitment.id for one in meant]
    return ids.index(f"CN-{number}") if f"CN-{number}" in ids else None


def _spent(told: str, promises: list[Commitment]) -> float:
    complaint = complaint_of(told, "")
    begun = time.process_time()
    meant_by(complaint, promises)
    return (time.process_time() - begun) * 1000


def complaint_of(text: str, amount: str) -> Complaint:
    yuan, domain = int(amount) if amount else None, _classifier().classify(text).domain
    return Complaint(text=FreeText(text), domain=domain, amount_yuan=yuan, region_code="630102")


def promise(number: int, matter: str, amount: str) -> Commitment:
    now = utc_now()
    return Commitment(
        id=f"CN-{number}",
        filing_key=str(number),
        opened_at=now,
        updated_at=now,
        status=CommitmentStatus.PUBLISHED,
        jurisdiction="qinghai",
        subject=Subject(name="示例县人民政府", region_code="630102"),
        keeper="630000:省财政厅",
        keeper_name="青海省财政厅",
        matter=FreeText(matter),
        quality=Quality.TERM,
        for_whom="群众",
        result=FreeText("完成"),
        due_on=date(2026, 12, 31),
        post="负责科室",
        where_said=Source.LIVELIHOOD,
        document="民生实事",
        amount_yuan=int(amount) if amount else None,
    )


if __name__ == "__main__":
    main()
