"""Closes the days of the public log, and writes each line into a file to publish."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from cases.instants import start_of
from cases.service.public.log import PublicLog
from storage.audit.public_log import MongoPublicLog, write_line
from storage.audit.trail import MongoAuditStore
from storage.cases.store import MongoCaseStore


class LogKeeper:
    """One process of a deployment does this at a time."""

    def __init__(
        self,
        cases: MongoCaseStore,
        audit: MongoAuditStore,
        lines: MongoPublicLog,
        log: PublicLog,
        folder: Path,
    ) -> None:
        self._cases = cases
        self._audit = audit
        self._lines = lines
        self._log = log
        self._folder = folder

    async def close_before(self, today: date) -> Path | None:
        """Write one line for all days since the last one, if there is a day that is over and has none.

        What changed today already is in it too. The first line begins with the day before.
        """
        day = today - timedelta(days=1)
        last = await self._lines.last_day()
        if last is not None and last >= day.isoformat():
            return None
        since = date.fromisoformat(last) + timedelta(days=1) if last else day
        leaves: set[bytes] = set()
        async for case in self._cases.iterate_changed(start_of(since)):
            leaves.update(self._log.leaves_of(case, since))
        anchor = await self._audit.anchor(today)
        end = (anchor.seq, anchor.hash) if anchor else (0, "")
        return await write_line(self._folder, await self._log.close(day, leaves, end))
