"""名单: the four lists of 吉林 (三(一)一) and the bidding blacklist of 青海 (三(三)3), by editions.

A list is worked on as a draft of its next edition; a second person publishes it. Every entry says why, who
decided, from when, until when or on what condition it goes; what has run out goes by itself, as an edition of
its own. The blacklist holds firms alone, each for one to three years on a decision of an authority
(招标投标法实施条例 第七十八条, 政府采购法 第七十七条).
"""

from __future__ import annotations

from calendar import isleap
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from cases.errors import InvalidInput, Reason, SecondPersonNeeded
from cases.instants import end_of, local_date
from cases.integrity.spine.blueprint import Alarm, Blueprint, Opening
from cases.integrity.spine.dossier import Dossier
from cases.integrity.spine.making import Making
from cases.integrity.spine.situation import BEFORE_ALL, Situation
from cases.integrity.spine.subjects import is_firm
from cases.integrity.spine.vocabulary import By, Kind
from cases.lifecycle.forms import Grounds
from cases.moves.forms import ShortWords, ask
from cases.moves.history import Entry
from cases.moves.requirements import require
from cases.moves.table import SAME, Args, MoveSpec, NoArgs, Table, by_status_and_move, rows
from cases.people import Actor, Role
from cases.records import Record
from cases.rules.rule_books import Rules


class ListStatus(StrEnum):
    DRAFTED = "drafted"
    STANDING = "standing"
    CLOSED = "closed"


class ListMove(StrEnum):
    BEGIN = "begin"
    ADD = "add"
    REMOVE = "remove"
    PUBLISH = "publish"
    EXPIRE = "expire"
    CLOSE = "close"


class ListName(StrEnum):
    EXAMPLES = "examples"
    BREACHES = "breaches"
    INCENTIVES = "incentives"
    SANCTIONS = "sanctions"
    BIDDING = "bidding"


LIST_NAMES: dict[ListName, str] = {
    ListName.EXAMPLES: "诚信典型范围清单",
    ListName.BREACHES: "严重失信行为及主体范围清单",
    ListName.INCENTIVES: "守信激励政策措施清单",
    ListName.SANCTIONS: "失信惩戒政策措施清单",
    ListName.BIDDING: "招标投标不良行为黑名单",
}
FOUR = {name: words for name, words in LIST_NAMES.items() if name is not ListName.BIDDING}
LONGEST_TERM, SHORTEST_TERM = 3, 1
"""Years on the blacklist."""


class Add(Args):
    """One entry, as it is written and as it is kept."""

    title: ShortWords = ask("条目", "text", help="行为、范围或者措施；黑名单写企业全称")
    ground: ShortWords = ask("列入理由", "text")
    decider: ShortWords = ask("决定机关", "text")
    document: str = ask("决定文号", "text", default="", max_length=100)
    begins_on: date = ask("自", "date")
    ends_on: date | None = ask("至", "date", default=None)
    exit_rule: str = ask("退出条件", "text", default="", max_length=500)


class Edition(Record):
    """The list as it was published once."""

    number: int = ask("版次", "number")
    on: date = ask("公布日期", "date")
    reason: str = ask("说明", "text")
    entries: tuple[Add, ...]


class NameList(Dossier[ListMove, ListStatus]):
    kind: Kind = Kind.LIST
    name: ListName
    entries: tuple[Add, ...] = ()
    """Of the next edition."""
    editions: tuple[Edition, ...] = ()

    @property
    def current(self) -> tuple[Add, ...]:
        """As published."""
        return self.editions[-1].entries if self.editions else ()

    def differences(self, number: int) -> tuple[tuple[Add, ...], tuple[Add, ...]]:
        """What came in and what went out with this edition."""
        now = next(one.entries for one in self.editions if one.number == number)
        before = next((one.entries for one in self.editions if one.number == number - 1), ())
        return tuple(e for e in now if e not in before), tuple(e for e in before if e not in now)


ListHistoryEntry = Entry[ListMove, ListStatus]
NO_EXIT_RULE = Reason("no-exit-rule", "名单条目无退出条件：请写明截止日期或者退出条件。")
ENDS_BEFORE = Reason("list-ends-before", "截止日期不能早于开始日期，也不能早于今天。")
ON_THE_LIST = Reason("on-the-list", "“{title}”已经在名单上。")
NOT_ON_THE_LIST = Reason("not-on-the-list", "名单上没有“{title}”。")
NO_FIRM = Reason("not-a-firm", "黑名单只列企业和代理机构，不列个人。请写企业全称。")
NO_DECISION = Reason("no-decision", "黑名单以行政处理决定为依据，请写明决定文号。")
TERM_NOT_ALLOWED = Reason("list-term", "列入黑名单的期限为一年以上三年以下。")


