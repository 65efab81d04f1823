"""Everything the board and the monthly report are drawn from, asked of storage at once."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from cases.figures.cells import Figures, total
from cases.figures.statistics import TABLE_PARTS, Backlog, Statistics
from handlers.supervisor.choices import Choice
from handlers.supervisor.overview.tables import Groups, rolled
from handlers.supervisor.periods import trend_span

KEY = ("jurisdiction", "home", "domain")
TILE_MEASURES = ("n.filed", "n.handle_kept", "n.handle_broken")


@dataclass(frozen=True)
class Seen:
    """Everything the page is drawn from. Sums are made once, because every picture asks for them."""

    choice: Choice
    now: Groups
    before: Groups
    backlog: Backlog
    places: dict[str, Figures]
    points: dict[str, Figures]

    @cached_property
    def whole(self) -> Figures:
        return total(self.by_home.values())

    @cached_property
    def whole_before(self) -> Figures:
        return total(self.by_home_before.values())

    @cached_property
    def by_home(self) -> dict[str, Figures]:
        return rolled(self.now, 1)

    @cached_property
    def by_home_before(self) -> dict[str, Figures]:
        return rolled(self.before, 1)

    def by(self, part: int) -> tuple[dict[str, Figures], dict[str, Figures]]:
        """Now and before, by this part of KEY."""
        if KEY[part] == "home":
            return self.by_home, self.by_home_before
        return rolled(self.now, part), rolled(self.before, part)


async def see(statistics: Statistics, choice: Choice, now: datetime) -> Seen:
    """Ask storage for everything at once."""
    selection = choice.selection
    view, key = ("place", KEY) if selection.place else ("work", KEY)
    during, before, backlog, places, points = await asyncio.gather(
        statistics.figures(view, selection, choice.period, key, (*TABLE_PARTS, "q")),
        statistics.figures(view, selection, choice.against.period, key, TABLE_PARTS),
        statistics.backlog(selection, now),
        statistics.figures("place", selection, choice.period, ("place",), TILE_MEASURES),
        statistics.trend(selection, choice.period, trend_span(choice.period)),
    )
    by_place = {key[0]: figures for key, figures in places.items()}
    return Seen(choice, during, before, backlog, by_place, points)
