"""Hands out proofs and checks what people bring: the signer with the deployment's name on it.

Says nothing about who filed; whoever asks for a proof must have been let to the case before.
"""

from __future__ import annotations

import json
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from cases.model import Case
from cases.service.signing import BadProof, Signer, check_proof, export_content, receipt_content

LARGEST_PROOF = 2 * 1024 * 1024
"""Bytes; more is not a proof of ours."""
KEY_BYTES = 32


class Proofs:
    """One per deployment."""

    def __init__(self, signer: Signer, issuer: str) -> None:
        self._signer = signer
        self.issuer = issuer

    def receipt(self, case: Case) -> bytes:
        """受理凭证: this number, at this time, with exactly these words and files."""
        return _written(self._signer.sign(receipt_content(case, self.issuer)))

    def export(self, case: Case) -> bytes:
        """The course of the case as its reporter may see it."""
        return _written(self._signer.sign(export_content(case, self.issuer)))

    def check(self, given: bytes) -> dict[str, Any]:
        """The content of a proof of ours. Raises BadProof."""
        return check_given(given, self._signer.public_key)

    @property
    def public_key(self) -> dict[str, str]:
        """The public key to publish, in both common forms."""
        raw = self._signer.public_key
        return {
            "algorithm": "Ed25519",
            "key": self._signer.key_id,
            "public_key": raw.hex(),
            "issuer": self.issuer,
            "pem": to_pem(raw),
        }


def check_given(given: bytes, public_key: bytes) -> dict[str, Any]:
    """The content of a proof as a file or as pasted. Raises BadProof."""
    if len(given) > LARGEST_PROOF:
        raise BadProof("too-large")
    try:
        proof = json.loads(given.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise BadProof("foreign") from None
    return check_proof(proof, public_key)


def to_pem(public_key: bytes) -> str:
    key = Ed25519PublicKey.from_public_bytes(public_key)
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode("ascii")


def read_public_key(given: bytes) -> bytes:
    """The 32 bytes of a public key from PEM, from our JSON, or as hex digits. Raises BadProof."""
    try:
        text = given.decode("utf-8-sig").strip()
        if text.startswith("-----BEGIN"):
            key = load_pem_public_key(text.encode("ascii"))
            if isinstance(key, Ed25519PublicKey):
                return key.public_bytes(Encoding.Raw, PublicFormat.Raw)
        elif text.startswith("{"):
            return _sized(bytes.fromhex(json.loads(text)["public_key"]))
        else:
            return _sized(bytes.fromhex(text))
    except (ValueError, KeyError, TypeError):
        pass
    raise BadProof("no-key")


def _sized(raw: bytes) -> bytes:
    if len(raw) != KEY_BYTES:
        raise ValueError(len(raw))
    return raw


def _written(proof: dict[str, Any]) -> bytes:
    return (json.dumps(proof, ensure_ascii=False, indent=2) + "\n").encode()
