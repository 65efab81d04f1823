"""The life cycle of a case as a page of documentation: `docs/lifecycle.md` is this text."""

from __future__ import annotations

from cases.lifecycle.table import TABLE
from cases.moves.diagram import TablePage
from cases.vocabulary import ENDED, Move, Status
from cases.words import BY_NAMES, ROLE_NAMES, STATUS_NAMES

_HEAD = """# Life cycle · 件的生命周期

Made from the table in `cases/lifecycle/table.py` with `python -m tools.written_pages`; do not edit by hand.
Buttons, API, permissions and the pair tests (`tests/lifecycle`) come from the same table.
"""

LIFECYCLE_PAGE = TablePage(
    head=_HEAD,
    table=TABLE,
    first=(Move.REGISTER, Status.REGISTERED),
    ended=ENDED,
    statuses=STATUS_NAMES,
    roles=ROLE_NAMES,
    relations=BY_NAMES,
)
