"""Filing: from a report to a stored case with its receipt, and from one case to several.

Number and receipt are derived from the filing key, so that filing twice is filing once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, Protocol

from cases import reasons
from cases.errors import ConflictOfInterest, InvalidInput, StorageUnavailable
from cases.instants import local_date, to_instant
from cases.lifecycle import forms
from cases.lifecycle.conflicts import barred
from cases.model import Case, Complaint
from cases.moves.once import is_repeat, name_of
from cases.numbers import make_number, make_receipt
from cases.people import CITIZEN, SYSTEM, Actor
from cases.ports.accounts import StaffStore
from cases.ports.audit import AuditStore
from cases.ports.cases import CaseStore, NumberTaken
from cases.ports.letterheads import LetterheadStore
from cases.ports.reporters import Reporter, ReporterStore
from cases.records import FreeText
from cases.rules.body_names import split_bodies
from cases.rules.rule_books import Rules
from cases.service import intake
from cases.service.intake import Preview, Promise, Reading, Report
from cases.service.masking import (
    Piece,
    as_written,
    mask_complaint,
    mask_words,
    pieces_in,
    telling_pieces,
)
from cases.service.staff.staffing import Staffing
from cases.vocabulary import ClockKind, DecidedBy
from classify.types import Classification, Domain, Giveaway, Region

_NUMBERS_TO_TRY = 6


class Classifies(Protocol):
    """What filing needs of the classifier."""

    @property
    def version(self) -> str: ...
    def classify(self, text: str, title: str = "", today: date | None = None) -> Classification: ...
    def read_place(self, words: str) -> tuple[Region, ...]: ...
    def regions_inside(self, code: str) -> tuple[Region, ...]: ...
    def full_name(self, code: str) -> str | None: ...
    def read_amount(self, words: str) -> int | None: ...
    def find_giveaways(self, text: str) -> tuple[Giveaway, ...]: ...
    def mask(self, text: str, found: Iterable[Giveaway]) -> str: ...
    def read_bodies(self, words: str) -> tuple[str, ...]: ...


class Doubt(NamedTuple):
    """`unknown`: no body is named, or one that could be anywhere. `named_too`: may be accused as well."""

    unknown: bool
    named_too: tuple[str, ...]


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
    letterheads: LetterheadStore


class Filing:
    """Makes reports into cases."""

    def __init__(
        self,
        stores: Stores,
        classifier: Classifies,
        rules: Rules,
        secrets: Secrets,
        now: Callable[[], datetime],
        similar: Callable[[str], Sequence[str]],
    ) -> None:
        self._stores = stores
        self._staffing = Staffing(stores.staff, rules)
        self._classifier = classifier
        self._rules = rules
        self._secrets = secrets
        self._now = now
        self._similar = similar

    def read(self, text: str, known: Reading | None = None) -> Reading:
        """The reading of a text: the known one if it is of these words by this classifier, else a new one."""
        words = f"{self._classifier.version}\n{text}".encode("utf-8", "surrogatepass")
        of = hashlib.sha256(words).hexdigest()[:32]
        if known is not None and known.of == of:
            return known
        return Reading(of=of, found=self._classifier.classify(text, today=local_date(self._now())))

    def read_place(self, words: str) -> tuple[Region, ...]:
        """The place an answer names, or the several it could be; empty when it names none we know."""
        return self._classifier.read_place(words)

    def regions_inside(self, code: str) -> tuple[Region, ...]:
        """The regions directly inside one; for an empty code the provinces that this service is for."""
        if code:
            return self._classifier.regions_inside(code)
        served = {region[:2] for one in self._rules.jurisdictions.all() for region in one.region_codes}
        return tuple(region for region in self._classifier.regions_inside("") if region.code[:2] in served)

    def name_of_region(self, code: str) -> str | None:
        """A region with its superiors, such as 青海省西宁市城东区."""
        return self._classifier.full_name(code)

    def read_amount(self, words: str) -> int | None:
        """The sum an answer states, in yuan."""
        return self._classifier.read_amount(words)

    def read_bodies(self, words: str) -> tuple[str, ...]:
        """The bodies an answer names, else its own words."""
        found = self._classifier.read_bodies(words) or tuple(split_bodies(words))
        return tuple(dict.fromkeys(name.strip() for name in found))

    def doubt(self, report: Report) -> Doubt:
        """What is to be asked about the accused before this report can go where it belongs."""
        seen = self.preview(report).complaint
        known = self._rules.jurisdictions
        return Doubt(
            unknown=not intake.whom_is_known(seen, known),
            named_too=tuple(body.name for body in intake.in_doubt(seen, known)),
        )

    def complaint_of(self, report: Report) -> Complaint:
        """The complaint as it would be filed, before anything is looked up."""
        return intake.complaint_of(report, self.read(report.text, report.reading).found)

    def preview(self, report: Report) -> Preview:
        """What filing this report now would lead to; masked where the citizen wants that."""
        complaint = self.complaint_of(report)
        if report.mask and self.telling_pieces(report):
            complaint = mask_complaint(complaint, report, self._classifier)
        return intake.preview(complaint, self._rules, self._now())

    def telling_pieces(self, report: Report) -> tuple[Piece, ...]:
        """What of the report could give its writer away."""
        return telling_pieces(self.complaint_of(report), report, self._classifier)

    def pieces_in(self, words: str) -> tuple[Piece, ...]:
        """What of words for the department could give their writer away."""
        return pieces_in(words, self._classifier)

    def mask_words(self, words: str) -> str:
        """Words for the department without these pieces."""
        return mask_words(words, (), self._classifier)

    def promises(self, domain: Domain) -> tuple[Promise, ...]:
        """The promised times of a domain, without dates."""
        return intake.promises(domain, self._rules, None)

    async def file(
        self, report: Report, *, key: str, conversation: str | None, actor: Actor = CITIZEN
    ) -> Filed:
        """Make a report a case. The same key gives the same case and the same receipt again.

        Raises InvalidInput for an empty text and for a key under which another report was filed,
        StorageUnavailable when nothing was confirmed.
        """
        if not report.text.strip():
            raise InvalidInput(reasons.NOTHING_TOLD)
        seen = self._marked(self.preview(report), await self._named_staff(report))
        secret = self._secrets.derive(f"filing:{name_of(key)}")
        receipt = make_receipt(secret)
        empty = await self._is_empty(seen)
        case = await self._insert(
            secret,
            lambda number, now: intake.open_case(
                number, key, report, seen, self._rules, now, actor, empty=empty
            ),
        )
        is_repeat(case.history[0].key, key)
        await self._stores.reporters.put(
            Reporter(
                number=case.number,
                conversation=conversation,
                channel=report.channel,
                language=report.language,
                name=report.name,
                contact=report.contact,
                original=as_written(report) if seen.complaint.masked else None,
                receipt=self._secrets.hash_receipt(receipt),
                filed_at=case.filed_at,
            )
        )
        return Filed(case, receipt, _promised(case, seen))

    async def split_off(self, case: Case, args: forms.Split, key: str) -> tuple[str, ...]:
        """Store a child case for each part; returns their numbers. Repeatable with the same key."""
        for part in args.parts:
            self._must_be_eligible(case, part.department)
        reporter = await self._stores.reporters.find(case.number)
        numbers = []
        for place, part in enumerate(args.parts):
            child_key = f"{case.filing_key}:split:{name_of(key)}:{place}"
            child = await self._split_one(case, part, child_key)
            if reporter is not None:
                await self._stores.reporters.put(self._reporter_of_part(reporter, child, child_key))
                for chat in await self._stores.reporters.list_conversations(case.number):
                    await self._stores.reporters.adopt(child.number, chat)
            numbers.append(child.number)
        return tuple(numbers)

    def _reporter_of_part(self, reporter: Reporter, child: Case, key: str) -> Reporter:
        """The same person, who sees the part in the same chat; a receipt opens one case only."""
        receipt = make_receipt(self._secrets.derive(f"filing:{key}"))
        own = {"number": child.number, "receipt": self._secrets.hash_receipt(receipt)}
        return reporter.model_copy(update=own)

    def _must_be_eligible(self, case: Case, id: str) -> None:
        """Before anything is stored: no part may reach the accused."""
        department = self._rules.jurisdictions.find_by_id(id)
        if department is None:
            raise InvalidInput(reasons.NO_SUCH_DEPARTMENT)
        if barred(department, case.complaint.accused, self._rules.jurisdictions):
            raise ConflictOfInterest(reasons.IS_ACCUSED, department=department.title)

    async def _split_one(self, case: Case, part: forms.SplitPart, key: str) -> Case:
        department = self._rules.jurisdictions.find_by_id(part.department)
        if department is None:
            raise InvalidInput(reasons.NO_SUCH_DEPARTMENT)
        complaint = case.complaint
        report = Report(
            channel=case.channel,
            language=case.language,
            text=FreeText(part.text),
            domain=part.domain or complaint.domain,
            domain_by=DecidedBy.STAFF,
            region_code=complaint.region_code,
            region_name=complaint.region_name,
            accused=tuple(body.name for body in complaint.accused),
            bodies_seen=(),
        )
        seen = self._marked(self.preview(report), complaint.persons)
        routing = seen.routing.model_copy(
            update={
                "department": department.id,
                "department_name": department.title,
                "triage": False,
                "reasons": (f"由{case.number}拆分",),
            }
        )
        seen = seen._replace(routing=routing)
        empty = await self._is_empty(seen)
        return await self._insert(
            self._secrets.derive(f"filing:{key}"),
            lambda number, now: intake.open_case(
                number, key, report, seen, self._rules, now, SYSTEM, empty=empty
            ).model_copy(update={"parent": case.number}),
        )

    async def _is_empty(self, seen: Preview) -> bool:
        """Whether nobody in the department it goes to could work it."""
        return bool(await self._staffing.unstaffed(seen.complaint, seen.routing.department))

    def _marked(self, seen: Preview, persons: Sequence[str]) -> Preview:
        """With what only a stored complaint has: the staff it names, and the bands others find it by."""
        marks = {
            "persons": tuple(FreeText(person) for person in persons),
            "similar": tuple(self._similar(seen.complaint.text)),
        }
        return seen._replace(complaint=seen.complaint.model_copy(update=marks))

    async def _named_staff(self, report: Report) -> list[str]:
        """Names of our own staff in the complaint: they may not open it."""
        words = "\n".join((report.text, report.wish or "", *(report.accused or ())))
        return [staff.name for staff in await self._stores.staff.named_in(words)]

    async def _insert(self, secret: bytes, make: Callable[[str, datetime], Case]) -> Case:
        now = to_instant(self._now())
        for attempt in range(_NUMBERS_TO_TRY):
            try:
                return await self._stores.cases.insert(
                    make(make_number(secret, local_date(now), attempt), now)
                )
            except NumberTaken:
                continue
        raise StorageUnavailable(reasons.NO_NUMBER_FREE)


def _promised(case: Case, seen: Preview) -> tuple[Promise, ...]:
    """The promises with the dates the stored case really has."""
    accept = case.clock(ClockKind.ACCEPT)
    return tuple(
        p._replace(due_at=accept.due_at, provisional=accept.provisional)
        if p.kind is ClockKind.ACCEPT and accept
        else p
        for p in seen.promises
    )
