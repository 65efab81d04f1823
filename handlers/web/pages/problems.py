"""Refusals as staff and programs are told them. Which words belong to which is data (`problems.toml`)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from cases.vocabulary import Language
from handlers.languages.traditional import chinese_in


@dataclass(frozen=True, slots=True)
class ProblemWords:
    """One kind of refusal."""

    status: int
    title: str
    happened: str
    lost: str
    next: str
    en: dict[str, str]

    def told(self, language: Language) -> tuple[str, str]:
        """Title and what happened, for programs."""
        if language is Language.EN:
            return self.en["title"], self.en["happened"]
        return chinese_in(language, self.title), chinese_in(language, self.happened)


PROBLEMS: dict[str, ProblemWords] = {
    code: ProblemWords(**about)
    for code, about in tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8")).items()
}
