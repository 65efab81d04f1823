"""Showing what was understood of a draft, and finding out what is still missing.

What was understood is the core's to say: nothing here weighs the citizen's words against the classifier's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cases.model import Accused, Complaint
from cases.service.intake import Report
from cases.vocabulary import Language
from classify.acts.referrals import find_referrals
from classify.types import Classification, Domain, Matter
from handlers.citizen.channels import channels
from handlers.citizen.dialogue.drafts import Draft, Item
from handlers.citizen.dialogue.keyboards import Keyboards
from handlers.citizen.dialogue.steps import QUESTIONS, Telling
from handlers.citizen.dialogue.turn import Call, Turn
from handlers.citizen.texts import Html, Texts, shorten
from handlers.languages.values import time_in

IN_SCOPE = tuple(domain for domain in Domain if domain.in_scope)
ASKED = (Item.DOMAIN, Item.PLACE, Item.ACCUSED, Item.WISH)
_SHOWN_WORDS = 4
NEARLY_CERTAIN = 0.99
"""Below this nobody is told that a matter is not ours before the account is complete."""
_ASKED_FOR = re.compile(
    r"请|請|希望|要求|怎么办|怎麼辦|求|帮|幫|管管|管一管|\b(?:please|help|want)\b", re.IGNORECASE
)
"""Whoever says what should be done has told what it is about."""
BEGINNING = 60
"""Characters up to which an account that says nothing of any domain yet may still be going on."""
_SHOWN_BODIES = 6
_SHOWN_MATTER = 60
"""Characters of each of several matters."""


def read(turn: Turn, draft: Draft) -> Classification:
    """What the classifier says of the account; kept with the draft until the account changes."""
    draft.reading = turn.services.filing.read(draft.text, draft.reading)
    return draft.reading.found


def report_of(turn: Turn, draft: Draft) -> Report:
    """The draft as it would be filed, read."""
    read(turn, draft)
    return draft.report(turn.channel, turn.language)


def understand(turn: Turn, draft: Draft) -> Complaint:
    return turn.services.filing.complaint_of(report_of(turn, draft))


def is_outside(draft: Draft, seen: Complaint) -> bool:
    """Not ours, said with confidence, and the citizen did not insist."""
    return seen.sure and not seen.domain.in_scope and not draft.insisted


def matters_of(turn: Turn, draft: Draft) -> tuple[Matter, ...]:
    """The matters of the account if it tells several, until the citizen has said what to do about it."""
    return () if draft.one_matter or draft.domain else read(turn, draft).matters


def next_missing(turn: Turn, draft: Draft, seen: Complaint) -> Item | None:
    """The first item worth a question, in the order of asking."""
    doubt = turn.services.filing.doubt(report_of(turn, draft))
    known = {
        Item.DOMAIN: seen.sure or draft.insisted,
        Item.PLACE: bool(seen.region_name),
        Item.ACCUSED: (draft.accused is not None or not doubt.unknown)
        and not doubt.named_too
        and not draft.accused_doubtful,
        Item.WISH: bool(seen.wish),
    }
    return next((item for item in ASKED if not known[item] and item not in draft.skipped), None)


def describe(say: Texts, draft: Draft, seen: Complaint, *, unknown: bool = True) -> Html:
    """One line per understood item; `unknown` shows the missing ones as well."""
    missing = say("unknown")

    def line(item: Item, value: str | None) -> Html | None:
        if value is None and not unknown:
            return None
        return say(f"line-{item.value}", value=value if value is not None else missing)

    domain = say.named("domain", seen.domain) if seen.sure else None
    words = _words_for(draft, seen.domain) if seen.sure else ()
    lines = [
        line(Item.DOMAIN, domain),
        say("line-words", words=say.list_of(words)) if words else None,
        line(Item.PLACE, _short(_place(say, seen))),
        line(Item.ACCUSED, _short(_names(seen.accused), 300)),
        say("line-named-too", names=_names(seen.named_too[:_SHOWN_BODIES])) if seen.named_too else None,
        line(Item.AMOUNT, _sum(say, draft, seen.amount_yuan)),
        line(Item.PERIOD, _short(time_in(say.language, seen.period) if seen.period else None)),
        line(Item.WISH, _short(seen.wish, 300)),
        say("line-files", count=len(draft.evidence)) if draft.evidence else None,
    ]
    return Html("\n".join(line for line in lines if line is not None))


def _names(bodies: Sequence[Accused]) -> str:
    return "、".join(body.name for body in bodies)


def _words_for(draft: Draft, domain: Domain) -> tuple[str, ...]:
    """The citizen's own words that speak for a domain, the weightiest first."""
    found = draft.reading.found.phrases if draft.reading else ()
    return tuple(dict.fromkeys(e.matched for e in found if e.domain is domain))[:_SHOWN_WORDS]


def _sum(say: Texts, draft: Draft, yuan: int | None) -> str | None:
    """The sum, with how it was come by when it was worked out and the citizen did not set it right."""
    if yuan is None:
        return None
    found = draft.reading.found if draft.reading else None
    how = found.amount_reading if found and found.amount_yuan == yuan else ""
    shown = say.amount(yuan)
    return f"{shown}（{how}）" if how and say.language is not Language.EN else shown


def _place(say: Texts, seen: Complaint) -> str | None:
    """A place we know in the reader's characters; the citizen's own words as they are."""
    return say.place(seen.region_name) if seen.region_name and seen.region_code else seen.region_name


def _short(value: str | None, limit: int = 100) -> str | None:
    return shorten(value, limit) if value else None


