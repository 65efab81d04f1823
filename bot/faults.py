"""Why the process cannot start: each becomes a sentence and an exit code, never a traceback."""

from __future__ import annotations


class SettingsFault(Exception):
    """What the settings lack, one sentence per fault; the process ends with exit code 2."""

    def __init__(self, *sentences: str) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


class StartFault(Exception):
    """Why the process cannot start now, in a sentence; the settings themselves may be fine."""
