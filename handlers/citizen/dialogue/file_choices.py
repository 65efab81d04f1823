"""What is said about a file and what it may tell, and what the citizen decides about it.

Fetches and stores nothing: that is done when it comes here (`attachments`).
"""

from __future__ import annotations

from collections.abc import Iterable

from cases.model import Evidence
from cases.vocabulary import Language
from handlers.citizen.dialogue.drafts import Draft, Pending, Undecided
from handlers.citizen.dialogue.keyboards import Keyboards
from handlers.citizen.dialogue.turn import Call, Turn
from handlers.citizen.texts import Html, Texts, shorten
from handlers.files.traces import CleanFile

Target = Draft | Pending
SHOWN = 60
"""Characters of a file's name within a sentence."""


def must_ask(target: Target, clean: CleanFile) -> bool:
    """Whether the citizen decides first: something stays, or goes that whoever opens it would miss.

    Who gives a name is asked about every document; for whoever is anonymous what can go is taken out.
    """
    named = isinstance(target, Draft) and target.named is True
    document = not clean.media_type.startswith(("image/", "audio/", "video/"))
    return bool(clean.remains) or clean.is_missed or (named and document and bool(clean.removed))


def say_kept(turn: Turn, target: Target, evidence: Evidence, removed: Iterable[str]) -> Html:
    """What became of a file: what went, and what it is called now."""
    traces = _listed(turn.say, removed)
    name = "file-cleaned" if traces else "file-nothing-found" if evidence.stripped else "file-plain"
    own = shorten(target.own_names.get(evidence.id, evidence.name), SHOWN)
    return turn.say(name, name=own, traces=traces, kept=evidence.name, count=len(target.evidence))


def ask_how_to_keep(turn: Turn, file: Undecided) -> Call:
    """What is in it, what can go and what cannot, before it counts."""
    say = turn.say
    removed, remains = _listed(say, file.removed), _listed(say, file.remains)
    name = "file-asks-both" if removed and remains else "file-asks-clean" if removed else "file-asks-only"
    text = say(name, name=shorten(file.name, SHOWN), removed=removed, remains=remains)
    return turn.send(text, Keyboards(say).how_to_keep(file))


def _listed(say: Texts, traces: Iterable[str]) -> str:
    comma = ", " if say.language is Language.EN else "、"
    return comma.join(say.plain(f"trace-{trace}") for trace in traces)


def settle(turn: Turn, target: Target) -> Call | None:
    """Before going on: what nobody decided. For the anonymous traces go; others are asked again."""
    named = isinstance(target, Draft) and target.named is True
    for file in list(target.undecided):
        if file.clean is not None and not file.remains and not named:
            count_in(turn, target, file, file.clean)
    return ask_how_to_keep(turn, target.undecided[0]) if target.undecided else None


def count_in(turn: Turn, target: Target, file: Undecided, evidence: Evidence | None) -> None:
    """The file is decided: this counts of it, or nothing; everything else that is stored of it goes."""
    target.undecided.remove(file)
    turn.memory.spent.extend(k.id for k in (file.whole, file.clean) if k is not None and k is not evidence)
    if evidence is not None:
        target.evidence.append(evidence)
        target.own_names[evidence.id] = file.name


def decide(turn: Turn, target: Target, id: str, act: str) -> Html | None:
    """What was done with an undecided file, named by its whole; None when it is decided already."""
    file = next((file for file in target.undecided if file.whole.id == id), None)
    if file is None or (act == "keep-clean" and file.clean is None):
        return None
    chosen = {"keep-clean": file.clean, "keep-as-is": file.whole}.get(act)
    count_in(turn, target, file, chosen)
    if chosen is None:
        return turn.say("file-not-kept", name=shorten(file.name, SHOWN), count=len(target.evidence))
    if chosen is file.clean:
        return say_kept(turn, target, chosen, file.removed)
    own = shorten(file.name, SHOWN)
    return turn.say("file-as-is", name=own, kept=chosen.name, count=len(target.evidence))


def take_out(turn: Turn, target: Target, id: str) -> str | None:
    """Take one file out again; what the citizen called it, None when it is not there."""
    file = next((file for file in target.evidence if file.id == id), None)
    if file is None:
        return None
    target.evidence.remove(file)
    turn.memory.spent.append(id)
    return target.own_names.pop(id, file.name)
