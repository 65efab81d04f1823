"""The demo: invented, seeded, made by real moves, and never filled twice."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from bot.demo.filling import fill
from bot.demo.writing import patterns
from bot.settings import Settings
from bot.wiring import build_core, load_rules, utc_now
from cases.integrity.spine.standing import EVERYTHING
from cases.moves.history import find_break
from cases.ports.cases import EVERY_CASE, CaseFilter
from cases.ports.dossiers import DossierFilter
from classify.types import Domain
from storage.opening import Storage

SOME = 40


async def test_the_demo_has_something_to_show_and_is_filled_once(storage: Storage, tmp_path: Path) -> None:
    core = await build_core(storage, load_rules(Settings()), utc_now)
    notes = await fill(core, tmp_path, count=SOME)
    assert any("supervisor.qinghai" in line for line in notes)
    cases = [case async for case in storage.cases.iterate(EVERY_CASE, CaseFilter())]
    assert SOME - 5 <= len(cases) <= SOME
    assert len({case.routing.jurisdiction for case in cases}) >= 3
    statuses = Counter(case.status for case in cases)
    assert len(statuses) >= 3, statuses
    assert all(case.filed_at <= case.updated_at <= utc_now() for case in cases)
    for case in cases:
        assert find_break(case.history) is None

    before = {case.number: case.version for case in cases}
    assert await fill(core, tmp_path, count=SOME) == notes
    after = {case.number: case.version async for case in storage.cases.iterate(EVERY_CASE, CaseFilter())}
    assert after == before


def test_every_domain_has_a_pattern() -> None:
    assert set(patterns()) == set(Domain)


async def test_the_demo_tells_a_story_of_the_integrity_side_per_document(
    storage: Storage, tmp_path: Path
) -> None:
    core = await build_core(storage, load_rules(Settings()), utc_now)
    await fill(core, tmp_path, count=1)
    found = [one async for one in storage.dossiers.iterate(EVERYTHING, DossierFilter())]
    assert {one.jurisdiction for one in found} == {home.id for home in core.rules.jurisdictions.all()}
    statuses = {(one.kind.value, one.status.value) for one in found}
    assert statuses >= {
        ("order", "fulfilled"),
        ("order", "refused"),
        ("record", "repaired"),
        ("publication", "public"),
        ("repair", "granted"),
        ("objection", "checking"),
        ("sanction", "approved"),
        ("commitment", "published"),
        ("list", "standing"),
        ("blacklist", "standing"),
        ("disclosure", "posted"),
        ("mediation", "settled"),
        ("motion", "answered"),
        ("honour", "confirmed"),
        ("watcher", "appointed"),
        ("visit", "reported"),
        ("evaluation", "objected"),
        ("evaluation", "published"),
        ("mandate", "standing"),
    }
    assert all(find_break(one.history) is None for one in found)
    entries = (await core.services.integrity.public.list_entries()).entries
    assert len(entries) == 2
    assert all("示例" in one.subject.name for one in entries)
