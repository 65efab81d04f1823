"""Tells the people of ours that somebody is in danger, level by level until one of them acknowledges it.

At once, at any hour, and never put aside; the message holds kind and address, never the words of the citizen.
"""

from __future__ import annotations

from collections.abc import Callable

from loguru import logger

from bot.workers.telling.alerts import Alerts
from cases.ports.accounts import Staff, StaffStore
from cases.ports.emergencies import Emergency
from cases.service.emergencies import Emergencies
from cases.words import DANGER_NAMES

BATCH = 20


class EmergencyTelling:
    """One step = what is due now."""

    def __init__(
        self,
        emergencies: Emergencies,
        staff: StaffStore,
        alerts: Alerts,
        wake_outboxes: Callable[[], None],
        public_url: str | None = None,
    ) -> None:
        self._emergencies = emergencies
        self._staff = staff
        self._alerts = alerts
        self._wake_outboxes = wake_outboxes
        self._public_url = public_url

    async def step(self) -> bool:
        due = await self._emergencies.list_due(BATCH)
        if not due:
            return False
        everybody = await self._staff.list_staff()
        for emergency in due:
            people = self._emergencies.whom(emergency, everybody)
            await self._tell(emergency, people)
            await self._emergencies.told(emergency)
        self._wake_outboxes()
        return len(due) == BATCH

    async def _tell(self, emergency: Emergency, people: list[Staff]) -> None:
        """Told once per level, however often the step is repeated."""
        id = f"emergency:{emergency.id}:{len(emergency.said)}:{emergency.rung}"
        for person in people:
            await self._alerts.hand_over(person, id, words_for_emergency(emergency, self._public_url))
        if not any(person.conversation for person in people):
            logger.critical("ALERT: somebody is in danger ({}), and no chat of staff could be told", id)


def words_for_emergency(emergency: Emergency, address: str | None) -> str:
    kind = DANGER_NAMES[emergency.said[-1].kinds[0]]
    about = f"{emergency.number} 的投诉人" if emergency.number else "正在填写投诉的人（还没有提交）"
    again = "至今没有人确认。" if emergency.rung else ""
    asked = "请立即查看，联系110、120或者当地救助，然后在“紧急情况”里确认。"
    line = f"紧急：{about}可能有危险（{kind}）。{again}{asked}"
    return f"{line}\n{address}/desk/emergencies" if address else line