def is_elsewhere(turn: Turn, draft: Draft, seen: Complaint) -> bool:
    """Nothing can be done about it here, and it is not to be registered for the record either."""
    books = turn.services.rules.jurisdictions
    registered = draft.for_record and books.records_elsewhere
    return books.is_elsewhere(seen.region_code) and not registered


def _show_elsewhere(turn: Turn, draft: Draft, seen: Complaint) -> Call:
    """Nothing is promised for a place we do not serve: whom this is for, and where to turn."""
    here = turn.say.list_of([j.name for j in turn.services.rules.jurisdictions.all()])
    place = _short(seen.region_name) or ""
    text = turn.say("elsewhere", place=place, here=here, lines=channels(turn.language))
    books = turn.services.rules.jurisdictions
    if books.records_elsewhere and books.neutral is not None:
        text = Html(f"{text}\n\n{turn.say('elsewhere-record', desk=books.neutral.title)}")
    return turn.send(text, Keyboards(turn.say).elsewhere(draft, record=books.records_elsewhere))


def refer(say: Texts, text: str) -> Html:
    """Who else is there for what an account tells besides; empty when it tells no such thing."""
    return Html("\n\n".join(say(f"refer-{referral.value}") for referral in find_referrals(text)))


def show_overview(turn: Turn) -> Call:
    """The one message that shows the understanding; asks for the domain when it is not sure."""
    draft, say = turn.draft, turn.say
    keys = Keyboards(say)
    turn.go(Telling.telling)
    if draft.may_add_to and (draft.size or draft.evidence or draft.undecided):
        return turn.send(say("ask-adding"), keys.addition(draft))
    if not draft.size:
        return turn.send(say("tell-first"))
    seen = understand(turn, draft)
    if _goes_on(turn, draft, seen):
        return turn.send(say("told-so-far"), keys.more_text(draft))
    if is_elsewhere(turn, draft, seen):
        return _show_elsewhere(turn, draft, seen)
    if is_outside(draft, seen):
        return turn.send(say(f"outside-{seen.domain.value}"), keys.outside(draft))
    matters = matters_of(turn, draft)
    if not (matters or seen.sure or draft.insisted or Item.DOMAIN in draft.skipped):
        text = say("overview-unsure", lines=describe(say, draft, seen, unknown=False))
        return turn.send(
            turn.at_step("continue", Html(text.rstrip())),
            keys.domains(draft, likely(read(turn, draft)), more=True),
        )
    text = turn.at_step("continue", say("overview", lines=describe(say, draft, seen)))
    also = [_list_matters(say, draft, matters)] if matters else []
    whole = Html("\n\n".join(filter(None, (text, refer(say, draft.text), *also))))
    return turn.send(whole, keys.matters(draft) if matters else keys.overview(draft))


def _list_matters(say: Texts, draft: Draft, matters: Sequence[Matter]) -> Html:
    told = (
        (shorten(draft.text[m.span.start : m.span.end], _SHOWN_MATTER), say.named("domain", m.domain))
        for m in matters
    )
    lines = (say("matter", place=n, words=words, domain=domain) for n, (words, domain) in enumerate(told, 1))
    return say("several-matters", lines=Html("\n".join(lines)))


def _goes_on(turn: Turn, draft: Draft, seen: Complaint) -> bool:
    """Probably the middle of a story: too early to ask which domain, or to say that it is not ours."""
    if draft.told or draft.insisted or draft.domain or Item.DOMAIN in draft.skipped:
        return False
    if seen.sure:
        return not seen.domain.in_scope and seen.confidence < NEARLY_CERTAIN
    named = any(found.domain in IN_SCOPE for found in read(turn, draft).phrases)
    return not named and draft.size <= BEGINNING and not _ASKED_FOR.search(draft.text)


def likely(found: Classification) -> tuple[Domain, ...]:
    """The three domains to offer first; that it is not ours is never the first guess."""
    domains = [c.domain for c in found.candidates if c.domain is not Domain.SPAM]
    ours_first = sorted(domains, key=lambda domain: not domain.in_scope)
    return tuple(dict.fromkeys([*ours_first[:2], *domains, *IN_SCOPE]))[:3]


def ask(turn: Turn, item: Item) -> Call:
    """The question for one item; answers arrive as text or by button."""
    draft, say = turn.draft, turn.say
    keys = Keyboards(say)
    if item is Item.DOMAIN:
        turn.go(Telling.telling)
        return turn.send(say("ask-domain"), keys.domains(draft, IN_SCOPE, more=False))
    turn.go(QUESTIONS[item])
    if item is Item.PLACE and not draft.region_choices and not draft.region_name:
        options = read(turn, draft).region_options
        if len(options) > 1:
            draft.region_choices = {option.code: option.name for option in options[:8]}
    if item is Item.ACCUSED:
        return _ask_accused(turn, draft)
    name = "ask-place-choice" if item is Item.PLACE and draft.region_choices else f"ask-{item.value}"
    return turn.send(turn.at_step(item.value, say(name)), keys.question(draft, item))


def _ask_accused(turn: Turn, draft: Draft) -> Call:
    """With what was read as it stands, and a button for each other body that was named."""
    say, seen = turn.say, understand(turn, draft)
    draft.body_choices = [body.name for body in seen.named_too[:_SHOWN_BODIES]]
    keys = Keyboards(say).bodies(draft, settled=bool(seen.accused))
    if seen.accused:
        question = say("ask-accused-too", names=_names(seen.accused))
    else:
        question = say("ask-accused-which" if draft.body_choices else "ask-accused")
    return turn.send(turn.at_step(Item.ACCUSED.value, question), keys)
