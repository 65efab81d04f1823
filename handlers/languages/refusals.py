"""Why something is refused, in the reader's language: the one place where errors of the core are worded.

Simplified is the core's own sentence, traditional is made from it, English stands in `refusals.en.ftl`: one
message per code of a reason, with the same parameters.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource

from cases.errors import DomainError, Reason
from cases.vocabulary import Language
from handlers.languages.traditional import chinese_in
from handlers.languages.values import value_in

ENGLISH = Path(__file__).with_suffix(".en.ftl")


def say_reason(error: DomainError, language: Language) -> str:
    """The error's sentence. Plain text: whoever puts it into a page or a message escapes it."""
    return word_reason(error.reason, language, **error.params)


def word_reason(reason: Reason, language: Language, /, **params: object) -> str:
    """The sentence of a reason with its parameters; one of these may be an error with a sentence of its own.

    Raises KeyError for a parameter that is missing, and for a reason without English words.
    """
    values = {name: _value(params[name], language) for name in params}
    if language is Language.EN:
        return _in_english(reason.code, values)
    return chinese_in(language, reason.sentence).format(**values)


def _value(value: object, language: Language) -> object:
    return say_reason(value, language) if isinstance(value, DomainError) else value_in(language, value)


def _in_english(code: str, values: dict[str, object]) -> str:
    message = _english().get_message(code)
    if message.value is None:
        raise KeyError(code)
    words, errors = _english().format_pattern(message.value, values)
    if errors:
        raise KeyError(f"{code}: {errors[0]}")
    return str(words)


@cache
def _english() -> FluentBundle:
    bundle = FluentBundle([Language.EN.value], use_isolating=False)
    bundle.add_resource(FluentResource(ENGLISH.read_text("utf-8")))
    return bundle
