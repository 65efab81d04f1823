"""回访: asks citizens, some days after the answer, how things stand now. Each answer once.

Asks during the day only. What was answered long before the setting was turned on is left alone.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from loguru import logger

from bot.workers.board.sampling import everything_of
from cases.errors import DomainError, StorageUnavailable
from cases.figures.facts import CaseFacts, Happening
from cases.figures.statistics import FactFilter, Period, Statistics
from cases.instants import CHINA, local_date, start_of
from cases.moves.table import NoArgs
from cases.people import SYSTEM
from cases.service.services import Services
from cases.vocabulary import Move, Status

DAY_BEGINS, DAY_ENDS = time(9), time(18)
"""In China."""
LATE_BY = 14
"""Days for which an answer that was missed, because nothing ran, is still asked about."""


class FollowUps:
    def __init__(self, services: Services, statistics: Statistics, days: int) -> None:
        """`days` after the answer; 0 asks nobody."""
        self._services = services
        self._statistics = statistics
        self._days = days

    async def ask(self, now: datetime) -> None:
        if not self._days or not DAY_BEGINS <= now.astimezone(CHINA).time() < DAY_ENDS:
            return
        until = local_date(now) - timedelta(days=self._days - 1)
        period, waiting = Period(until - timedelta(days=LATE_BY), until), dict[str, datetime]()
        for event in (Happening.ANSWERED, Happening.ANSWERED_AGAIN):
            found = FactFilter(event=event, period=period)
            async for facts in self._statistics.iterate_facts(everything_of(self._services), found, now):
                newest = _newest_answer(facts)
                if newest < start_of(until) and _waits(facts, newest):
                    waiting[facts.number] = newest
        for number, newest in waiting.items():
            try:
                key = f"follow-up:{number}:{newest.isoformat()}"
                await self._services.acting.act(number, Move.FOLLOW_UP, NoArgs(), SYSTEM, key=key)
            except StorageUnavailable:
                raise
            except DomainError as error:
                logger.info("{} was not followed up: {}", number, error)


def _newest_answer(facts: CaseFacts) -> datetime:
    """Of a case that was answered: of a review too, and after it was taken up again."""
    again = [event.at for event in facts.events if event.name is Happening.ANSWERED_AGAIN]
    return max([facts.answer.at if facts.answer else facts.filed_at, *again])


def _waits(facts: CaseFacts, newest: datetime) -> bool:
    """Neither asked nor rated since the newest answer."""
    asked = any(event.name is Happening.FOLLOWED_UP and event.at > newest for event in facts.events)
    rated = facts.rated_at is not None and facts.rated_at >= newest
    return facts.status in {Status.ANSWERED, Status.CLOSED} and not asked and not rated
