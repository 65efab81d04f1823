"""The acts a message can do, the steps at which it is said, and what is understood of it."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from classify.acts.corrections import Correction
from classify.acts.danger import DangerSign
from classify.acts.questions import Question

ASKING = frozenset(
    {
        "domain",
        "place",
        "accused",
        "wish",
        "amount",
        "period",
        "identity",
        "name",
        "contact",
        "rate",
        "number",
    }
)
"""Steps at which something definite is asked."""
CHOICES = frozenset({"domain", "identity", "rate"})
"""Of these, the ones answered by choosing."""
TO_DEPARTMENT = frozenset({"supplement", "write", "withdraw", "review"})
"""Steps whose words are for the department, whatever they look like."""


class Act(StrEnum):
    DANGER = "danger"
    QUESTION = "question"
    GREETING = "greeting"
    THANKS = "thanks"
    SMALL_TALK = "small_talk"
    INSULT = "insult"
    ANSWER = "answer"
    DECLINE = "decline"
    COMMAND = "command"
    CORRECTION = "correction"
    STORY = "story"
    OTHER = "other"
    """Neither what was asked nor anything told."""


BESIDE = (Act.QUESTION, Act.GREETING, Act.THANKS, Act.SMALL_TALK, Act.INSULT)
"""What may stand beside one other act."""


class Understood(NamedTuple):
    """One message at one step. `left` keeps the writer's own characters."""

    acts: tuple[Act, ...]
    left: str = ""
    """What the step may take: the answer, the story or the words for the department."""
    alarms: tuple[DangerSign, ...] = ()
    questions: tuple[Question, ...] = ()
    correction: Correction | None = None
    button: int | None = None
    """The place of the button meant among those offered."""
    because: tuple[str, ...] = ()
    """One line per act, for whoever asks why."""
