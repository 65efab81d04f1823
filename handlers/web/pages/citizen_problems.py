"""Refusals as citizens are told them, in their own language, on the pages that need no account.

Which words belong to which problem is data (`citizen_problems.toml`). Pages of staff stay with `errors`.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from aiohttp import web

from cases.vocabulary import Language
from handlers.languages.traditional import chinese_in
from handlers.web.keys import SIGNED_IN

_STAFF_PATHS = ("/desk", "/board", "/account", "/login", "/logout", "/api/docs", "/metrics")
_SAME_WORDS = {
    "wrong_role": "not_allowed",
    "sign_in": "not_allowed",
    "conflict_of_interest": "not_allowed",
    "second_person_needed": "not_allowed",
    "illegal_move": "stale_case",
    "already_claimed": "stale_case",
    "invalid_input": "bad_request",
    "evidence_damaged": "internal",
}
_WORDS: dict[str, dict[str, dict[str, str]]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)


def is_for_citizens(request: web.Request) -> bool:
    """Whether nobody is signed in and the address is none of staff."""
    return SIGNED_IN not in request and not request.path.startswith(_STAFF_PATHS)


def citizen_words(code: str, language: Language) -> dict[str, Any]:
    """The context of `web/citizen_error.html`."""
    words = _words_in(language)
    problem = words.get(_SAME_WORDS.get(code, code), words["internal"])
    return {"language": language.value, "words": words["page"], "problem": problem}


@cache
def _words_in(language: Language) -> dict[str, dict[str, str]]:
    if language is Language.EN:
        return _WORDS[language.value]
    plain = _WORDS[Language.ZH_HANS.value]
    return {
        part: {name: chinese_in(language, words[name]) for name in words} for part, words in plain.items()
    }
