"""Opens a database with everything in it: the one call the composition root and the tests make.

Checks the deployment, the schema and the keys before anything is written, and refuses with a sentence.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from storage.accounts.staff import MongoSessionStore, MongoStaffStore, MongoTokenStore
from storage.accounts.subscriptions import MongoSubscriptionStore
from storage.audit.trail import MongoAuditStore
from storage.cases.letterheads import MongoLetterheadStore
from storage.cases.reporters import MongoReporterStore
from storage.cases.store import MongoCaseStore
from storage.conversations.fetches import MongoFetches
from storage.conversations.store import MongoConversationStore
from storage.conversations.transcripts import MongoTranscripts
from storage.conversations.uploads import MongoUploadStore
from storage.coordination.leases import MongoLeaseStore
from storage.coordination.news import News
from storage.coordination.rate_limits import MongoRateLimits
from storage.database.connection import Database, connect
from storage.evidence.store import MongoEvidenceStore
from storage.integrity.exchange import MongoExchangeStore
from storage.integrity.sources import MongoSourceStore
from storage.integrity.store import MongoDossierStore
from storage.schema.preparing import prepare
from storage.sealed import keystone
from storage.sealed.key_ring import KeyRing
from storage.upkeep.sealing import seal_records


@dataclass(frozen=True, slots=True)
class Storage:
    """Every store of one database."""

    database: Database
    keys: KeyRing
    cases: MongoCaseStore
    reporters: MongoReporterStore
    letterheads: MongoLetterheadStore
    evidence: MongoEvidenceStore
    staff: MongoStaffStore
    sessions: MongoSessionStore
    tokens: MongoTokenStore
    audit: MongoAuditStore
    conversations: MongoConversationStore
    fetches: MongoFetches
    transcripts: MongoTranscripts
    uploads: MongoUploadStore
    leases: MongoLeaseStore
    rate_limits: MongoRateLimits
    webhooks: MongoSubscriptionStore
    dossiers: MongoDossierStore
    dossier_sources: MongoSourceStore
    exchange: MongoExchangeStore
    news: News
    """What this process writes, for its own workers."""


@asynccontextmanager
async def open_storage(
    uri: str, name: str, keys: KeyRing, clock: Callable[[], datetime]
) -> AsyncIterator[Storage]:
    """Raises NoReplicaSet, DatabaseTooNew, WrongKey or StorageUnavailable."""
    async with connect(uri, name) as database:
        await database.require_replica_set()

        async def seal(database: Database) -> None:
            await seal_records(database, await keystone.unlock(database, keys), clock)

        await prepare(database, seal)
        storage = assemble(database, await keystone.unlock(database, keys), clock)
        try:
            yield storage
        finally:
            await storage.cases.close()


def assemble(database: Database, keys: KeyRing, clock: Callable[[], datetime]) -> Storage:
    """The stores over a database whose keys are known to fit."""
    news = News()
    conversations = MongoConversationStore(database, keys, clock)
    return Storage(
        database=database,
        keys=keys,
        cases=MongoCaseStore(database, keys, news.of("cases")),
        reporters=MongoReporterStore(database, keys),
        letterheads=MongoLetterheadStore(database, keys),
        evidence=MongoEvidenceStore(database, keys, clock),
        staff=MongoStaffStore(database, keys),
        sessions=MongoSessionStore(database),
        tokens=MongoTokenStore(database),
        audit=MongoAuditStore(database, keys),
        conversations=conversations,
        fetches=MongoFetches(database, conversations),
        transcripts=MongoTranscripts(database, keys),
        uploads=MongoUploadStore(database, keys),
        leases=MongoLeaseStore(database),
        rate_limits=MongoRateLimits(database, keys),
        webhooks=MongoSubscriptionStore(database, keys),
        dossiers=MongoDossierStore(database, keys, news.of("dossiers")),
        dossier_sources=MongoSourceStore(database, keys),
        exchange=MongoExchangeStore(database, keys),
        news=news,
    )
