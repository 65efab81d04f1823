"""The file of a backup: a stream of BSON documents in frames, each sealed with the file's own key.

A frame is bound to its place and to the header, and the last one says how much there was, so nothing can
be changed, left out, moved or cut off without being noticed. Nothing here talks to a database.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from storage.database.encoding import decode, encode
from storage.sealed.key_ring import KeyRing, WrongKey

MAGIC = b"SHOUXIN-BACKUP-1\n"
CONTEXT = "backup/key"
LONGEST_HEADER = 16 * 1024
LONGEST_FRAME = 64 * 1024 * 1024
FRAME = 4 * 1024 * 1024
SCRYPT = {"n": 2**15, "r": 8, "p": 1}


class BackupFault(Exception):
    """Why a backup cannot be made or used, in a sentence."""


class BackupWriter:
    """`add` documents collection by collection, then `close`."""

    def __init__(self, path: Path, about: dict[str, Any], keys: KeyRing, passphrase: str | None) -> None:
        key = secrets.token_bytes(32)
        header = json.dumps({**about, "key": _wrap(key, keys, passphrase)}).encode() + b"\n"
        self._path = path
        self._part = path.with_name(path.name + ".part")
        handle = os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        self._file: BinaryIO = os.fdopen(handle, "wb")
        self._file.write(MAGIC + header)
        self._frames = _Frames(key, header)
        self._pending: list[bytes] = []
        self._size = 0
        self._collection = ""
        self.counts: dict[str, int] = {}

    def add(self, collection: str, document: bytes) -> None:
        if collection != self._collection or self._size >= FRAME:
            self._flush()
            self._collection = collection
        self._pending.append(document)
        self._size += len(document)
        self.counts[collection] = self.counts.get(collection, 0) + 1

    def close(self) -> int:
        """Finish and put the file in its place; its size in bytes."""
        self._flush()
        self._write(encode({"end": self.counts}), last=True)
        self._file.flush()
        os.fsync(self._file.fileno())
        size = self._file.tell()
        self._file.close()
        self._part.rename(self._path)
        return size

    def abandon(self) -> None:
        self._file.close()
        self._part.unlink(missing_ok=True)

    def _flush(self) -> None:
        if self._pending:
            self._write(encode({"collection": self._collection}) + b"".join(self._pending), last=False)
            self._pending, self._size = [], 0

    def _write(self, plain: bytes, *, last: bool) -> None:
        sealed = self._frames.seal(zlib.compress(plain, 1), last=last)
        self._file.write(struct.pack("!I", len(sealed)) + sealed)


def read_backup(path: Path, keys: KeyRing, passphrase: str | None) -> Iterator[tuple[str, list[bytes]]]:
    """Collection and documents, frame by frame. Raises BackupFault, at the latest at the end."""
    counts: dict[str, int] = {}
    with path.open("rb") as file:
        header = _read_header(file)
        frames = _Frames(_unwrap(json.loads(header)["key"], keys, passphrase), header)
        while True:
            sealed, last = _read_frame(file)
            first, *documents = _split(frames.open(sealed, last=last))
            about = decode(first)
            if last:
                if about.get("end") != counts:
                    raise BackupFault("备份不完整。 The backup is not complete.")
                return
            name = str(about["collection"])
            counts[name] = counts.get(name, 0) + len(documents)
            yield name, documents


def _read_header(file: BinaryIO) -> bytes:
    if file.read(len(MAGIC)) != MAGIC:
        raise BackupFault("这不是备份文件。 This is not a backup.")
    header = file.readline(LONGEST_HEADER)
    try:
        if not header.endswith(b"\n") or "key" not in json.loads(header):
            raise ValueError
    except ValueError:
        raise BackupFault("备份文件已损坏。 The backup is damaged.") from None
    return header


def _read_frame(file: BinaryIO) -> tuple[bytes, bool]:
    size = file.read(4)
    length = struct.unpack("!I", size)[0] if len(size) == 4 else LONGEST_FRAME + 1
    sealed = file.read(length) if length <= LONGEST_FRAME else b""
    if len(sealed) != length:
        raise BackupFault("备份不完整。 The backup is not complete.")
    more = file.read(1)
    if more:
        file.seek(-1, os.SEEK_CUR)
    return sealed, not more


def _split(plain: bytes) -> list[bytes]:
    documents = []
    place = 0
    while place < len(plain):
        length = struct.unpack_from("<i", plain, place)[0]
        documents.append(plain[place : place + length])
        place += length
    return documents


class _Frames:
    """Seals and opens frames in their order."""

    def __init__(self, key: bytes, header: bytes) -> None:
        self._cipher = AESGCM(key)
        self._about = hashlib.sha256(header).digest()
        self._count = 0

    def seal(self, plain: bytes, *, last: bool) -> bytes:
        return self._cipher.encrypt(self._nonce(), plain, self._bound(last))

    def open(self, sealed: bytes, *, last: bool) -> bytes:
        try:
            return zlib.decompress(self._cipher.decrypt(self._nonce(), sealed, self._bound(last)))
        except (InvalidTag, zlib.error):
            raise BackupFault("备份文件已损坏或被改动。 The backup is damaged or was changed.") from None

    def _nonce(self) -> bytes:
        self._count += 1
        return struct.pack("!IQ", 0, self._count)

    def _bound(self, last: bool) -> bytes:
        return self._about + (b"\x01" if last else b"\x00")


def _wrap(key: bytes, keys: KeyRing, passphrase: str | None) -> dict[str, Any]:
    if passphrase is None:
        return {"by": "ring", "sealed": _text(keys.seal(key, CONTEXT))}
    salt, nonce = os.urandom(16), os.urandom(12)
    sealed = AESGCM(_stretch(passphrase, salt)).encrypt(nonce, key, CONTEXT.encode())
    return {"by": "passphrase", "salt": _text(salt), "sealed": _text(nonce + sealed)}


def _unwrap(wrapped: dict[str, Any], keys: KeyRing, passphrase: str | None) -> bytes:
    try:
        sealed = base64.b64decode(wrapped["sealed"])
        if wrapped["by"] == "ring":
            return keys.open(sealed, CONTEXT)
        if passphrase is None:
            raise BackupFault("这个备份需要口令。 This backup needs its passphrase.")
        cipher = AESGCM(_stretch(passphrase, base64.b64decode(wrapped["salt"])))
        return cipher.decrypt(sealed[:12], sealed[12:], CONTEXT.encode())
    except (WrongKey, InvalidTag):
        raise BackupFault(
            "密钥或口令打不开这个备份。 Neither SECRET_KEY nor the passphrase opens this backup."
        ) from None
    except (KeyError, ValueError, TypeError):
        raise BackupFault("备份文件已损坏。 The backup is damaged.") from None


def _stretch(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, **SCRYPT).derive(passphrase.encode())


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")
