"""How long something sealed is, made to tell little: every length is filled up to one of few."""

from __future__ import annotations

SHORTEST = 64
"""Bytes to which everything shorter is filled up."""


def fill(plain: bytes, shortest: int = SHORTEST) -> bytes:
    """Zeros behind it; whoever opens it must know where it ends."""
    return plain.ljust(filled_length(len(plain), shortest), b"\0")


def filled_length(length: int, shortest: int = SHORTEST) -> int:
    """To how many bytes so many are filled up, at most an eighth more: Padmé (Nikitin et al., 2019)."""
    if length <= shortest:
        return shortest
    exponent = length.bit_length() - 1
    free = exponent - exponent.bit_length()
    return (length + (1 << free) - 1) >> free << free
