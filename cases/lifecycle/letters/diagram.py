"""The way of a letter as a page of documentation: `docs/letters.md` is this text."""

from __future__ import annotations

from cases.lifecycle.letters.courses import COURSES, SIGNED_APART
from cases.lifecycle.letters.table import LETTERS
from cases.moves.diagram import TablePage
from cases.vocabulary import LetterMove, LetterStatus
from cases.words import BY_NAMES, LETTER_NAMES, LETTER_STATUS_NAMES, MOVE_NAMES, ROLE_NAMES

_HEAD = """# Letters · 文书

Made from the table in `cases/lifecycle/letters/table.py` with `python -m tools.written_pages`; do not edit by
hand. A letter goes with a move of the case: where that move is already proposed by one person and decided by
another, proposing is 送核稿 and deciding is 签发; else the letter is checked by itself, and 签发 makes the
move. A case that is given to a department by 分办 or by a ruling, and parts that 拆分 gives to others, take a
转送告知书 along as well, signed by whoever decides.

| 文书 | 送核稿 | 签发 | 退回修改 | 由谁签发 |
|---|---|---|---|---|
"""


def _courses() -> str:
    lines = []
    for kind, course in COURSES.items():
        moves = [MOVE_NAMES[m].label if m else "—" for m in (course.submit, course.sign, course.send_back)]
        who = "另一人；各单位可以改为一人" if kind in SIGNED_APART else "另一人"
        lines.append(f"| {LETTER_NAMES[kind]} | {' | '.join(moves)} | {who} |\n")
    return "".join(lines)


LETTERS_PAGE = TablePage(
    head=_HEAD + _courses(),
    table=LETTERS,
    first=(LetterMove.BEGIN, LetterStatus.DRAFT),
    ended=frozenset({LetterStatus.DELIVERED, LetterStatus.VOID}),
    statuses={status: LETTER_STATUS_NAMES[status] for status in LetterStatus},
    roles=ROLE_NAMES,
    relations=BY_NAMES,
)
