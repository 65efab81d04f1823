"""Puts together what keeps the board: figures, the look for unusual rises, and what supervisors are told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.core import Core
from bot.workers.alerts import Alerts
from bot.workers.rollups import RollupWorker
from bot.workers.supervision import Supervision
from cases.watching import look_for_rises
from storage.board_stores import MongoAlarmStore, MongoDigestLedger
from storage.rollups import Rollups
from storage.statistics import MongoStatistics


def build_board_worker(
    core: Core, alerts: Alerts, now: Callable[[], datetime], public_url: str | None
) -> RollupWorker:
    storage = core.storage
    statistics = MongoStatistics(storage.database, storage.keys)
    alarms = MongoAlarmStore(storage.database)
    supervision = Supervision(
        core.service,
        statistics,
        alarms,
        MongoDigestLedger(storage.database),
        storage.staff,
        alerts,
        core.rules.calendar,
        public_url,
    )
    return RollupWorker(
        Rollups(storage.database),
        storage.leases,
        now,
        look=lambda moment: look_for_rises(statistics, alarms, moment),
        tell=supervision.tell,
    )
