"""Where the key ring comes from: the settings, a key file, a command that asks a key service, or — for the
embedded database — one made once.

A generated key stays in the data folder with mode 0600. No key is ever printed or logged.
"""

from __future__ import annotations

import os
import secrets
import shlex
import subprocess
from pathlib import Path
from subprocess import SubprocessError

from bot.faults import SettingsFault
from bot.settings import Settings
from storage.sealed.key_ring import KeyRing, WeakKey

GENERATED = "secret.key"
PATIENCE = 60
"""Seconds a key service has to answer."""


def load_keys(settings: Settings) -> KeyRing:
    """The ring; the first key seals, the others still open. Raises SettingsFault."""
    try:
        if settings.secret_key is not None:
            given = settings.secret_key.get_secret_value()
            first, *older = [part.strip() for part in given.split(",") if part.strip()]
            return KeyRing(first, older)
        if settings.secret_key_file is not None:
            return KeyRing.from_file(settings.secret_key_file)
        if settings.secret_key_command is not None:
            return KeyRing.from_lines(_told_by(settings.secret_key_command))
        return KeyRing.from_file(_generated(settings.data_dir))
    except (WeakKey, ValueError, OSError, SubprocessError):
        raise SettingsFault(
            "SECRET_KEY 无法使用：每个密钥至少要有 32 个字符，文件须可读，命令须成功。"
            " SECRET_KEY cannot be used: each key needs at least 32 characters, a file must be readable,"
            " and a command must succeed."
        ) from None


def _told_by(command: str) -> str:
    """What it prints is read from a pipe and kept in memory only; what it says to people passes through."""
    done = subprocess.run(  # noqa: S603  (the operator's own words, split, without a shell)
        shlex.split(command), stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, timeout=PATIENCE, check=True
    )
    return done.stdout.decode("utf-8")


def _generated(folder: Path) -> Path:
    path = folder / GENERATED
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        write_secret(path, secrets.token_urlsafe(48))
    return path


def write_secret(path: Path, text: str) -> None:
    """For the owner's eyes only, and whole or not at all."""
    part = path.with_suffix(".part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    part.rename(path)
