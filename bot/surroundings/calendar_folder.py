"""The calendar of working days as a folder of files that may change while the process runs.

Rule books keep the same calendar object; only its years change.
"""

from __future__ import annotations

from pathlib import Path

from cases.rules.calendar import WorkCalendar

Marks = tuple[tuple[str, int, int], ...]


class FolderCalendar(WorkCalendar):
    """A calendar that can read its folder again."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._folder = folder
        self._seen = self._marks()

    def refresh(self) -> bool:
        """Whether the folder changed and was read. Raises BadCalendar and keeps what it had."""
        marks = self._marks()
        if marks == self._seen:
            return False
        self._seen = marks
        self._plans = WorkCalendar(self._folder)._plans
        return True

    def _marks(self) -> Marks:
        found = ((path.name, path.stat()) for path in sorted(self._folder.iterdir()))
        return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in found)
