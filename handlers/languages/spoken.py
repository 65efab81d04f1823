"""A sentence that stands with what says it, in all our languages. Longer texts stand in Fluent files."""

from __future__ import annotations

from typing import NamedTuple

from cases.vocabulary import Language
from handlers.languages.traditional import chinese_in


class Spoken(NamedTuple):
    chinese: str
    """Simplified; traditional is made from it."""
    english: str

    def told(self, language: Language) -> str:
        return self.english if language is Language.EN else chinese_in(language, self.chinese)
