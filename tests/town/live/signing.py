"""Who signs letters in the departments of the town: one person, unless a test is about the second one."""

from __future__ import annotations

import asyncio

from cases.letters import Letterhead
from storage.opening import Storage
from tests.town.places import FINANCE, GOVERNMENT, REFORM

_TOWN = (FINANCE, REFORM, GOVERNMENT, "630000:青海省人民政府", "000000:国务院办公厅")


async def one_person_signs(storage: Storage, *departments: str) -> None:
    """So that an answer needs no second account; named departments, or those of the town."""
    await asyncio.gather(
        *(
            storage.letterheads.put(Letterhead(department=id, second_person=frozenset()))
            for id in departments or _TOWN
        )
    )


async def two_persons_sign(storage: Storage, department: str = FINANCE) -> None:
    """As every department begins."""
    await storage.letterheads.put(Letterhead(department=department))
