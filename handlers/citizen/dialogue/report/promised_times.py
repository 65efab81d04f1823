"""What a citizen is promised, in words: before filing and after it, one line per time, with its law."""

from __future__ import annotations

from collections.abc import Iterable

from cases.service.intake import Promise
from handlers.citizen.texts import Html, Texts, duration_of


def promised(say: Texts, promises: Iterable[Promise]) -> Html:
    return Html("\n".join(_promise_line(say, promise) for promise in promises))


def _promise_line(say: Texts, promise: Promise) -> Html:
    lasts = duration_of(say, promise.amount, promise.unit)
    kind = promise.kind if say.has(f"promise-{promise.kind}") else "other"
    if promise.due_at is None:
        return say(f"promise-{kind}", length=lasts, basis=promise.basis)
    day = say.date(promise.due_at) + (say("provisional") if promise.provisional else "")
    return say(f"promise-{kind}-by", day=day, length=lasts, basis=promise.basis)
