"""A letter between two levels: a head line that is signed, and for a batch the lines its digest covers.

It must not know what the lines say, nor whose letters count.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from cases.errors import InvalidInput, NotAllowed, Reason
from cases.integrity.breaches.exchange import digest
from cases.service.public.proofs import BadProof, Signer, canonical, check_proof

FORMAT = "shouxin-exchange/1"
BATCH, MONTHS, ANSWER, COMPARED = "batch", "months", "answer", "compared"
LARGEST = 1024 * 1024
"""Bytes of a letter; as large as a form may be."""

NO_LETTER = Reason("exchange-no-letter", "这不是上下级归集的文件。")
LETTER_TOO_LARGE = Reason("exchange-too-large", "归集文件超过1MB，请分批报送。")
SIGNATURE_WRONG = Reason("exchange-signature", "批次签名不符，没有接收。")
LINES_CHANGED = Reason("exchange-lines-changed", "批次的行数或摘要与签名的内容不符，没有接收。")


@dataclass(frozen=True, slots=True)
class Letter:
    head: dict[str, Any]
    """What was signed."""
    lines: tuple[str, ...]

    @property
    def kind(self) -> str:
        return str(self.head.get("kind"))


def write(signer: Signer, kind: str, lines: tuple[str, ...] = (), **said: Any) -> str:
    head = {"format": FORMAT, "kind": kind, **said}
    return "".join(f"{one}\n" for one in (canonical(signer.sign(head)).decode(), *lines))


def unsigned_head(text: str) -> dict[str, Any]:
    """What the head says, unchecked. Raises InvalidInput."""
    if len(text.encode("utf-8", "surrogatepass")) > LARGEST:
        raise InvalidInput(LETTER_TOO_LARGE)
    try:
        head = json.loads(text.partition("\n")[0])["content"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise InvalidInput(NO_LETTER) from None
    if not isinstance(head, dict) or head.get("format") != FORMAT:
        raise InvalidInput(NO_LETTER)
    return head


def read(text: str, key: bytes) -> Letter:
    """A letter signed by this key whose lines are those that were signed. Raises InvalidInput, NotAllowed."""
    unsigned_head(text)
    first, _, rest = text.partition("\n")
    try:
        head = check_proof(json.loads(first), key)
    except BadProof:
        raise NotAllowed(SIGNATURE_WRONG) from None
    lines = tuple(rest.split("\n")[:-1])
    if head.get("kind") == BATCH and (
        not rest.endswith("\n") or head.get("count") != len(lines) or head.get("digest") != digest(rest)
    ):
        raise InvalidInput(LINES_CHANGED)
    return Letter(head, lines)
