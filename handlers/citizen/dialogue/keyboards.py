"""Buttons: what they carry (at most 64 bytes) and how they are laid out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from cases.model import Case
from cases.vocabulary import Dissatisfaction
from classify.types import Domain, Region
from handlers.citizen.dialogue.drafts import Draft, Item, Pending, Undecided
from handlers.citizen.texts import Texts, shorten
from handlers.web.pages.reader_language import LANGUAGE_NAMES

MAX_LABEL = 60

ButtonRow = Sequence[InlineKeyboardButton]


class DraftButton(CallbackData, prefix="d"):
    """Acts on a draft; on any other draft it is stale."""

    draft: str
    act: str
    arg: str = ""


class CaseButton(CallbackData, prefix="c"):
    """Opens a case or starts an errand on it."""

    number: str
    act: str


class ErrandButton(CallbackData, prefix="e"):
    """Acts on the errand in progress; on any other it is stale."""

    errand: str
    act: str
    arg: str = ""


class FileButton(CallbackData, prefix="f"):
    """Decides about a file, or takes one out; `file` is 0 where no particular one is meant."""

    file: str
    act: str


class MenuButton(CallbackData, prefix="m"):
    act: str
    arg: str = ""


def act_of(data: str) -> str:
    """`d:draft:fix:place` does fix-place, `m:status:` does status."""
    prefix, *fields = data.split(":")
    act, arg = (fields[0], "") if prefix == "m" else (fields[1], fields[2] if len(fields) > 2 else "")
    told_apart = act in {"fix", "responded", "solved", "satisfied", "why"}
    return f"{act}-{arg}" if told_apart and arg else act


def button(label: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=shorten(label, MAX_LABEL), callback_data=data.pack())


def rows(*lines: ButtonRow) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[list(line) for line in lines if line])


def in_pairs(buttons: Iterable[InlineKeyboardButton]) -> list[ButtonRow]:
    found = list(buttons)
    return [found[i : i + 2] for i in range(0, len(found), 2)]


CORRECTABLE = (Item.DOMAIN, Item.PLACE, Item.ACCUSED, Item.AMOUNT, Item.PERIOD, Item.WISH)


class Keyboards:
    """The keyboards of one language."""

    def __init__(self, say: Texts) -> None:
        self._say = say

    def _draft(self, draft: Draft, act: str, arg: str = "", label: str = "") -> InlineKeyboardButton:
        return button(
            label or self._say.plain(f"button-{act}"), DraftButton(draft=draft.id, act=act, arg=arg)
        )

    def overview(self, draft: Draft) -> InlineKeyboardMarkup:
        return rows(
            [self._draft(draft, "continue")], [self._draft(draft, "correct")], [self._draft(draft, "discard")]
        )

    def matters(self, draft: Draft) -> InlineKeyboardMarkup:
        """Under an overview of several matters."""
        return rows(
            [self._draft(draft, "divide")],
            [self._draft(draft, "one-matter")],
            [self._draft(draft, "correct")],
            [self._draft(draft, "discard")],
        )

    def next_matter(self, later: Draft) -> InlineKeyboardMarkup:
        return rows([self._draft(later, "take-up")], [self._draft(later, "leave")])

    def corrections(self, draft: Draft) -> InlineKeyboardMarkup:
        fixes = [
            self._draft(draft, "fix", item.value, self._say.plain(f"button-fix-{item.value}"))
            for item in CORRECTABLE
        ]
        return rows(
            *in_pairs(fixes), [self._draft(draft, "back", label=self._say.plain("button-no-correction"))]
        )

    def undo(self, draft: Draft | None) -> InlineKeyboardMarkup | None:
        """For a draft that was just given up."""
        return rows([self._draft(draft, "undo")]) if draft is not None else None

    def elsewhere(self, draft: Draft, *, record: bool) -> InlineKeyboardMarkup:
        """`record`: a desk registers it all the same."""
        return rows(
            [self._draft(draft, "for-record")] if record else [],
            [self._draft(draft, "fix", Item.PLACE.value, self._say.plain("button-fix-place"))],
            [self._draft(draft, "discard")],
        )

    def outside(self, draft: Draft) -> InlineKeyboardMarkup:
        return rows(
            [self._draft(draft, "insist")],
            [self._draft(draft, "fix", Item.DOMAIN.value, self._say.plain("button-fix-domain"))],
            [self._draft(draft, "discard")],
        )

    def domains(self, draft: Draft, offered: Sequence[Domain], *, more: bool) -> InlineKeyboardMarkup:
        """`more`: a button for the whole list; otherwise a button for "none of them"."""
        lines: list[ButtonRow] = [
            [self._draft(draft, "domain", d.value, self._say.named("domain", d))] for d in offered
        ]
        last = self._draft(draft, "domains") if more else self._draft(draft, "skip", Item.DOMAIN.value)
        return rows(*lines, [last])

    def question(self, draft: Draft, item: Item) -> InlineKeyboardMarkup:
        choices: list[ButtonRow] = []
        if item is Item.PLACE:
            choices = [
                [self._draft(draft, "region", code, self._say.place(name))]
                for code, name in draft.region_choices.items()
            ]
            choices.append([self._draft(draft, "within")])
        act = "skip" if item in {Item.WISH, Item.NAME, Item.CONTACT} else "unknown"
        return rows(*choices, [self._draft(draft, "skip", item.value, self._say.plain(f"button-{act}"))])

    def bodies(self, draft: Draft, *, settled: bool) -> InlineKeyboardMarkup:
        """Each body that may be complained about as well; `settled`: those shown may be all."""
        choices: list[ButtonRow] = [
            [self._draft(draft, "accuse", str(place), self._say.plain("button-accuse-body", name=name))]
            for place, name in enumerate(draft.body_choices)
        ]
        if len(choices) > 1:
            choices.append([self._draft(draft, "accuse-every")])
        if settled:
            choices.append([self._draft(draft, "all-accused")])
        unknown = self._draft(draft, "skip", Item.ACCUSED.value, self._say.plain("button-unknown"))
        return rows(*choices, [unknown])

    def regions(
        self, draft: Draft, inside: Sequence[Region], here: tuple[str, str] | None
    ) -> InlineKeyboardMarkup:
        """A list to go into, level by level; `here`: code and name of the region it is of."""
        say = self._say
        choices = [self._draft(draft, "within", region.code, say.place(region.name)) for region in inside]
        itself: list[InlineKeyboardButton] = []
        if here is not None:
            label = say.plain("button-only-here", place=say.place(here[1]))
            itself = [self._draft(draft, "at", here[0], label)]
        unknown = self._draft(draft, "skip", Item.PLACE.value, say.plain("button-unknown"))
        return rows(*in_pairs(choices), itself, [unknown])

    def identity(self, draft: Draft) -> InlineKeyboardMarkup:
        return rows([self._draft(draft, "anonymous")], [self._draft(draft, "named")])

    def evidence(self, draft: Draft) -> InlineKeyboardMarkup:
        return rows([self._draft(draft, "enough" if draft.evidence else "nothing")], self._files(draft))

    def more_text(self, draft: Draft) -> InlineKeyboardMarkup:
        return rows([self._draft(draft, "told")])

    def summary(self, draft: Draft, *, tells: bool = False) -> InlineKeyboardMarkup:
        """`tells`: something in it could give the writer away."""
        veil = "unmask" if draft.masks else "mask"
        return rows(
            [self._draft(draft, "confirm")],
            [self._draft(draft, veil)] if tells else [],
            [self._draft(draft, "back"), self._draft(draft, "discard")],
            self._files(draft),
        )

    def wait_or_file(self, draft: Draft) -> InlineKeyboardMarkup:
        return rows([self._draft(draft, "wait")], [self._draft(draft, "file-now")])

    def join_or_separate(self, draft: Draft, number: str) -> InlineKeyboardMarkup:
        join = self._draft(draft, "join", label=self._say.plain("button-join", number=number))
        return rows([join], [self._draft(draft, "separate")], [self._draft(draft, "back")])

    def addition(self, draft: Draft) -> InlineKeyboardMarkup:
        """The own cases it may be an addition to, or none of them."""
        cases = [
            self._draft(draft, "add-to", number, self._say.plain("button-add-to", number=number))
            for number in draft.may_add_to
        ]
        return rows(*([case] for case in cases), [self._draft(draft, "new-matter")], self._files(draft))

    def keep_or_drop(self, draft: Draft) -> InlineKeyboardMarkup:
        return rows([self._draft(draft, "resume")], [self._draft(draft, "anew")])

    # -- files ------------------------------------------------------------------------------------
    def _files(self, target: Draft | Pending) -> ButtonRow:
        return [self._file("0", "list-files")] if target.evidence else []

    def _file(self, id: str, act: str, **values: object) -> InlineKeyboardButton:
        return button(self._say.plain(f"button-{act}", **values), FileButton(file=id, act=act))

    def how_to_keep(self, file: Undecided) -> InlineKeyboardMarkup:
        acts = ["keep-clean"] if file.clean is not None else []
        return rows(*[[self._file(file.whole.id, act)] for act in [*acts, "keep-as-is", "keep-not"]])

    def files(self, target: Draft | Pending) -> InlineKeyboardMarkup:
        """One button for each file, to take it out; the last goes on without."""
        out = [
            [self._file(file.id, "drop-file", name=target.own_names.get(file.id, file.name))]
            for file in target.evidence
        ]
        return rows(*out, [self._file("0", "keep-all")])

    # -- cases ------------------------------------------------------------------------------------
    def _case(self, number: str, act: str, label: str = "") -> InlineKeyboardButton:
        return button(label or self._say.plain(f"button-{act}"), CaseButton(number=number, act=act))

    def cases(self, found: Sequence[Case], act: str) -> InlineKeyboardMarkup:
        return rows(
            *[
                [self._case(c.number, act, f"{c.number} · {self._say.plain(f'status-{c.status.value}')}")]
                for c in found
            ]
        )

    def case(self, number: str, acts: Sequence[str]) -> InlineKeyboardMarkup:
        return rows(*in_pairs(self._case(number, act) for act in acts))

    # -- errands ----------------------------------------------------------------------------------
    def _errand(self, pending: Pending, act: str, arg: str = "", label: str = "") -> InlineKeyboardButton:
        return button(
            label or self._say.plain(f"button-{act}"), ErrandButton(errand=pending.id, act=act, arg=arg)
        )

    def errand(self, pending: Pending, *acts: str) -> InlineKeyboardMarkup:
        """What can be done with it; an addition that was only guessed may be another matter."""
        other = ["new-matter"] if pending.guessed and "send" in acts else []
        return rows(*[[self._errand(pending, act)] for act in (*acts, *other)], self._files(pending))

    def yes_or_no(self, pending: Pending, act: str) -> InlineKeyboardMarkup:
        return rows(
            [
                self._errand(pending, act, "1", self._say.plain("button-yes")),
                self._errand(pending, act, "0", self._say.plain("button-no")),
            ]
        )

    def stars(self, pending: Pending) -> InlineKeyboardMarkup:
        return rows(
            *[
                [self._errand(pending, "satisfied", str(n), self._say.plain(f"satisfied-{n}"))]
                for n in (5, 4, 3, 2, 1)
            ]
        )

    def why(self, pending: Pending) -> InlineKeyboardMarkup:
        """Reasons to choose from, those already chosen marked."""
        chosen = [
            self._errand(pending, "why", reason.value, ("✓ " if reason in pending.why else "") + name)
            for reason, name in ((r, self._say.named("unhappy", r.value)) for r in Dissatisfaction)
        ]
        return rows(*([one] for one in chosen), [self._errand(pending, "send")])

    # -- menus ------------------------------------------------------------------------------------
    def menu(self, *acts: str) -> InlineKeyboardMarkup:
        return rows(*in_pairs(button(self._say.plain(f"button-{act}"), MenuButton(act=act)) for act in acts))

    def languages(self) -> InlineKeyboardMarkup:
        names = LANGUAGE_NAMES.items()
        return rows(*[[button(name, MenuButton(act="language", arg=code))] for code, name in names])
