"""Photos, documents, voice and video: fetched, checked, sealed, and put where the citizen is.

Sizes are checked before anything is fetched; a file that does not come at once is waited for elsewhere.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from cases.errors import FileInfected, FileUnchecked, Reason
from cases.instants import to_instant
from cases.model import Evidence
from cases.ports.evidence import MOST_BYTES
from cases.records import FreeText
from cases.vocabulary import Channel
from handlers.citizen.dialogue.drafts import Draft, Errand, Passage, Pending, Undecided, WaitedFor
from handlers.citizen.dialogue.file_choices import (
    SHOWN,
    ask_how_to_keep,
    decide,
    must_ask,
    say_kept,
    take_out,
)
from handlers.citizen.dialogue.keyboards import FileButton, Keyboards
from handlers.citizen.dialogue.own_cases.additions import listen_for_addition
from handlers.citizen.dialogue.report.fetching import FileLate, fetch_now, is_fetched, wait_for
from handlers.citizen.dialogue.report.filing import add_words, resume
from handlers.citizen.dialogue.report.understanding import show_overview
from handlers.citizen.dialogue.steps import Telling
from handlers.citizen.dialogue.turn import Call, Reply, Turn
from handlers.citizen.texts import Html, shorten
from handlers.files import refusals
from handlers.files.apart import clean_apart
from handlers.files.kinds import recognise
from handlers.files.names import plain_name
from handlers.files.refusals import MAX_FILES, FileNotTaken, FileRefused
from handlers.files.traces import CleanFile

TAKES_FILES = frozenset({Errand.SUPPLEMENT, Errand.WRITE})


@dataclass(frozen=True, slots=True)
class Attached:
    """A file of a message, not fetched yet."""

    file_id: str
    size: int | None
    name: str


def attached_to(message: Message) -> Attached | None:
    """The file of a message; of a photo its largest size."""
    if message.photo:
        best = max(message.photo, key=lambda size: size.width * size.height)
        return Attached(best.file_id, best.file_size, f"photo-{message.message_id}.jpg")
    named = message.document or message.audio or message.video or message.animation
    if named is not None:
        ending = {"audio": "mp3", "video": "mp4", "animation": "mp4"}.get(message.content_type, "bin")
        return Attached(
            named.file_id, named.file_size, named.file_name or f"file-{message.message_id}.{ending}"
        )
    if message.voice is not None:
        return Attached(message.voice.file_id, message.voice.file_size, f"voice-{message.message_id}.ogg")
    if message.video_note is not None:
        note = message.video_note
        return Attached(note.file_id, note.file_size, f"video-{message.message_id}.mp4")
    return None


async def take_file(message: Message, turn: Turn) -> Reply:
    """Into the errand if one takes files, otherwise into the draft (begun if there is none)."""
    attached = attached_to(message)
    if attached is None:
        return turn.refuse(FileNotTaken(refusals.UNKNOWN_TYPE, ""))
    if not is_fetched(attached.file_id):
        await listen_for_addition(turn, (message.caption or "").strip())
    waited = turn.memory.no_longer_wait_for(message.message_id) if is_fetched(attached.file_id) else None
    target = _target_of(turn) if waited is None else _waiting_target(turn, waited)
    if target is None or (is_fetched(attached.file_id) and waited is None):
        turn.memory.spent.append(attached.file_id)  # given up meanwhile, or taken already
        return None
    first = message.media_group_id is None or target.album != message.media_group_id
    target.album = message.media_group_id
    caption = (message.caption or "").strip()
    try:
        said = await _judge(turn, attached, target, waited)
    except FileLate:
        return _say_it_is_late(turn, attached, target, message, caption, first=first)
    except (FileRefused, FileInfected, FileUnchecked) as refused:
        return _refuse(turn, refused.reason, attached.name, target, message, caption)
    asked = not isinstance(said, Html)
    if isinstance(target, Pending):
        return _into_errand(turn, target, said, message.message_id, caption, first=first or asked)
    return _into_draft(turn, target, said, message, caption, first=first or asked)


def _target_of(turn: Turn) -> Draft | Pending:
    pending = turn.memory.pending
    return pending if pending is not None and pending.errand in TAKES_FILES else turn.draft


def _waiting_target(turn: Turn, waited: WaitedFor) -> Draft | Pending | None:
    """What the file was sent for, if it is still there."""
    for target in (turn.memory.draft, turn.memory.pending):
        if target is not None and target.id == waited.target:
            return target
    return None


def _count(turn: Turn, target: Draft | Pending) -> int:
    """Its files, with those under way and those not decided about."""
    awaited = turn.memory.files_awaited_by(target.id)
    return len(target.evidence) + len(target.undecided) + len(awaited)


def _place_of(turn: Turn, target: Draft | Pending, waited: WaitedFor | None) -> int:
    """Where it belongs among the files that are there: in the order in which they were sent."""
    if waited is None:
        return len(target.evidence)
    awaited = turn.memory.files_awaited_by(target.id)
    return waited.place - sum(1 for file in awaited if file.place < waited.place)


def _say_it_is_late(
    turn: Turn, attached: Attached, target: Draft | Pending, message: Message, caption: str, *, first: bool
) -> Reply:
    """The conversation goes on; the caption counts as words at once."""
    wait_for(turn, message, attached.file_id, attached.name, target.id, _count(turn, target))
    said = turn.send(turn.say("file-under-way", name=shorten(attached.name, 60)))
    if isinstance(target, Pending):
        if caption:
            target.notes.append(Passage(message=message.message_id, text=caption))
        return said if first else []
    if not caption:
        return said if first else []
    more = add_words(turn, message.message_id, caption, message)
    return [said, *(more if isinstance(more, list) else [more] if more is not None else [])]


async def _judge(
    turn: Turn, attached: Attached, target: Draft | Pending, waited: WaitedFor | None
) -> Html | Call:
    """Count the file in and say so, or ask about it.

    Raises FileLate, FileRefused, FileInfected or FileUnchecked.
    """
    if attached.size is not None and attached.size > MOST_BYTES:
        raise FileRefused(refusals.TOO_LARGE)
    if _count(turn, target) >= MAX_FILES:
        raise FileRefused(refusals.TOO_MANY)
    if turn.channel is Channel.WEB and not is_fetched(attached.file_id):
        turn.memory.spent.append(attached.file_id)  # the page's upload; what is kept is stored anew
    data = await fetch_now(turn, attached.file_id)
    clean = await clean_apart(data, attached.name)
    if not must_ask(target, clean):
        evidence = await keep_file(turn, clean, target)
        target.evidence.insert(_place_of(turn, target, waited), evidence)
        target.own_names[evidence.id] = attached.name
        return say_kept(turn, target, evidence, clean.removed)
    kept = await keep_file(turn, clean, target) if clean.stripped else None
    whole = CleanFile(data, recognise(data, attached.name), attached.name, stripped=False)
    file = Undecided(
        whole=await keep_file(turn, whole, target, "o"),
        clean=kept,
        name=attached.name,
        removed=list(clean.removed),
        remains=list(clean.remains),
    )
    target.undecided.append(file)
    return ask_how_to_keep(turn, file)


async def keep_file(turn: Turn, clean: CleanFile, target: Draft | Pending, kind: str = "e") -> Evidence:
    """Seal a file under an id that depends on the update only, so that trying again stores it once."""
    seed = f"{turn.conversation}:{turn.update_id}:{turn.channel.value}"
    taken = [file.name for file in target.evidence]
    taken += [file.whole.name for file in target.undecided]
    if isinstance(target, Pending):
        case = await turn.services.own_cases.get(target.number, turn.conversation)
        taken += [file.name for file in case.evidence]
    stored = await turn.means.evidence.put(
        kind + hashlib.sha256(seed.encode()).hexdigest()[:31],
        clean.data,
        name=plain_name(clean.media_type, taken),
        media_type=clean.media_type,
        stripped=clean.is_clean,
    )
    return Evidence(
        id=stored.id,
        name=FreeText(stored.name),
        media_type=stored.media_type,
        size=stored.size,
        sha256=stored.sha256,
        stripped=stored.stripped,
        added_at=to_instant(turn.now()),
    )


async def press_file(query: CallbackQuery, callback_data: FileButton, turn: Turn) -> Reply:
    """Every button about a file; pressed twice it changes nothing."""
    target, act = _target_of(turn), callback_data.act
    if act == "list-files" and target.evidence:
        text = turn.say("files-list", count=len(target.evidence))
        return turn.put_away(query, turn.send(text, Keyboards(turn.say).files(target)))
    if act == "keep-all":
        return turn.put_away(query, _go_on(turn, target, None))
    if act == "drop-file":
        name = take_out(turn, target, callback_data.file)
        text = turn.say("file-taken-out", name=shorten(name or "", SHOWN), count=len(target.evidence))
    else:
        said = decide(turn, target, callback_data.file, act)
        name, text = ("", said) if said is not None else (None, Html(""))
    if name is None:
        return turn.notice(turn.say.plain("stale-button"), alert=True)
    return turn.put_away(query, _go_on(turn, target, text))


def _go_on(turn: Turn, target: Draft | Pending, said: Html | None) -> Reply:
    """What was done, with the next file to decide about or where the dialogue stood."""
    keys = Keyboards(turn.say)
    if target.undecided:
        return [*([turn.send(said)] if said else []), ask_how_to_keep(turn, target.undecided[0])]
    if isinstance(target, Pending):
        text = said or turn.say("ask-more-evidence", count=len(target.evidence))
        return turn.send(text, keys.errand(target, "send", "stop"))
    if said and turn.at(Telling.evidence):
        return turn.send(said, keys.evidence(target))
    return [*([turn.send(said)] if said else []), resume(turn)]


def _refuse(
    turn: Turn,
    reason: Reason,
    name: str,
    target: Draft | Pending,
    message: Message,
    caption: str,
) -> Reply:
    """Say why not; the caption counts as words all the same."""
    refusal = turn.refuse(FileNotTaken(reason, name))
    if isinstance(target, Draft) and turn.at(Telling.summary) and not caption:
        return [refusal, resume(turn)]
    if isinstance(target, Pending):
        if caption:
            target.notes.append(Passage(message=message.message_id, text=caption))
        return refusal
    if not caption:
        return refusal
    more = add_words(turn, message.message_id, caption, message)
    return [refusal, *([more] if not isinstance(more, list) and more is not None else more or [])]


def _into_draft(
    turn: Turn, draft: Draft, said: Html | Call, message: Message, caption: str, *, first: bool
) -> Reply:
    received: list[Call] = []
    if not isinstance(said, Html):
        received.append(said)
    elif first:
        text = turn.say("album-received") if message.media_group_id is not None else said
        keys = Keyboards(turn.say).evidence(draft) if turn.at(Telling.evidence) else None
        received.append(turn.send(text, keys))
    if caption:
        more = add_words(turn, message.message_id, caption, message)
        return received + (more if isinstance(more, list) else [more] if more is not None else [])
    if not first or turn.at(Telling.evidence) or draft.undecided:
        return received
    if not draft.size:
        return [*received, show_overview(turn)]
    return [*received, resume(turn)] if turn.at(Telling.summary) else received


def _into_errand(
    turn: Turn, pending: Pending, said: Html | Call, message_id: int, caption: str, *, first: bool
) -> Reply:
    if caption:
        pending.notes.append(Passage(message=message_id, text=caption))
    if not isinstance(said, Html):
        return said
    return turn.send(said, Keyboards(turn.say).errand(pending, "send", "stop")) if first else []


FILES = F.photo | F.document | F.audio | F.video | F.animation | F.voice | F.video_note


def build_router() -> Router:
    router = Router(name="attachments")
    router.message.register(take_file, FILES)
    router.callback_query.register(press_file, FileButton.filter())
    return router
