"""Fills an empty demo database: seeded, day by day, each day's moves side by side. Fills nothing twice."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections.abc import Callable
from contextvars import ContextVar
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import typer
from loguru import logger

from bot.demo.accounts import Hiring, demo_password
from bot.demo.evaluations import Evaluations
from bot.demo.lives import Life, Lives, Step, in_office_hours
from bot.demo.people import People
from bot.demo.records import Stories
from bot.demo.registers import Registers
from bot.demo.writing import Writer
from bot.wiring import Core, build_core
from bot.workers.upkeep.clock_watch import ClockWatch
from cases.errors import DomainError, StorageUnavailable
from cases.instants import local_date, to_instant
from cases.letters import OPINION_IN
from cases.model import Case
from cases.moves.table import Args
from cases.people import Actor
from cases.ports.cases import EVERY_CASE, CaseFilter
from cases.service.intake import Report
from cases.vocabulary import LetterKind, LetterMove, Move
from handlers.web.signing_in.passwords import Passwords
from storage.figures.rollups import Rollups
from storage.schema.preparing import prepare
from storage.sealed import keystone

COUNT = 500
DAYS = 90
SEED = 20170801
AT_ONCE = 12
ORDERS = 12
WAVES = ("630100", "441302")
"""Where many write about one project in the last days."""

_moment: ContextVar[datetime] = ContextVar("moment")


def moved_now() -> datetime:
    """The time of the move being made."""
    return to_instant(_moment.get())


class Filling:
    """One run over the past; `begin` and `end` bound all that happens in it."""

    def __init__(self, core: Core, people: People, hiring: Hiring, end: datetime, count: int) -> None:
        self._core = core
        self._hiring = hiring
        self._people = people
        self._chance = chance = Random(SEED)  # noqa: S311 - nothing here is secret
        self._end = end
        self._begin = end - timedelta(days=DAYS)
        self._people = people
        self._lives = Lives(people, chance)
        self._queue: list[tuple[datetime, int, Callable[[], object]]] = []
        self._order = itertools.count()
        self._watch = ClockWatch(core.storage.cases, core.services.acting, core.storage.leases, moved_now)
        self.refused = 0
        writer = Writer(core.rules.jurisdictions)
        waves = [report for code in WAVES for report in writer.wave(code, end.year, count // 50)]
        for number, report in enumerate(waves):
            self._plan(self._lately(), self._filing(number, report))
        for number in range(len(waves), count):
            self._plan(self._filing_time(), self._filing(number, writer.report(chance, end.year)))

    async def run(self) -> None:
        day = self._begin
        while day < self._end:
            day = min(day + timedelta(days=1), self._end)
            while self._queue and self._queue[0][0] < day:
                due = [heapq.heappop(self._queue) for _ in range(len(self._queue)) if self._queue[0][0] < day]
                await self._make(due)
            await asyncio.create_task(self._look_at_clocks(day))
        await self._supervise_some()
        for followed in (Stories, Registers):
            await followed(self._core, self._people, _moment.set, self._end).tell()

    async def _make(self, due: list[tuple[datetime, int, Callable[[], object]]]) -> None:
        slots = asyncio.Semaphore(AT_ONCE)

        async def one(at: datetime, step: Callable[[], object]) -> None:
            async with slots:
                _moment.set(at)
                await step()  # type: ignore[misc]

        await asyncio.gather(*(asyncio.create_task(one(at, step)) for at, _, step in due))

    def _plan(self, at: datetime, step: Callable[[], object]) -> None:
        if at < self._end:
            heapq.heappush(self._queue, (at, next(self._order), step))

    def _filing(self, number: int, report: Report) -> Callable[[], object]:
        async def file() -> None:
            filed = await self._core.services.filing.file(report, key=f"demo:{number}", conversation=None)
            life = self._lives.live(filed.case)
            self._plan_next(filed.case.number, life, next(life, None))

        return file

    def _plan_next(self, number: str, life: Life, step: Step | None) -> None:
        if step is not None:
            self._plan(in_office_hours(moved_now() + step.wait), lambda: self._go_on(number, life, step))

    async def _go_on(self, number: str, life: Life, step: Step) -> None:
        """Make this step; then plan the one after it."""
        try:
            case = await self._act(number, step)
            self._plan_next(number, life, life.send(case))
        except (StopIteration, StorageUnavailable) as ended:
            if isinstance(ended, StorageUnavailable):
                raise
        except DomainError as error:
            self.refused += 1
            logger.debug("a move of the demo was refused: {}", error)

    async def _act(self, number: str, step: Step) -> Case:
        await self._hiring.catch_up()
        if step.move is Move.ANSWER and step.args is not None:
            return await self._answer(number, step.args, step.by)
        return await self._core.services.acting.act(number, step.move, step.args, step.by)

    async def _answer(self, number: str, words: Args, by: Actor) -> Case:
        """As two people do: one drafts, the head of the department signs."""
        lettering, case = self._core.services.lettering, await self._core.storage.cases.get(number)
        kind = OPINION_IN.get(case.status, LetterKind.OPINION)
        said = words.model_dump(mode="json") | ({} if kind is LetterKind.OPINION else {"ruling": "change"})
        letter = await lettering.begin(number, kind, said, by)
        await lettering.make(number, letter.id, LetterMove.SUBMIT, by)
        head = self._people.team(case.department).head
        return await lettering.make(number, letter.id, LetterMove.SIGN, head)

    async def _look_at_clocks(self, day: datetime) -> None:
        _moment.set(day)
        while await self._watch.step():
            pass

    async def _supervise_some(self) -> None:
        _moment.set(self._end)
        late = await self._core.storage.cases.list_cases(
            EVERY_CASE, CaseFilter(open_only=True, due_before=self._end), limit=ORDERS
        )
        for case in late.cases:
            order = self._lives.supervise(case, local_date(self._end) + timedelta(days=10))
            if order is not None:
                await self._act(case.number, order)

    def _lately(self) -> datetime:
        """On the whole days just past: those are what early warning looks at."""
        return self._end - timedelta(hours=self._chance.uniform(24, 90))

    def _filing_time(self) -> datetime:
        """Any day, more of late, at hours when people write."""
        share = self._chance.random() ** 0.85
        day: datetime = self._begin + (self._end - self._begin) * share
        hour = self._chance.choice((0, 1, 1, 2, 2, 3, 6, 7, 8, 11, 12, 13, 13, 14))
        at = day.replace(hour=hour, minute=self._chance.randrange(60), second=self._chance.randrange(60))
        return min(max(at, self._begin), self._end - timedelta(minutes=5))


async def fill(core: Core, folder: Path, *, count: int = COUNT, now: datetime | None = None) -> list[str]:
    """Fill the database unless it is full. Lines to show: what there is and how to log in."""
    storage, passwords = core.storage, Passwords()
    password = await demo_password(folder, storage.staff, passwords)
    both = (CaseFilter(), CaseFilter(quarantined=True))
    present = sum([await storage.cases.count(EVERY_CASE, where) for where in both])
    if present < count:
        if present:
            await storage.database.drop()
            await prepare(storage.database)
            await keystone.unlock(storage.database, storage.keys)
        typer.echo(f"正在写入 {count} 件虚构的投诉…… Writing {count} invented complaints…")
        await _fill_empty(core, await passwords.hash(password), count, now or core.now())
    return [
        f"  演示账号   Demo logins       共用密码 {password}",
        "             承办 handler.qinghai.2 · B岗 second.qinghai.2 · 负责人 head.qinghai.2",
        "             管理 admin",
        "             信用 registrar.qinghai · confirmer.qinghai · releaser.qinghai",
        "             第三方评价 evaluator.qinghai",
        "             督办 supervisor.qinghai、.heilongjiang、.jilin、.harbin、.huicheng",
    ]


async def _fill_empty(core: Core, password_hash: str, count: int, now: datetime) -> None:
    moved = await build_core(core.storage, core.rules, moved_now)
    people = People(core.rules.jurisdictions)
    people.begin()
    hiring = Hiring(core.storage.staff, people, password_hash)
    await hiring.catch_up()
    end = to_instant(now)
    await Filling(moved, people, hiring, end, count).run()
    await Rollups(core.storage.database, core.storage.keys).rebuild(end)
    await Evaluations(moved, people, _moment.set, end).tell()
