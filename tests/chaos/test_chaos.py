"""The short trial: what `make chaos` does for minutes, small enough for every run of the tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.chaos.harm import Plan
from tests.chaos.trial import hold_trial


@pytest.mark.timeout(600)
async def test_nothing_confirmed_is_lost_while_processes_and_databases_are_killed(tmp_path: Path) -> None:
    plan = Plan(kills=8, elections=1, life=(1.0, 5.0), calm=(3.0, 8.0))
    verdict = await hold_trial(tmp_path, seed=20261122, conversations=20, spread=15.0, plan=plan)
    assert not verdict.faults, "\n".join(verdict.faults)
    assert verdict.figures["cases confirmed"] == verdict.figures["conversations"]
    assert verdict.toll.counts["processes killed"] == 8
    assert verdict.toll.counts["primaries killed, others elected"] == 1
