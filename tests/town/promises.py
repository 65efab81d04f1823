"""Promises that stand on the public register."""

from __future__ import annotations

from datetime import date

from cases.integrity.registers.commitment_model import Commitment, CommitmentStatus, Quality, Source
from cases.integrity.spine.dossier import Subject
from cases.records import FreeText
from tests.town.clock import MONDAY


def promised(key: str, matter: str, amount: int | None = None) -> Commitment:
    """CN-key: made by a county government in Qinghai, running."""
    return Commitment(
        id=f"CN-{key}",
        filing_key=key,
        opened_at=MONDAY,
        updated_at=MONDAY,
        status=CommitmentStatus.PUBLISHED,
        jurisdiction="qinghai",
        subject=Subject(name="示例县人民政府", region_code="630102"),
        keeper="630000:省财政厅",
        keeper_name="青海省财政厅",
        matter=FreeText(matter),
        quality=Quality.TERM,
        for_whom="群众",
        result=FreeText("完成"),
        due_on=date(2026, 12, 31),
        post="负责科室",
        where_said=Source.LIVELIHOOD,
        document="民生实事",
        amount_yuan=amount,
    )
