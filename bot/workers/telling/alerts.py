"""Alerts to staff in their linked chats: one by one while they are few, one summary when they are many.

An alert holds a number, a kind and an address, never the words of a citizen. Who may be told is the
relay's business; how often somebody is told is decided here, per person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.workers.telling.work_hours import WorkHours
from cases.errors import NotFound
from cases.ports.accounts import Staff, StaffStore
from cases.ports.conversations import ConversationStore, Outgoing
from cases.vocabulary import WarningLevel
from cases.words import WARNING_NAMES
from storage.coordination.alert_ledger import Digest

WINDOW = timedelta(hours=1)
MOST = 10
"""So many alerts within the window come one by one; what comes on top waits for the summary."""

AT_ONCE = frozenset({"staff-danger"})
"""Never put aside, however many came before."""

KINDS: dict[str, str] = {
    "staff-new-case": "新件",
    "staff-assigned": "新件",
    "staff-transfer-offered": "新件",
    "staff-review-asked": "新件",
    "staff-amber": WARNING_NAMES[WarningLevel.AMBER],
    "staff-red": WARNING_NAMES[WarningLevel.RED],
    "staff-crossing": "黄灯单位",
    "staff-citizen-wrote": "投诉人来信",
    "staff-supplemented": "投诉人来信",
    "staff-withdrawn": "投诉人来信",
}
OTHER_KIND = "其他事项"
KIND_ORDER = (KINDS["staff-red"], "黄灯单位", KINDS["staff-amber"], "新件", "投诉人来信", OTHER_KIND)


class AlertLedger(Protocol):
    """Remembers who was told how much. Every call may be repeated."""

    async def admit(
        self, staff: str, alert: str, kind: str, now: datetime, not_before: datetime | None = None
    ) -> bool:
        """True when the alert goes out by itself; False when it was put aside for the summary.

        With `not_before` it is put aside in any case, and the summary comes then or later.
        """

    async def close_due(self, now: datetime) -> Sequence[Digest]:
        """Summaries whose time has come."""

    async def settle(self, digest: Digest) -> None:
        """The summary is on its way."""


def summary(kinds: Sequence[str], address: str | None, when: str = "过去一小时") -> str:
    """过去一小时还有：已超期1，新件12。"""
    counts = Counter(kinds)
    listed = "，".join(f"{kind}{counts[kind]}" for kind in KIND_ORDER if counts[kind])
    line = f"{when}还有：{listed}。请登录办理台查看。"
    return f"{line}\n{address}/desk" if address else line


class Alerts:
    """Puts alerts into the outboxes of linked chats."""

    def __init__(
        self,
        ledger: AlertLedger,
        staff: StaffStore,
        conversations: ConversationStore,
        now: Callable[[], datetime],
        public_url: str | None = None,
        hours: WorkHours | None = None,
    ) -> None:
        """`hours`: outside them what can wait is put aside; without, anything is told at any time."""
        self._hours = hours
        self._ledger = ledger
        self._staff = staff
        self._conversations = conversations
        self._now = now
        self._public_url = public_url

    async def tell(self, person: Staff, id: str, template: str, text: str) -> None:
        """One alert to one person; told once, however often it is repeated."""
        if not person.active or person.conversation is None:
            return
        kind = KINDS.get(template, OTHER_KIND)
        now = self._now()
        if template in AT_ONCE or await self._ledger.admit(person.id, id, kind, now, self._later(now)):
            await self.hand_over(person, id, text)

    async def hand_over(self, person: Staff, id: str, text: str) -> None:
        """A message that is never put aside for the summary, such as the morning digest; told once too."""
        if person.active and person.conversation is not None:
            call = Outgoing(f"{id}:{person.id}:0", "SendMessage", {"text": text})
            await self._conversations.send(person.conversation, [call])

    async def sum_up(self) -> bool:
        """Send the summaries that are due; whether there were any."""
        if self._later(self._now()) is not None:
            return False
        due = await self._ledger.close_due(self._now())
        for digest in due:
            conversation = await self._chat_of(digest.staff)
            if conversation is not None:
                text = summary(digest.kinds, self._public_url, "此前" if self._hours else "过去一小时")
                call = Outgoing(digest.id, "SendMessage", {"text": text})
                await self._conversations.send(conversation, [call])
            await self._ledger.settle(digest)
        return bool(due)

    def _later(self, now: datetime) -> datetime | None:
        return self._hours.next_opening(now) if self._hours else None

    async def _chat_of(self, staff: str) -> str | None:
        try:
            person = await self._staff.get(staff)
        except NotFound:
            return None
        return person.conversation if person.active else None
