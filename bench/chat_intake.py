"""Sends real messages through the chat end and shows which queues they lie in: none may be lost.

The process runs as users start it, on the embedded MongoDB in a fresh folder; Telegram is the strict
stand-in of the tests. Afterwards the cases are counted in the database itself, not in what the bot said.
The memory of the Python process is read after the start and after the last complaint.

    python -m bench.chat_intake ../shared/eval/dev.jsonl --count 50
    python -m bench.chat_intake ../shared/eval/dev.jsonl --count 1000 --at-once 30   # starts over at the end
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections import Counter
from itertools import cycle, islice
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.settings import Settings
from bot.wiring import open_database, utc_now
from cases.model import Case
from cases.ports.cases import CaseFilter, Scope
from tests.telegram_standin import StandIn
from tests.telegram_standin.users import NotSeen
from tests.town.live.complaining import Receipted, file_complaint
from tests.town.live.running import RunningShouxin

FIRST_CHAT = 6_200_000_000
LONGEST_PART = 4000


def resident_mb(pid: int) -> int:
    """Resident memory of a process in MiB (Linux)."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0]) // 1024


async def send_all(messages: list[str], data: Path, at_once: int) -> tuple[list[Receipted | str], str]:
    """Each message from a chat of its own: what came of each (a filing, or why none), and the figures."""
    slots = asyncio.Semaphore(at_once)
    async with (
        StandIn(burst=1) as telegram,
        RunningShouxin(
            data, BOT_TOKEN=telegram.token, TELEGRAM_API_URL=telegram.url, LOG_LEVEL="WARNING"
        ) as shouxin,
    ):
        began = time.monotonic()
        at_first = resident_mb(shouxin.pid)

        async def send(place: int, text: str) -> Receipted | str:
            async with slots:
                user = telegram.user(FIRST_CHAT + place)
                try:
                    return await file_complaint(user, text[:LONGEST_PART], within=90)
                except NotSeen as stuck:
                    return str(stuck)

        results = await asyncio.gather(*(send(place, text) for place, text in enumerate(messages)))
        figures = (
            f"{time.monotonic() - began:.0f} s; resident memory {at_first} MB after the start, "
            f"{resident_mb(shouxin.pid)} MB after {len(messages)} complaints"
        )
        return list(results), figures


async def read_cases(data: Path) -> list[Case]:
    settings = Settings(data_dir=data)
    everything = Scope(departments=None)
    async with open_database(settings, utc_now) as storage:
        found = [case async for case in storage.cases.iterate(everything, CaseFilter())]
        return found + [
            case async for case in storage.cases.iterate(everything, CaseFilter(quarantined=True))
        ]


def show(cases: list[Case]) -> None:
    counts = Counter((case.department_name, case.complaint.domain.value) for case in cases)
    domains = sorted({domain for _, domain in counts})
    table = Table(title=f"{len(cases)} cases by department and domain")
    table.add_column("department")
    for domain in [*domains, "all"]:
        table.add_column(domain, justify="right")
    for department in sorted({department for department, _ in counts}):
        row = [counts[(department, domain)] for domain in domains]
        table.add_row(department, *(str(n or "") for n in row), str(sum(row)))
    sums = [sum(n for (_, d), n in counts.items() if d == domain) for domain in domains]
    table.add_row("all", *(str(n) for n in sums), str(sum(sums)), style="bold")
    Console(width=150).print(table)


async def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("file", type=Path)
    arguments.add_argument("--count", type=int, default=50)
    arguments.add_argument("--at-once", type=int, default=10)
    given = arguments.parse_args()
    every = given.file.read_text(encoding="utf-8").splitlines()
    lines = list(islice(cycle(every), given.count))
    entries = [json.loads(line) for line in lines]
    messages = [f"{entry.get('title') or ''}\n{entry['text']}".strip() for entry in entries]
    with tempfile.TemporaryDirectory(prefix="shouxin-intake-") as folder:
        results, figures = await send_all(messages, Path(folder), given.at_once)
        cases = await read_cases(Path(folder))
    show(cases)
    numbers = {case.number for case in cases}
    filed = [result for result in results if isinstance(result, Receipted)]
    lost = [result.number for result in filed if result.number not in numbers]
    stuck = [result for result in results if isinstance(result, str)]
    triage = sum(case.routing.triage for case in cases)
    print(f"{len(messages)} sent, {len(filed)} confirmed, {len(cases)} stored, {len(lost)} lost")
    print(f"{triage} in triage queues, {len(stuck)} without a number, {figures}")
    for line in stuck:
        print("  stuck:", line[:200])
    return 0 if not lost and not stuck and len(cases) == len(messages) else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
