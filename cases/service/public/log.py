"""The public log: one signed line a day, from which nothing can be taken away unseen.

A day's line holds the root of a tree over all that was filed or changed that day and the end of the audit
trail; the lines themselves are the leaves of a tree that only grows. Who keeps an old line can be shown that
the newest one continues it, and who holds a receipt that it is in the line of its day. A leaf is the hash of
something signed: nobody who does not hold it can guess it, so the log tells how many, never what.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from cases.instants import local_date
from cases.merkle import consistency_of, continues, is_below, leaf_of, path_of, root_of
from cases.model import Case
from cases.service.public.proofs import BadProof, Proofs, canonical, check_proof

Signed = dict[str, Any]
"""A proof: content, key id, signature."""


@dataclass(frozen=True, slots=True)
class LogDay:
    """A line of the log, with the leaves of its day in order of their hashes."""

    day: str
    line: Signed
    leaves: tuple[bytes, ...]


class PublicLogStore(Protocol):
    async def list_lines(self) -> Sequence[Signed]:
        """Every line, the oldest first."""

    async def first_since(self, day: str) -> LogDay | None:
        """The line of this day, or the next one after it."""

    async def add(self, day: LogDay) -> None: ...


class PublicLog:
    """Writes the log and shows what is in it."""

    def __init__(self, store: PublicLogStore, proofs: Proofs) -> None:
        self._store = store
        self._proofs = proofs

    async def list_lines(self) -> Sequence[Signed]:
        return await self._store.list_lines()

    def leaves_of(self, case: Case, since: date) -> Iterable[bytes]:
        """What a case that changed adds: its receipt, if it was filed since, and the end of its history."""
        if local_date(case.filed_at) >= since:
            yield leaf_of(canonical(json.loads(self._proofs.receipt(case))))
        last = case.history[-1]
        head = {"kind": "history", "number": case.number, "seq": last.seq, "hash": last.hash}
        yield leaf_of(canonical(self._proofs.sign(head)))

    async def close(self, day: date, leaves: Iterable[bytes], audit: tuple[int, str]) -> Signed:
        """Write the line of a day that is over."""
        lines = [line["content"] for line in await self._store.list_lines()]
        inside = tuple(sorted(set(leaves)))
        told: dict[str, Any] = {
            "day": day.isoformat(),
            "cases": {"size": len(inside), "root": root_of(inside).hex()},
            "audit": {"seq": audit[0], "hash": audit[1]},
        }
        tree = [*map(leaf_of_line, lines), leaf_of_line(told)]
        proof = consistency_of(len(lines), tree) if lines else []
        line = self._proofs.sign(
            {
                "kind": "log-day",
                "version": 1,
                "issuer": self._proofs.issuer,
                **told,
                "log": {"size": len(tree), "root": root_of(tree).hex()},
                "consistency": [step.hex() for step in proof],
            }
        )
        await self._store.add(LogDay(day.isoformat(), line, inside))
        return line

    async def inclusion_of(self, receipt: Signed) -> dict[str, Any] | None:
        """What shows that a receipt of ours is in the log; None while its day goes on, or before the log."""
        filed = local_date(datetime.fromisoformat(receipt["content"]["filed_at"]))
        found = await self._store.first_since(filed.isoformat())
        leaf = leaf_of(canonical(receipt))
        if found is None or leaf not in found.leaves:
            return None
        place = found.leaves.index(leaf)
        path = [step.hex() for step in path_of(place, found.leaves)]
        return {"receipt": receipt, "place": place, "path": path, "line": found.line}


def leaf_of_line(content: dict[str, Any]) -> bytes:
    """The leaf that a line is in the tree of lines."""
    return leaf_of(canonical({name: content[name] for name in ("day", "cases", "audit")}))


def check_inclusion(given: Any, public_key: bytes) -> tuple[dict[str, Any], str]:
    """The content of the receipt and the day in whose line it is. Raises BadProof; needs no network."""
    try:
        receipt, line = check_proof(given["receipt"], public_key), check_proof(given["line"], public_key)
        path = [bytes.fromhex(step) for step in given["path"]]
        size, root = int(line["cases"]["size"]), bytes.fromhex(line["cases"]["root"])
        whole = is_below(leaf_of(canonical(given["receipt"])), int(given["place"]), size, path, root)
    except (KeyError, TypeError, ValueError) as error:
        raise error if isinstance(error, BadProof) else BadProof("foreign") from None
    if not whole:
        raise BadProof("not-included")
    return receipt, str(line["day"])


def find_fault(series: Sequence[Signed], public_key: bytes) -> str | None:
    """What is wrong with published lines, the oldest first and without gaps: None when each continues the one
    before and, if the very first is among them, when the tree is made of them."""
    tree: list[bytes] = []
    before: dict[str, Any] | None = None
    try:
        for signed in series:
            line = check_proof(signed, public_key)
            size, root = int(line["log"]["size"]), bytes.fromhex(line["log"]["root"])
            tree.append(leaf_of_line(line))
            if size == len(tree) and root != root_of(tree):
                return f"{line['day']}: the lines before it are not those it was written after"
            if before is not None and not _follows(before, line, size, root):
                return f"{line['day']}: it does not continue {before['day']}"
            before = line
    except BadProof as fault:
        return f"line {len(tree) + 1}: {fault}"
    except (KeyError, TypeError, ValueError):
        return f"line {len(tree) + 1}: {BadProof('foreign')}"
    return None


def _follows(before: dict[str, Any], line: dict[str, Any], size: int, root: bytes) -> bool:
    proof = [bytes.fromhex(step) for step in line["consistency"]]
    earlier, known = int(before["log"]["size"]), bytes.fromhex(before["log"]["root"])
    later = before["day"] < line["day"] and before["audit"]["seq"] <= line["audit"]["seq"]
    return later and size == earlier + 1 and continues(earlier, size, known, root, proof)
