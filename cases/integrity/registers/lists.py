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
from typing import Any

from cases.errors import InvalidInput, Reason, SecondPersonNeeded
from cases.instants import end_of, local_date
from cases.integrity.registers.list_model import (
    ENDS_BEFORE,
    FOUR,
    LIST_NAMES,
    LIST_THERE_ALREADY,
    LONGEST_TERM,
    NO_DECISION,
    NO_EXIT_RULE,
    NO_FIRM,
    NOT_ON_THE_LIST,
    ON_THE_LIST,
    SHORTEST_TERM,
    TERM_NOT_ALLOWED,
    Add,
    Edition,
    ListHistoryEntry,
    ListMove,
    ListName,
    ListStatus,
    NameList,
)
from cases.integrity.spine.blueprint import Alarm, Blueprint, Opening
from cases.integrity.spine.hands import DECIDING, REGISTRARS, RELEASERS, SYSTEM
from cases.integrity.spine.making import Making
from cases.integrity.spine.situation import BEFORE_ALL, Situation
from cases.integrity.spine.subjects import is_firm
from cases.integrity.spine.vocabulary import By, Kind
from cases.lifecycle.forms import Grounds
from cases.moves.forms import ShortWords, ask
from cases.moves.requirements import require
from cases.moves.table import SAME, Args, MoveSpec, NoArgs, Table, by_status_and_move, rows
from cases.people import Actor
from cases.rules.rule_books import Rules


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


def _table(begin: type[Args]) -> Table[ListStatus, ListMove, By, Situation]:
    return Table(
        rows=by_status_and_move(
            [
                *rows(_WORKED_ON, _M.ADD, SAME, REGISTRARS, By.KEEPER),
                *rows(_WORKED_ON, _M.REMOVE, SAME, REGISTRARS, By.KEEPER),
                *rows((_S.DRAFTED,), _M.PUBLISH, _S.STANDING, RELEASERS, *DECIDING),
                *rows((_S.STANDING,), _M.PUBLISH, SAME, RELEASERS, *DECIDING),
                *rows((_S.STANDING,), _M.EXPIRE, SAME, SYSTEM, By.SYSTEM),
                *rows(_WORKED_ON, _M.CLOSE, _S.CLOSED, RELEASERS, *DECIDING),
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
        void=frozenset({_S.CLOSED}),
        primary=(_M.PUBLISH, _M.ADD),
        effects={
            _M.ADD: add,
            _M.REMOVE: remove,
            _M.PUBLISH: publish,
            _M.EXPIRE: expire,
            _M.CLOSE: close,
        },
        mechanism=mechanism,
        opening=Opening(args=begin, roles=REGISTRARS, fill=_fill),
        public=frozenset({_S.STANDING}),
        taken=LIST_THERE_ALREADY,
        alarm=_alarm,
        labels={"name": "名单", "entries": "下一版的条目", "editions": "已公布的版次"},
    )


FOUR_LISTS = _blueprint(Kind.LIST, "four_lists", Begin)
BLACKLIST = _blueprint(Kind.BLACKLIST, "bid_blacklist", BeginBlacklist)
