"""Why the core refuses something, sentence by sentence; requirements of moves bring theirs along.

Simplified Chinese here; the edges word the same codes in traditional characters and English.
"""

from __future__ import annotations

from cases.errors import Reason

NO_SUCH_DEPARTMENT = Reason("no-such-department", "没有这个单位。")
NO_SUCH_CASE = Reason("no-such-case", "没有找到这个编号。")
