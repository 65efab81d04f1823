"""The dialogue's memory: the draft of a complaint, and whatever else a chat is in the middle of.

Plain records that live as JSON in the conversation's document; nothing here talks to anybody.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, WrapValidator, field_validator

from cases.model import Evidence
from cases.records import FreeText
from cases.service.intake import Reading, Report
from cases.vocabulary import Channel, DecidedBy, Dissatisfaction, Language
from classify.types import Domain

"""Characters of all parts together."""
_REMEMBERED = 20


class Stored(BaseModel):
    model_config = ConfigDict(extra="ignore")


class Passage(Stored):
    """One message of the citizen's account; its number lets an edit find it."""

    message: int
    text: str


class Item(StrEnum):
    """What can be asked and corrected, in the order of asking."""

    DOMAIN = "domain"
    PLACE = "place"
    ACCUSED = "accused"
    WISH = "wish"
    AMOUNT = "amount"
    PERIOD = "period"
    NAME = "name"
    CONTACT = "contact"


class Undecided(Stored):
    """A file that does not count yet: something in it can betray, and the citizen is asked first."""

    whole: Evidence
    clean: Evidence | None = None
    """What counts if its traces are taken out. Both are sealed; what is not chosen is deleted."""
    name: str
    removed: list[str] = []
    remains: list[str] = []


def _ids_of(files: Iterable[Evidence], undecided: Iterable[Undecided]) -> list[str]:
    """Everything stored for these files, so that it can be deleted."""
    asked = [kept.id for file in undecided for kept in (file.whole, file.clean) if kept is not None]
    return [*(file.id for file in files), *asked]


def _if_readable(stored: Any, read: Callable[[Any], Any]) -> Any:
    """None for what another version stored in another shape: it can be made again."""
    try:
        return read(stored)
    except ValidationError:
        return None


class Draft(Stored):
    """A complaint being told. Fields are what the citizen said over and above the account itself."""

    id: str = Field(default_factory=lambda: secrets.token_hex(12))
    """Random, made once: it is also the filing key."""
    parts: list[Passage] = []
    domain: Domain | None = None
    told: bool = False
    """The citizen said that the account is complete."""
    insisted: bool = False
    """Outside our domains, and the citizen wants to file it nevertheless."""
    region_code: str | None = None
    region_name: str | None = None
    region_choices: dict[str, str] = {}
    accused: list[str] | None = None
    """The bodies as the citizen told or confirmed them; None: as they were read."""
    bodies_seen: list[str] | None = None
    """What had been read of bodies then."""
    body_choices: list[str] = []
    """Bodies offered as buttons under the question for the accused."""
    accused_doubtful: bool = False
    """One was read at a place that is none any more: to be asked again."""
    wish: str | None = None
    amount_yuan: int | None = None
    period: str | None = None
    skipped: list[Item] = []
    correcting: bool = False
    """The current question came from a correction: back to the overview after it."""
    told_by: dict[str, Item] = {}
    """Message number → which question it answered, so that an edit changes the answer."""
    named: bool | None = None
    name: str | None = None
    contact: str | None = None
    evidence: list[Evidence] = []
    undecided: list[Undecided] = []
    own_names: dict[str, str] = {}
    """What the citizen called each file, by its id; forgotten with the draft."""
    evidence_done: bool = False
    album: str | None = None
    danger: bool = False
    """Something in it says that somebody is in danger."""
    without_missing: bool = False
    """The citizen does not want to wait for files that have not come yet."""
    retells: str | None = None
    """Number of the own case it was offered to as a supplement."""
    separate: bool = False
    """It resembles an own case, and the citizen wants it filed by itself."""
    for_record: bool = False
    """It happened outside every jurisdiction here, and is to be registered nevertheless."""
    one_matter: bool = False
    """Several were seen in it, and the citizen wants them together."""
    may_add_to: list[str] = []
    """Numbers of own cases it may be an addition to, until the citizen says which, or none."""
    mask: bool | None = None
    """Whether what gives the writer away is masked for the department; None: for anonymous ones."""
    reading: Annotated[Reading | None, WrapValidator(_if_readable)] = None
    """What was read in the account, carried along until the account changes."""

    @field_validator("accused", mode="before")
    @classmethod
    def _as_one_of_several(cls, stored: Any) -> Any:
        """One was kept before there could be several."""
        return [stored] if isinstance(stored, str) else stored

    @property
    def text(self) -> str:
        """The whole account, with what was said about the time of it."""
        lines = [part.text for part in self.parts if part.text]
        if self.period:
            lines.append(f"发生时间：{self.period}")
        return "\n".join(lines)

    @property
    def size(self) -> int:
        return sum(len(part.text) for part in self.parts)

    @property
    def masks(self) -> bool:
        return not self.named if self.mask is None else self.mask

    def part(self, message: int) -> Passage | None:
        return next((part for part in self.parts if part.message == message), None)

    def answer(self, item: Item, message: int) -> None:
        self.told_by[str(message)] = item
        self.accused_doubtful = self.accused_doubtful and item is not Item.ACCUSED
        self.skipped = [skipped for skipped in self.skipped if skipped is not item]

    def skip(self, item: Item) -> None:
        self.accused_doubtful = self.accused_doubtful and item is not Item.ACCUSED
        if item not in self.skipped:
            self.skipped.append(item)

    def report(self, channel: Channel, language: Language) -> Report:
        """What the citizen confirmed, for `Services`."""
        return Report(
            channel=channel,
            language=language,
            text=FreeText(self.text),
            wish=FreeText(self.wish) if self.wish else None,
            domain=self.domain,
            domain_by=DecidedBy.CITIZEN if self.domain else DecidedBy.CLASSIFIER,
            region_code=self.region_code,
            region_name=self.region_name,
            accused=tuple(self.accused) if self.accused is not None else None,
            bodies_seen=tuple(self.bodies_seen) if self.bodies_seen is not None else None,
            amount_yuan=self.amount_yuan,
            period=FreeText(self.period) if self.period else None,
            name=FreeText(self.name) if self.named and self.name else None,
            contact=FreeText(self.contact) if self.named and self.contact else None,
            evidence=tuple(self.evidence),
            reading=self.reading,
            danger=self.danger,
            mask=self.masks,
        )


