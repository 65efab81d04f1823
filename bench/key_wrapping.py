"""What keys per department would cost, in microseconds: `python -m bench.key_wrapping`.

A data key per case would be wrapped for each entitled department as the vault seals who filed (X25519 with a
key of the moment, HKDF, AES-GCM) and unwrapped by whoever reads: docs/decisions/0014-keys-per-department.md.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import timedelta

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from cases.figures.measures import facts_of
from storage.cases.documents import CaseMapper
from storage.figures.documents import FactsMapper
from storage.sealed.key_ring import KeyRing
from storage.sealed.vault import Vault
from tests.town.stories import START, case_at

ROUNDS = 300


def _microseconds(what: Callable[[], object], rounds: int = ROUNDS) -> float:
    best = float("inf")
    for _ in range(5):
        began = time.perf_counter()
        for _ in range(rounds):
            what()
        best = min(best, (time.perf_counter() - began) / rounds * 1e6)
    return best


def main() -> None:
    (vault, codes), data_key = Vault.make(), os.urandom(32)
    code, wrapped = " ".join(codes[1:]), vault.seal(data_key)
    keys = KeyRing("k" * 40)
    mapper, rows, case = CaseMapper(keys), FactsMapper(keys), case_at(3, START + timedelta(days=90))
    document = mapper.to_document(case)
    file, cipher, nonce = os.urandom(2_000_000), AESGCM(data_key), os.urandom(12)
    figures = {
        "wrap a data key for one department": _microseconds(lambda: vault.seal(data_key)),
        "unwrap it, by the last of three locks": _microseconds(lambda: vault.open(wrapped, code)),
        f"open a case of {len(case.history)} entries, as now": _microseconds(
            lambda: mapper.to_case(document)
        ),
        "seal it with what queries need, as now": _microseconds(lambda: mapper.to_document(case)),
        "its row of the board, from the open case": _microseconds(
            lambda: rows.to_document(facts_of(case), ())
        ),
        "open a file of 2 MB": _microseconds(lambda: cipher.encrypt(nonce, file, None), 10),
        "a key from a password (scrypt, 64 MB)": _microseconds(
            lambda: Scrypt(salt=nonce, length=32, n=2**16, r=8, p=1).derive(b"password"), 1
        ),
    }
    for what, cost in figures.items():
        print(f"{what:<52}{cost:>12,.0f} µs")


if __name__ == "__main__":
    main()
