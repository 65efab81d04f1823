"""The integrity side's use cases: open an object, make a move on it, read it, list what there is to do.

One service for every kind: what differs between them is in their blueprints. Looks up what pure functions
cannot, asks the table, and saves what a move changed in one write or one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from cases.errors import InvalidInput, NotAllowed, NotFound, Reason
from cases.instants import local_date, to_instant
from cases.integrity.books import BOOKS, book
from cases.integrity.breaches.record_model import BreachRecord
from cases.integrity.registers.evaluation_model import Evaluation, Profile
from cases.integrity.registers.evaluations import frozen, left_out_with
from cases.integrity.spine.blueprint import RECORDED_ALREADY, Blueprint, Opening
from cases.integrity.spine.dossier import AnyDossier
from cases.integrity.spine.making import LookedUp, Made, make, opened_by
from cases.integrity.spine.mechanisms import Basis, basis_of, find_basis
from cases.integrity.spine.pressing import warn
from cases.integrity.spine.screening import Screen
from cases.integrity.spine.situation import NO_SUCH_DOSSIER, Situation
from cases.integrity.spine.standing import EVERYTHING, reach_of, sealed_sight_of, sight_of
from cases.integrity.spine.vocabulary import Kind
from cases.lifecycle.permissions import is_conflicted, names
from cases.model import Case
from cases.moves.once import is_repeat, name_of
from cases.moves.saving import change_stored
from cases.moves.table import Args, MoveSpec
from cases.people import SYSTEM, Actor, Role
from cases.ports.accounts import Staff, StaffStore
from cases.ports.audit import AuditAction, AuditEntry, AuditStore
from cases.ports.cases import CaseFilter, CaseOrder, CaseStore, Scope
from cases.ports.dossiers import (
    ClaimedAlready,
    DossierFilter,
    DossierNumberTaken,
    DossierOrder,
    DossierStore,
    FoundDossiers,
    Source,
    SourceStore,
)
from cases.ports.profiles import Profiles
from cases.reasons import NO_NUMBER_FREE
from cases.records import FreeText
from cases.rules.rule_books import Rules
from cases.service.credit.award_check import AwardCheck
from cases.service.credit.figures import Figuring
from cases.service.credit.findings import ANSWERED, TRUE, Finding, finding_of, is_true
from cases.service.credit.motions_report import MotionsReports
from cases.service.credit.public_bodies import PublicBodies
from cases.service.credit.public_commitments import PublicCommitments
from cases.service.credit.public_objects import PublicObjects
from cases.service.credit.public_records import PublicRecords
from cases.service.filing import Secrets
from cases.words import ROLE_NAMES

NOT_YOURS_TO_OPEN = Reason("not-yours-to-open", "您的岗位不能办理“{kind}”。")
OPENED_ALREADY = Reason("opened-already", "此件已有{kind}（{id}），正在办理。")
NO_SUCH_ACCOUNT = Reason("no-account-of-role", "没有“{id}”这个{role}账号，请核对，或者请管理员先建立。")
NOT_THE_PERSON = Reason("not-the-person", "这不是这位公职人员本人的账号，请核对，或者不填写账号。")
NO_SUCH_STEP = Reason("no-such-step", "这里没有这一项可以办理。")
NUMBERS_TO_TRY = 6
MOST_FINDINGS = 200


@dataclass(frozen=True, slots=True)
class DossierStores:
    dossiers: DossierStore
    sources: SourceStore
    cases: CaseStore
    staff: StaffStore
    audit: AuditStore


class Integrity:
    """One instance serves the whole process; it keeps no state of its own."""

    def __init__(
        self,
        stores: DossierStores,
        rules: Rules,
        secrets: Secrets,
        mask: Callable[[str], str],
        now: Callable[[], datetime],
        profiles: Profiles,
    ) -> None:
        self._dossiers = stores.dossiers
        self._sources = stores.sources
        self._cases = stores.cases
        self._staff = stores.staff
        self._audit = stores.audit
        self.public = PublicRecords(stores.dossiers)
        self.commitments = PublicCommitments(stores.dossiers)
        self.disclosures = PublicObjects(stores.dossiers, Kind.DISCLOSURE)
        self.honours = PublicObjects(stores.dossiers, Kind.HONOUR)
        self.motions_reports = MotionsReports(stores.dossiers)
        self.lists = PublicObjects(stores.dossiers, Kind.LIST, Kind.BLACKLIST)
        self.bodies = PublicBodies(stores.dossiers, self.lists, rules.jurisdictions)
        self.figures = Figuring(stores.dossiers, rules.jurisdictions, now)
        self.evaluations = PublicObjects(stores.dossiers, Kind.EVALUATION)
        self.awards = AwardCheck(stores.dossiers, stores.audit, rules.jurisdictions, now)
        self._rules = rules
        self._secrets = secrets
        self._mask = mask
        self._now = now
        self._profiles = profiles

    # -- what there is ----------------------------------------------------------------------------
    def basis(self, kind: Kind, jurisdiction: str) -> Basis:
        """What this kind rests on there. Raises NotFound where the document sets up no such thing."""
        return basis_of(book(kind), self._rules.jurisdictions.get(jurisdiction))

    def kinds_in(self, jurisdiction: str) -> tuple[Kind, ...]:
        """The kinds that exist there: for menus."""
        home = self._rules.jurisdictions.get(jurisdiction)
        return tuple(kind for kind, blueprint in BOOKS.items() if find_basis(blueprint, home))

    # -- opening ----------------------------------------------------------------------------------
    async def open(
        self, kind: Kind, args: Args, actor: Actor, *, case: str | None = None, key: str = ""
    ) -> AnyDossier:
        """Begin an object that belongs to no other; from a case that was answered 属实 if one is named.

        The same key, or the same case, opens it once. Raises NotFound, NotAllowed, ConflictOfInterest,
        InvalidInput.
        """
        for attempt in range(NUMBERS_TO_TRY):
            dossier = await self._begin(kind, args, actor, case, key, attempt)
            try:
                stored = await self._dossiers.insert(dossier)
            except ClaimedAlready as taken:
                raise InvalidInput(book(kind).taken, id=taken.id) from None
            except DossierNumberTaken:
                continue
            is_repeat(stored.history[0].key, key)
            return stored
        raise InvalidInput(NO_NUMBER_FREE)

    async def check_opening(self, kind: Kind, args: Args, actor: Actor) -> AnyDossier:
        """What `open` would begin, without storing it: for the preview of an import. Raises what it would."""
        dossier = await self._begin(kind, args, actor, None, "", 0)
        taken = await self._dossiers.find_claimed(dossier)
        if taken is not None:
            raise InvalidInput(book(kind).taken, id=taken)
        return dossier

    async def _begin(
        self, kind: Kind, args: Args, actor: Actor, case: str | None, key: str, attempt: int
    ) -> AnyDossier:
        blueprint = book(kind)
        opening = blueprint.opening
        if opening is None:
            raise InvalidInput(NO_SUCH_STEP)
        if not actor.has(*opening.roles):
            raise NotAllowed(NOT_YOURS_TO_OPEN, kind=blueprint.name)
        found = await self._finding(case, actor) if case and opening.from_case else None
        source, named = await self._source_of(found.case) if found else (None, ())
        screened = self._screen(found.case if found else None).args(await self._with_account(opening, args))
        wish = name_of(key) or f"{self._now()}:{args!r}"
        filing_key = (
            await self._once_per_case(kind, source, key) if source else self._derive(f"{actor.id}:{wish}")
        )
        dossier = opened_by(
            blueprint,
            screened,
            actor,
            self._rules,
            to_instant(self._now()),
            filing_key=filing_key,
            source=source,
            named=named,
            key=key,
            attempt=attempt,
        )
        basis_of(blueprint, self._rules.jurisdictions.get(dossier.jurisdiction))
        if isinstance(dossier, BreachRecord) and dossier.person is not None:
            await self._must_be_the_person(dossier)
        if (profile := await self._count(dossier, blueprint.first[0], args)) is not None:
            dossier = dossier.model_copy(update=frozen(profile))
        return dossier

    async def _count(self, dossier: AnyDossier, move: StrEnum, args: Args) -> Profile | None:
        """The figures that this move freezes in it, counted now; None for any other move."""
        if not isinstance(dossier, Evaluation) or move not in book(dossier.kind).counts:
            return None
        return await self._profiles.profile(dossier, left_out_with(dossier, getattr(args, "left_out", ())))

    async def _must_be_the_person(self, record: BreachRecord) -> None:
        """The account that will read an official's record is that official's, in the body it is about."""
        account = await self._account(record.person or "")
        name = record.official.name if record.official else None
        if account is None or account.name != name or account.department != record.subject.department:
            raise InvalidInput(NOT_THE_PERSON)

    async def _with_account(self, opening: Opening, args: Args) -> Args:
        """What a form gives as an account, its login or its number, as the number.

        Raises InvalidInput when it is no working account of the role that the form is for.
        """
        given, role = str(getattr(args, "account", "")).strip(), opening.account_of
        if not given:
            return args
        staff = await self._staff.find_by_login(given) or await self._account(given)
        if role is not None and (staff is None or not staff.active or role not in staff.roles):
            raise InvalidInput(NO_SUCH_ACCOUNT, id=given, role=ROLE_NAMES[role])
        return args.model_copy(update={"account": staff.id}) if staff else args

    async def _account(self, id: str) -> Staff | None:
        try:
            return await self._staff.get(id)
        except NotFound:
            return None

    async def account_words(self, dossier: AnyDossier) -> dict[str, str]:
        """The account that an object names, as people know it: number → 姓名（登录名）."""
        id = getattr(dossier, "account", "")
        staff = await self._account(id) if id else None
        return {id: f"{staff.name}（{staff.login}）"} if staff else {}

    async def _source_of(self, case: Case) -> tuple[str, tuple[str, ...]]:
        """The keyed reference, remembered, and the ids of the staff whom the case names."""
        source = self.reference(case.number)
        await self._sources.remember(Source(reference=source, number=FreeText(case.number)))
        return source, await self._named_in(case)

    async def findings(self, actor: Actor) -> Sequence[Finding]:
        """The newest cases answered 属实 within this person's reach of which no order was made yet."""
        known = self._rules.jurisdictions
        opening = book(Kind.ORDER).opening
        if opening is None or not actor.has(*opening.roles):
            return ()
        scope = Scope(reach_of(actor, known), actor.name, participants_too=False, viewer=actor.department)
        where = CaseFilter(statuses=ANSWERED, outcomes=TRUE)
        page = await self._cases.list_cases(scope, where, order=CaseOrder.UPDATED, limit=MOST_FINDINGS)
        by_source = {self.reference(case.number): case for case in page.cases if is_true(case)}
        taken = await self._opened_from(Kind.ORDER, frozenset(by_source))
        return [
            finding_of(case, actor, known)
            for source, case in by_source.items()
            if source not in {one.source for one in taken} and not is_conflicted(case, actor, known)
        ]

    async def suggest_opening(self, kind: Kind, actor: Actor, case: str) -> Mapping[str, Any]:
        """What the opening's form is filled with: from the findings of the answer, never the complaint."""
        found = await self._finding(case, actor)
        screen = self._screen(found.case)
        return {
            name: screen.suggestion(value) if name in {"facts", "required", "legal_basis"} else value
            for name, value in found.suggestion.items()
        }

    async def _finding(self, number: str, actor: Actor) -> Finding:
        case = await self._cases.find(number)
        return finding_of(case, actor, self._rules.jurisdictions)

    async def _opened_from(self, kind: Kind, sources: frozenset[str]) -> list[AnyDossier]:
        where = DossierFilter(kinds=frozenset({kind}), sources=sources)
        return [one async for one in self._dossiers.iterate(EVERYTHING, where)]

    async def _once_per_case(self, kind: Kind, source: str, key: str) -> str:
        """A second object of this kind from the same case only once the first has ended."""
        before = await self._opened_from(kind, frozenset({source}))
        running = next((one for one in before if one.status not in book(kind).ended), None)
        if running is None:
            return f"{source}:{kind}:{len(before)}"
        if is_repeat(running.history[0].key, key):
            return running.filing_key
        raise InvalidInput(OPENED_ALREADY, kind=book(kind).name, id=running.id)

    def reference(self, number: str) -> str:
        """The keyed reference by which an object names its case."""
        return self._derive(f"source:{number}")

    def _derive(self, words: str) -> str:
        return self._secrets.derive(words).hex()[:32]

    async def _named_in(self, case: Case) -> tuple[str, ...]:
        complaint = case.complaint
        words = "\n".join(filter(None, (complaint.text, complaint.wish, *complaint.persons)))
        return tuple(sorted(person.id for person in await self._staff.named_in(words)))

    # -- moves ------------------------------------------------------------------------------------
    async def act(
        self,
        id: str,
        move: StrEnum | str,
        args: Args,
        actor: Actor,
        *,
        key: str = "",
        expected_version: int | None = None,
    ) -> AnyDossier:
        """Make one move. With a key, the same move happens once.

        Raises the errors of `cases.errors`; StaleCase when `expected_version` is no longer the newest.
        """
        together = _Together(self._dossiers)
        serials: dict[str, int] = {}

        async def making(dossier: AnyDossier) -> AnyDossier:
            at, blueprint = await self.situation(dossier, actor), book(dossier.kind)
            asked = find_move(blueprint, move)
            blueprint.table.check(asked, at)
            screened = self._screen(await self._case_of(dossier), dossier).args(args)
            looked_up = LookedUp(
                serial=serials.get(dossier.keeper, 0),
                other=await self._named_by(args),
                counted=await self._count(dossier, asked, args),
                attempt=together.attempt,
            )
            together.made = make(at, asked, screened, looked_up=looked_up, key=key)
            if asked in blueprint.takes_serial and not looked_up.serial:
                # Made once without a number, so that none is lost to what is refused.
                year = local_date(at.now).year
                serial = await self._dossiers.next_serial(dossier.kind, dossier.keeper, year)
                serials[dossier.keeper] = serial
                together.made = make(
                    at, asked, screened, looked_up=replace(looked_up, serial=serial), key=key
                )
            return together.made.dossier

        return await change_stored(
            together,
            id,
            making,
            actor=actor,
            missing=NO_SUCH_DOSSIER,
            key=key,
            expected_version=expected_version,
        )

    async def _named_by(self, args: Args) -> AnyDossier | None:
        """The object that the form names: into which one is merged, or the promise that is looked at."""
        named = getattr(args, "into", None) or getattr(args, "commitment", None)
        return await self._dossiers.find(named.strip()) if isinstance(named, str) else None

    async def wake(self, dossier: AnyDossier) -> AnyDossier | None:
        """Let time do to it what is due, or warn of a clock; None when nothing is any more."""
        alarm = book(dossier.kind).alarm(dossier)
        if alarm is None or alarm.at >= self._now():
            warned = warn(dossier, book(dossier.kind), self._now())
            saved = await self._dossiers.save([(warned, dossier.version)]) if warned else None
            return saved[0] if saved else None
        key = f"{alarm.move}:{alarm.at.isoformat()}"
        args = book(dossier.kind).spec(alarm.move).args()
        return await self.act(dossier.id, alarm.move, args, SYSTEM, key=key)

    async def list_waking(self, limit: int) -> Sequence[AnyDossier]:
        return await self._dossiers.list_waking(self._now(), limit)

    # -- reading ----------------------------------------------------------------------------------
    async def get(self, id: str, actor: Actor) -> Situation:
        """The object as this person stands before it. Raises NotFound, ConflictOfInterest.

        Of officials not even that is told, that there is something.
        """
        dossier = await self._dossiers.find(id)
        if dossier is None:
            raise NotFound(NO_SUCH_DOSSIER)
        at = await self.situation(dossier, actor)
        for needed in book(dossier.kind).table.before_all:
            if obstacle := needed.obstacle(at):
                raise NotFound(NO_SUCH_DOSSIER) if dossier.sealed else obstacle.as_error()
        if dossier.sealed and not at.as_subject:
            await self._audit.append(
                AuditEntry(self._now(), actor.id or "", AuditAction.ARCHIVE_OPENED, dossier.id)
            )
        return at

    async def states_of(self, case: Case) -> tuple[tuple[Blueprint, str, datetime], ...]:
        """What came of a case, for whoever may read it: kind, state in words, since when; no more."""
        reference = self.reference(case.number)
        where = DossierFilter(sources=frozenset({reference}))
        found = [one async for one in self._dossiers.iterate(EVERYTHING, where) if not one.sealed]
        return tuple((book(one.kind), book(one.kind).statuses[one.status], one.updated_at) for one in found)

    def offers(self, at: Situation) -> tuple[MoveSpec[Any], ...]:
        """The moves this person may make now, exactly those that `act` would let pass."""
        return book(at.dossier.kind).table.offers(at)

    async def list_dossiers(
        self,
        actor: Actor,
        where: DossierFilter,
        *,
        order: DossierOrder = DossierOrder.DUE,
        limit: int = 50,
        cursor: str | None = None,
    ) -> FoundDossiers:
        """What this person may see of what is asked for."""
        sight = sight_of(actor, self._rules.jurisdictions)
        return await self._dossiers.list_dossiers(sight, where, order=order, limit=limit, cursor=cursor)

    async def list_sealed(self, actor: Actor, where: DossierFilter, *, limit: int) -> FoundDossiers:
        """Of officials: registrars see those they keep, auditors all, each official the own."""
        sight = sealed_sight_of(actor, self._rules.jurisdictions)
        return await self._dossiers.list_dossiers(sight, where, order=DossierOrder.NEWEST, limit=limit)

    async def count(self, actor: Actor, where: DossierFilter) -> int:
        return await self._dossiers.count(sight_of(actor, self._rules.jurisdictions), where)

    async def situation(self, dossier: AnyDossier, actor: Actor) -> Situation:
        family = tuple(await self._dossiers.family(dossier))
        named = await self._is_named(dossier, actor)
        return Situation(dossier, actor, self._rules, to_instant(self._now()), BOOKS, family, named)

    async def _is_named(self, dossier: AnyDossier, actor: Actor) -> bool:
        """Whether the source case speaks of the actor, as it is now."""
        if dossier.source is None or not actor.name or actor.has(Role.SYSTEM):
            return False
        case = await self._case_of(dossier)
        return case is not None and names(case.complaint, actor.name)

    async def _case_of(self, dossier: AnyDossier) -> Case | None:
        number = await self._sources.resolve(dossier.source) if dossier.source else None
        return await self._cases.find(number) if number else None

    def _screen(self, case: Case | None, dossier: AnyDossier | None = None) -> Screen:
        """What words are compared with; both sides may name the bodies."""
        if case is None:
            return Screen(self._mask)
        complaint = case.complaint
        known = [body.name for body in (*complaint.accused, *complaint.named_too)]
        known += [dossier.subject.name] if dossier else []
        departments = self._rules.jurisdictions
        titles = [d.full_name for id in case.barred if (d := departments.find_by_id(id)) is not None]
        sources = tuple(filter(None, (complaint.text, complaint.wish)))
        return Screen(self._mask, sources, (*known, *titles, case.department_name))


class _Together:
    """Saves with an object all that the same move changed, for `change_stored`."""

    def __init__(self, dossiers: DossierStore) -> None:
        self._dossiers = dossiers
        self.made: Made | None = None
        self.attempt = 0

    async def find(self, id: str) -> AnyDossier | None:
        return await self._dossiers.find(id)

    async def save(self, changed: AnyDossier, *, expected_version: int) -> AnyDossier | None:
        made = self.made or Made(changed)
        along = [(relative, relative.version) for relative in made.moved]
        try:
            saved = await self._dossiers.save([(changed, expected_version), *along], made.opened)
        except ClaimedAlready as taken:
            raise InvalidInput(RECORDED_ALREADY, id=taken.id) from None
        except DossierNumberTaken:
            self.attempt += 1
            return None
        return saved[0] if saved else None


def find_move(blueprint: Blueprint, move: StrEnum | str) -> StrEnum:
    """The move of this kind that a word means. Raises InvalidInput for another's."""
    found: StrEnum | None = next((known for known in blueprint.table.specs if known == move), None)
    if found is None:
        raise InvalidInput(NO_SUCH_STEP)
    return found
