"""Puts the core together over a storage: rule books, classifier, case services, citizen's dialogue.

Used by the running process, the command line, the demo and the tests alike.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from bot.faults import SettingsFault
from bot.settings import Settings
from bot.surroundings.calendar_folder import FolderCalendar
from cases.errors import NotFound
from cases.figures.profiles import Profiling
from cases.rules.calendar import BadCalendar, WorkCalendar
from cases.rules.credit_terms import CreditTerms, load_credit_terms
from cases.rules.evaluation_parts import EvaluationRules, load_evaluation_rules
from cases.rules.jurisdictions import Jurisdictions
from cases.rules.pack_files import BadPack
from cases.rules.rule_books import Rules
from cases.rules.time_limits import load_time_limits
from cases.service.credit.integrity import DossierStores, Integrity
from cases.service.emergencies import Emergencies
from cases.service.filing import Filing, Secrets, Stores
from cases.service.public.log import PublicLog
from cases.service.public.proofs import Proofs, Signer
from cases.service.services import Services, assemble
from cases.service.similar_cases import SimilarCases
from cases.service.staff.links import StaffLinks
from classify import Classifier
from classify.details.private import mask_numbers
from classify.text.bands import make_similarity
from classify.text.similarity import NEARLY_IDENTICAL, RETELLING, similarity
from storage.accounts.link_codes import MongoLinkCodes
from storage.audit.public_log import MongoPublicLog
from storage.conversations.emergencies import MongoEmergencyStore
from storage.figures.statistics import MongoStatistics
from storage.opening import Storage

Now = Callable[[], datetime]


@cache
def load_classifier() -> Classifier:
    """Loaded once per process; takes about a second."""
    return Classifier.load()


def load_rules(settings: Settings) -> Rules:
    """The rule books in force here. Raises SettingsFault."""
    try:
        jurisdictions = Jurisdictions.load(
            only=list(settings.jurisdictions) or None,
            overrides=settings.departments_file,
            own=settings.packs_dir,
        )
    except (BadPack, NotFound) as error:
        raise SettingsFault(
            f"JURISDICTIONS、PACKS_DIR 或 DEPARTMENTS_FILE 有误：{error}"
            f" JURISDICTIONS, PACKS_DIR or DEPARTMENTS_FILE is wrong: {error}"
        ) from None
    return Rules(
        calendar=load_calendar(settings.calendar_dir),
        limits=load_time_limits(),
        jurisdictions=jurisdictions,
        terms=_terms(settings.credit_terms),
        evaluation=_weights(settings.evaluation_weights),
    )


def _terms(written: tuple[str, ...]) -> CreditTerms:
    """The deployment's own where no text sets one. Raises SettingsFault."""
    try:
        return load_credit_terms().with_settings(_numbers(written))
    except ValueError as error:
        raise SettingsFault(
            f"CREDIT_TERMS 有误：{error}。只能设置文件没有规定的期限，天数为正整数。"
            f" CREDIT_TERMS is wrong: {error}. Only terms that no text sets, with days above zero."
        ) from None


def _weights(written: tuple[str, ...]) -> EvaluationRules:
    """Raises SettingsFault."""
    try:
        return load_evaluation_rules().with_weights(_numbers(written))
    except ValueError as error:
        raise SettingsFault(
            f"EVALUATION_WEIGHTS 有误：{error}。写已有的指标，权重为0至100的整数，不能都是0。"
            f" EVALUATION_WEIGHTS is wrong: {error}. Known parts, weights from 0 to 100, not all 0."
        ) from None


def _numbers(written: tuple[str, ...]) -> dict[str, int]:
    """Raises ValueError."""
    return {name.strip(): int(number) for name, _, number in (one.partition("=") for one in written)}


def load_calendar(folder: Path | None) -> WorkCalendar:
    """The calendar in force, which follows its folder. Raises SettingsFault."""
    try:
        return FolderCalendar(folder) if folder is not None else WorkCalendar()
    except (BadCalendar, OSError) as error:
        raise SettingsFault(f"CALENDAR_DIR 有误：{error} CALENDAR_DIR is wrong: {error}") from None


def build_links(storage: Storage, now: Now) -> StaffLinks:
    """How staff tie a chat to their account."""
    codes = MongoLinkCodes(storage.database, storage.keys)
    return StaffLinks(codes, storage.staff, storage.audit, storage.rate_limits, now)


@dataclass(frozen=True, slots=True)
class Core:
    storage: Storage
    rules: Rules
    services: Services
    signer: Signer
    public_log: PublicLog
    now: Now
    """The present, for everything that is built over this core."""


async def build_core(
    storage: Storage, rules: Rules, now: Now, escalate_after: timedelta = timedelta(minutes=10)
) -> Core:
    """The use cases over this storage. `escalate_after`: an emergency nobody acknowledges goes a level up."""
    classifier = await asyncio.to_thread(load_classifier)
    keys = storage.keys
    secrets = Secrets(
        derive=lambda text: bytes.fromhex(keys.digest(text, "derive")),
        hash_receipt=lambda code: keys.digest(code, "receipt"),
    )
    stores = Stores(
        cases=storage.cases,
        reporters=storage.reporters,
        staff=storage.staff,
        audit=storage.audit,
        letterheads=storage.letterheads,
    )
    similar = make_similarity(keys.purpose_key("similar"))
    filing = Filing(stores, classifier, rules, secrets, now, similar)
    signer = Signer(keys.purpose_key("proof"))
    proofs = Proofs(signer, f"守信（{rules.jurisdictions.default.name}）")
    public_log = PublicLog(MongoPublicLog(storage.database), proofs)
    similar_cases = SimilarCases(
        storage.cases,
        rules.jurisdictions,
        similarity,
        retelling=RETELLING,
        nearly_identical=NEARLY_IDENTICAL,
    )
    emergencies = Emergencies(
        MongoEmergencyStore(storage.database, keys, storage.news.of("emergencies")),
        storage.audit,
        rules.jurisdictions,
        now,
        escalate_after,
    )
    statistics = MongoStatistics(storage.database, storage.keys)
    profiles = Profiling(storage.dossiers, statistics, rules, now)
    integrity = Integrity(
        DossierStores(storage.dossiers, storage.dossier_sources, storage.cases, storage.staff, storage.audit),
        rules,
        secrets,
        mask_numbers,
        now,
        profiles,
    )
    services = assemble(
        stores,
        filing,
        rules,
        secrets,
        now,
        emergencies,
        integrity,
        profiles,
        proofs=proofs,
        public_log=public_log,
        similar_cases=similar_cases,
    )
    return Core(storage, rules, services, signer, public_log, now)
