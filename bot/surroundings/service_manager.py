"""Tells systemd that the process has started and that it works, where it was started by it (`Type=notify`).

Says what others found out; it must not decide whether the process is well.
"""

from __future__ import annotations

import os
import socket


def tell(state: str) -> None:
    """One line of sd_notify(3), such as READY=1; nothing where nobody listens."""
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.setblocking(False)
        line.connect("\0" + address[1:] if address.startswith("@") else address)
        line.send(state.encode())
