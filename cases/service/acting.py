"""The use cases: file, act, claim, show. Everything a face does to a case goes through here.

The service looks up what pure functions cannot, calls them, and saves with one conditional update.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import datetime

from pydantic import ValidationError

from cases.clocks import Clock
from cases.errors import ConflictOfInterest, InvalidInput, NotFound, StaleCase
from cases.instants import local_date, to_instant
from cases.lifecycle import forms
from cases.lifecycle.change import Facts, Rules, apply
from cases.lifecycle.effects.desk import CLAIM_LEASE, is_idle
from cases.lifecycle.lawful_moves import is_lawful
from cases.lifecycle.permissions import HOLDERS, check, is_conflicted, may_see, may_unseal, offered
from cases.lifecycle.table import MOVES, MoveSpec
from cases.model import Case, Holder, Reporter
from cases.numbers import parse_receipt
from cases.people import CITIZEN, SYSTEM, Actor, Role
from cases.ports.cases import AuditEntry, CaseFilter, Page, Scope
from cases.rules.jurisdictions import Jurisdictions
from cases.service.file_access import FileLooks
from cases.service.filing import Filing, Secrets, Stores
from cases.service.proofs import Proofs
from cases.service.public_view import PublicView
from cases.service.similar_cases import Likeness
from cases.vocabulary import Level, Move, Status

_ATTEMPTS = 6
_CHANGED = "此件刚刚有变化，请刷新后再办理。"


class CaseService:
    """One instance serves the whole process; it keeps no state of its own."""

    def __init__(
        self,
        stores: Stores,
        filing: Filing,
        rules: Rules,
        secrets: Secrets,
        now: Callable[[], datetime],
        proofs: Proofs | None = None,
        likeness: Likeness | None = None,
    ) -> None:
        self._cases = stores.cases
        self._reporters = stores.reporters
        self._staff = stores.staff
        self._audit = stores.audit
        self._secrets = secrets
        self.public = PublicView(stores.cases)
        self.rules = rules
        self.now = now
        self.filing = filing
        self.files = FileLooks(stores.cases, stores.audit, self.scope, rules.jurisdictions, now)
        self.proofs = proofs
        """Signs what citizens take home; None where nothing is signed."""
        self.likeness = likeness
        """Finds complaints that resemble each other; None where nothing is compared."""
        self.preview = filing.preview
        self.promises = filing.promises
        self.file = filing.file

    @property
    def jurisdictions(self) -> Jurisdictions:
        return self.rules.jurisdictions

    # -- changing ---------------------------------------------------------------------------------
    async def act(
        self,
        number: str,
        move: Move,
        args: forms.Args | None,
        actor: Actor,
        *,
        key: str = "",
        expected_version: int | None = None,
        read: Case | None = None,
    ) -> Case:
        """Make one move: the only way to change a case. With a key, the same move happens once.

        `read`: the case, if the caller has just read it; whether it is still the newest shows in saving.
        Raises the errors of `cases.errors`; StaleCase when `expected_version` is no longer the newest.
        """
        given = args if args is not None else _without_words(move)
        for _ in range(_ATTEMPTS):
            case, read = read or await self._cases.find(number), None
            if case is None:
                raise NotFound("没有找到这个编号。")
            if key and any(entry.key == key and entry.actor.id == actor.id for entry in case.history):
                return case
            if expected_version is not None and case.version != expected_version:
                raise StaleCase(_CHANGED)
            check(case, move, actor, self.jurisdictions)
            facts = await self._facts(case, move, given, key)
            changed = apply(case, move, given, actor, self.rules, self.now(), facts=facts, key=key)
            saved = await self._cases.save(changed, expected_version=case.version)
            if saved is not None:
                return saved
        raise StaleCase(_CHANGED)

    async def _facts(self, case: Case, move: Move, args: forms.Args, key: str) -> Facts:
        if move is Move.ANSWER:
            year = local_date(self.now()).year
            serial = await self._cases.next_serial(case.department, year)
            code = self._secrets.derive(f"letter:{case.number}:{serial}").hex()[:12].upper()
            return Facts(serial=serial, verification=code)
        if isinstance(args, forms.Assign):
            return await self._assignee(case, args.staff)
        if move is Move.TAKE_OVER and case.holder:
            return Facts(holder_away=await self._is_away(case.holder))
        if isinstance(args, forms.Merge):
            target = await self._cases.find(args.into)
            if target is None or target.department != case.department or not target.is_open:
                raise InvalidInput("只能并入本单位正在办理的件。")
        if isinstance(args, forms.Split):
            return Facts(children=await self.filing.split_off(case, args, key or str(len(case.children))))
        return Facts()

    async def _assignee(self, case: Case, id: str) -> Facts:
        """Who is to hold the case: somebody who is here and whom it does not concern."""
        try:
            staff = await self._staff.get(id)
        except NotFound:
            raise InvalidInput("没有这个人。") from None
        person = Actor(roles=staff.roles, id=staff.id, name=staff.name, department=staff.department)
        if is_conflicted(case, person, self.jurisdictions):
            raise ConflictOfInterest(f"{staff.name}与此件有关，不能承办。")
        if not staff.active or not person.has(*HOLDERS):
            raise InvalidInput(f"{staff.name}不能承办案件。")
        return Facts(assignee_id=staff.id, assignee_name=staff.name, assignee_department=staff.department)

    # -- the desk ---------------------------------------------------------------------------------
    def scope(self, actor: Actor) -> Scope:
        """What this member of staff may see, for use inside every query."""
        seen: frozenset[str] = frozenset()
        if actor.department and actor.has(Role.SUPERVISOR):
            seen = self.jurisdictions.overseen_by(actor.department)
        elif actor.department and actor.has(*HOLDERS):
            seen = frozenset({actor.department})
        return Scope(departments=seen, staff_name=actor.name or None, viewer=actor.department)

    async def claim_next(self, actor: Actor) -> Case | None:
        """Pull the best eligible case of the actor's department; None when the queue is empty."""
        if actor.department is None:
            return None
        for _ in range(_ATTEMPTS):
            now = to_instant(self.now())
            leased = await self._cases.lease_next(actor.department, self.scope(actor), now, now + CLAIM_LEASE)
            if leased is None:
                return None
            if not may_see(leased, actor, self.jurisdictions):
                continue
            return await self._claim_leased(leased, actor)
        return None

    async def _claim_leased(self, leased: Case, actor: Actor) -> Case:
        """The lease is ours: the old holder, if any, let it lapse."""
        free = leased.model_copy(update={"holder": None})
        claimed = apply(free, Move.CLAIM, forms.NoArgs(), actor, self.rules, self.now())
        saved = await self._cases.save(claimed, expected_version=leased.version)
        if saved is None:
            return await self.act(leased.number, Move.CLAIM, None, actor)
        return saved

    async def get(self, number: str, actor: Actor) -> Case:
        """The case, if the actor may see it. Raises NotFound otherwise. Reading alone is no look."""
        case = await self._cases.find(number, self.scope(actor))
        if case is None or not self.may_see(case, actor):
            raise NotFound("没有找到这个编号，或者您无权查看。")
        return case

    async def look(self, number: str, actor: Actor) -> Case:
        """The case, for somebody to be shown it: `get`, and the look on record."""
        case = await self.get(number, actor)
        await self.record_look(case, actor)
        return case

    def may_see(self, case: Case, actor: Actor) -> bool:
        return may_see(case, actor, self.jurisdictions)

    async def record_look(self, case: Case, actor: Actor) -> None:
        """Audit that this person is shown the case. Whoever answers with its content calls this first."""
        await self._audit.append(
            AuditEntry(
                at=to_instant(self.now()), actor=actor.id or "", action="case.viewed", subject=case.number
            )
        )

    async def list_cases(
        self,
        actor: Actor,
        where: CaseFilter,
        *,
        sort: str = "queue",
        limit: int = 50,
        cursor: str | None = None,
    ) -> Page:
        """A page of what the actor may see."""
        page = await self._cases.list_cases(
            self.scope(actor), where, sort=sort, limit=min(limit, 200), cursor=cursor
        )
        seen = tuple(c for c in page.cases if may_see(c, actor, self.jurisdictions))
        return Page(seen, page.next_cursor)

    async def count(self, actor: Actor, where: CaseFilter) -> int:
        return await self._cases.count(self.scope(actor), where)

    def watch(self, actor: Actor) -> AsyncIterator[str]:
        """Numbers of cases in the actor's sight, as they change."""
        return self._cases.watch(self.scope(actor))

    def moves_for(self, case: Case, actor: Actor) -> tuple[MoveSpec, ...]:
        """The moves to offer now: by status, role and relation, and by what the law still allows."""
        now = to_instant(self.now())
        specs = offered(case, actor, self.jurisdictions)
        return tuple(spec for spec in specs if is_lawful(case, spec.move, self.rules, now))

    async def desk_moves_for(self, case: Case, actor: Actor) -> tuple[MoveSpec, ...]:
        """`moves_for`, and AB岗 only when A is away or idle."""
        specs = self.moves_for(case, actor)
        if case.holder is None or all(spec.move is not Move.TAKE_OVER for spec in specs):
            return specs
        if is_idle(case, self.rules, self.now()) or await self._is_away(case.holder):
            return specs
        return tuple(spec for spec in specs if spec.move is not Move.TAKE_OVER)

    async def _is_away(self, holder: Holder) -> bool:
        person = await self._staff.get(holder.staff)
        return not person.active or bool(person.preferences.get("away"))

    async def reporter_for(self, number: str, actor: Actor) -> Reporter:
        """A named reporter, to whom a supervisor granted one look, and that look is spent here. Audited.

        Raises NotFound unless an approval of this actor's request is still unused.
        """
        case = await self.get(number, actor)
        reporter = await self._reporters.find(case.number) if may_unseal(case, actor) else None
        if reporter is None:
            raise NotFound("没有可以查看的投诉人信息。")
        await self.act(case.number, Move.UNSEAL, None, actor, expected_version=case.version, read=case)
        await self._audit.append(
            AuditEntry(
                at=to_instant(self.now()), actor=actor.id or "", action="reporter.unsealed", subject=number
            )
        )
        return reporter

    # -- the citizen's side -----------------------------------------------------------------------
    async def cases_of(self, conversation: str) -> list[Case]:
        """The cases this chat filed or adopted, newest first."""
        numbers = await self._reporters.list_numbers(conversation)
        found = [await self._cases.find(number) for number in numbers]
        return [case for case in found if case is not None]

    async def case_of(self, number: str, conversation: str) -> Case:
        """Raises NotFound unless this chat filed or adopted the case."""
        if number not in await self._reporters.list_numbers(conversation, limit=200):
            raise NotFound("没有找到这个编号，或者它不是在这个会话里提交的。")
        return await self._cases.get(number)

    async def act_as_citizen(
        self, number: str, move: Move, args: forms.Args, conversation: str, *, key: str
    ) -> Case:
        """A move by the one who filed. Raises NotFound unless this chat filed or adopted the case."""
        await self.case_of(number, conversation)
        return await self.act(number, move, args, CITIZEN, key=key)

    async def open_by_receipt(self, receipt: str, conversation: str | None) -> Case | None:
        """The receipt opens the case from any device; that chat is then told as well."""
        code = parse_receipt(receipt)
        reporter = await self._reporters.find_by_receipt(self._secrets.hash_receipt(code)) if code else None
        if reporter is None:
            return None
        if conversation is not None:
            await self._reporters.adopt(reporter.number, conversation)
        return await self._cases.find(reporter.number)

    # -- the system -------------------------------------------------------------------------------
    async def warn(self, case: Case, clock: Clock, level: Level) -> Case | None:
        """Tell amber or red once; None when the clock ended meanwhile."""
        key = f"warn:{clock.kind}:{clock.started_at.isoformat()}:{level}"
        try:
            return await self.act(
                case.number, Move.WARN, forms.Warn(clock=clock.kind, level=level), SYSTEM, key=key
            )
        except InvalidInput:
            return None

    async def close_answered(self, case: Case) -> Case | None:
        """Close an answered case once the time for review has passed."""
        if case.status is not Status.ANSWERED:
            return None
        return await self.act(
            case.number, Move.CLOSE, forms.OptionalRemark(), SYSTEM, key=f"close:{len(case.letters)}"
        )


def _without_words(move: Move) -> forms.Args:
    """The arguments of a move made without a word. Raises InvalidInput when it needs some."""
    try:
        return MOVES[move].args()
    except ValidationError:
        raise InvalidInput(f"办理“{MOVES[move].label}”需要填写内容。") from None
