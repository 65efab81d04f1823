"""One table: what we cost, a yardstick, their ratio and the goal; also as JSON and as a picture.

`make bench` ends with it; about five minutes. A goal is a figure for a quiet machine of two cores.

    python -m bench.table --out var/bench
"""

from __future__ import annotations

import argparse
import asyncio
import json
import time
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from bench.operations import STORY, chat_costs, desk_costs
from bench.stage import Cost, Stage, at_once, memory_mb, stage
from storage.database.connection import connect

BAR = 320
"""Length of a bar that just meets its goal, in units of the picture."""


@dataclass(frozen=True, slots=True)
class Row:
    """`goal`: no more than that. `yardstick`: the same asked of something that does less."""

    item: int
    name: str
    ours: float
    unit: str
    goal: float | None = None
    yardstick: float | None = None

    @property
    def ratio(self) -> float | None:
        return self.ours / self.yardstick if self.yardstick else None

    def line(self) -> str:
        ratio = f"{self.ratio:.2f}" if self.ratio is not None else ""
        yardstick = f"{self.yardstick:.2f}" if self.yardstick is not None else ""
        goal = f"<= {self.goal:g}" if self.goal is not None else ""
        return f"| {self.item} | {self.name} | {self.ours:.2f} {self.unit} | {yardstick} | {ratio} | {goal} |"


HEAD = "| item | what | ours | yardstick | ratio | goal |\n|---|---|---|---|---|---|"


def rows_of(item: int, cost: Cost, goal: float | None, bare: Cost | None = None) -> list[Row]:
    """Processor time of server and mongod apart and together, and commands."""
    return [
        Row(item, f"{cost.name}: server", cost.server, "ms"),
        Row(item, f"{cost.name}: mongod", cost.mongod, "ms"),
        Row(item, f"{cost.name}: client", cost.client, "ms"),
        Row(item, f"{cost.name}: server and mongod", cost.all_in, "ms", goal, bare.all_in if bare else None),
        Row(item, f"{cost.name}: writing commands", cost.writes, ""),
    ]


async def chat_rows(on: Stage, citizens: int, flight: int) -> AsyncIterator[Row]:
    bare_at = await on.start(module=("bench.bare_bot",))
    doors, servers = on.doors, on.servers
    on.doors, on.servers = [bare_at.door], [bare_at.pid]
    chats = [on.api.chat(50_000 + n) for n in range(citizens)]
    bare = await on.measure("bare", citizens, lambda: at_once(flight, chats, partial(on.says, words=STORY)))
    on.doors, on.servers = doors, servers
    async for cost in chat_costs(on, citizens, flight):
        for row in rows_of(2, cost, 6 if cost.name.startswith("text") else None, bare):
            yield row


async def start_rows(on: Stage) -> AsyncIterator[Row]:
    since = await on.start_again()
    answered = time.time()
    yield Row(7, "start until the pages answer", answered - since, "s")
    async with connect(on.uri, "shouxin") as database:
        while True:
            mark = await database["settings"].find_one({"_id": "statistics"}) or {}
            if mark.get("until") and mark["until"].timestamp() > since:
                break
            await asyncio.sleep(0.1)
    yield Row(7, "from then until the board is fresh", time.time() - answered, "s", 3)


async def all_rows(citizens: int, flight: int, filings: int, looks: int, stored: int) -> AsyncIterator[Row]:
    async with stage(1) as on:
        await at_once(4, [on.api.chat(n) for n in range(1, 9)], partial(on.says, words="在吗"))
        await asyncio.sleep(3)
        idle = await on.measure("at rest, a second", 20, lambda: asyncio.sleep(20), rest=0)
        for row in rows_of(2, idle, 5):
            yield row
        async for row in chat_rows(on, citizens, flight):
            yield row
        async for cost in desk_costs(on, filings, flight, looks, stored, 0):
            if cost.name.startswith("filing"):
                for row in rows_of(1, cost, 4):
                    yield row
            else:
                yield Row(3, f"{cost.name}, {stored} over: server", cost.server, "ms", 40)
                yield Row(3, f"{cost.name}, {stored} over: mongod", cost.mongod, "ms", 30)
                yield Row(3, f"{cost.name}: commands", sum(cost.commands.values()), "")
        yield Row(5, "memory after all this", memory_mb(on.servers[0]), "MB", 150)
        async for row in start_rows(on):
            yield row
    async with stage(1) as on:
        async for cost in desk_costs(on, filings, flight, looks, 0, 2000):
            goal = 4 if cost.name.startswith("filing") else None
            yield Row(1, f"{cost.name}, 2000 accounts: server and mongod", cost.all_in, "ms", goal)


def picture(rows: list[Row]) -> str:
    """Bars against their goals: what passes the line is over it."""
    held = [row for row in rows if row.goal is not None]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 {40 + 24 * len(held)}" font-size="12" '
        'font-family="sans-serif">',
        f'<line x1="{360 + BAR}" y1="8" x2="{360 + BAR}" y2="{32 + 24 * len(held)}" stroke="#333"/>',
    ]
    for place, row in enumerate(held):
        share, y = row.ours / (row.goal or 1), 16 + 24 * place
        colour = "#2b7a4b" if share <= 1 else "#b4462f"
        parts += [
            f'<text x="4" y="{y + 12}">{row.name}</text>',
            f'<rect x="360" y="{y}" width="{min(share, 1.6) * BAR:.0f}" height="16" fill="{colour}"/>',
            f'<text x="366" y="{y + 12}" fill="#fff">{row.ours:.1f} {row.unit} / {row.goal:g}</text>',
        ]
    return "\n".join([*parts, "</svg>", ""])


async def measure_all(**amounts: int) -> list[Row]:
    rows = []
    print(HEAD)
    async for row in all_rows(**amounts):
        rows.append(row)
        print(row.line(), flush=True)
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.table", description=__doc__)
    parser.add_argument("--citizens", type=int, default=150)
    parser.add_argument("--flight", type=int, default=32)
    parser.add_argument("--filings", type=int, default=400)
    parser.add_argument("--looks", type=int, default=15, help="at each page")
    parser.add_argument("--stored", type=int, default=20_000, help="cases that are over")
    parser.add_argument("--out", type=Path, default=Path("var/bench"))
    amounts = vars(parser.parse_args())
    out: Path = amounts.pop("out")
    rows = asyncio.run(measure_all(**amounts))
    out.mkdir(parents=True, exist_ok=True)
    (out / "table.json").write_text(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1))
    (out / "table.svg").write_text(picture(rows))


if __name__ == "__main__":
    main()
