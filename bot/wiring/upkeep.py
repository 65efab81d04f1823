"""Puts together the work that is done once in a while, for the process and for the command line."""

from __future__ import annotations

from pathlib import Path

from bot.wiring.core import Core, Now
from bot.workers.upkeep.calendars import CalendarWatch
from bot.workers.upkeep.housekeeping import Housekeeping
from bot.workers.upkeep.public_log import LogKeeper
from bot.workers.upkeep.retention import Retention
from bot.workers.upkeep.stray_files import EvidenceJanitor
from cases.service.upkeep import Upkeep
from storage.audit.anchor_files import ANCHORS
from storage.audit.public_log import MongoPublicLog
from storage.upkeep.retention import MongoRetention
from storage.upkeep.stray_files import StrayFiles


def build_housekeeping(core: Core, data_dir: Path, now: Now) -> Housekeeping:
    """Every job over this core; anchors go to a folder of the data folder."""
    storage = core.storage
    kept = MongoRetention(storage.database, storage.keys, storage.conversations)
    upkeep = Upkeep(storage.cases, core.services.acting)
    return Housekeeping(
        storage.leases,
        build_retention(core, now),
        build_janitor(core, now),
        CalendarWatch(core.rules.calendar, kept, upkeep),
        storage.audit,
        build_log_keeper(core, data_dir),
        core.signer,
        data_dir / ANCHORS,
        now,
    )


def build_log_keeper(core: Core, data_dir: Path) -> LogKeeper:
    storage = core.storage
    return LogKeeper(
        storage.cases, storage.audit, MongoPublicLog(storage.database), core.public_log, data_dir / ANCHORS
    )


def build_janitor(core: Core, now: Now) -> EvidenceJanitor:
    storage = core.storage
    files = StrayFiles(
        storage.database, storage.keys, storage.evidence, storage.conversations, storage.transcripts
    )
    return EvidenceJanitor(files, storage.evidence, now)


def build_retention(core: Core, now: Now) -> Retention:
    storage = core.storage
    kept = MongoRetention(storage.database, storage.keys, storage.conversations)
    upkeep = Upkeep(storage.cases, core.services.acting)
    return Retention(kept, upkeep, storage.reporters, storage.evidence, storage.transcripts, now)
