"""What the command line did, in the audit trail.

Whoever may run commands holds the keys of the deployment, and the operating system knows them better than we
do: the actor is the command line itself, never a machine's account name.
"""

from __future__ import annotations

from typing import Any

from bot.wiring.app import utc_now
from cases.ports.cases import AuditEntry
from storage.opening import Storage

COMMAND_LINE = "命令行"


async def note(storage: Storage, action: str, subject: str, **data: Any) -> None:
    """Durable when it returns."""
    await storage.audit.append(AuditEntry(utc_now(), COMMAND_LINE, action, subject, data))