# -- forms ----------------------------------------------------------------------------------------
class Begin(Args):
    name: ListName = ask("名单", "choice", choices=FOUR)


class BeginBlacklist(Args):
    name: ListName = ask("名单", "choice", choices={ListName.BIDDING: LIST_NAMES[ListName.BIDDING]})


class Remove(Args):
    title: ShortWords = ask("移出的条目", "text")
    reason: ShortWords = ask("理由", "text")


class Publish(Args):
    reason: ShortWords = ask("本版说明", "text")


# -- what moves need ------------------------------------------------------------------------------
@require("名单上还没有条目。")
def list_has_entries(at: Situation) -> bool:
    return bool(at.dossier.entries)


@require("名单没有改动，不需要公布新版。")
def list_changed(at: Situation) -> bool:
    return bool(at.dossier.entries != at.dossier.current)


@require("改动名单的人不能自己公布，请由另一人公布。", error=SecondPersonNeeded)
def list_published_by_another(at: Situation) -> bool:
    return at.actor.id not in set(_who_changed(at.dossier))


def _who_changed(names: NameList) -> list[str | None]:
    """Since the last edition."""
    who = []
    for entry in reversed(names.history):
        if entry.move is ListMove.PUBLISH:
            break
        if entry.move is not ListMove.EXPIRE:
            who.append(entry.actor.id)
    return who


@require("有条目在公布前已经到期，请先移出。")
def no_entry_has_ended(at: Situation) -> bool:
    return not any(_has_ended(entry, at.now) for entry in at.dossier.entries)


@require("没有到期的条目。")
def an_entry_has_ended(at: Situation) -> bool:
    return any(_has_ended(entry, at.now) for entry in at.dossier.current)


def _has_ended(entry: Add, now: datetime) -> bool:
    return entry.ends_on is not None and now > end_of(entry.ends_on)


# -- what moves do --------------------------------------------------------------------------------
def _fill(args: Any, actor: Actor, rules: Rules, now: datetime) -> Mapping[str, Any]:
    return {"name": args.name}


def add(change: Making) -> None:
    given, names = change.given(Add), change.dossier
    plain = {"exit_rule": given.exit_rule.strip(), "document": given.document.strip()}
    entry = given.model_copy(update=plain)
    if any(one.title == entry.title for one in names.entries):
        raise InvalidInput(ON_THE_LIST, title=entry.title)
    if entry.ends_on is None and not entry.exit_rule:
        raise InvalidInput(NO_EXIT_RULE)
    if entry.ends_on is not None and entry.ends_on < max(entry.begins_on, local_date(change.now)):
        raise InvalidInput(ENDS_BEFORE)
    if names.name is ListName.BIDDING:
        _fits_the_blacklist(entry)
    change.data["title"] = entry.title
    change.set(entries=(*names.entries, entry))


def _fits_the_blacklist(entry: Add) -> None:
    if not is_firm(entry.title):
        raise InvalidInput(NO_FIRM)
    if not entry.document:
        raise InvalidInput(NO_DECISION)
    shortest, longest = (_last_day(entry.begins_on, years) for years in (SHORTEST_TERM, LONGEST_TERM))
    if entry.ends_on is None or not shortest <= entry.ends_on <= longest:
        raise InvalidInput(TERM_NOT_ALLOWED)


def _last_day(begins_on: date, years: int) -> date:
    """Of so many years; what begins on 29 February has its anniversary on 1 March elsewhere."""
    year = begins_on.year + years
    missing = (begins_on.month, begins_on.day) == (2, 29) and not isleap(year)
    return (date(year, 3, 1) if missing else begins_on.replace(year=year)) - timedelta(days=1)


def remove(change: Making) -> None:
    args, names = change.given(Remove), change.dossier
    left = tuple(one for one in names.entries if one.title != args.title)
    if left == names.entries:
        raise InvalidInput(NOT_ON_THE_LIST, title=args.title)
    change.note = args.reason
    change.data["title"] = args.title
    change.set(entries=left)


def publish(change: Making) -> None:
    reason = change.given(Publish).reason
    change.note = reason
    _appear(change, change.dossier.entries, reason)