class Errand(StrEnum):
    """What the citizen is doing with a case that exists."""

    SUPPLEMENT = "supplement"
    WRITE = "write"
    ACCUSE = "accuse"
    WITHDRAW = "withdraw"
    RATE = "rate"
    REVIEW = "review"


class Pending(Stored):
    """An errand in progress on one case."""

    id: str = Field(default_factory=lambda: secrets.token_hex(6))
    errand: Errand
    number: str
    notes: list[Passage] = []
    evidence: list[Evidence] = []
    undecided: list[Undecided] = []
    own_names: dict[str, str] = {}
    responded: bool | None = None
    solved: bool | None = None
    satisfied: int | None = None
    """Rated already; why is still being told."""
    why: list[Dissatisfaction] = []
    album: str | None = None
    without_missing: bool = False
    guessed: bool = False
    """Taken for an addition from what was said; the citizen can say that it is another matter."""

    @property
    def text(self) -> str:
        return "\n".join(part.text for part in self.notes if part.text)


class OfferedButton(Stored):
    """A button of the newest message, so that words can name it."""

    label: str
    data: str
    act: str
    """What it does, as `classify/acts/buttons.toml` calls it."""


class WaitedFor(Stored):
    """A file that did not come at once: fetched beside the conversation, kept in it so none is lost."""

    update: int
    message: int
    chat: int
    file: str
    """As the messenger calls it."""
    name: str
    target: str
    """Id of the draft or errand it belongs to."""
    place: int
    """How many files of the same target were sent before it."""
    since: datetime


class FiledDraft(Stored):
    """A draft that became a case: a late tap on its buttons gets the same number."""

    draft: str
    number: str
    at: datetime


