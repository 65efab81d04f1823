"""Proofs a citizen can keep: a signed receipt and a signed export, checked offline with the public key alone.

A proof is JSON: {"content": {...}, "key": key id, "signature": base64url}. The signature (Ed25519) covers the
canonical form of `content`: sorted keys, no spaces, UTF-8. Nothing in a proof says who filed; whoever asks
for one must have been let to the case before.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from cases.lifecycle.table import MOVES
from cases.model import Case
from cases.vocabulary import AddedBy, Move

LARGEST_PROOF = 2 * 1024 * 1024
"""Bytes; more is not a proof of ours."""
KEY_BYTES = 32

FAULTS = {
    "foreign": "这不是本系统的凭证文件。",
    "other-key": "凭证由另一把密钥签署，请使用对应的公钥核验。",
    "changed": "凭证内容与签名不符，可能被改动过。",
    "too-large": "文件太大，不是本系统的凭证文件。",
    "no-key": "这不是公钥文件，请从核验页面下载。",
    "no-anchor": "这不是审计锚点文件。",
    "not-included": "这份凭证不在所附的公开日志里。",
}
"""What can be wrong with a file that is brought here, in words for staff."""


class BadProof(ValueError):
    """Not a proof, or signed by another key, or changed after signing; `code` is one of FAULTS."""

    def __init__(self, code: str) -> None:
        super().__init__(FAULTS[code])
        self.code = code


class Signer:
    """Signs with the deployment's key. `seed` is 32 secret bytes."""

    def __init__(self, seed: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public_key = self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.key_id = key_id(self.public_key)

    def sign(self, content: dict[str, Any]) -> dict[str, Any]:
        """The proof of this content. Values must be JSON's own."""
        return {
            "content": content,
            "key": self.key_id,
            "signature": _encode(self._key.sign(canonical(content))),
        }


def key_id(public_key: bytes) -> str:
    """A short name of a public key: the first 16 hex digits of its SHA-256."""
    return hashlib.sha256(public_key).hexdigest()[:16]


def check_proof(proof: Any, public_key: bytes) -> dict[str, Any]:
    """The content, if the proof is whole and signed by this key. Raises BadProof."""
    if not isinstance(proof, dict) or not isinstance(proof.get("content"), dict):
        raise BadProof("foreign")
    if proof.get("key") != key_id(public_key):
        raise BadProof("other-key")
    try:
        signature = base64.urlsafe_b64decode(str(proof.get("signature", "")))
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, canonical(proof["content"]))
    except (InvalidSignature, ValueError, TypeError):
        raise BadProof("changed") from None
    content: dict[str, Any] = proof["content"]
    return content


def receipt_content(case: Case, issuer: str) -> dict[str, Any]:
    """What a receipt proves: this number, at this time, with exactly these words and files."""
    return {
        "kind": "receipt",
        "version": 1,
        "issuer": issuer,
        "number": case.number,
        "filed_at": case.filed_at.isoformat(timespec="milliseconds"),
        "department": case.history[0].data.get("department", case.department),
        "digest": filing_digest(case),
    }


def export_content(case: Case, issuer: str) -> dict[str, Any]:
    """The course of a case as the citizen may see it; internal notes and names of staff stay out."""
    return {
        "kind": "case",
        "version": 1,
        "issuer": issuer,
        "number": case.number,
        "filed_at": case.filed_at.isoformat(timespec="milliseconds"),
        "status": case.status.value,
        "department": case.department_name,
        "text": str(case.complaint.text),
        "evidence": [{"name": str(e.name), "sha256": e.sha256, "size": e.size} for e in case.evidence],
        "course": [
            {"at": e.at.isoformat(timespec="milliseconds"), "what": MOVES[Move(e.move)].past, "hash": e.hash}
            for e in case.history
            if MOVES[Move(e.move)].told
        ],
        "letters": [
            {"serial": letter.serial, "outcome": letter.outcome, "opinion": str(letter.opinion)}
            for letter in case.letters
        ],
        "digest": filing_digest(case),
    }


def filing_digest(case: Case) -> str:
    """SHA-256 over the words filed and the digests of the files filed with them, in order."""
    filed = [e.sha256 for e in case.evidence if e.added_at <= case.filed_at and e.by is AddedBy.CITIZEN]
    return digest_of(str(case.complaint.text), filed)


def digest_of(text: str, evidence: Sequence[str]) -> str:
    """What `filing_digest` gives for these words and these SHA-256 digests of files."""
    return hashlib.sha256(canonical({"text": text, "evidence": list(evidence)})).hexdigest()


class Proofs:
    """Hands out proofs and checks what people bring: the signer with the deployment's name on it."""

    def __init__(self, signer: Signer, issuer: str) -> None:
        self._signer = signer
        self.issuer = issuer

    def sign(self, content: dict[str, Any]) -> dict[str, Any]:
        return self._signer.sign(content)

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
    return check_proof(read_proof(given), public_key)


def read_proof(given: bytes) -> Any:
    """A proof as a file or as pasted, not checked yet. Raises BadProof."""
    if len(given) > LARGEST_PROOF:
        raise BadProof("too-large")
    try:
        return json.loads(given.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise BadProof("foreign") from None


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


def canonical(content: dict[str, Any]) -> bytes:
    """What is signed and hashed: sorted keys, no spaces, UTF-8."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode()
