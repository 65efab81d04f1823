"""The Bot API's methods, each with the checks Telegram makes. What is not here is answered 404."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import methods as aiogram_methods

from tests.telegram_standin.errors import Refused
from tests.telegram_standin.markup import check_markup, check_text
from tests.telegram_standin.world import Chat, Seen, World

Params = dict[str, Any]
Method = Callable[[World, Params], Awaitable[Any]]

LONGEST_TEXT, LONGEST_CAPTION, LONGEST_ALERT = 4096, 1024, 200
LARGEST_DOWNLOAD = 20 * 1024 * 1024
LARGEST_UPLOAD, LARGEST_PHOTO = 50 * 1024 * 1024, 10 * 1024 * 1024
QUERY_LIFE = 30.0
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"

TABLE: dict[str, Method] = {}
KNOWN_PARAMS = {
    name.lower(): set(cls.model_fields)
    for name, cls in vars(aiogram_methods).items()
    if isinstance(cls, type) and hasattr(cls, "model_fields") and name[0].isupper()
}


def method(function: Method) -> Method:
    TABLE[function.__name__.replace("_", "")] = function
    return function


def check_names(name: str, params: Params) -> None:
    """Telegram ignores unknown parameters; here they are mistakes."""
    known = KNOWN_PARAMS.get(name, set())
    unknown = {key for key in params if not key.startswith("file:")} - known
    if unknown:
        raise Refused(400, f"unknown parameters: {', '.join(sorted(unknown))}")


@method
async def get_me(world: World, params: Params) -> Any:
    return world.bot


@method
async def set_my_commands(world: World, params: Params) -> Any:
    commands = json.loads(params.get("commands", "[]"))
    if not 1 <= len(commands) <= 100:
        raise Refused(400, "BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command.get("command", "")):
            raise Refused(400, "BOT_COMMAND_INVALID")
        if not 1 <= len(command.get("description", "")) <= 256:
            raise Refused(400, "BOT_COMMAND_DESCRIPTION_INVALID")
    language = params.get("language_code", "")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise Refused(400, "invalid language code specified")
    world.commands[(params.get("scope", ""), language)] = commands
    return True


@method
async def send_message(world: World, params: Params) -> Any:
    chat = world.chat(params.get("chat_id"))
    text = check_text(params.get("text"), params.get("parse_mode"), longest=LONGEST_TEXT)
    seen = Seen(chat.take_message_id(), True, text, check_markup(params.get("reply_markup")), {"text": text})
    return world.store(chat, seen)


@method
async def send_chat_action(world: World, params: Params) -> Any:
    world.chat(params.get("chat_id"))
    if not params.get("action"):
        raise Refused(400, "wrong parameter action in request")
    return True


def _caption(params: Params) -> str:
    if not params.get("caption"):
        return ""
    return check_text(params["caption"], params.get("parse_mode"), longest=LONGEST_CAPTION, what="caption")


def _file(world: World, params: Params, kind: str, value: object) -> str:
    if not isinstance(value, str) or not value:
        raise Refused(400, f"there is no {kind} in the request")
    if value.startswith("attach://"):
        given = params.get("file:" + value.removeprefix("attach://"))
        if given is None:
            raise Refused(400, f"there is no {kind} in the request")
        data, name = given
        if not data:
            raise Refused(400, "file must be non-empty")
        if len(data) > (LARGEST_PHOTO if kind == "photo" else LARGEST_UPLOAD):
            raise Refused(413)
        return world.add_file(data, name).id
    if value not in world.files:
        raise Refused(400, "wrong file identifier/HTTP URL specified")
    return value


def _media(world: World, kind: str, file: str) -> Params:
    size = len(world.files[file].data)
    about: Params = {"file_id": file, "file_unique_id": file[:16], "file_size": size}
    if kind == "photo":
        return {"photo": [{**about, "width": 90, "height": 90}]}
    if kind == "voice":
        return {"voice": {**about, "duration": 1}}
    return {kind: {**about, "file_name": world.files[file].name}}


async def _send_media(world: World, params: Params, kind: str) -> Any:
    chat = world.chat(params.get("chat_id"))
    file = _file(world, params, kind, params.get(kind))
    caption = _caption(params)
    raw = _media(world, kind, file) | ({"caption": caption} if caption else {})
    seen = Seen(chat.take_message_id(), True, caption, check_markup(params.get("reply_markup")), raw, [file])
    return world.store(chat, seen)


@method
async def send_photo(world: World, params: Params) -> Any:
    return await _send_media(world, params, "photo")


@method
async def send_document(world: World, params: Params) -> Any:
    return await _send_media(world, params, "document")


@method
async def send_voice(world: World, params: Params) -> Any:
    return await _send_media(world, params, "voice")


@method
async def send_media_group(world: World, params: Params) -> Any:
    chat = world.chat(params.get("chat_id"))
    media = json.loads(params.get("media", "[]"))
    if not 2 <= len(media) <= 10:
        raise Refused(400, "wrong number of items in the media group")
    kinds = {item.get("type") for item in media}
    if kinds - {"photo", "video"} and len(kinds) > 1:
        raise Refused(400, "document and photo can't be mixed in one media group")
    answer = []
    for item in media:
        file = _file(world, params, item["type"], item.get("media"))
        caption = _caption(item)
        seen = Seen(chat.take_message_id(), True, caption, None, _media(world, item["type"], file), [file])
        answer.append(world.store(chat, seen))
    return answer


def _to_edit(world: World, params: Params) -> tuple[Chat, Seen]:
    chat = world.chat(params.get("chat_id"))
    seen = chat.messages.get(int(params.get("message_id") or 0))
    if seen is None:
        raise Refused(400, "message to edit not found")
    if not seen.by_bot:
        raise Refused(400, "message can't be edited")
    return chat, seen


@method
async def edit_message_text(world: World, params: Params) -> Any:
    chat, seen = _to_edit(world, params)
    text = check_text(params.get("text"), params.get("parse_mode"), longest=LONGEST_TEXT)
    return _edit(world, chat, seen, text, check_markup(params.get("reply_markup")), {"text": text})


@method
async def edit_message_caption(world: World, params: Params) -> Any:
    chat, seen = _to_edit(world, params)
    caption = _caption(params)
    raw = {**seen.raw, "caption": caption}
    return _edit(world, chat, seen, caption, check_markup(params.get("reply_markup")), raw)


@method
async def edit_message_reply_markup(world: World, params: Params) -> Any:
    chat, seen = _to_edit(world, params)
    return _edit(world, chat, seen, seen.text, check_markup(params.get("reply_markup")), seen.raw)


def _edit(world: World, chat: Chat, seen: Seen, text: str, markup: Params | None, raw: Params) -> Any:
    if markup is not None and "inline_keyboard" not in markup:
        raise Refused(400, "inline keyboard expected")
    if markup is not None and not seen_buttons(markup):
        markup = None
    if text == seen.text and markup == seen.markup:
        raise Refused(400, NOT_MODIFIED)
    seen.text, seen.markup, seen.raw, seen.edits = text, markup, raw, seen.edits + 1
    return {**world.store(chat, seen), "edit_date": int(time.time())}


def seen_buttons(markup: Params) -> list[Params]:
    return [button for row in markup.get("inline_keyboard", []) for button in row]


@method
async def delete_message(world: World, params: Params) -> Any:
    chat = world.chat(params.get("chat_id"))
    if chat.messages.pop(int(params.get("message_id") or 0), None) is None:
        raise Refused(400, "message to delete not found")
    return True


@method
async def answer_callback_query(world: World, params: Params) -> Any:
    pressed = world.queries.get(str(params.get("callback_query_id")))
    if pressed is None or time.monotonic() - pressed > QUERY_LIFE:
        raise Refused(400, TOO_OLD)
    if len(params.get("text") or "") > LONGEST_ALERT:
        raise Refused(400, "MESSAGE_TOO_LONG")
    world.queries[str(params["callback_query_id"])] = None
    return True


@method
async def get_file(world: World, params: Params) -> Any:
    upload = world.files.get(str(params.get("file_id")))
    if upload is None:
        raise Refused(400, "wrong file_id or the file is temporarily unavailable")
    if len(upload.data) > LARGEST_DOWNLOAD:
        raise Refused(400, "file is too big")
    return {
        "file_id": upload.id,
        "file_unique_id": upload.id[:16],
        "file_size": len(upload.data),
        "file_path": upload.path,
    }


@method
async def leave_chat(world: World, params: Params) -> Any:
    chat = world.chat(params.get("chat_id"))
    if chat.kind == "private":
        raise Refused(400, "chat member status can't be changed in private chats")
    del world.chats[chat.id]
    return True
