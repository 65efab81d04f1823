"""The process as users have it: `python -m bot run` beside the test, with its own data folder."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path
from typing import Self

ROOT = Path(__file__).parent.parent.parent.parent
READY = "Ctrl-C"
INHERITED = re.compile("PATH|HOME|LANG|LD_PRELOAD|FAKETIME.*|NO_FAKE_STAT")


def environment(**settings: str) -> dict[str, str]:
    """What a process beside the test sees: nothing of our settings, but our day (see `tests.dates`)."""
    ours = {name: value for name, value in os.environ.items() if INHERITED.fullmatch(name)}
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    return {**ours, "PYTHONPATH": path, **settings}


class RunningShouxin:
    """`async with RunningShouxin(data, BOT_TOKEN=…)`: started when entered, stopped at the end."""

    def __init__(self, data: Path, *command: str, **settings: str) -> None:
        self.data = data
        self.python, self.root = Path(sys.executable), ROOT
        self._command = command or ("run",)
        self._settings = {
            **{"DATA_DIR": str(data), "HTTP_PORT": "0", "LOG_FORMAT": "json", "TURN_PAUSE": "0"},
            **settings,
        }
        self._process: Process | None = None
        self._drains: list[asyncio.Task[None]] = []
        self.greeting = ""
        self.log: list[str] = []

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._process is not None and self._process.returncode is None:
            await self.stop()

    async def launch(self, output: int = PIPE) -> None:
        """Begin, without waiting for the greeting; `output` is where it goes."""
        self._process = await asyncio.create_subprocess_exec(
            self.python,
            *("-m", "bot", *self._command),
            cwd=self.root,
            env=environment(**self._settings),
            stdout=output,
            stderr=PIPE,
        )
        self.greeting = ""
        self._drains = [asyncio.create_task(self._collect_log())]

    async def start(self) -> None:
        await self.launch()
        assert self._process is not None
        assert self._process.stdout is not None
        while READY not in self.greeting:
            line = await self._process.stdout.readline()
            if not line:
                await asyncio.gather(*self._drains)
                raise AssertionError("it did not start:\n" + self.greeting + "\n".join(self.log[-20:]))
            self.greeting += line.decode()

    async def _collect_log(self) -> None:
        assert self._process is not None
        assert self._process.stderr is not None
        async for line in self._process.stderr:
            self.log.append(line.decode().rstrip())

    @property
    def address(self) -> str:
        found = re.search(r"http://\S+:\d+", self.greeting)
        assert found is not None
        return found.group()

    @property
    def password(self) -> str:
        found = re.search(r"密码 (\S+)", self.greeting)
        assert found is not None
        return found.group(1)

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    async def stop(self, sign: int = signal.SIGINT) -> int:
        """Ask it to end; its exit code."""
        assert self._process is not None
        self._process.send_signal(sign)
        return await self.ended()

    async def ended(self) -> int:
        """Wait until it has ended by itself; its exit code."""
        assert self._process is not None
        code = await self._process.wait()
        await asyncio.gather(*self._drains, return_exceptions=True)
        return code

    async def kill(self) -> None:
        """As a power cut would."""
        await self.stop(signal.SIGKILL)


async def run_command(data: Path, *words: str, **settings: str) -> tuple[int, str]:
    """One command of the command line; exit code and everything it printed."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", *words),
        cwd=ROOT,
        env=environment(**{"DATA_DIR": str(data), **settings}),
        stdout=PIPE,
        stderr=PIPE,
    )
    out, err = await process.communicate()
    assert process.returncode is not None
    return process.returncode, out.decode() + err.decode()
