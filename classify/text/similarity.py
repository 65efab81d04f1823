"""Tells whether two complaints are retellings: bands for an indexed look-up, then a fuzzy comparison.

Texts that share a band are candidates; how many cases are stored does not matter for finding them. The
bands are stable over time and machines, so they may be stored. Nothing here knows of cases.
"""

from __future__ import annotations

import re
import zlib
from random import Random

from rapidfuzz import fuzz

from classify.text.normalise import normalise

BANDS = 32
ROWS = 2
READ = 2000
"""Characters of each text that are compared."""
RETELLING = 0.55
"""From this similarity on a complaint is offered as a supplement to the same citizen's earlier one."""
NEARLY_IDENTICAL = 0.85
"""From this similarity on complaints of several citizens are shown as one cluster."""

_MASK = (1 << 32) - 1
_SHUFFLE = Random(20261122)  # noqa: S311 - a fixed table, not a secret
_FACTORS = [(_SHUFFLE.randrange(1, _MASK, 2), _SHUFFLE.randrange(_MASK)) for _ in range(BANDS * ROWS)]
_CLAUSES = re.compile(r"[^\w]+")
_NOT_TOLD = re.compile(
    r"尊敬的?[一-鿿]{0,6}(?:领导|书记|市长|县长|区长|局长|厅长)|(?:领导|您|你)们?好|谢谢|[^\w]|\d{7,}|\*+"
)


def minhash_bands(text: str) -> tuple[str, ...]:
    """At most 32 short strings; two texts with half their wording in common share one almost surely.

    Empty for a text with no words.
    """
    told = _NOT_TOLD.sub("", normalise(text).text[:READ])
    shingles = {told[place : place + 2] for place in range(len(told) - 1)} or ({told} - {""})
    if not shingles:
        return ()
    hashes = [zlib.crc32(shingle.encode("utf-8", "surrogatepass")) for shingle in shingles]
    least = [min([(factor * value + shift) & _MASK for value in hashes]) for factor, shift in _FACTORS]
    return tuple(
        f"{band:02d}{zlib.crc32(repr(least[band * ROWS : (band + 1) * ROWS]).encode()):08x}"
        for band in range(BANDS)
    )


def similarity(one: str, other: str) -> float:
    """How far the shorter text is told again in the longer, 0..1; the order of clauses does not matter."""
    shorter, longer = sorted((_clauses(one), _clauses(other)), key=lambda clauses: sum(map(len, clauses)))
    whole = "".join(longer)
    size = sum(map(len, shorter))
    if not size or not whole:
        return 0.0
    told = sum(
        len(clause) * fuzz.partial_ratio(clause, whole) for clause in shorter if len(clause) <= len(whole)
    )
    balance = min(1.0, 0.5 + size / len(whole))
    return round(told / size / 100 * balance, 4)


def _clauses(text: str) -> list[str]:
    return [clause for clause in _CLAUSES.split(normalise(text).text[:READ]) if clause]
