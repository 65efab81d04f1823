"""Takes the address of the pages before anything else is begun, so that a busy port changes nothing.

Whoever comes before the pages are there waits for them. It must not know what is answered.
"""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from bot.faults import StartFault
from bot.settings import Settings

BACKLOG = 1024
"""Callers who wait to be let in. Where a thousand knock at once and are sent away, the next one need not
knock again a second later."""
NOT_HERE = frozenset({errno.EAFNOSUPPORT, errno.EADDRNOTAVAIL})
"""A name may stand for addresses of a kind this machine does not have."""


@contextmanager
def listening(settings: Settings) -> Iterator[list[socket.socket]]:
    """Sockets on every address HTTP_HOST stands for; closed at the end. Raises StartFault."""
    host, port = settings.http_host, settings.http_port
    with ExitStack() as opened:
        try:
            sockets = _listen(host, port, opened)
        except OSError as error:
            raise StartFault(
                f"HTTP_HOST 与 HTTP_PORT 指定的地址 {host}:{port} 无法使用"
                f"（{error.strerror}）。 The address HTTP_HOST and HTTP_PORT name cannot be used."
            ) from None
        yield sockets


def _listen(host: str, port: int, opened: ExitStack) -> list[socket.socket]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    sockets: list[socket.socket] = []
    missing: OSError | None = None
    for family, _, _, _, address in dict.fromkeys(found):
        try:
            listener = socket.create_server(address, family=family, backlog=BACKLOG)
        except OSError as error:
            if error.errno not in NOT_HERE:
                raise
            missing = error
        else:
            sockets.append(opened.enter_context(listener))
    if missing is not None and not sockets:
        raise missing
    return sockets
