"""Whatever a move leaves in the history is said to staff in words."""

from __future__ import annotations

from datetime import date
from typing import Any

from cases.lifecycle.making import apply
from cases.lifecycle.table import MOVES, TABLE
from cases.vocabulary import Move
from handlers.department.case.timeline import timeline
from tests.town.moves import ARGS, args_of, before, looked_up_for
from tests.town.situations import cases_in_every_state, fitting_args, people_before

LEFT_OPEN: dict[str, Any] = {
    "remark": "已核对",
    "until": date(2026, 12, 15),
    "domain": "procurement",
    "evidence": ARGS[Move.ATTACH]["evidence"],
}
"""What a form need not hold, by field."""


def test_every_move_is_told_with_every_field_filled() -> None:
    told: dict[Move, tuple[str, ...]] = {}
    for _, case in cases_in_every_state():
        for person in people_before(case):
            at = before(case, person, holder_away=True)
            for move in {spec.move for spec in TABLE.offers(at)} - told.keys():
                filled = fitting_args(case, move).model_dump(exclude_unset=True)
                left = {name: LEFT_OPEN[name] for name in MOVES[move].args.model_fields if name not in filled}
                after = apply(at, move, args_of(move, **filled, **left), looked_up=looked_up_for(case))
                told[move] = timeline(after)[0].details
    assert MOVES.keys() - told.keys() == {Move.REGISTER, Move.UNSEAL}, "no row of the table offers these two"
    assert "期限：2026年12月15日" in told[Move.ASK_SUPPLEMENT]
