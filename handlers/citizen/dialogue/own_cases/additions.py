"""What comes after filing and may belong to what was filed: 补充一点, 刚才漏了, one more photo.

Whoever says so adds to the only case that can be added to, and is asked where there are several. What
neither says so nor is a complaint by itself is asked too. A wrong guess loses nothing.
"""

from __future__ import annotations

import re
import tomllib
from enum import Enum
from functools import cache
from pathlib import Path

from cases.model import Case
from cases.records import FreeText
from cases.vocabulary import Move
from classify.acts.phrases import Sentence
from handlers.citizen.dialogue.drafts import Draft, Errand, Pending
from handlers.citizen.dialogue.own_cases.errands import note_taken
from handlers.citizen.dialogue.steps import OnCase
from handlers.citizen.dialogue.turn import Reply, Turn
from handlers.files.names import plain_name

PACK = Path(__file__).with_name("additions.toml")
MOST_OFFERED = 5


class Adds(Enum):
    CLEARLY = "clearly"
    PERHAPS = "perhaps"
    NO = "no"


def sounds_added(words: str) -> Adds:
    """Whether words, said after something was filed, say of themselves that they are added to it."""
    plain = Sentence(words).plain.strip()
    if announces_another(words):
        return Adds.NO
    return next((adds for adds in (Adds.CLEARLY, Adds.PERHAPS) if _said()[adds.value].search(plain)), Adds.NO)


def announces_another(words: str) -> bool:
    """我还有一件事要投诉: another complaint begins."""
    return _said()["anew"].search(Sentence(words).plain) is not None


def adds_nothing_yet(words: str) -> bool:
    """我想补充材料: said, and the addition itself is still to come."""
    plain = Sentence(words).plain.strip()
    return sounds_added(words) is Adds.CLEARLY and _said()["bare"].search(plain) is not None


@cache
def _said() -> dict[str, re.Pattern[str]]:
    return {
        name: re.compile(way.replace("\n", ""))
        for name, way in tomllib.loads(PACK.read_text("utf-8")).items()
    }


async def cases_to_add_to(turn: Turn) -> list[Case]:
    """The chat's own open cases that take supplements, the newest first."""
    own = await turn.services.own_cases.list_of(turn.conversation)
    return [case for case in own if takes_supplements(turn, case)]


def takes_supplements(turn: Turn, case: Case) -> bool:
    return case.is_open and any(spec.move is Move.SUPPLEMENT for spec in turn.services.own_cases.offers(case))


def may_begin(turn: Turn) -> bool:
    """Nothing is being told: what comes next begins something, or is added to what was filed."""
    draft = turn.memory.draft
    told = draft is not None and (draft.size or draft.evidence or draft.undecided)
    return turn.memory.pending is None and not told


async def listen_for_addition(turn: Turn, words: str, *, danger: bool = False) -> None:
    """Before what may be the first words, or the first file, of another complaint.

    Begins a supplement where it is sure to be one, and notes in the draft to ask where it may be.
    `danger`: somebody may be in it, and nothing is asked.
    """
    if not may_begin(turn):
        return
    if turn.memory.draft is not None:
        turn.memory.draft.may_add_to = []
    adds, cases = sounds_added(words), await cases_to_add_to(turn)
    if not cases or (adds is Adds.NO and (announces_another(words) or is_complaint(turn, words))):
        return
    named = [case for case in cases if case.number.lower() in words.lower()]
    certain = named[:1] or (
        cases if adds is Adds.CLEARLY and len(cases) == 1 else cases[:1] if danger else []
    )
    if certain:
        turn.memory.pending = Pending(errand=Errand.SUPPLEMENT, number=certain[0].number, guessed=True)
        turn.go(OnCase.supplement)
    else:
        turn.draft.may_add_to = [case.number for case in cases[:MOST_OFFERED]]


def is_complaint(turn: Turn, words: str) -> bool:
    """Understood by itself, so that nobody need be asked what it belongs to."""
    found = turn.services.filing.read(words).found if words.strip() else None
    return found is not None and found.domain.in_scope and found.confident


async def add_to(turn: Turn, draft: Draft, number: str) -> Reply:
    """The draft was an addition to that case, and becomes one."""
    case = await turn.services.own_cases.get(number, turn.conversation)
    pending = Pending(errand=Errand.SUPPLEMENT, number=number, notes=draft.parts, guessed=True)
    taken = [file.name for file in case.evidence]
    for file in draft.evidence:
        name = FreeText(plain_name(file.media_type, taken))
        taken.append(name)
        pending.evidence.append(file.model_copy(update={"name": name}))
    turn.memory.move(draft, pending)
    turn.go(OnCase.supplement)
    if draft.danger:
        await turn.services.own_cases.mark_urgent(case, key=f"danger:{draft.id}")
    return note_taken(turn, pending)


def make_complaint_of(turn: Turn, pending: Pending) -> Draft:
    """What was taken for an addition is a complaint of its own."""
    draft = Draft(parts=pending.notes, evidence=pending.evidence)
    turn.memory.move(pending, draft)
    return draft