def expire(change: Making) -> None:
    """What has run out leaves the published list and the draft alike; other changes wait on."""
    names, now = change.dossier, change.now
    change.set(entries=_still_valid(names.entries, now))
    _appear(change, _still_valid(names.current, now), "到期移出")


def _still_valid(entries: tuple[Add, ...], now: datetime) -> tuple[Add, ...]:
    return tuple(one for one in entries if not _has_ended(one, now))


def _appear(change: Making, entries: tuple[Add, ...], reason: str) -> None:
    number = len(change.dossier.editions) + 1
    edition = Edition(number=number, on=local_date(change.now), reason=reason, entries=entries)
    change.set(editions=(*change.dossier.editions, edition))
    change.data["edition"] = number


def close(change: Making) -> None:
    change.note = change.given(Grounds).reason


# -- the table ------------------------------------------------------------------------------------
_S, _M = ListStatus, ListMove
_WORKED_ON = (_S.DRAFTED, _S.STANDING)
_REGISTRARS = frozenset({Role.REGISTRAR})
_RELEASERS = frozenset({Role.RELEASER})
_SYSTEM = frozenset({Role.SYSTEM})
_DECIDING = (By.KEEPER, By.LEAD, By.SUPERIOR)


def _table(begin: type[Args]) -> Table[ListStatus, ListMove, By, Situation]:
    return Table(
        rows=by_status_and_move(
            [
                *rows(_WORKED_ON, _M.ADD, SAME, _REGISTRARS, By.KEEPER),
                *rows(_WORKED_ON, _M.REMOVE, SAME, _REGISTRARS, By.KEEPER),
                *rows((_S.DRAFTED,), _M.PUBLISH, _S.STANDING, _RELEASERS, *_DECIDING),
                *rows((_S.STANDING,), _M.PUBLISH, SAME, _RELEASERS, *_DECIDING),
                *rows((_S.STANDING,), _M.EXPIRE, SAME, _SYSTEM, By.SYSTEM),
                *rows(_WORKED_ON, _M.CLOSE, _S.CLOSED, _RELEASERS, *_DECIDING),
            ]
        ),
        specs={
            spec.move: spec
            for spec in (
                MoveSpec(_M.BEGIN, "建立名单", "建立了名单", begin),
                MoveSpec(_M.ADD, "列入", "列入了条目", Add),
                MoveSpec(_M.REMOVE, "移出", "移出了条目", Remove),
                MoveSpec(_M.PUBLISH, "公布新版", "公布了新版", Publish),
                MoveSpec(_M.EXPIRE, "到期移出", "到期条目已移出", NoArgs),
                MoveSpec(_M.CLOSE, "停用名单", "停用了名单", Grounds),
            )
        },
        requirements={
            _M.REMOVE: (list_has_entries,),
            _M.PUBLISH: (list_changed, no_entry_has_ended, list_published_by_another),
            _M.EXPIRE: (an_entry_has_ended,),
        },
        before_all=BEFORE_ALL,
        outsider=Reason("list-not-yours", "这份名单不由您的单位管理。"),
    )


def _alarm(names: NameList) -> Alarm | None:
    days = [one.ends_on for one in names.current if one.ends_on is not None]
    return Alarm(end_of(min(days)), _M.EXPIRE) if days and names.status is _S.STANDING else None


def _blueprint(kind: Kind, mechanism: str, begin: type[Args]) -> Blueprint:
    return Blueprint(
        kind=kind,
        model=NameList,
        entry=ListHistoryEntry,
        table=_table(begin),
        first=(_M.BEGIN, _S.DRAFTED),
        statuses={_S.DRAFTED: "待公布", _S.STANDING: "已公布", _S.CLOSED: "已停用"},
        ended=frozenset({_S.CLOSED}),
        primary=(_M.PUBLISH, _M.ADD),
        effects={
            _M.ADD: add,
            _M.REMOVE: remove,
            _M.PUBLISH: publish,
            _M.EXPIRE: expire,
            _M.CLOSE: close,
        },
        mechanism=mechanism,
        opening=Opening(args=begin, roles=_REGISTRARS, fill=_fill),
        public=frozenset({_S.STANDING}),
        alarm=_alarm,
        labels={"name": "名单", "entries": "下一版的条目", "editions": "已公布的版次"},
    )


FOUR_LISTS = _blueprint(Kind.LIST, "four_lists", Begin)
BLACKLIST = _blueprint(Kind.BLACKLIST, "bid_blacklist", BeginBlacklist)
