"""Words that stand for an act of which no button is offered just now, and words that are no story.

Whoever types instead of tapping is understood at every step: what can be done is done, and where it cannot,
the open question is asked again with what can be said. None of these words enters the account.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from aiogram.methods import SendMessage

from classify.acts.answers import is_noise
from classify.acts.buttons import acts_said
from classify.acts.phrases import Sentence
from classify.types import Domain
from handlers.citizen.dialogue.drafts import Draft, Item, Pending
from handlers.citizen.dialogue.keyboards import DraftButton, ErrandButton, MenuButton
from handlers.citizen.dialogue.own_cases.additions import announces_another, is_complaint
from handlers.citizen.dialogue.own_cases.errands import note_taken
from handlers.citizen.dialogue.report.filing import onward, resume
from handlers.citizen.dialogue.steps import ITEM_AT, OnCase, Telling
from handlers.citizen.dialogue.turn import Call, Turn
from handlers.citizen.texts import Html, length

SHORTEST_STORY = 12
"""Fewer characters tell something only if anything is understood in them."""
MENU = ("status", "new", "withdraw", "rate", "review")
AS_IT_IS = frozenset({"confirm", "skip", "nothing"})
"""Said where a name is asked for: it stays as it is unless one is given, without any."""
ASSENT = frozenset({"continue", "confirm", "told"})
ONWARD = frozenset(
    {
        "continue",
        "told",
        "confirm",
        "enough",
        "nothing",
        "skip",
        "resume",
        "insist",
        "join",
        "separate",
        "send",
    }
)
"""Assent and the like: at a step that does not offer it, it answers nothing."""
NO_DIGIT = (None, Item.WISH, Item.NAME, Item.CONTACT)
"""Questions that no single digit answers."""
FIRST = frozenset({"1", "选1", "第一个", "一", "①"})
"""The place of the only button."""
NO = frozenset({"不", "否", "不要", "不用", "不了", "不撤", "别撤", "no", "nope", "don't"})
IDENTITY = ("anonymous", "named")
FROM_IDENTITY_ON = (Telling.identity, Telling.name, Telling.contact, Telling.evidence, Telling.summary)
_PHONE = re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)")
_CALLED = re.compile(
    r"^\s*(?:我叫|我是|本人|姓名|名字|my name is|i am)?[\s:：是叫]*(?P<name>.*?)[\s，,。.;；]*(?:我的)?"
    r"(?:电话|手机号码|手机号|手机|联系方式|联系电话|phone|tel)?(?:是|is)?[\s:：，,。.;；]*$",
    re.IGNORECASE,
)


SHORT_IDENTITY = 24
_NAMED = re.compile(
    r"(?<!不)(?<!别)(?<!不要)实名|(?<!不)(?<!不想)(?<!不要)留(?:下|个)?(?:姓名|名字|真名|电话)"
    r"|with my name|(?:give|leave|tell).{0,6} my name|real name"
)
_ANONYMOUS = re.compile(
    r"(?<!不)(?<!不要)匿名|不实名|(?:不|别|勿)(?:要|想|能|敢|用|愿意?)?(?:留|写|说|透露|公开|暴露|记)(?:我|真|个)?(?:的)?(?:名|姓)"
    r"|(?:别|不要|不能|千万不).{0,3}(?:让|告诉|给).{0,8}(?:知道|晓得|看到)|保密|anonym|my name out"
)


_BEGINS = re.compile(
    r"(?:不|那|好)?(?:我|我们)?(?:还是|现在)?(?:要|想|想要|来)?(?:投诉|举报|反映|告状|信访)(?:一下|个?问题|点事|一件事|件事)?(?:吧|的|啊)?"
    r"|(?:ni ?hao\W*)?(?:wo ?)?(?:yao|xiang) ?(?:tou ?su|ju ?bao|fan ?ying)"
    r"|(?:(?:no|ok|yes)\W+)?i (?:still |would like |'?d like )*(?:want |wish |need )?"
    r"to (?:make|file|lodge|submit) a (?:complaint|report)\W*"
)
"""That a complaint is wanted, and nothing of what it is."""


class Typed(NamedTuple):
    """What typed words lead to: a button pressed, or where the dialogue stands now."""

    press: str = ""
    reply: tuple[Call, ...] = ()


def typed(turn: Turn, words: str) -> Typed | None:
    """What these words do where nothing offers it; None for what belongs to account, answer or department."""
    acts = acts_said(words)
    if turn.memory.pending is not None:
        return _of_errand(turn, turn.memory.pending, words, acts)
    draft = turn.memory.draft
    if draft is None or not (draft.size or draft.evidence):
        return _without_draft(turn, words, acts)
    if turn.at(Telling.identity) and (found := _PHONE.search(words)):
        return _named_at_once(turn, draft, words, found.group())
    offered = turn.memory.offered
    if len(offered) == 1 and ITEM_AT.get(turn.memory.step) in NO_DIGIT and words.strip() in FIRST:
        return Typed(press=offered[0].data)
    if any(button.act == "domain" for button in offered) and (domain := domain_called(turn, words)):
        return Typed(press=DraftButton(draft=draft.id, act="domain", arg=domain).pack())
    if any(button.act == "domain" for button in offered) and acts & ASSENT:
        draft.skip(Item.DOMAIN)  # whoever only agrees leaves it to those who sort
        return Typed(reply=(onward(turn),))
    own = _of_the_step(turn, draft, acts)
    if own is not None:
        return Typed(press=own.pack())
    identity = next((act for act in IDENTITY if act in acts), None)
    if identity is None and turn.at(Telling.identity):
        identity = "anonymous" if acts & AS_IT_IS else identity_meant(words)
    if identity and turn.at(*FROM_IDENTITY_ON):
        return Typed(press=DraftButton(draft=draft.id, act=identity).pack())
    if identity:
        return _remembered(turn, draft, named=identity == "named")
    fixed = next((act.removeprefix("fix-") for act in acts if act.startswith("fix-")), None)
    if fixed:
        return Typed(press=DraftButton(draft=draft.id, act="fix", arg=fixed).pack())
    if "back" in acts:
        return Typed(press=DraftButton(draft=draft.id, act="back").pack())
    if "discard" in acts or "anew" in acts:
        return Typed(press=MenuButton(act="new").pack())
    if acts & ONWARD and not words.strip().isdigit():
        draft.told = draft.told or "told" in acts
        return Typed(reply=(asked_again(turn),))
    return _from_menu(acts)


def identity_meant(words: str) -> str | None:
    """匿名，千万别让单位知道: what a short answer to the question for a name comes to, if it is one thing."""
    said = Sentence(words).plain
    if len(said) > (SHORT_IDENTITY * 2 if said.isascii() else SHORT_IDENTITY):
        return None
    meant = {act for act, way in (("anonymous", _ANONYMOUS), ("named", _NAMED)) if way.search(said)}
    return meant.pop() if len(meant) == 1 else None


def names_the_menu(words: str) -> bool:
    """评价, 撤回: what is always possible, however short and harsh its name may sound."""
    return not acts_said(words).isdisjoint(MENU)


def domain_called(turn: Turn, words: str) -> Domain | None:
    """The domain that words name: its whole name, or a piece of it that only one has."""
    name = words.strip().strip("。.，,")
    meant = [
        d for d in Domain if d is not Domain.SPAM and len(name) > 1 and name in turn.say.named("domain", d)
    ]
    return meant[0] if len(meant) == 1 else None


def _of_errand(turn: Turn, pending: Pending, words: str, acts: frozenset[str]) -> Typed | None:
    """Words of the buttons under an addition, wherever they stand by now; no to a withdrawal."""
    if turn.at(OnCase.withdraw) and Sentence(words).plain.strip(" .。!！") in NO:
        return Typed(press=ErrandButton(errand=pending.id, act="stop").pack())
    if not turn.at(OnCase.supplement):
        return None
    act = next((act for act in ("send", "stop", "new-matter") if act in acts), None)
    if act is not None and (act != "new-matter" or pending.guessed):
        return Typed(press=ErrandButton(errand=pending.id, act=act).pack())
    said = acts if pending.guessed else acts & ONWARD
    return Typed(reply=(note_taken(turn, pending),)) if said else None


def _of_the_step(turn: Turn, draft: Draft, acts: frozenset[str]) -> DraftButton | None:
    """What the open question itself offers, also when another message with buttons came after it."""
    item = ITEM_AT.get(turn.memory.step)
    if item is not None and ("skip" in acts or (item is Item.WISH and acts & ASSENT)):
        return DraftButton(draft=draft.id, act="skip", arg=item.value)
    if turn.at(Telling.evidence) and acts & {"enough", "nothing", "told"}:
        return DraftButton(draft=draft.id, act="enough" if draft.evidence else "nothing")
    if turn.at(Telling.summary) and "confirm" in acts:
        return DraftButton(draft=draft.id, act="confirm")
    return None


def _without_draft(turn: Turn, words: str, acts: frozenset[str]) -> Typed | None:
    """Words of buttons that are not there, and signs that are no words, begin no complaint."""
    identity = next((act for act in IDENTITY if act in acts), None)
    if identity:
        return _remembered(turn, turn.draft, named=identity == "named")
    noise = is_noise(words) and length(words.strip()) < SHORTEST_STORY and any(map(str.isprintable, words))
    begins = _BEGINS.fullmatch(Sentence(words).plain.strip()) or (
        announces_another(words) and length(words) <= SHORT_IDENTITY and not is_complaint(turn, words)
    )
    return _from_menu(acts) or (
        Typed(press=MenuButton(act="new").pack()) if acts or noise or begins else None
    )


def _from_menu(acts: frozenset[str]) -> Typed | None:
    if "supplement" in acts:
        return Typed(press=MenuButton(act="add").pack())
    act = next((act for act in MENU if act in acts), None)
    return Typed(press=MenuButton(act=act).pack()) if act else None


def asked_again(turn: Turn) -> Call:
    """The open question once more, with what can be said."""
    step = (turn.memory.step or "").rpartition(":")[2]
    name = f"can-say-{step}"
    return _after(turn, name) if turn.say.has(name) else resume(turn)


def is_story(turn: Turn, words: str) -> bool:
    """Whether words at a step that asks for none of them tell something."""
    if ITEM_AT.get(turn.memory.step) is not None or not turn.at(
        Telling.identity, Telling.evidence, Telling.summary
    ):
        return True
    if length(words.strip()) >= SHORTEST_STORY:
        return True
    found = turn.services.filing.read(words).found
    return bool(found.region or found.accused or found.amount_yuan or found.period or found.phrases)


def _remembered(turn: Turn, draft: Draft, *, named: bool) -> Typed:
    """Said before it is asked: it will not be asked again."""
    draft.named = named
    if not named:
        draft.name = draft.contact = None
    return Typed(reply=(_after(turn, "will-be-named" if named else "will-be-anonymous"),))


def _named_at_once(turn: Turn, draft: Draft, words: str, phone: str) -> Typed:
    """Name and number given where it was asked whether to give any."""
    draft.named, draft.contact = True, phone
    called = _CALLED.match(words.replace(phone, " "))
    name = called["name"].strip() if called else ""
    if name and length(name) <= 20:
        draft.name = name
    return Typed(press=DraftButton(draft=draft.id, act="named").pack())


def _after(turn: Turn, name: str) -> Call:
    """A sentence, and below it where the dialogue stands."""
    call = resume(turn)
    if isinstance(call, SendMessage):
        call.text = Html(turn.say(name) + "\n\n" + call.text)
    return call
