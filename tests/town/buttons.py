"""The buttons that stand at each step of the dialogue, as its own keyboards make them."""

from __future__ import annotations

from cases.vocabulary import Language
from classify.acts.buttons import buttons_at
from classify.types import Domain
from handlers.citizen.dialogue.drafts import Draft, Errand, Item, Pending
from handlers.citizen.dialogue.hearing import buttons_of
from handlers.citizen.dialogue.keyboards import Keyboards
from handlers.citizen.texts import texts


def offered(step: str, language: Language) -> list[tuple[str, str]]:
    """What the dialogue's own keyboards offer at a step: labels and what they do."""
    keys, draft = Keyboards(texts(language)), Draft()
    pending = Pending(errand=Errand.WRITE, number="")
    if step == "start":
        markup = keys.menu("new", "status", "language", "privacy")
    elif step == "telling":
        markup = keys.overview(draft)
    elif step == "domain":
        markup = keys.domains(draft, [d for d in Domain if d.in_scope][:3], more=True)
    elif step in {"identity", "evidence", "summary"}:
        markup = getattr(keys, step)(draft)
    elif step == "rate":
        markup = keys.yes_or_no(pending, "responded")
    elif step == "withdraw":
        markup = keys.errand(pending, "withdraw-now", "stop")
    elif step in {"supplement", "write", "review"}:
        markup = keys.errand(pending, "send", "stop")
    elif step in set(Item):
        markup = keys.question(draft, Item(step))
    else:
        return buttons_at(step)
    return [(button.label, button.act) for button in buttons_of(markup)]
