"""Whatever a move leaves in the history is said to staff in words."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from cases.lifecycle.making import apply
from cases.lifecycle.table import MOVES, TABLE
from cases.vocabulary import Move
from handlers.department.case.timeline import WORDS, timeline
from tests.town.moves import ARGS, args_of, before, looked_up_for
from tests.town.situations import cases_in_every_state, fitting_args, people_before

LEFT_OPEN: dict[str, Any] = {
    "remark": "已核对",
    "until": date(2026, 12, 15),
    "domain": "procurement",
    "evidence": ARGS[Move.ATTACH]["evidence"],
    "staff": ARGS[Move.ASSIGN]["staff"],
    "reasons": ["slow", "manner"],
    "words": "等了很久",
    "opening_code": "",
}
"""What a form need not hold, by field."""

IDS = frozenset({"staff", "granted_to", "errands", "check"})
"""What a history keeps for programs; a name or a sentence beside it says it to people."""


def test_every_move_is_told_with_every_field_filled() -> None:
    told: dict[Move, tuple[str, ...]] = {}
    kept = set[str]()
    for _, case in cases_in_every_state():
        for person in people_before(case):
            at = before(case, person, holder_away=True)
            for move in {spec.move for spec in TABLE.offers(at)} - told.keys():
                filled = fitting_args(case, move).model_dump(exclude_unset=True)
                left = {name: LEFT_OPEN[name] for name in MOVES[move].args.model_fields if name not in filled}
                after = apply(at, move, args_of(move, **filled, **left), looked_up=looked_up_for(case))
                told[move] = timeline(after)[0].details
                kept |= after.history[-1].data.keys()
    assert MOVES.keys() - told.keys() == {Move.REGISTER, Move.UNSEAL}, "no row of the table offers these two"
    assert kept - IDS <= WORDS.keys()
    assert not [detail for details in told.values() for detail in details if re.search(r"[a-z]{2}", detail)]
    assert "期限：2026年12月15日" in told[Move.ASK_SUPPLEMENT]
    assert "办得太慢 态度不好" in told[Move.RATE]
    assert "还投诉：西宁市湟中区水利局" in told[Move.ACCUSE]
    assert "结论：有瑕疵，已提醒" in told[Move.CHECK]
