"""Anchors of the audit trail as files: small signed statements to publish, and the check against them.

Whoever holds an anchor of a day can later prove whether anything before it was changed or cut off.
"""

from __future__ import annotations

import asyncio
import json
from datetime import date
from pathlib import Path
from typing import Any

from cases.service.public.proofs import BadProof, Signer, check_proof
from storage.audit.trail import Anchor, MongoAuditStore

ANCHORS = "anchors"
"""Folder of what is published, inside the data folder."""


def file_name(day: str) -> str:
    return f"audit-anchor-{day}.json"


async def publish_anchor(
    audit: MongoAuditStore, signer: Signer, day: date, folder: Path
) -> tuple[Anchor, Path] | None:
    """The anchor of this day, kept in the database and signed into a file; None before the first entry."""
    path = folder / file_name(day.isoformat())
    anchor = await audit.anchor(day)
    if anchor is None:
        return None
    if not await asyncio.to_thread(path.exists):
        await asyncio.to_thread(write_proof, path, signer.sign(content_of(anchor)))
    return anchor, path


def content_of(anchor: Anchor) -> dict[str, Any]:
    return {"kind": "audit-anchor", "version": 1, "day": anchor.day, "seq": anchor.seq, "hash": anchor.hash}


def read_anchor(path: Path, public_key: bytes) -> Anchor:
    """Raises BadProof or OSError."""
    try:
        content = check_proof(json.loads(path.read_text(encoding="utf-8")), public_key)
        return Anchor(str(content["day"]), int(content["seq"]), str(content["hash"]))
    except (ValueError, KeyError, TypeError) as error:
        if isinstance(error, BadProof):
            raise
        raise BadProof("no-anchor") from None


def write_proof(path: Path, proof: dict[str, Any]) -> None:
    """Whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_suffix(".part")
    part.write_text(json.dumps(proof, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    part.rename(path)
