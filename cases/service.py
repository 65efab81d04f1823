"""The use cases: file, act, claim, view. Everything a face does to a case goes through here.

The service looks up what pure functions cannot, calls them, and saves with one conditional update.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from pydantic import ValidationError

from cases import forms, intake
from cases.calendar import local_date
from cases.clocks import Clock
from cases.errors import InvalidInput, NotFound, StaleCase
from cases.intake import Preview, Promise, Report
from cases.jurisdictions import Jurisdictions
from cases.lifecycle import MOVES, Move, MoveSpec
from cases.model import CITIZEN, SYSTEM, Actor, Case, Channel, FreeText, Reporter, Role, Status, to_instant
from cases.moves import Facts, Rules, apply
from cases.moves.desk import CLAIM_LEASE
from cases.numbers import make_number, make_receipt, parse_receipt
from cases.permissions import check, may_see, offered, oversees
from cases.ports import (
    AuditEntry,
    AuditStore,
    CaseFilter,
    CaseStore,
    NumberTaken,
    Page,
    ReporterStore,
    Scope,
    StaffStore,
)
from classify.types import Classification, Domain

_ATTEMPTS = 6
_CHANGED = "此件刚刚有变化，请刷新后再办理。"


class Classifies(Protocol):
    """What the service needs of the classifier."""

    def classify(self, text: str, title: str = "") -> Classification: ...


class Filed(NamedTuple):
    case: Case
    receipt: str
    promises: tuple[Promise, ...]


@dataclass(frozen=True, slots=True)
class Secrets:
    """Keyed functions given by the composition root; the core never sees a key."""

    derive: Callable[[str], bytes]
    """At least 32 bytes that depend on the text and the deployment's secret."""
    hash_receipt: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Stores:
    cases: CaseStore
    reporters: ReporterStore
    staff: StaffStore
    audit: AuditStore


