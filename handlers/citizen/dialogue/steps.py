"""Where a dialogue can stand, and aiogram's state storage over the chat's own document.

The storage keeps nothing: the inbox worker commits the dialogue together with the replies.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from typing import Any

from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey

from handlers.citizen.dialogue.drafts import Item, Memory


class Telling(StatesGroup):
    """A complaint being told, step by step."""

    telling = State()
    place = State()
    accused = State()
    wish = State()
    amount = State()
    period = State()
    identity = State()
    name = State()
    contact = State()
    evidence = State()
    summary = State()


class OnCase(StatesGroup):
    """An errand on a case that exists."""

    supplement = State()
    write = State()
    accuse = State()
    withdraw = State()
    rate = State()
    review = State()


class Asking(StatesGroup):
    number = State()


QUESTIONS: dict[Item, State] = {
    Item.PLACE: Telling.place,
    Item.ACCUSED: Telling.accused,
    Item.WISH: Telling.wish,
    Item.AMOUNT: Telling.amount,
    Item.PERIOD: Telling.period,
    Item.NAME: Telling.name,
    Item.CONTACT: Telling.contact,
}
ITEM_AT: dict[str | None, Item] = {state.state: item for item, state in QUESTIONS.items()}


def name_of_step(step: str | None, offered: Sequence[str]) -> str:
    """What was asked last, as `classify/acts` calls it; a choice of domains is asked while telling."""
    name = (step or "").rpartition(":")[2]
    return "domain" if name == "telling" and "domain" in offered else name or "start"


STEP_OF: dict[str, int] = {
    **dict.fromkeys(("continue", "domain", "domains", "told", "insist", "correct"), 1),
    **dict.fromkeys(("place", "accused", "wish", "amount", "period"), 2),
    **dict.fromkeys(("anonymous", "name", "contact"), 3),
    **dict.fromkeys(("nothing", "enough"), 4),
    "confirm": 5,
}
"""Which of the steps is asked about, by an item or by what a button does: 第2步，共5步."""
STEPS = max(STEP_OF.values())

current_memory: ContextVar[Memory] = ContextVar("current_memory")


class DialogueStorage(BaseStorage):
    """The state of the update in hand, whatever the key: one update is one chat. Data it keeps none."""

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        current_memory.get().step = state.state if isinstance(state, State) else state

    async def get_state(self, key: StorageKey) -> str | None:
        return current_memory.get().step

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        raise NotImplementedError("what a chat remembers stands in its memory")

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        return {}

    async def close(self) -> None:
        """Nothing is held."""
