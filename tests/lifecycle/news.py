"""What a move added to the notifications of a case: to people, and to the systems of departments."""

from __future__ import annotations

from typing import Any, NamedTuple

from cases.model import Case, Notification
from cases.vocabulary import Audience


class News(NamedTuple):
    """One notification, without what it says."""

    audience: Audience
    target: str | None
    template: str


def added(before: Case, after: Case) -> tuple[Notification, ...]:
    """Only what is new; what was waiting before is still there, in front."""
    old = len(before.notifications)
    assert after.notifications[:old] == before.notifications
    return after.notifications[old:]


def news_for_people(before: Case, after: Case) -> list[News]:
    new = (n for n in added(before, after) if n.audience is not Audience.SYSTEMS)
    return [News(n.audience, n.target, n.template) for n in new]


def news_for_systems(before: Case, after: Case) -> dict[str, list[str]]:
    """Event → departments, in the order told."""
    return {n.template: n.params["to"] for n in added(before, after) if n.audience is Audience.SYSTEMS}


def said(before: Case, after: Case, template: str) -> dict[str, Any]:
    """The parameters of the one notification with this template."""
    (found,) = [n.params for n in added(before, after) if n.template == template]
    return found
