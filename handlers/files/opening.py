"""The process in which files are opened; started by `apart` alone.

It has no environment, writes no file, and its memory has a limit. It answers every file, and never says how
it failed: what a file made of it is nobody's business.
"""

from __future__ import annotations

import os
import resource
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from handlers.files import refusals
from handlers.files.apart import receive, send
from handlers.files.cleaning import clean_file
from handlers.files.refusals import FileRefused

MOST_MEMORY = 1536 * 1024 * 1024


def _serve(given: IO[bytes], answers: IO[bytes]) -> None:
    """In the other process: one file after another, until there is none left."""
    while True:
        try:
            about, data = receive(given)
        except EOFError:
            return
        answer, cleaned = _judge(data, str(about["name"]))
        send(answers, answer, cleaned)


def _judge(data: bytes, name: str) -> tuple[dict[str, Any], bytes]:
    try:
        file = clean_file(data, name)
    except FileRefused as refused:
        return {"reason": refused.reason.code}, b""
    except (Exception, MemoryError):
        return {"reason": refusals.HARMFUL.code}, b""
    about = {"media_type": file.media_type, "name": file.name, "stripped": file.stripped}
    return {**about, "removed": file.removed, "remains": file.remains}, file.data


def _limit() -> None:
    """What a deployment does not let a process limit for itself, it limits for all of them."""
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", "ascii")  # it goes first, before the service
    with suppress(OSError):
        os.nice(5)
    for limit, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(OSError, ValueError):
            resource.setrlimit(limit, (most, most))


if __name__ == "__main__":
    _limit()
    _serve(sys.stdin.buffer, sys.stdout.buffer)
