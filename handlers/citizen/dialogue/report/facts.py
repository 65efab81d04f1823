"""A message that is nothing but the answer to a question: a phone, a name, a sum, a day, a place, a body.

Said where something else is asked, it is put where it belongs, if that is sure and nothing stands there yet;
else it is said how to put it there. It is never taken for the answer to another question, and never told as
part of the account where a name or a number to call would give its writer away.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from classify.details.giveaways import may_be_given_name
from handlers.citizen.dialogue.drafts import Draft, Item
from handlers.citizen.dialogue.report.answers import bare_place, take_answer
from handlers.citizen.dialogue.report.filing import onward, resume
from handlers.citizen.dialogue.report.understanding import understand
from handlers.citizen.dialogue.steps import ITEM_AT, Telling
from handlers.citizen.dialogue.turn import Call, Turn
from handlers.citizen.texts import Html, shorten

PACK = Path(__file__).with_name("facts.toml")
LONGEST = 40
WHO = (Item.NAME, Item.CONTACT)


class Fact(NamedTuple):
    item: Item
    value: str
    sure: bool = True
    """A name that says nothing of itself may be something else."""


def facts_in(turn: Turn, words: str) -> tuple[Fact, ...]:
    """What a message says that says nothing but this; empty when it tells anything besides."""
    said = words.strip()
    if not said or len(said) > LONGEST or "\n" in said:
        return ()
    if who := _who(said):
        return who
    core = _pattern("around").sub("", _pattern("around").sub("", said))
    return _what(turn, said, core)


def _who(said: str) -> tuple[Fact, ...]:
    found = _pattern("contact").search(said)
    if found is None:
        name = _name(said)
        return (name,) if name else ()
    rest = said.replace(found.group(), " ").strip()
    called = _name(_pattern("contact_words").sub("", rest)) or _name(rest.strip(" ，,。.;；:："))
    if called is None and _pattern("contact_words").sub("", rest):
        called = _name(
            re.sub(r"[，,。.;；:：\s]*(?:我的|联系)?(?:电话|手机号?码?|号码)[是:：\s]*$", "", rest)
        )
        if called is None:
            return ()
    contact = Fact(Item.CONTACT, found.group())
    return (called._replace(sure=True), contact) if called else (contact,)


def _name(said: str) -> Fact | None:
    data = _data()
    called = _pattern("called").match(said)
    if called and may_be_given_name(called["name"]):
        return Fact(Item.NAME, called["name"].strip())
    short = _pattern("is_called").sub("", said).strip("。.，, ")
    if short != said and len(short) == 1 and short in data["family"]:
        return Fact(Item.NAME, short)
    said = short
    if _pattern("english_name").match(said):
        return Fact(Item.NAME, said, sure=False)
    bare = 2 <= len(said) <= 3 and said[0] in data["family"] and may_be_given_name(said[1:])
    return Fact(Item.NAME, said, sure=False) if bare else None


def _what(turn: Turn, said: str, core: str) -> tuple[Fact, ...]:
    reads = turn.services.filing
    if _pattern("amount").match(core) and reads.read_amount(core) is not None:
        return (Fact(Item.AMOUNT, core),)
    if _pattern("period").match(core):
        return (Fact(Item.PERIOD, core),)
    if bare_place(turn, said) is not None:
        return (Fact(Item.PLACE, said),)
    if _pattern("body").search(core) and reads.read_bodies(core) == (core,):
        return (Fact(Item.ACCUSED, core),)
    wished = _pattern("wish").match(said) and _pattern("wished").search(said)
    if wished and not _pattern("unwished").search(said):
        return (Fact(Item.WISH, said.strip("。.!！")),)
    return ()


def hear_facts(turn: Turn, words: str, message: int) -> Call | None:
    """The reply to a message of facts that were not asked for; None where it is for the step to take."""
    draft = turn.memory.draft
    if draft is None or not draft.size or turn.memory.pending is not None:
        return None
    if turn.at(Telling.evidence) and len(words) <= LONGEST and _pattern("papers").match(words.strip()):
        turn.note = turn.say("papers-awaited")
        return resume(turn)
    asked = ITEM_AT.get(turn.memory.step)
    facts = facts_in(turn, words)
    labelled = asked in WHO and any(fact.value != words.strip() for fact in facts)
    if not facts or (len(facts) == 1 and facts[0].item is asked and not labelled):
        return None
    unnamed = draft.name is None and (draft.named is True or turn.at(Telling.identity))
    facts = tuple(fact._replace(sure=fact.sure or unnamed) for fact in facts)
    if asked is None:
        facts = tuple(fact for fact in facts if _counts_unasked(turn, fact))
    elif asked is Item.ACCUSED:
        facts = tuple(fact for fact in facts if fact.sure)
    if not facts:
        return None
    answered = any(fact.item is asked for fact in facts)
    notes = [_take(turn, draft, fact, asked, message) for fact in facts]
    turn.note = Html("\n".join(filter(None, notes))) or None
    if asked is not None and answered:
        draft.answer(asked, message)
        return onward(turn)
    if turn.at(Telling.identity) and (draft.contact or draft.name):
        draft.named = True
        return onward(turn)
    return resume(turn)


def _counts_unasked(turn: Turn, fact: Fact) -> bool:
    """While the account is told, sums, days and bodies belong to it; a place is heard elsewhere.

    What is wished, said by itself after it was shown that nothing is, is no part of it.
    """
    if fact.item in WHO:
        return fact.sure or not turn.at(Telling.telling)
    if fact.item is Item.WISH:
        shown = turn.gathered is None and is_shown(turn) and understand(turn, turn.draft).wish is None
        return shown or not turn.at(Telling.telling)
    return not turn.at(Telling.telling) and fact.item is not Item.PLACE


def is_shown(turn: Turn) -> bool:
    """What was understood has been shown, and the domain or the whole is asked about."""
    return any(button.act in {"continue", "domain"} for button in turn.memory.offered)


def _take(turn: Turn, draft: Draft, fact: Fact, asked: Item | None, message: int) -> str:
    """Put the fact where it belongs, and say so; what is there already is not replaced by a guess."""
    say, shown = (
        turn.say,
        {"words": shorten(fact.value, LONGEST), "kind": turn.say(f"fact-{fact.item.value}")},
    )
    if fact.item in WHO and fact.sure and draft.named is not False:
        setattr(draft, fact.item.value, fact.value)
        said = "" if fact.item is asked or turn.at(Telling.identity) else "fact-who"
        return say("fact-noted" if said and draft.named else said, **shown) if said else ""
    if fact.item in WHO:
        return say("fact-not-who" if draft.named is False else "fact-not-sure", **shown)
    if _is_known(turn, draft, fact.item):
        return say("fact-known", **shown)
    step = turn.memory.step
    problem = take_answer(turn, fact.item, fact.value)
    turn.memory.step = step
    if problem is not None:
        return say("fact-known", **shown)
    draft.answer(fact.item, message)
    return "" if fact.item is asked else say("fact-noted", **shown)


def _is_known(turn: Turn, draft: Draft, item: Item) -> bool:
    seen = understand(turn, draft)
    return {
        Item.PLACE: bool(seen.region_name),
        Item.ACCUSED: bool(seen.accused),
        Item.AMOUNT: seen.amount_yuan is not None,
        Item.PERIOD: seen.period is not None,
        Item.WISH: seen.wish is not None,
    }.get(item, False)


@cache
def _data() -> dict[str, str]:
    return tomllib.loads(PACK.read_text("utf-8"))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_data()[name], re.IGNORECASE)
