"""The work that is done once in a while, by one process of a deployment: retention, stray files, calendars,
anchors.

A lease says which process; every job can be cut off and run again, so another one can take over.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from bot.workers.leases import Leases
from bot.workers.upkeep.calendars import CalendarWatch
from bot.workers.upkeep.public_log import LogKeeper
from bot.workers.upkeep.retention import Retention
from bot.workers.upkeep.stray_files import EvidenceJanitor
from cases.instants import local_date
from cases.service.public.proofs import Signer
from storage.audit.anchor_files import publish_anchor
from storage.audit.trail import MongoAuditStore

LEASE = "housekeeping"
LEASE_TIME = timedelta(minutes=10)
RETENTION_EVERY = timedelta(hours=1)


class Housekeeping:
    """One step looks at every job; run it with `bot.workers.loop.Worker`."""

    def __init__(
        self,
        leases: Leases,
        retention: Retention,
        janitor: EvidenceJanitor,
        calendars: CalendarWatch,
        audit: MongoAuditStore,
        log: LogKeeper,
        signer: Signer,
        anchors: Path,
        now: Callable[[], datetime],
    ) -> None:
        self._leases = leases
        self._retention = retention
        self._janitor = janitor
        self._calendars = calendars
        self._audit = audit
        self._log = log
        self._signer = signer
        self._anchors = anchors
        self._now = now
        self._retention_next: datetime | None = None
        self._anchored_on: date | None = None
        self._logged_on: date | None = None
        self._tidied_on: date | None = None

    async def step(self) -> bool:
        """Never asks to be run again at once: nothing here is urgent."""
        self._calendars.look()
        now = self._now()
        if not await self._leases.acquire(LEASE, now, now + LEASE_TIME):
            return False
        await self._calendars.recount()
        await self._anchor(local_date(now))
        if self._retention_next is None or self._retention_next <= now:
            await self._retention.run()
            self._retention_next = now + RETENTION_EVERY
        if self._tidied_on != local_date(now):
            await self._janitor.run()
            self._tidied_on = local_date(now)
        return False

    async def _anchor(self, day: date) -> None:
        """Once a day, as soon as there is something to anchor; the log of the day before, in any case."""
        if self._anchored_on != day and await publish_anchor(self._audit, self._signer, day, self._anchors):
            self._anchored_on = day
        if self._logged_on != day:
            await self._log.close_before(day)
            self._logged_on = day
