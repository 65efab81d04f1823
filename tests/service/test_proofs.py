"""Proofs: what a citizen can show to anybody, and what nobody can forge."""

from __future__ import annotations

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.service.public.proofs import BadProof, Signer, check_proof

SIGNER = Signer(b"\x07" * 32)


def test_a_signed_proof_is_confirmed_by_the_public_key_alone() -> None:
    content = {"kind": "receipt", "number": "SX20261122-0000001-1", "digest": "ab" * 32}
    proof = json.loads(json.dumps(SIGNER.sign(content)))
    assert check_proof(proof, SIGNER.public_key) == content


@pytest.mark.parametrize(
    ("part", "value"), [("number", "SX20261122-0000002-2"), ("digest", "cd" * 32), ("more", "words")]
)
def test_a_changed_proof_is_refused(part: str, value: str) -> None:
    proof = SIGNER.sign({"number": "SX20261122-0000001-1", "digest": "ab" * 32})
    changed = copy.deepcopy(proof)
    changed["content"][part] = value
    with pytest.raises(BadProof, match="不符"):
        check_proof(changed, SIGNER.public_key)


def test_a_proof_of_another_key_is_named_as_such() -> None:
    proof = Signer(b"\x08" * 32).sign({"number": "1"})
    with pytest.raises(BadProof, match="另一把密钥"):
        check_proof(proof, SIGNER.public_key)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_anything_else_is_refused_with_a_sentence(anything: object) -> None:
    with pytest.raises(BadProof):
        check_proof(anything, SIGNER.public_key)
