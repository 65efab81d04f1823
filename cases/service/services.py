"""The use cases of a deployment side by side, as the composition wires them. Nothing is done in here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from cases.ports.profiles import Profiles
from cases.rules.rule_books import Rules
from cases.service.acting import Acting
from cases.service.credit.aggregates import Aggregates
from cases.service.credit.archives import Archives
from cases.service.credit.integrity import Integrity
from cases.service.desk import Desk
from cases.service.emergencies import Emergencies
from cases.service.file_looks import FileLooks
from cases.service.filing import Filing, Secrets, Stores
from cases.service.lettering import Lettering
from cases.service.own_cases import OwnCases
from cases.service.public.log import PublicLog
from cases.service.public.proofs import Proofs
from cases.service.public.view import PublicView
from cases.service.similar_cases import SimilarCases
from cases.service.staff.staffing import Staffing


@dataclass(frozen=True, slots=True)
class Services:
    """One of each for the whole process."""

    rules: Rules
    now: Callable[[], datetime]
    filing: Filing
    acting: Acting
    desk: Desk
    lettering: Lettering
    own_cases: OwnCases
    files: FileLooks
    staffing: Staffing
    public: PublicView
    emergencies: Emergencies
    integrity: Integrity
    archives: Archives
    aggregates: Aggregates
    proofs: Proofs | None
    """Signs what citizens take home; None where nothing is signed."""
    public_log: PublicLog | None
    """Shows that a receipt cannot be taken back; None where nothing is signed."""
    similar_cases: SimilarCases | None
    """Finds complaints that resemble each other; None where nothing is compared."""


def assemble(
    stores: Stores,
    filing: Filing,
    rules: Rules,
    secrets: Secrets,
    now: Callable[[], datetime],
    emergencies: Emergencies,
    integrity: Integrity,
    profiles: Profiles,
    *,
    proofs: Proofs | None = None,
    public_log: PublicLog | None = None,
    similar_cases: SimilarCases | None = None,
) -> Services:
    acting = Acting(stores, filing, rules, secrets, now, integrity.commitments)
    desk = Desk(stores, acting, rules, now)
    staffing = Staffing(stores.staff, rules)
    return Services(
        rules=rules,
        now=now,
        filing=filing,
        acting=acting,
        desk=desk,
        lettering=Lettering(stores, acting, staffing, now),
        own_cases=OwnCases(stores, acting, rules, secrets, now),
        files=FileLooks(stores.cases, stores.audit, desk.scope, rules.jurisdictions, now),
        staffing=staffing,
        public=PublicView(stores.cases, now),
        emergencies=emergencies,
        integrity=integrity,
        archives=Archives(integrity, stores.audit, rules.jurisdictions, now),
        aggregates=Aggregates(integrity, profiles, stores.audit, rules, now),
        proofs=proofs,
        public_log=public_log,
        similar_cases=similar_cases,
    )
