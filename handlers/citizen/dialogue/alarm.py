"""Danger that was heard is told to people of ours, whether or not a complaint is ever filed.

Decides nothing about who hears of it; who wrote stays unknown.
"""

from __future__ import annotations

from cases.lifecycle.conflicts import barred_departments
from cases.model import Case
from cases.service.emergencies import Where, emergency_id
from handlers.citizen.dialogue.drafts import Draft
from handlers.citizen.dialogue.own_cases.case_view import find_own
from handlers.citizen.dialogue.report.understanding import report_of
from handlers.citizen.dialogue.turn import Turn


async def raise_alarm(turn: Turn, before: Draft | None) -> None:
    """Keep what was said in this turn, and whose it is by now; repeatable, so that a crash changes nothing.

    `before`: the draft as the turn found it, which may have become a case meanwhile.
    """
    about, where = None, None
    filed = turn.memory.filed_as(before.id) if before is not None and before.danger else None
    draft = turn.memory.draft
    if before is not None and filed is not None:
        case = await find_own(turn, filed.number)
        about, where = before.id, _of_case(case) if case is not None else None
    elif turn.dangers or (draft is not None and draft.danger):
        about, where = await _where(turn)
    if about is None or where is None:
        return
    id = emergency_id(turn.conversation, about)
    for heard in turn.dangers:
        await turn.services.emergencies.hear(id, where, heard.update, heard.kinds, heard.text)
    await turn.services.emergencies.belongs(id, where)


async def _where(turn: Turn) -> tuple[str, Where]:
    """What it belongs to: the case of the errand, else the draft as it would be filed now."""
    pending = turn.memory.pending
    case = await find_own(turn, pending.number) if pending is not None and turn.dangers else None
    if case is not None:
        await turn.services.own_cases.mark_urgent(case, key=f"danger:{turn.dangers[0].update}")
        return case.number, _of_case(case)
    draft = turn.draft
    seen = turn.services.filing.preview(report_of(turn, draft))
    barred = barred_departments(seen.complaint.accused, turn.services.rules.jurisdictions)
    return draft.id, Where(seen.routing.jurisdiction, seen.routing.department, tuple(sorted(barred)))


def _of_case(case: Case) -> Where:
    return Where(case.routing.jurisdiction, case.department, case.barred, case.number)
