"""Before a complaint is filed: does it tell one of this chat's own open cases again?

Then it is offered as a supplement to that case; the citizen decides, and filing it anew stays possible.
"""

from __future__ import annotations

from cases.errors import IllegalMove, NotFound
from cases.lifecycle import forms
from cases.model import Case
from cases.text_lengths import LONGEST_COMPLAINT
from cases.vocabulary import Move
from handlers.citizen.dialogue.drafts import Draft
from handlers.citizen.dialogue.keyboards import Keyboards
from handlers.citizen.dialogue.own_cases.additions import takes_supplements
from handlers.citizen.dialogue.report.matters import offer_next
from handlers.citizen.dialogue.turn import Call, Reply, Turn


async def find_retold(turn: Turn, draft: Draft) -> Case | None:
    """The own open case that the draft tells again, if it still takes supplements."""
    similar = turn.services.similar_cases
    if similar is None or draft.separate:
        return None
    own = await turn.services.own_cases.list_of(turn.conversation)
    if any(case.filing_key == draft.id for case in own):
        return None  # this very draft was filed before a crash: filing again answers with the same case
    for case in own:
        if takes_supplements(turn, case) and similar.retells(draft.text, case):
            return case
    return None


def offer_to_join(turn: Turn, draft: Draft, case: Case) -> Call:
    draft.retells = case.number
    text = turn.say("retold", number=case.number, status=turn.say(f"status-{case.status.value}"))
    return turn.send(text, Keyboards(turn.say).join_or_separate(draft, case.number))


async def join(turn: Turn, draft: Draft) -> Reply:
    """The draft becomes a supplement; its files move along. A case that ended meanwhile is said so."""
    number, say = draft.retells, turn.say
    if number is None:
        return turn.notice(say.plain("stale-button"))
    words = "\n".join(part for part in (draft.text, draft.wish) if part)
    if draft.masks:
        words = turn.services.filing.mask_words(words)
    supplement = forms.Supplement(text=words[:LONGEST_COMPLAINT], evidence=tuple(draft.evidence))
    try:
        await turn.services.own_cases.act(
            number, Move.SUPPLEMENT, supplement, turn.conversation, key=f"join:{draft.id}"
        )
    except (IllegalMove, NotFound):
        draft.retells, draft.separate = None, True
        return turn.send(say("retold-ended", number=number), Keyboards(say).summary(draft))
    turn.memory.hand_over(draft, number, turn.now())
    done = turn.send(say("done-supplement", number=number), Keyboards(say).case(number, ["open"]))
    return [done, *offer_next(turn)]