class CaseService:
    """One instance serves the whole process; it keeps no state of its own."""

    def __init__(
        self,
        stores: Stores,
        classifier: Classifies,
        rules: Rules,
        secrets: Secrets,
        now: Callable[[], datetime],
        similar: Callable[[str], Sequence[str]],
    ) -> None:
        self._cases = stores.cases
        self._reporters = stores.reporters
        self._staff = stores.staff
        self._audit = stores.audit
        self._classifier = classifier
        self._secrets = secrets
        self._similar = similar
        self.rules = rules
        self.now = now

    @property
    def jurisdictions(self) -> Jurisdictions:
        return self.rules.jurisdictions

    # -- filing -----------------------------------------------------------------------------------
    def understand(self, text: str) -> Classification:
        return self._classifier.classify(text)

    def preview(self, report: Report) -> Preview:
        """What filing this report now would lead to."""
        return self._look_at(report, ())

    def promises(self, domain: Domain) -> tuple[Promise, ...]:
        return intake.promises(domain, self.rules, None)

    async def file(
        self, report: Report, *, key: str, conversation: str | None, actor: Actor = CITIZEN
    ) -> Filed:
        """Make a report a case. The same key gives the same case and the same receipt again.

        Raises InvalidInput for an empty text, StorageUnavailable when nothing was stored.
        """
        if not report.text.strip():
            raise InvalidInput("请写下您要反映的事情。")
        seen = self._look_at(report, await self._named_staff(report))
        secret = self._secrets.derive(f"filing:{key}")
        receipt = make_receipt(secret)
        case = await self._insert(report, seen, key, secret, actor)
        await self._reporters.put(
            Reporter(
                number=case.number,
                conversation=conversation,
                channel=report.channel,
                language=report.language,
                name=report.name,
                contact=report.contact,
                receipt=self._secrets.hash_receipt(receipt),
                filed_at=case.filed_at,
            )
        )
        return Filed(case, receipt, _promised(case, seen))

    def _look_at(self, report: Report, persons: Sequence[str]) -> Preview:
        read = self._classifier.classify(report.text)
        complaint = intake.describe(report, read, self._similar(report.text), persons, self.rules)
        return intake.preview(complaint, read, self.rules, self.now())

    async def _named_staff(self, report: Report) -> list[str]:
        """Names of our own staff in the complaint: they may not open it."""
        words = f"{report.text}\n{report.wish or ''}\n{report.accused or ''}"
        return [s.name for s in await self._staff.list_staff() if len(s.name) >= 2 and s.name in words]

    async def _insert(self, report: Report, seen: Preview, key: str, secret: bytes, actor: Actor) -> Case:
        now = to_instant(self.now())
        for attempt in range(_ATTEMPTS):
            number = make_number(secret, local_date(now), attempt)
            case = intake.open_case(number, key, report, seen, self.rules, now, actor)
            try:
                return await self._cases.insert(case)
            except NumberTaken:
                continue
        raise StaleCase("暂时不能生成编号，请稍后再试；您写的内容没有丢失。")

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
    ) -> Case:
        """Make one move: the only way to change a case. With a key, the same move happens once.

        Raises the errors of `cases.errors`; StaleCase when `expected_version` is no longer the newest.
        """
        given = args if args is not None else _without_words(move)
        for _ in range(_ATTEMPTS):
            case = await self._cases.find(number)
            if case is None:
                raise NotFound("没有找到这个编号。")
            if key and any(entry.key == key for entry in case.history):
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
            staff = await self._staff.get(args.staff)
            if staff.name and staff.name in case.complaint.text:
                raise InvalidInput("此人与此件有关，不能承办。")
            return Facts(assignee_id=staff.id, assignee_name=staff.name, assignee_department=staff.department)
        if move is Move.TAKE_OVER and case.holder is not None:
            holder = await self._staff.get(case.holder.staff)
            return Facts(holder_away=not holder.active or bool(holder.preferences.get("away")))
        if isinstance(args, forms.Merge):
            target = await self._cases.find(args.into)
            if target is None or target.department != case.department:
                raise InvalidInput("只能并入本单位的件。")
        if isinstance(args, forms.Split):
            return Facts(children=await self._split_off(case, args, key))
        return Facts()

    async def _split_off(self, case: Case, args: forms.Split, key: str) -> tuple[str, ...]:
        """Children first, so that a crash leaves a repeatable half and never a lost part."""
        reporter = await self._reporters.find(case.number)
        numbers = []
        for place, part in enumerate(args.parts):
            report = Report(
                channel=case.channel,
                language=case.language,
                text=FreeText(part.text),
                domain=part.domain or case.complaint.domain,
                domain_by="staff",
                region_code=case.complaint.region_code,
                region_name=case.complaint.region_name,
                accused=case.complaint.accused.name if case.complaint.accused else None,
            )
            child_key = f"{case.filing_key}:split:{key or len(case.children)}:{place}"
            secret = self._secrets.derive(f"filing:{child_key}")
            seen = self._look_at(report, case.complaint.persons)
            department = self.jurisdictions.find_by_id(part.department)
            if department is None:
                raise InvalidInput("没有这个单位。")
            routing = seen.routing.model_copy(
                update={
                    "department": department.id,
                    "department_name": department.name,
                    "triage": False,
                    "reasons": (f"由{case.number}拆分",),
                }
            )
            child = await self._insert_child(case, report, seen._replace(routing=routing), child_key, secret)
            if reporter is not None:
                await self._reporters.put(reporter.model_copy(update={"number": child.number}))
            numbers.append(child.number)
        return tuple(numbers)

    async def _insert_child(
        self, parent: Case, report: Report, seen: Preview, key: str, secret: bytes
    ) -> Case:
        now = to_instant(self.now())
        for attempt in range(_ATTEMPTS):
            number = make_number(secret, local_date(now), attempt)
            child = intake.open_case(number, key, report, seen, self.rules, now, SYSTEM)
            try:
                return await self._cases.insert(child.model_copy(update={"parent": parent.number}))
            except NumberTaken:
                continue
        raise StaleCase("暂时不能生成编号，请稍后再试。")

    # -- the desk ---------------------------------------------------------------------------------
    def scope(self, actor: Actor) -> Scope:
        """What this member of staff may see, for use inside every query."""
        if actor.has(Role.SUPERVISOR) and actor.department:
            home = self.jurisdictions.jurisdiction_of(actor.department)
            seen = self.jurisdictions.departments_of(home.id) if home else frozenset({actor.department})
            return Scope(departments=frozenset(seen), staff_name=actor.name or None)
        if actor.department and actor.has(Role.HANDLER, Role.DEPUTY, Role.HEAD, Role.TRIAGE):
            return Scope(departments=frozenset({actor.department}), staff_name=actor.name or None)
        return Scope(departments=frozenset())

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

    async def view(self, number: str, actor: Actor) -> Case:
        """The case, if the actor may see it; the look is audited. Raises NotFound otherwise."""
        case = await self._cases.find(number, self.scope(actor))
        if case is None or not may_see(case, actor, self.jurisdictions):
            raise NotFound("没有找到这个编号，或者您无权查看。")
        await self._audit.append(
            AuditEntry(at=to_instant(self.now()), actor=actor.id or "", action="case.viewed", subject=number)
        )
        return case

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

    def moves_for(self, case: Case, actor: Actor) -> tuple[MoveSpec, ...]:
        return offered(case, actor, self.jurisdictions)

    async def reporter_for(self, number: str, actor: Actor) -> Reporter:
        """A named reporter, for whom an approved unsealing was granted to. Audited.

        Raises NotFound unless a supervisor approved this actor's request.
        """
        case = await self.view(number, actor)
        granted = any(
            e.move == Move.APPROVE_UNSEAL and e.data.get("granted_to") == actor.id for e in case.history
        )
        reporter = await self._reporters.find(number) if granted and actor.id else None
        if reporter is None:
            raise NotFound("没有可以查看的投诉人信息。")
        await self._audit.append(
            AuditEntry(
                at=to_instant(self.now()), actor=actor.id or "", action="reporter.unsealed", subject=number
            )
        )
        return reporter

    def may_oversee(self, case: Case, actor: Actor) -> bool:
        return oversees(case, actor, self.jurisdictions)

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
    async def warn(self, case: Case, clock: Clock, level: str) -> Case | None:
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
            case.number, Move.CLOSE, forms.OptionalRemark(), SYSTEM, key=f"close:{case.reviews}"
        )


def _without_words(move: Move) -> forms.Args:
    """The arguments of a move made without a word. Raises InvalidInput when it needs some."""
    try:
        return MOVES[move].args()
    except ValidationError:
        raise InvalidInput(f"办理“{MOVES[move].label}”需要填写内容。") from None


def _promised(case: Case, seen: Preview) -> tuple[Promise, ...]:
    """The promises with the dates the stored case really has."""
    accept = case.clock("accept")
    return tuple(
        p._replace(due_at=accept.due_at, provisional=accept.provisional)
        if p.kind == "accept" and accept
        else p
        for p in seen.promises
    )


__all__ = ["CaseService", "Channel", "Filed", "Preview", "Promise", "Report", "Secrets", "Stores"]
