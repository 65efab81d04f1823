"""Puts together what keeps the board: figures, the look for unusual rises, and what supervisors are told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.settings import Settings
from bot.wiring.core import Core
from bot.workers.board.closed_periods import ClosedPeriods
from bot.workers.board.follow_ups import FollowUps
from bot.workers.board.rollups import RollupWorker
from bot.workers.board.sampling import Sampling
from bot.workers.board.supervision import Supervision
from bot.workers.telling.alerts import Alerts
from cases.figures.early_warning import look_for_rises
from storage.coordination.digest_ledger import MongoDigestLedger
from storage.figures.alarms import MongoAlarmStore
from storage.figures.draws import MongoDrawLedger
from storage.figures.reports import MongoReportStore
from storage.figures.rollups import Rollups
from storage.figures.statistics import MongoStatistics


def build_board_worker(
    core: Core, alerts: Alerts, now: Callable[[], datetime], settings: Settings
) -> RollupWorker:
    storage = core.storage
    statistics = MongoStatistics(storage.database, storage.keys)
    alarms = MongoAlarmStore(storage.database, storage.keys)
    supervision = Supervision(
        core.services,
        statistics,
        alarms,
        MongoDigestLedger(storage.database),
        storage.staff,
        alerts,
        core.rules.calendar,
        settings.public_url,
        audit=storage.audit,
        looks_an_hour=settings.looks_an_hour,
    )
    sampling = Sampling(core.services, statistics, MongoDrawLedger(storage.database), storage.audit)
    closed = ClosedPeriods(
        core.services, statistics, MongoReportStore(storage.database, storage.keys), storage.staff
    )
    follow_ups = FollowUps(core.services, statistics, settings.follow_up_days)

    async def look(moment: datetime) -> None:
        await look_for_rises(statistics, alarms, moment)
        await sampling.draw(moment)
        await follow_ups.ask(moment)

    async def tell(moment: datetime) -> None:
        await closed.keep(moment)
        await supervision.tell(moment)

    return RollupWorker(
        Rollups(storage.database, storage.keys),
        storage.leases,
        now,
        look=look,
        tell=tell,
    )
