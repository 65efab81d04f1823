"""What the process can seal and cannot open: a public key, whose other half is locked under officers' codes.

The codes are made here, shown once and stored nowhere; each has a hundred random bits, so that whoever holds
database and key ring has nothing to try. Three recovery codes lock it as well, any two of them together.
Who may ask for what to be opened is not decided here.
"""

from __future__ import annotations

import itertools
import os
import re
import secrets
from dataclasses import dataclass, replace

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.database.connection import Database
from storage.database.encoding import decode, encode
from storage.sealed.key_ring import KeyRing

PLACE = "vault"
CONTEXT = "settings/vault"
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Thirty-one signs without look-alikes: 20 of them are 99 bits."""
RECOVERY = ("1", "2", "3")
KEY, NONCE = 32, 12


class WrongCode(Exception):
    """No lock opens with this."""


class AlreadyThere(Exception):
    """A vault was made before; making another would lock out what the first holds."""


@dataclass(frozen=True, slots=True)
class Vault:
    """The public key, and the private one once for each who can open it, by name."""

    public: bytes
    locks: dict[str, bytes]

    @classmethod
    def make(cls) -> tuple[Vault, tuple[str, ...]]:
        """A new one, and its three recovery codes."""
        own = X25519PrivateKey.generate()
        codes = tuple(_new_code() for _ in RECOVERY)
        named = dict(zip(RECOVERY, codes, strict=True))
        locks = {
            f"{one}+{other}": _lock(own, f"{named[one]} {named[other]}")
            for one, other in itertools.combinations(RECOVERY, 2)
        }
        return cls(own.public_key().public_bytes_raw(), locks), codes

    def admit(self, name: str, code: str) -> tuple[Vault, str]:
        """With a lock for one more officer, opened by somebody's code; the new code. Raises WrongCode."""
        given = _new_code()
        return replace(self, locks={**self.locks, name: _lock(self._unlock(code), given)}), given

    def dismiss(self, name: str) -> Vault:
        """Without this officer's lock."""
        return replace(self, locks={who: lock for who, lock in self.locks.items() if who != name})

    @property
    def officers(self) -> tuple[str, ...]:
        return tuple(who for who in self.locks if "+" not in who)

    def seal(self, plain: bytes) -> bytes:
        moment = X25519PrivateKey.generate()
        head = moment.public_key().public_bytes_raw()
        shared = moment.exchange(X25519PublicKey.from_public_bytes(self.public))
        return head + _encrypt(shared, head + self.public, plain)

    def open(self, sealed: bytes, code: str) -> bytes:
        """Raises WrongCode."""
        head = sealed[:KEY]
        shared = self._unlock(code).exchange(X25519PublicKey.from_public_bytes(head))
        return _decrypt(shared, head + self.public, sealed[KEY:])

    def _unlock(self, code: str) -> X25519PrivateKey:
        for lock in self.locks.values():
            try:
                return X25519PrivateKey.from_private_bytes(_decrypt(_secret(code), b"lock", lock))
            except WrongCode:
                continue
        raise WrongCode


async def find_vault(database: Database, keys: KeyRing) -> Vault | None:
    """Sealed by the ring too: nobody without it puts another public key in its place."""
    stored = await database["settings"].find_one({"_id": PLACE})
    if stored is None:
        return None
    return Vault(**decode(keys.open(stored["sealed"], CONTEXT)))


async def put_vault(database: Database, keys: KeyRing, vault: Vault, before: Vault | None) -> None:
    """In place of `before`. Raises AlreadyThere when somebody else was faster."""
    settings, old = database["settings"], await database["settings"].find_one({"_id": PLACE})
    if before is None:
        if old is not None:
            raise AlreadyThere
        await settings.insert({"_id": PLACE, "sealed": _sealed(vault, keys)})
    elif old is None or Vault(**decode(keys.open(old["sealed"], CONTEXT))) != before:
        raise AlreadyThere
    else:
        await settings.update(old, {"$set": {"sealed": _sealed(vault, keys)}})


async def renew(database: Database, keys: KeyRing) -> None:
    """Seal it under the ring's primary key; its own stays."""
    vault = await find_vault(database, keys)
    if vault is not None:
        await put_vault(database, keys, vault, vault)


def _sealed(vault: Vault, keys: KeyRing) -> bytes:
    return keys.seal(encode({"public": vault.public, "locks": vault.locks}), CONTEXT)


def _new_code() -> str:
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(5)) for _ in range(4))


def _secret(code: str) -> bytes:
    """However it was typed: capitals, without dashes; two recovery codes in either order."""
    words = sorted("".join(re.findall(r"\w", word)).lower() for word in code.split())
    return " ".join(words).encode("utf-8", "replace")


def _lock(own: X25519PrivateKey, code: str) -> bytes:
    return _encrypt(_secret(code), b"lock", own.private_bytes_raw())


def _encrypt(secret: bytes, bound: bytes, plain: bytes) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + _cipher(secret).encrypt(nonce, plain, bound)


def _decrypt(secret: bytes, bound: bytes, sealed: bytes) -> bytes:
    try:
        return _cipher(secret).decrypt(sealed[:NONCE], sealed[NONCE:], bound)
    except InvalidTag:
        raise WrongCode from None


def _cipher(secret: bytes) -> AESGCM:
    return AESGCM(HKDF(algorithm=SHA256(), length=KEY, salt=b"shouxin vault", info=b"").derive(secret))
