"""What is shown once: a receipt code in a line, and the line after it was shown.

The code of a case can be made again by nobody but the service, which never does; here it leaves the page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from cases.numbers import parse_receipt
from handlers.citizen.texts import Texts

_SHOWN = re.compile(r"<code>\d{4}(?: \d{4}){3}</code>")
_ASKED_WITH = re.compile(r"(?:/\w+\s+)?(.+)", re.DOTALL)


def holds_receipt(line: Mapping[str, Any]) -> bool:
    """Whether this line of the bot shows a receipt code."""
    return bool(_SHOWN.search(str(line.get("text") or "")))


def without_receipt(text: str, say: Texts) -> str:
    return _SHOWN.sub(str(say("web-receipt-gone")), text)


def is_receipt(words: str) -> bool:
    """Whether a citizen's message is a receipt code, alone or after a command: the page need not show it."""
    given = _ASKED_WITH.fullmatch(words.strip())
    return bool(given and parse_receipt(given[1]))
