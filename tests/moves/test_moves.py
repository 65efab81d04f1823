"""The mechanism by itself, on a record of its own: a loan of a book. Nothing in here knows a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import product

import pytest

from cases.errors import IllegalMove, InvalidInput, NotAllowed, NotFound, Reason, StaleCase
from cases.moves.change import Change, Moving
from cases.moves.diagram import TablePage
from cases.moves.history import Entry, find_break, next_entry
from cases.moves.requirements import require
from cases.moves.saving import ATTEMPTS, change_stored
from cases.moves.table import Args, MoveSpec, NoArgs, Row, Table, by_status_and_move
from cases.people import Actor, Role

NOW = datetime(2026, 11, 23, tzinfo=UTC)


class Shelf(StrEnum):
    FREE = "free"
    LENT = "lent"
    LOST = "lost"


class Act(StrEnum):
    BUY = "buy"
    LEND = "lend"
    RETURN = "return"
    LOSE = "lose"
    FIND = "find"


class As(StrEnum):
    READER = "reader"
    LIBRARIAN = "librarian"


class Lend(Args):
    to: str


class Book(Moving[Act, Shelf]):
    name: str = ""
    lent_to: str | None = None


@dataclass(frozen=True)
class AtTheCounter:
    book: Book
    actor: Actor
    open: bool = True

    @property
    def status(self) -> Shelf:
        return self.book.status

    def stands(self, by: As) -> bool:
        return by is As.LIBRARIAN or self.book.lent_to == self.actor.id


@require("图书馆已经关门。", error=NotFound)
def library_open(at: AtTheCounter) -> bool:
    return at.open


@require("《{name}》不外借。", source="馆规 第3条", params=lambda at: {"name": at.book.name})
def may_leave_the_house(at: AtTheCounter) -> bool:
    return at.book.name != "字典"


STAFF, READERS = frozenset({Role.HANDLER}), frozenset({Role.CITIZEN})
SPECS = {move: MoveSpec(move, f"办{move}", f"已{move}", Lend if move is Act.LEND else NoArgs) for move in Act}
TABLE: Table[Shelf, Act, As, AtTheCounter] = Table(
    rows=by_status_and_move(
        [
            Row(Shelf.FREE, Act.LEND, Shelf.LENT, STAFF, frozenset({As.LIBRARIAN})),
            Row(Shelf.LENT, Act.RETURN, Shelf.FREE, READERS, frozenset({As.READER})),
            Row(Shelf.FREE, Act.LOSE, Shelf.LOST, STAFF, frozenset({As.LIBRARIAN})),
            Row(Shelf.LENT, Act.LOSE, Shelf.LOST, STAFF, frozenset({As.LIBRARIAN})),
            Row(Shelf.LOST, Act.FIND, None, STAFF, frozenset({As.LIBRARIAN})),
        ]
    ),
    specs=SPECS,
    requirements={Act.LEND: (may_leave_the_house,)},
    before_all=(library_open,),
    outsider=Reason("not-yours", "这本书不是您借的。"),
)
LIBRARIAN = Actor(roles=STAFF, id="s-1", name="馆员")
READER = Actor(roles=READERS, id="r-1", name="读者")
OTHER = Actor(roles=READERS, id="r-2", name="别的读者")
LoanEntry = Entry[Act, Shelf]


def book(name: str = "史记") -> Book:
    bought = next_entry(LoanEntry, (), Act.BUY, LIBRARIAN, NOW, None, Shelf.FREE)
    return Book(status=Shelf.FREE, updated_at=NOW, history=(bought,), name=name)


def made(given: Book, move: Act, actor: Actor = LIBRARIAN, args: Args | None = None, key: str = "") -> Book:
    row = TABLE.check(move, AtTheCounter(given, actor))
    change = Change(subject=given, move=move, args=args or NoArgs(), actor=actor, now=NOW)
    if move is Act.LEND:
        change.set(lent_to=change.given(Lend).to)
        change.note = "借出"
    return change.settle(row, LoanEntry, key)


def lent() -> Book:
    return made(book(), Act.LEND, args=Lend(to="r-1"))


def test_what_is_offered_is_what_passes_for_everybody_in_every_status() -> None:
    books = [book(), lent(), made(book(), Act.LOSE), book("字典")]
    for given, actor, opened in product(books, (LIBRARIAN, READER, OTHER), (True, False)):
        at = AtTheCounter(given, actor, opened)
        offered = [spec.move for spec in TABLE.offers(at)]
        assert sorted(offered) == sorted(move for move in Act if TABLE.obstacle(move, at) is None)
        assert not (offered and not opened)


@pytest.mark.parametrize(
    ("given", "actor", "move", "error", "said"),
    [
        (book(), LIBRARIAN, Act.FIND, IllegalMove, "当前状态不能办理“办find”。"),
        (lent(), LIBRARIAN, Act.RETURN, NotAllowed, "您的岗位不能办理“办return”。"),
        (lent(), OTHER, Act.RETURN, NotAllowed, "这本书不是您借的。"),
        (book("字典"), LIBRARIAN, Act.LEND, IllegalMove, "《字典》不外借。"),
    ],
)
def test_each_obstacle_says_its_own_sentence(
    given: Book, actor: Actor, move: Act, error: type[Exception], said: str
) -> None:
    with pytest.raises(error) as refused:
        TABLE.check(move, AtTheCounter(given, actor))
    assert str(refused.value) == said


def test_what_holds_for_all_moves_comes_first() -> None:
    with pytest.raises(NotFound, match="关门"):
        TABLE.check(Act.FIND, AtTheCounter(book(), OTHER, open=False))


def test_a_requirement_has_a_code_a_source_and_the_values_of_its_sentence() -> None:
    obstacle = TABLE.obstacle(Act.LEND, AtTheCounter(book("字典"), LIBRARIAN))
    assert obstacle is not None
    assert obstacle.reason.code == "may-leave-the-house"
    assert obstacle.params == {"name": "字典"}
    assert may_leave_the_house.source == "馆规 第3条"


def test_a_table_names_each_status_and_move_once() -> None:
    row: Row[Shelf, Act, As] = Row(Shelf.FREE, Act.LEND, Shelf.LENT, STAFF, frozenset())
    with pytest.raises(ValueError, match="twice"):
        by_status_and_move([row, row])


def test_a_move_changes_the_record_and_appends_to_its_history() -> None:
    given = book()
    done = made(given, Act.LEND, args=Lend(to="r-1"), key="k")
    assert (done.status, done.lent_to, done.version) == (Shelf.LENT, "r-1", given.version)
    entry = done.history[-1]
    assert (entry.seq, entry.move, entry.before, entry.after) == (2, Act.LEND, Shelf.FREE, Shelf.LENT)
    assert (entry.note, entry.key, entry.prev) == ("借出", "k", given.history[-1].hash)
    assert find_break(done.history) is None


def test_a_record_goes_back_to_where_it_came_from() -> None:
    assert made(made(book(), Act.LOSE), Act.FIND).status is Shelf.FREE
    assert made(made(lent(), Act.LOSE), Act.FIND).status is Shelf.LENT


def test_a_record_that_was_never_elsewhere_goes_back_to_nowhere() -> None:
    bought = next_entry(LoanEntry, (), Act.BUY, LIBRARIAN, NOW, None, Shelf.LOST)
    with pytest.raises(StopIteration):
        made(Book(status=Shelf.LOST, updated_at=NOW, history=(bought,)), Act.FIND)


def test_what_an_entry_does_not_say_is_empty() -> None:
    bare = LoanEntry(seq=1, at=NOW, move=Act.BUY, actor=LIBRARIAN, before=None, after=Shelf.FREE)
    assert (bare.data, bare.note, bare.key, bare.prev, bare.hash) == ({}, None, "", "", "")
    assert (bare.note_salt, bare.note_digest) == ("", "")


def test_arguments_of_another_move_are_refused() -> None:
    with pytest.raises(InvalidInput) as refused:
        made(book(), Act.LEND, args=NoArgs())
    assert refused.value.reason.code == "other-arguments"


def test_a_record_knows_when_it_last_changed() -> None:
    given, later = book(), NOW + timedelta(days=3)
    row = TABLE.check(Act.LOSE, AtTheCounter(given, LIBRARIAN))
    done = Change(subject=given, move=Act.LOSE, args=NoArgs(), actor=LIBRARIAN, now=later).settle(
        row, LoanEntry, ""
    )
    assert (done.updated_at, done.history[-1].at) == (later, later)


def test_the_chain_of_what_is_stored_already_stays_whole() -> None:
    """The hash is of the canonical form and never changes, or every stored history would look forged."""
    both = Actor(roles=frozenset({Role.TRIAGE, Role.HEAD}), id="s-9", name="馆长", department="北馆")
    entry = LoanEntry(
        seq=1,
        at=NOW,
        move=Act.LEND,
        actor=both,
        before=Shelf.FREE,
        after=Shelf.LENT,
        data={"to": "读者", "days": 30},
        key="k",
        hash="1d2a0aef45e371f38100f060b4c4b870262ffb7dd1fba2c38bc79921460c4716",
    )
    assert find_break([entry]) is None


@pytest.mark.parametrize("change", [{"note": "还了"}, {"after": Shelf.LOST}, {"seq": 3}, {"prev": "0"}])
def test_a_changed_entry_breaks_the_chain(change: Mapping[str, object]) -> None:
    done = lent()
    forged = (done.history[0], done.history[1].model_copy(update=change))
    assert find_break(forged) == 2


def test_words_can_be_erased_and_the_chain_stays_whole() -> None:
    done = lent()
    erased = done.history[1].model_copy(update={"note": None, "note_salt": ""})
    assert find_break((done.history[0], erased)) is None


class OneShelf:
    """A store with one book, on which somebody else is faster a few times."""

    def __init__(self, given: Book, faster: int = 0) -> None:
        self.book, self.faster, self.saves = given, faster, 0

    async def find(self, id: str) -> Book | None:
        return self.book if id == "1" else None

    async def save(self, changed: Book, *, expected_version: int) -> Book | None:
        self.saves += 1
        if self.faster:
            self.faster -= 1
            self.book = self.book.model_copy(update={"version": self.book.version + 1})
        if self.book.version != expected_version:
            return None
        self.book = changed.model_copy(update={"version": expected_version + 1})
        return self.book


MISSING = Reason("no-book", "没有这本书。")


async def lend(shelf: OneShelf, id: str = "1", key: str = "", expected: int | None = None) -> Book:
    async def make(found: Book) -> Book:
        return made(found, Act.LEND, args=Lend(to="r-1"), key=key)

    return await change_stored(
        shelf, id, make, actor=LIBRARIAN, missing=MISSING, key=key, expected_version=expected
    )


async def test_the_move_is_made_again_when_somebody_was_faster() -> None:
    shelf = OneShelf(book(), faster=2)
    done = await lend(shelf)
    assert (done.status, done.version, shelf.saves) == (Shelf.LENT, 4, 3)


async def test_somebody_who_is_always_faster_is_told_of() -> None:
    shelf = OneShelf(book(), faster=100)
    with pytest.raises(StaleCase):
        await lend(shelf)
    assert shelf.saves == ATTEMPTS


async def test_the_same_key_moves_once() -> None:
    shelf = OneShelf(book())
    first = await lend(shelf, key="k")
    assert await lend(shelf, key="k") == first
    assert shelf.saves == 1


async def test_who_read_an_older_version_is_refused_before_anything_is_made() -> None:
    shelf = OneShelf(book())
    with pytest.raises(StaleCase):
        await lend(shelf, expected=7)
    assert shelf.saves == 0


async def test_what_does_not_exist_cannot_change() -> None:
    with pytest.raises(NotFound, match="没有这本书"):
        await lend(OneShelf(book()), id="2")


def test_the_page_shows_every_move_every_change_and_every_requirement() -> None:
    page = TablePage(
        head="# 书",
        table=TABLE,
        first=(Act.BUY, Shelf.FREE),
        ended=frozenset({Shelf.LOST}),
        statuses={shelf: shelf.value for shelf in Shelf},
        roles={role: role.value for role in Role},
        relations={by: by.value for by in As},
    ).text()
    for expected in (
        "[*] --> free: 办buy",
        "free --> lent: 办lend",
        "lost --> free: 办find",
        "lost --> lent: 办find",
        "lost --> [*]",
        "| 办lend | 《{name}》不外借。 | 馆规 第3条 |",
        "| 全部 | 图书馆已经关门。 |  |",
        "| 办return | `return` | citizen | reader |  |",
        "| lent | 办return → **free**；办lose → **lost** |",
    ):
        assert expected in page


@pytest.mark.parametrize("label", ["报失：丢了", "报失:丢了"])
def test_a_colon_would_end_the_text_of_an_arrow(label: str) -> None:
    specs = {**SPECS, Act.LOSE: MoveSpec(Act.LOSE, label, "已报失")}
    page = TablePage(
        head="# 书",
        table=replace(TABLE, specs=specs),
        first=(Act.BUY, Shelf.FREE),
        ended=frozenset({Shelf.LOST}),
        statuses={shelf: shelf.value for shelf in Shelf},
        roles={role: role.value for role in Role},
        relations={by: by.value for by in As},
    ).text()
    assert "free --> lost: 报失 丢了" in page
    assert f"| {label} |" in page
