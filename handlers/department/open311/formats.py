"""One content in the two formats of the specification, XML and JSON, and errors in its own shape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import wraps
from typing import Any
from xml.sax.saxutils import escape

from aiohttp import web

from cases.errors import DomainError
from cases.vocabulary import Language
from handlers.languages.refusals import say_reason
from handlers.web.access.policy import Handler
from handlers.web.access.token_pace import TooManyCalls
from handlers.web.pages.reader_language import asked_language

_STATUS = {"not_found": 404, "not_allowed": 403, "storage_unavailable": 503}


class Refused(Exception):
    """An error as the specification wants it told."""

    def __init__(self, status: int, description: str) -> None:
        super().__init__(description)
        self.status = status
        self.description = description


def format_of(request: web.Request) -> str:
    return request.match_info.get("format", "json")


def say(request: web.Request, root: str, item: str, content: Any, *, status: int = 200) -> web.Response:
    """`root` and `item` name the XML elements; JSON has none. A mapping has no items of its own."""
    if format_of(request) == "xml":
        text = '<?xml version="1.0" encoding="utf-8"?>\n' + _element(root, content, item)
        return web.Response(text=text, status=status, content_type="text/xml", charset="utf-8")
    return web.json_response(content, status=status)


def _element(name: str, content: Any, item: str = "item") -> str:
    if isinstance(content, Mapping):
        inner = "".join(_element(key, value, _singular(key)) for key, value in content.items())
    elif isinstance(content, Sequence) and not isinstance(content, str):
        inner = "".join(_element(item, one) for one in content)
    elif isinstance(content, bool):
        inner = "true" if content else "false"
    else:
        inner = "" if content is None else escape(_printable(str(content)))
    return f"<{name}>{inner}</{name}>"


def _singular(name: str) -> str:
    return name.removesuffix("s") if name.endswith("s") else "value"


def _printable(text: str) -> str:
    """XML knows no control characters but tab and line ends."""
    return "".join(c for c in text if c in "\t\n\r" or (ord(c) >= 32 and not 0xD800 <= ord(c) <= 0xDFFF))


def refusals_in_its_shape(handler: Handler) -> Handler:
    """Errors as a list of code and description, as the specification has them."""

    @wraps(handler)
    async def wrapped(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except Refused as refused:
            return _refusal(request, refused.status, refused.description)
        except TooManyCalls as refused:
            answer = _refusal(request, refused.status, "too many requests of this api_key")
            answer.headers["Retry-After"] = refused.headers["Retry-After"]
            return answer
        except DomainError as broken:
            language = asked_language(request) or Language.ZH_HANS
            words = "not found" if broken.code == "not_found" else say_reason(broken, language)
            return _refusal(request, _STATUS.get(broken.code, 400), words)

    return wrapped


def _refusal(request: web.Request, status: int, description: str) -> web.Response:
    errors = [{"code": status, "description": description}]
    return say(request, "errors", "error", errors, status=status)
