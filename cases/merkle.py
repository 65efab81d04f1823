"""Merkle trees as in RFC 9162, section 2.1: whoever holds a root can be shown that something is below it, and
that a later tree only added to an earlier one.

A page of own code, which a test holds against the vectors of the reference implementation. Knows nothing of
what the leaves are. Hashes are SHA-256, 32 bytes each.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

EMPTY = hashlib.sha256(b"").digest()


def leaf_of(data: bytes) -> bytes:
    return hashlib.sha256(b"\0" + data).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


def _split(size: int) -> int:
    """The largest power of two below a size of at least two."""
    return 1 << (size - 1).bit_length() - 1


def root_of(leaves: Sequence[bytes]) -> bytes:
    """Of these leaf hashes, in order (2.1.1)."""
    level = list(leaves)
    while len(level) > 1:
        paired = [_node(*level[place : place + 2]) for place in range(0, len(level) - 1, 2)]
        level = paired + level[len(paired) * 2 :]
    return level[0] if level else EMPTY


def path_of(place: int, leaves: Sequence[bytes]) -> list[bytes]:
    """What leads from the leaf at a place, counted from 0, to the root (2.1.3.1). Raises IndexError."""
    if not 0 <= place < len(leaves):
        raise IndexError(place)
    if len(leaves) == 1:
        return []
    middle = _split(len(leaves))
    if place < middle:
        return [*path_of(place, leaves[:middle]), root_of(leaves[middle:])]
    return [*path_of(place - middle, leaves[middle:]), root_of(leaves[:middle])]


def consistency_of(earlier: int, leaves: Sequence[bytes]) -> list[bytes]:
    """What shows that the tree of the first so many leaves is the beginning of this one (2.1.4.1)."""
    if not 0 < earlier <= len(leaves):
        raise IndexError(earlier)
    return _subproof(earlier, leaves, True)


def _subproof(earlier: int, leaves: Sequence[bytes], known: bool) -> list[bytes]:
    if earlier == len(leaves):
        return [] if known else [root_of(leaves)]
    middle = _split(len(leaves))
    if earlier <= middle:
        return [*_subproof(earlier, leaves[:middle], known), root_of(leaves[middle:])]
    return [*_subproof(earlier - middle, leaves[middle:], False), root_of(leaves[:middle])]


def is_below(leaf: bytes, place: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether a leaf hash is at this place of the tree of this size and root (2.1.3.2)."""
    if not 0 <= place < size:
        return False
    at, last, found = place, size - 1, leaf
    for step in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = _node(step, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = _node(found, step)
        at, last = at >> 1, last >> 1
    return last == 0 and found == root


def continues(earlier: int, size: int, before: bytes, root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the tree of this size and root begins with the earlier one of that size and root (2.1.4.2)."""
    if earlier == size:
        return before == root and not proof
    if not 0 < earlier < size:
        return False
    steps = [before, *proof] if earlier & (earlier - 1) == 0 else list(proof)
    if not steps:
        return False
    at, last = earlier - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old, new = _node(step, old), _node(step, new)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new = _node(new, step)
        at, last = at >> 1, last >> 1
    return last == 0 and old == before and new == root
