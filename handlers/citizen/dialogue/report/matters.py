"""Several matters told as one account: offered as complaints of their own, one after the other.

The weightier goes on; each other is kept as it was written and offered once something is filed. Only the
citizen divides, and whoever does not want it loses no word.
"""

from __future__ import annotations

import re
from itertools import pairwise

from classify.types import Matter
from handlers.citizen.dialogue.drafts import Draft, Passage
from handlers.citizen.dialogue.keyboards import Keyboards
from handlers.citizen.dialogue.report.understanding import matters_of, understand
from handlers.citizen.dialogue.turn import Call, Turn
from handlers.citizen.texts import shorten

_SHOWN = 200
_LINK = re.compile(
    r"^(?:另外|此外|同时|对了|還有|还有|再就是|再说一个|再反映|顺便|(?:还有|另外)?一件事|也要反映|also|besides|secondly|second)"
    r"(?:一件事|一个事|要反映的是)?(?:[\s，,：:。、]+|$)",
    re.IGNORECASE,
)
"""What only joins a matter to the one before it."""


def divide(turn: Turn, draft: Draft) -> None:
    """The weightier matter stays in the draft; the others wait, at the same place unless they name one."""
    matters = matters_of(turn, draft)
    if not matters:
        return
    place = understand(turn, draft)
    told = [_passages(draft, *span) for span in _stretches(draft, matters)]
    goes_on = _weightier(turn, draft, matters)
    draft.parts = told.pop(goes_on)
    for parts in told:
        later = Draft(parts=parts, told=True)
        if not understand(turn, later).region_name:
            later.region_code, later.region_name = place.region_code, place.region_name
        turn.memory.later.append(later)


def _weightier(turn: Turn, draft: Draft, matters: tuple[Matter, ...]) -> int:
    """The place of the matter that decides what the whole is about."""
    decides = understand(turn, draft).domain
    domains = [matter.domain for matter in matters]
    ours = next(place for place, domain in enumerate(domains) if domain.in_scope)
    return domains.index(decides) if decides in domains else ours


def _stretches(draft: Draft, matters: tuple[Matter, ...]) -> list[tuple[int, int]]:
    """Every character belongs to one: what stands between two matters to the one before."""
    starts = sorted(matter.span.start for matter in matters)[1:]
    return list(pairwise([0, *starts, len(draft.text)]))


def _passages(draft: Draft, start: int, end: int) -> list[Passage]:
    """The citizen's messages as far as they lie within the stretch of the account."""
    found: list[Passage] = []
    at = 0
    for part in (part for part in draft.parts if part.text):
        words = part.text[max(start - at, 0) : max(end - at, 0)].strip(" \n，,；;")
        words = words if found else _LINK.sub("", words)
        if words:
            found.append(Passage(message=part.message, text=words))
        at += len(part.text) + 1
    return found


def keep_who(turn: Turn, filed: Draft) -> None:
    """Whoever gave a name, or none, for one matter is not asked again for the others."""
    for later in turn.memory.later:
        later.named, later.name, later.contact = filed.named, filed.name, filed.contact


def offer_next(turn: Turn) -> list[Call]:
    """The matter that waits, if there is one."""
    if not turn.memory.later:
        return []
    later = turn.memory.later[0]
    text = turn.say("next-matter", words=shorten(later.text, _SHOWN).rstrip("。."))
    return [turn.send(text, Keyboards(turn.say).next_matter(later))]


def leave(turn: Turn, later: Draft) -> list[Call]:
    """Not told after all: its words are said once more, and until the next message it can be taken back."""
    turn.memory.later.remove(later)
    turn.memory.spent.extend(turn.memory.bury())
    turn.memory.given_up = later
    text = turn.say("next-matter-left", words=shorten(later.text, 1000).rstrip("。."))
    return [turn.send(text, Keyboards(turn.say).undo(later)), *offer_next(turn)]
