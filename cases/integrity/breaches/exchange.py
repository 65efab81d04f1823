"""逐级归集: what of a record travels to the level above, and how a line from below is judged.

The format is our own; a line holds what is named here and nothing else: no complaint, no person, no source.
What is withdrawn says so and holds nothing of the breach. It must not know who signs, nor how lines travel.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, NamedTuple, Self

from pydantic import Field, StringConstraints, ValidationError, model_validator

from cases.errors import Reason
from cases.integrity.breaches.publication_model import ShownBasis
from cases.integrity.breaches.record_model import BreachRecord, RecordStatus, Severity, ShareState, Stage
from cases.integrity.spine.vocabulary import BodyKind
from cases.records import FreeText, Record
from classify.types import AdminLevel, Domain

Name = Annotated[str, StringConstraints(max_length=2000)]
Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{1,40}$")]

LINE_UNREADABLE = Reason("exchange-line-unreadable", "这一行不是一条记录。")
UNKNOWN_FIELD = Reason("exchange-unknown-field", "含有未知字段“{field}”。")
FIELD_WRONG = Reason("exchange-field-wrong", "字段“{field}”缺少或者不符合格式。")
FOREIGN_REGION = Reason("exchange-foreign-region", "地区{region}不在报送单位的报送范围内。")
OVERTAKEN = Reason("exchange-overtaken", "已收到较新的版本（第{revision}版）。")
SAME_REVISION = Reason("exchange-same-revision", "同一版本已收到，内容却不相同。")


class LineSubject(Record):
    name: Name
    code: Name | None = None
    kind: BodyKind
    level: AdminLevel | None = None
    region_code: Annotated[str, StringConstraints(pattern=r"^\d{6,12}$")]
    region_name: Name = ""


class LineContent(Record):
    """What the record says while it stands."""

    facts: Annotated[str, StringConstraints(max_length=10_000)]
    severity: Severity
    catalogue: Name
    catalogue_entry: Name = ""
    bases: Annotated[tuple[ShownBasis, ...], Field(max_length=50)]
    finding_serial: Name
    confirmed_by: Name
    domain: Domain | None = None
    breach_on: date | None = None
    amount_yuan: int | None = None
    project: Name = ""
    stage: Stage | None = None
    good: bool = False


class Line(Record):
    """One version of a record. `content` is absent once it is withdrawn."""

    id: Id
    revision: Annotated[int, Field(ge=1, lt=1_000_000)]
    withdrawn: bool
    status: RecordStatus
    found_on: date
    jurisdiction: Id
    subject: LineSubject
    content: LineContent | None = None

    @model_validator(mode="after")
    def _says_what_it_is(self) -> Self:
        if self.withdrawn is not (self.content is None):
            raise ValueError("content")
        return self

    @property
    def text(self) -> str:
        """As it is written: the same record gives the same bytes."""
        return json.dumps(
            self.model_dump(mode="json"), ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )

    @property
    def mark(self) -> Mark:
        """What both sides compare. The month is that of the finding, which no revision changes."""
        return Mark(self.found_on.isoformat()[:7], self.id, self.revision, digest(self.text))


class Mark(NamedTuple):
    month: str
    id: str
    revision: int
    digest: str


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def line_of(record: BreachRecord) -> Line | None:
    """None for what does not travel: not entered yet, of a person, or not to be told in this format."""
    sharing = record.sharing
    if sharing is None or record.sealed or record.official is not None or record.found_on is None:
        return None
    try:
        return Line(
            id=record.id,
            revision=sharing.revision,
            withdrawn=sharing.withdrawn,
            status=record.status,
            found_on=record.found_on,
            jurisdiction=record.jurisdiction,
            subject=LineSubject(**{name: getattr(record.subject, name) for name in LineSubject.model_fields}),
            content=None if sharing.withdrawn else _content(record),
        )
    except ValidationError:
        return None


def _content(record: BreachRecord) -> LineContent:
    severity, _ = record.finding
    return LineContent(
        facts=record.facts,
        severity=severity,
        catalogue=record.catalogue or "",
        catalogue_entry=record.catalogue_entry,
        bases=tuple(
            ShownBasis(kind=one.kind, issuer=one.issuer, number=one.number, dated=one.dated)
            for one in record.bases
        ),
        finding_serial=record.finding_serial,
        confirmed_by=record.keeper_name,
        domain=record.domain,
        breach_on=record.breach_on,
        amount_yuan=record.amount_yuan,
        project=record.project.name if record.project else "",
        stage=record.project.stage if record.project else None,
        good=record.good,
    )


# -- at the level above ---------------------------------------------------------------------------
class Result(StrEnum):
    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


class LineAnswer(Record):
    """Of the n-th line of a batch, counted from 1."""

    n: int
    result: Result
    code: str = ""
    said: FreeText = FreeText("")

    @property
    def state(self) -> ShareState:
        return ShareState.REFUSED if self.result is Result.REFUSED else ShareState.ACKNOWLEDGED


@dataclass(frozen=True, slots=True)
class Refusal(Exception):
    """Why a line is not taken."""

    reason: Reason
    params: dict[str, object]

    def answer(self, n: int) -> LineAnswer:
        said = FreeText(self.reason.sentence.format(**self.params))
        return LineAnswer(n=n, result=Result.REFUSED, code=self.reason.code, said=said)


def read_line(text: str, regions: Sequence[str]) -> Line:
    """Raises Refusal, also where the region is none the sender may report."""
    try:
        line = Line.model_validate_json(text)
    except ValidationError as error:
        fault = error.errors(include_input=False, include_url=False, include_context=False)[0]
        field = ".".join(map(str, fault["loc"]))[:60] or "content"
        if fault["type"] in {"json_invalid", "model_type"} and not fault["loc"]:
            raise Refusal(LINE_UNREADABLE, {}) from None
        reason = UNKNOWN_FIELD if fault["type"] == "extra_forbidden" else FIELD_WRONG
        raise Refusal(reason, {"field": field}) from None
    region = line.subject.region_code
    if not any(region.startswith(_head(one)) for one in regions):
        raise Refusal(FOREIGN_REGION, {"region": region})
    return line


def _head(region: str) -> str:
    """What the codes of all places in it begin with: 630000 is 63."""
    while region.endswith("00"):
        region = region[:-2]
    return region


def compare(new: Mark, revision: int, known: str) -> Result:
    """Beside what was received before (`known` is its digest; revision 0: nothing). Raises Refusal."""
    if new.revision > revision:
        return Result.ACCEPTED
    if new.revision < revision:
        raise Refusal(OVERTAKEN, {"revision": revision})
    if new.digest != known:
        raise Refusal(SAME_REVISION, {})
    return Result.DUPLICATE


def digests_by_month(marks: Iterable[Mark]) -> dict[str, str]:
    """One digest for all records of a month, whatever their order."""
    months: dict[str, list[Mark]] = {}
    for mark in marks:
        months.setdefault(mark.month, []).append(mark)
    return {
        month: digest("\n".join(f"{m.id} {m.revision} {m.digest}" for m in sorted(found)))
        for month, found in sorted(months.items())
    }
