"""The key ring: what is sealed at rest and what is looked up by keyed hash.

Sealing is AES-256-GCM with a key id in front, so keys can be rotated; the context (which record,
which field) is bound in, so a sealed value cannot be moved elsewhere. Look-ups go through an HMAC
whose key stays the same across rotations: it is kept in the database, sealed (see `keystone.py`).
Nothing here writes or logs a key or a plain text.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from collections.abc import Iterable
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, AESSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.sealed.padding import fill

FORMAT = b"\x01"
ID_BYTES = 4
NONCE_BYTES = 12
HEAD = len(FORMAT) + ID_BYTES
SHORTEST_SECRET = 32
SHORTEST_BLINDED = 50


class WrongKey(Exception):
    """The keys given do not open what this database holds, or what was sealed has been changed."""


class WeakKey(ValueError):
    """A secret key that is too short to protect anybody."""


def _derive(secret: bytes, purpose: bytes, length: int = 32) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=b"shouxin", info=purpose).derive(secret)


class _Key:
    """One secret's subkeys."""

    __slots__ = ("cipher", "head", "id", "root")

    def __init__(self, secret: str) -> None:
        raw = secret.encode()
        if len(raw) < SHORTEST_SECRET:
            raise WeakKey(f"SECRET_KEY must have at least {SHORTEST_SECRET} characters")
        self.id = _derive(raw, b"id", ID_BYTES)
        self.head = FORMAT + self.id
        self.cipher = AESGCM(_derive(raw, b"seal"))
        self.root = _derive(raw, b"digest")


class KeyRing:
    """The primary key seals; older keys still open."""

    def __init__(self, primary: str, older: Iterable[str] = (), *, digest_root: bytes | None = None) -> None:
        self._secrets = (primary, tuple(older))
        self._primary = _Key(primary)
        self._keys = {key.id: key for key in (self._primary, *(_Key(secret) for secret in self._secrets[1]))}
        self._purposes: dict[str, bytes] = {}
        self._blinders: dict[str, AESSIV] = {}
        self.digest_root = digest_root or self._primary.root

    @classmethod
    def from_file(cls, path: Path) -> KeyRing:
        """As `from_lines`."""
        return cls.from_lines(path.read_text(encoding="utf-8"))

    @classmethod
    def from_lines(cls, text: str) -> KeyRing:
        """One secret a line, the primary first; empty lines and lines starting with # are skipped."""
        lines = [line.strip() for line in text.splitlines()]
        secrets = [line for line in lines if line and not line.startswith("#")]
        if not secrets:
            raise WeakKey("there is no key")
        return cls(secrets[0], secrets[1:])

    def with_digest_root(self, root: bytes) -> KeyRing:
        """The same keys, with the look-up key that the database was begun with."""
        primary, older = self._secrets
        return KeyRing(primary, older, digest_root=root)

    @property
    def primary_id(self) -> str:
        return self._primary.id.hex()

    def seal(self, plain: bytes | str, context: str) -> bytes:
        """`context` names the record and field; `open` needs the same one."""
        if isinstance(plain, str):
            plain = plain.encode("utf-8", "surrogatepass")
        nonce = os.urandom(NONCE_BYTES)
        key = self._primary
        return key.head + nonce + key.cipher.encrypt(nonce, plain, key.head + context.encode())

    def open(self, sealed: bytes, context: str) -> bytes:
        """Raises WrongKey."""
        key = self._keys.get(sealed[len(FORMAT) : HEAD])
        if key is None or sealed[: len(FORMAT)] != FORMAT:
            raise WrongKey(f"no key on the ring opens {context.partition('/')[2] or 'this'}")
        nonce, body = sealed[HEAD : HEAD + NONCE_BYTES], sealed[HEAD + NONCE_BYTES :]
        try:
            return key.cipher.decrypt(nonce, body, key.head + context.encode())
        except (InvalidTag, ValueError) as error:
            raise WrongKey("a sealed value does not open: wrong key, or it was changed") from error

    def open_text(self, sealed: bytes, context: str) -> str:
        return self.open(sealed, context).decode("utf-8", "surrogatepass")

    def is_current(self, sealed: bytes) -> bool:
        """Whether the primary key sealed it."""
        return sealed[:HEAD] == self._primary.head

    def reseal(self, sealed: bytes, context: str) -> bytes:
        """The same plain text under the primary key (unchanged when it already is)."""
        return sealed if self.is_current(sealed) else self.seal(self.open(sealed, context), context)

    def digest(self, text: str, purpose: str) -> str:
        """Keyed hash for look-ups: 64 hex digits. Different purposes never give the same value."""
        key = self.purpose_key(purpose)
        return hmac.new(key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()

    def mark(self, text: str, purpose: str) -> str:
        """A short `digest` for what is only compared: 32 hex digits."""
        return self.digest(text, purpose)[:32]

    def blind(self, text: str, purpose: str) -> str:
        """The same text always gives the same code, which `unblind` alone turns back (AES-SIV, RFC 5297).

        For what must be grouped or found by equality and also shown. Shorter texts than 48 bytes give codes
        of one length.
        """
        plain = text.encode("utf-8", "surrogatepass")
        filled = fill(len(plain).to_bytes(2, "big") + plain, SHORTEST_BLINDED)
        code = self._blinder(purpose).encrypt(filled, [purpose.encode()])
        return base64.urlsafe_b64encode(code).decode().rstrip("=")

    def unblind(self, code: str, purpose: str) -> str:
        """Raises WrongKey."""
        try:
            raw = base64.urlsafe_b64decode(code + "=" * (-len(code) % 4))
            filled = self._blinder(purpose).decrypt(raw, [purpose.encode()])
        except (InvalidTag, ValueError) as error:
            raise WrongKey("a blinded value does not open: wrong key, or it was changed") from error
        return filled[2 : 2 + int.from_bytes(filled[:2], "big")].decode("utf-8", "surrogatepass")

    def _blinder(self, purpose: str) -> AESSIV:
        if purpose not in self._blinders:
            self._blinders[purpose] = AESSIV(_derive(self.digest_root, b"blind/" + purpose.encode(), 64))
        return self._blinders[purpose]

    def purpose_key(self, purpose: str) -> bytes:
        """The 32-byte subkey behind `digest`, for code that hashes in bulk."""
        key = self._purposes.get(purpose)
        if key is None:
            key = self._purposes[purpose] = _derive(self.digest_root, b"digest/" + purpose.encode())
        return key
