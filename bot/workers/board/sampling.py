"""Draws the sample of the month that is over, once; each case drawn waits for a supervisor's 抽查.

May be cut off at any point and run again: seed and cases drawn stay the same, and a case is drawn once.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from loguru import logger

from cases.errors import DomainError, StorageUnavailable
from cases.figures.facts import Happening
from cases.figures.sampling import DrawLedger, draw
from cases.figures.statistics import FactFilter, Period, Selection, Statistics
from cases.instants import local_date, start_of
from cases.lifecycle import forms
from cases.people import SYSTEM
from cases.ports.audit import AuditAction, AuditEntry, AuditStore
from cases.ports.cases import Scope
from cases.service.services import Services
from cases.vocabulary import Move


class Sampling:
    def __init__(
        self, services: Services, statistics: Statistics, ledger: DrawLedger, audit: AuditStore
    ) -> None:
        self._services = services
        self._statistics = statistics
        self._ledger = ledger
        self._audit = audit

    async def draw(self, now: datetime) -> None:
        """Of last month, as soon as everything that ended in it is in the figures."""
        until = local_date(now).replace(day=1)
        since = (until - timedelta(days=1)).replace(day=1)
        month, known = f"{since:%Y-%m}", await self._statistics.caught_up_to()
        if known is None or known < start_of(until) or await self._ledger.is_drawn(month):
            return
        seed, new = await self._ledger.seed(month)
        if new:
            entry = AuditEntry(now, "", AuditAction.SAMPLE_SEEDED, month, {"seed": seed})
            await self._audit.append(entry)
        everywhere = everything_of(self._services)
        ended = FactFilter(event=Happening.CLOSED, period=Period(since, until))
        rows = [facts async for facts in self._statistics.iterate_facts(everywhere, ended, now)]
        for number in draw(rows, seed):
            await self._put_before_a_supervisor(number, month)
        await self._ledger.mark_drawn(month)

    async def _put_before_a_supervisor(self, number: str, month: str) -> None:
        try:
            drawn = forms.Sample(month=month)
            await self._services.acting.act(number, Move.SAMPLE, drawn, SYSTEM, key=f"sample:{month}")
        except StorageUnavailable:
            raise
        except DomainError as error:  # reopened meanwhile, or drawn when it ended the first time
            logger.info("{} was drawn and is not checked: {}", number, error)


def everything_of(services: Services) -> Selection:
    """All departments by name: that is how rows are indexed."""
    departments = frozenset(d.id for d in services.rules.jurisdictions.departments())
    return Selection(Scope(departments=departments))