class Memory(Stored):
    """Everything a chat remembers between two messages."""

    step: str | None = None
    language: Language | None = None
    greeted: bool = False
    draft: Draft | None = None
    later: list[Draft] = []
    """Other matters of an account that was divided: each is offered once something is filed."""
    given_up: Draft | None = None
    """Until the next message, so that giving up can be taken back."""
    given_up_at: str | None = None
    """Where the dialogue stood then."""
    pending: Pending | None = None
    offered: list[OfferedButton] = []
    """The buttons under the newest message that has some."""
    waited_for: list[WaitedFor] = []
    filed: list[FiledDraft] = []
    spent: list[str] = []
    """Evidence ids that may be deleted, once the update that dropped them is committed."""
    receipt_tries: list[datetime] = []

    @field_validator("step")
    @classmethod
    def _by_its_present_name(cls, step: str | None) -> str | None:
        """The steps of telling were kept as `Filing:…` before."""
        return step.replace("Filing:", "Telling:", 1) if step else step

    @classmethod
    def load(cls, state: dict[str, Any]) -> Memory:
        """What an earlier version wrote and cannot be read any more counts as forgotten."""
        try:
            return cls.model_validate(state)
        except ValidationError:
            return cls(language=_language(state.get("language")))

    def save(self, state: dict[str, Any]) -> None:
        state.clear()
        state.update(self.model_dump(mode="json", exclude_defaults=True))

    def files_awaited_by(self, target: str) -> list[WaitedFor]:
        return [file for file in self.waited_for if file.target == target]

    def no_longer_wait_for(self, message: int) -> WaitedFor | None:
        """The file of that message, if it was waited for."""
        found = next((file for file in self.waited_for if file.message == message), None)
        self.waited_for = [file for file in self.waited_for if file is not found]
        return found

    def _wait_for_nothing_of(self, target: str) -> None:
        self.waited_for = [file for file in self.waited_for if file.target != target]

    def drop_draft(self) -> None:
        """Give the draft up; until the next message it can be taken back."""
        self.spent.extend(self.bury())
        if self.draft is not None:
            self._wait_for_nothing_of(self.draft.id)
        if self.draft is not None and (self.draft.size or self.draft.evidence or self.draft.undecided):
            self.given_up, self.given_up_at = self.draft, self.step
        self.draft = None
        self._leave("Telling:")

    def bury(self) -> list[str]:
        """Forget the draft that was given up; the ids of its files."""
        gone = self.given_up
        files = _ids_of(gone.evidence, gone.undecided) if gone is not None else []
        self.given_up = self.given_up_at = None
        return files

    def take_back(self, draft_id: str) -> bool:
        """The draft that was given up goes on where it stood; False when it is gone or another was begun."""
        if self.given_up is None or self.given_up.id != draft_id or self.draft is not None:
            return False
        self.draft, self.step = self.given_up, self.given_up_at
        self.given_up = self.given_up_at = None
        return True

    def hand_over(self, draft: Draft, number: str, at: datetime) -> None:
        """The draft lives on in a case: its files are the case's, its buttons answer with the number."""
        self.filed = [*self.filed, FiledDraft(draft=draft.id, number=number, at=at)][-_REMEMBERED:]
        self._wait_for_nothing_of(draft.id)
        self.draft = None
        self._leave("Telling:")

    def move(self, before: Draft | Pending, after: Draft | Pending) -> None:
        """What was being told becomes something else, with its files and those still under way."""
        for file in self.files_awaited_by(before.id):
            file.target = after.id
        after.undecided, after.own_names, after.album = before.undecided, before.own_names, before.album
        self.draft = after if isinstance(after, Draft) else None
        self.pending = after if isinstance(after, Pending) else None

    def drop_pending(self, *, done: bool = False) -> None:
        if self.pending is not None and not done:
            self.spent.extend(_ids_of(self.pending.evidence, self.pending.undecided))
        if self.pending is not None:
            self._wait_for_nothing_of(self.pending.id)
        self.pending = None
        self._leave("OnCase:")

    def _leave(self, steps: str) -> None:
        if self.step is not None and self.step.startswith(steps):
            self.step = None

    def filed_as(self, draft_id: str) -> FiledDraft | None:
        return next((filed for filed in self.filed if filed.draft == draft_id), None)


def _language(value: object) -> Language | None:
    return next((language for language in Language if language.value == value), None)
