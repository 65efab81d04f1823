"""逐级归集 between two deployments: signed letters of JSON lines, each answered by a signed letter.

Whoever sends keeps a batch until its answer is there and sends it unchanged again; whoever receives takes
every version once. It does not know how letters travel: by HTTP, or as files where no line is between them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter, ValidationError

from cases.errors import IllegalMove, InvalidInput, NotAllowed, Reason, StaleCase
from cases.instants import local_date, to_instant
from cases.integrity.breaches.exchange import (
    Line,
    LineAnswer,
    Mark,
    Refusal,
    Result,
    compare,
    digest,
    digests_by_month,
    line_of,
    read_line,
)
from cases.integrity.breaches.record_model import BreachRecord, ShareState
from cases.ports.dossiers import DossierStore
from cases.ports.exchange import ExchangeStore, Outgoing, Place, Received
from cases.records import FreeText
from cases.rules.departments import covers
from cases.service.credit.signed_letters import (
    ANSWER,
    BATCH,
    COMPARED,
    LARGEST,
    MONTHS,
    NO_LETTER,
    Letter,
    read,
    unsigned_head,
    write,
)
from cases.service.public.proofs import Signer

MOST_LINES = 50
FULL = LARGEST // 2
MOST_MARKS = 8000
"""Of whole months in one comparison; the other months follow the next night."""
UNKNOWN_SENDER = Reason("exchange-unknown-sender", "报送单位“{sender}”没有登记在可信名单里。")
WRONG_SEQUENCE = Reason("exchange-sequence", "批次序号不符：应为第{expected}批，收到第{given}批。")
NO_UPPER = Reason("exchange-no-upper", "没有设置上级的公钥或本单位的报送名，不能报送。")
NOT_OUR_ANSWER = Reason("exchange-not-our-answer", "回执与待回执的批次不符，没有采用。")
NOT_IN_FORMAT = Reason("exchange-not-in-format", "记录中有内容不符合归集格式，没有报送。")
RESULTS = TypeAdapter(tuple[LineAnswer, ...])


@dataclass(frozen=True, slots=True)
class Sender:
    """A deployment of the level below, and the places it may report (codes: 630000 is the whole province)."""

    key: bytes
    regions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Partners:
    """Who we are in the exchange, whose letters count, and whose answers."""

    name: str = ""
    senders: Mapping[str, Sender] = field(default_factory=dict)
    upper: bytes | None = None


@dataclass(frozen=True, slots=True)
class Differences:
    """Ids: what the level above lacks or has otherwise, and what it has that is not known here."""

    lacking: tuple[str, ...] = ()
    strange: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.lacking or self.strange)


class Exchange:
    """Both sides of one deployment: what it reports upward, and what it takes from below."""

    def __init__(
        self,
        dossiers: DossierStore,
        store: ExchangeStore,
        signer: Signer,
        partners: Partners,
        now: Callable[[], datetime],
    ) -> None:
        self._dossiers = dossiers
        self._store = store
        self._signer = signer
        self.partners = partners
        self._now = now

    # -- upward -----------------------------------------------------------------------------------
    async def outgoing(self) -> Outgoing:
        return await self._store.find(Outgoing, "outgoing") or Outgoing()

    async def note(self, **what: Any) -> None:
        """Remember of the way upward: failures, when to try again. Overtaken by another process: nothing."""
        await self._store.save((await self.outgoing()).model_copy(update=what))

    async def next_batch(self) -> str | None:
        """The batch that waits for its answer, else a new one of what changed; None when nothing did."""
        if not self.partners.name or self.partners.upper is None:
            raise InvalidInput(NO_UPPER)
        before = await self.outgoing()
        if before.batch is not None:
            return str(before.batch)
        lines: list[str] = []
        records: list[BreachRecord] = []
        for record in await self._dossiers.list_unsettled(MOST_LINES):
            if (line := line_of(record)) is None:
                await self._mark(record, ShareState.REFUSED, FreeText(NOT_IN_FORMAT.sentence))
            elif len("".join(lines).encode()) < FULL:
                lines.append(line.text)
                records.append(record)
        for received in (
            await self._store.list_waiting(MOST_LINES - len(lines)) if len(lines) < MOST_LINES else ()
        ):
            if len("".join(lines).encode()) < FULL:
                lines.append(str(received.line))
        if not lines:
            return None
        sequence, rest = before.sequence + 1, "".join(f"{one}\n" for one in lines)
        text = write(
            self._signer,
            BATCH,
            tuple(lines),
            sender=self.partners.name,
            sequence=sequence,
            count=len(lines),
            digest=digest(rest),
        )
        kept = before.model_copy(update={"sequence": sequence, "batch": FreeText(text)})
        if await self._store.save(kept) is None:
            raise StaleCase
        for record in records:
            await self._mark(record, ShareState.SENT)
        return text

    async def take_answer(self, text: str) -> tuple[LineAnswer, ...]:
        """What the level above said of the batch that waits. Raises InvalidInput, NotAllowed."""
        head, own = self._from_upper(text, ANSWER), await self.outgoing()
        if own.batch is None:
            raise InvalidInput(NOT_OUR_ANSWER)
        batch = read(str(own.batch), self._signer.public_key)
        try:
            results = RESULTS.validate_python(head.get("results"))
        except ValidationError:
            raise InvalidInput(NO_LETTER) from None
        if head.get("digest") != batch.head["digest"] or [one.n for one in results] != [
            *range(1, len(batch.lines) + 1)
        ]:
            raise InvalidInput(NOT_OUR_ANSWER)
        for result, line in zip(results, batch.lines, strict=True):
            sent = Line.model_validate_json(line)
            record = await self._dossiers.find(sent.id)
            if (
                isinstance(record, BreachRecord)
                and (record.sharing and record.sharing.revision) == sent.revision
            ):
                await self._mark(record, result.state, result.said or None)
            elif record is None:
                await self._settle(sent.id, sent.mark.digest, result)
        await self._store.save(own.model_copy(update={"batch": None, "failures": 0, "again_at": None}))
        return results

    async def _mark(self, record: BreachRecord, state: ShareState, said: FreeText | None = None) -> None:
        if record.sharing is not None:
            sharing = record.sharing.model_copy(update={"state": state, "said": said})
            await self._dossiers.mark_sharing(record.id, sharing)

    async def _settle(self, record: str, digest: str, result: LineAnswer | None) -> None:
        """Of what came from below and was passed on: answered, or waiting again."""
        if received := await self._store.find_received(record, digest):
            said = result.said or None if result else None
            await self._store.save(received.model_copy(update={"waits": result is None, "said": said}))

    def _from_upper(self, text: str, kind: str) -> dict[str, Any]:
        if self.partners.upper is None:
            raise InvalidInput(NO_UPPER)
        letter = read(text, self.partners.upper)
        if letter.kind != kind or letter.head.get("to") != self.partners.name:
            raise InvalidInput(NOT_OUR_ANSWER)
        return letter.head

    async def ask_months(self) -> str:
        """A letter that asks the level above to compare, month by month."""
        months = digests_by_month((await self._shared()).values())
        return write(self._signer, MONTHS, sender=self.partners.name, months=months)

    async def compare(self, text: str) -> Differences:
        """What differs waits to be sent again, and the sequence goes on where the level above is."""
        head, own = self._from_upper(text, COMPARED), await self.outgoing()
        shared, sequence = await self._shared(), head.get("sequence")
        there = head.get("differing")
        if not isinstance(sequence, int) or not isinstance(there, dict):
            raise InvalidInput(NO_LETTER)
        lacking: set[str] = set()
        strange: set[str] = set()
        for month, above in there.items():
            here = {id: [m.revision, m.digest] for id, m in shared.items() if m.month == month}
            lacking |= {id for id, said in here.items() if above.get(id) != said}
            strange |= above.keys() - shared.keys()
        for id in lacking:
            record = await self._dossiers.find(id)
            if isinstance(record, BreachRecord):
                await self._mark(record, ShareState.WAITING)
            elif record is None:
                await self._settle(id, shared[id].digest, None)
        update: dict[str, Any] = {"compared_on": local_date(self._now())}
        next_above = own.batch is not None and (
            own.sequence == sequence + 1
            or (own.sequence == sequence and unsigned_head(own.batch)["digest"] == head.get("digest"))
        )
        if not next_above:  # made before one side was restored: its lines wait again
            update |= {"batch": None, "sequence": sequence}
        await self._store.save(own.model_copy(update=update))
        return Differences(tuple(sorted(lacking)), tuple(sorted(strange)))

    async def _shared(self) -> dict[str, Mark]:
        """The own records, and what came from below and is passed on as it came."""
        marks = {
            one.record: Mark(one.month, one.record, one.revision, one.digest)
            for sender in self.partners.senders
            async for one in self._store.iterate_received(sender)
        }
        lines = [line_of(record) async for record in self._dossiers.iterate_shared()]
        return marks | {line.id: line.mark for line in lines if line is not None}

    # -- from below -------------------------------------------------------------------------------
    async def receive(self, text: str) -> str:
        """The signed answer to a letter from below. Taking one twice is taking it once.

        Raises InvalidInput, NotAllowed (sender, signature), IllegalMove (sequence).
        """
        name = unsigned_head(text).get("sender")
        sender = self.partners.senders.get(name) if isinstance(name, str) else None
        if sender is None or not isinstance(name, str):
            raise NotAllowed(UNKNOWN_SENDER, sender=str(name)[:40])
        letter = read(text, sender.key)
        if letter.kind == MONTHS:
            return await self._compare_with(name, letter)
        if letter.kind != BATCH:
            raise InvalidInput(NO_LETTER)
        place = await self._place_of(name)
        given, covered = letter.head.get("sequence"), str(letter.head["digest"])
        again = given == place.sequence and covered == place.digest
        if given != place.sequence + 1 and not again:
            raise IllegalMove(WRONG_SEQUENCE, expected=place.sequence + 1, given=given)
        results = [await self._take(name, sender, n, line) for n, line in enumerate(letter.lines, start=1)]
        if not again:
            moved = place.model_copy(update={"sequence": place.sequence + 1, "digest": covered})
            if await self._store.save(moved) is None:
                raise StaleCase
        said = [one.model_dump(mode="json") for one in results]
        return write(self._signer, ANSWER, to=name, digest=covered, results=said)

    async def list_received(
        self, sender: str, month: str, regions: Collection[str], limit: int
    ) -> tuple[list[tuple[Received, Line]], bool]:
        """What a sender reported of these places, newest months first, and whether there is more."""
        found = await self._store.list_received(sender, month, limit + 1)
        lines = [(one, Line.model_validate_json(one.line)) for one in found[:limit]]
        seen = [
            (one, line)
            for one, line in lines
            if any(covers(region, line.subject.region_code) for region in regions)
        ]
        return seen, len(found) > limit

    async def _place_of(self, sender: str) -> Place:
        id = f"place:{sender}"
        return await self._store.find(Place, id) or Place(id=id)

    async def _take(self, name: str, sender: Sender, n: int, text: str) -> LineAnswer:
        try:
            line = read_line(text, sender.regions)
            mark, id = line.mark, f"record:{name}:{line.id}"
            before = await self._store.find(Received, id)
            result = compare(mark, *((before.revision, before.digest) if before else (0, "")))
        except Refusal as refused:
            return refused.answer(n)
        if result is Result.ACCEPTED:
            received = Received(
                id=id,
                version=before.version if before else 0,
                sender=name,
                record=line.id,
                month=mark.month,
                revision=line.revision,
                digest=mark.digest,
                withdrawn=line.withdrawn,
                line=FreeText(line.text),
                at=to_instant(self._now()),
            )
            if await self._store.save(received) is None:
                raise StaleCase
        return LineAnswer(n=n, result=result)

    async def _compare_with(self, name: str, letter: Letter) -> str:
        marks = [
            Mark(one.month, one.record, one.revision, one.digest)
            async for one in self._store.iterate_received(name)
        ]
        ours, theirs = digests_by_month(marks), letter.head.get("months")
        if not isinstance(theirs, dict):
            raise InvalidInput(NO_LETTER)
        months = {month for month in ours.keys() | theirs.keys() if ours.get(month) != theirs.get(month)}
        differing: dict[str, dict[str, list[Any]]] = {month: {} for month in sorted(months)}
        for mark in marks:
            if mark.month in months:
                differing[mark.month][mark.id] = [mark.revision, mark.digest]
        while len(differing) > 1 and sum(map(len, differing.values())) > MOST_MARKS:
            differing.popitem()
        place = await self._place_of(name)
        return write(
            self._signer,
            COMPARED,
            to=name,
            sequence=place.sequence,
            digest=place.digest,
            differing=differing,
        )
