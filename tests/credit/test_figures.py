"""Figures of the integrity side, counted again by hand: on the board, exported, reported, for everybody."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from cases.instants import local_date
from cases.integrity.spine.vocabulary import Kind
from cases.people import Role
from cases.ports.dossiers import DossierFilter
from cases.service.credit.figures import Spells
from tests.town.dossiers import ARGS, OPENINGS
from tests.town.live.bureau import Bureau
from tests.town.live.town import Town, actor
from tests.town.places import REFORM

FOUND: dict[str, Any] = {"severity": "minor", "severity_reason": "已经付清", "catalogue": "other"}
DOCUMENT = OPENINGS[Kind.RECORD]["bases"][0]
BREACHES = (date(2026, 3, 1), date(2026, 5, 20), date(2026, 6, 1), date(2025, 11, 30), date(2026, 7, 7))
OFFICIAL = {"official": "欧阳某官", "post": "原局长"}
KEPT = {"project": "某路桥项目", "stage": "execution", "responsible": "某人", "kept": True}


def numbered(n: int) -> list[dict[str, Any]]:
    return [{**DOCUMENT, "number": f"（2026）青01民终{n}号"}]


@given(st.lists(st.integers(0, 4000), min_size=1, max_size=60), st.sampled_from([0.5, 0.9]))
def test_a_quantile_is_the_least_number_of_days_within_which_that_share_lies(
    days: list[int], share: float
) -> None:
    found = Spells(Counter(days)).quantile(share)
    assert found in days
    assert sum(one <= found for one in days) >= share * len(days) - 1e-9
    assert sum(one < found for one in days) < share * len(days) + 1e-9


async def child(bureau: Bureau, record: Any, kind: Kind) -> Any:
    where = DossierFilter(kinds=frozenset({kind}), about=record.id)
    (found,) = (await bureau.service.list_dossiers(bureau.people[Role.REGISTRAR], where)).dossiers
    return found


async def lived(bureau: Bureau) -> dict[str, list[int]]:
    """What happened, by real moves; the days it took, as somebody would count them on a calendar."""
    second = actor(await bureau.town.person("第二经办", Role.REGISTRAR))
    given: list[dict[str, Any]] = [{"breach_on": day} for day in BREACHES]
    given += [
        {"breach_on": None, "domain": "procurement"},
        {**OFFICIAL},
        {**KEPT},
        {"body": "630000:省公安厅", "code": ""},
    ]
    records = [
        await bureau.open(Kind.RECORD, key=f"r{n}", bases=numbered(n), **one) for n, one in enumerate(given)
    ]
    for record in records:
        await bureau.act(record, "notify", Role.REGISTRAR, consequences="拟定")
    late = await bureau.act(await bureau.open(Kind.ORDER, key="late"), "issue", days=10)
    done = await bureau.act(await bureau.open(Kind.ORDER, key="done"), "issue")
    await bureau.act(done, "prove", Role.SUBJECT, **ARGS[Kind.ORDER, "prove"])
    await bureau.act(done, "fulfil")
    bureau.town.later(days=12)
    await bureau.wake(late)
    found = []
    for record in records:
        who = second if record.sealed else Role.CONFIRMER
        found.append(await bureau.act(record, "confirm", who, **FOUND))
    await bureau.act(found[-1], "revoke", reason="依据被撤销")
    bureau.town.later(days=20)
    for record, decision in ((found[1], "uphold"), (found[2], "reject")):
        await bureau.act(record, "object", Role.SUBJECT, **ARGS[Kind.RECORD, "object"])
        objection = await child(bureau, record, Kind.OBJECTION)
        for move in ("mark", "check"):
            objection = await bureau.act(
                objection, move, Role.REGISTRAR, **ARGS.get((Kind.OBJECTION, move), {})
            )
        await bureau.act(objection, decision, **ARGS[Kind.OBJECTION, decision])
    await bureau.act(found[0], "apply_repair", Role.SUBJECT, **ARGS[Kind.RECORD, "apply_repair"])
    repair = await bureau.act(await child(bureau, found[0], Kind.REPAIR), "accept", Role.REGISTRAR)
    repair = await bureau.act(repair, "verify", **ARGS[Kind.REPAIR, "verify"])
    await bureau.act(repair, "grant")
    on = found[0].found_on
    repaired = (local_date(bureau.town.now) - on).days
    return {"to_record": [(on - day).days for day in BREACHES], "to_repair": [repaired]}


async def test_the_same_figures_everywhere_and_of_officials_none(town: Town) -> None:
    bureau = await Bureau.of(town)
    took = await lived(bureau)
    supervisor = await town.person("杜督办", Role.SUPERVISOR, department=REFORM)
    who, year = await town.sign_in(supervisor), bureau.town.now.year
    token = await town.token(supervisor, "statistics:read")
    told = await (
        await town.client.get(f"/api/v1/statistics?since={year}-01-01&until={year}-12-31", headers=token)
    ).json()
    credit = told["credit"]
    counts = {
        name: credit[name] for name in ("overdue", "issued", "fulfilled", "refused", "records", "repaired")
    }
    assert counts == {"overdue": 1, "issued": 2, "fulfilled": 1, "refused": 0, "records": 6, "repaired": 1}
    assert (credit["decided"], credit["upheld"]) == (2, 1)
    assert [one["records"] for one in credit["by_body"]] == [6]
    assert credit["by_domain"] == {"debt": 5, "procurement": 1}
    days = sorted(took["to_record"])
    assert credit["days"]["to_record"] == {"records": 5, "median": days[2], "p90": days[4]}
    assert credit["days"]["to_repair"] == {"records": 1, "median": None, "p90": None}, "few say nothing"
    none = await (
        await town.client.get(f"/api/v1/statistics?since={year}-01-01&until={year}-01-31", headers=token)
    ).json()
    assert (none["credit"]["records"], none["credit"]["issued"], none["credit"]["overdue"]) == (0, 0, 1)

    page = await town.page("/board/credit?period=year", who)
    for words in (
        "6条",
        "整改逾期",
        f"{days[2]}天",
        f"九成线{days[4]}天",
        "不足5条",
        "青海省教育厅",
        "从失信日期到认定日期的天数",
    ):
        assert words in page, words
    assert "欧阳" not in page
    assert "6条" not in await town.page("/board/credit?period=year&domain=ppp", who)
    text = await (await town.client.get("/board/credit.csv?period=year", headers=who)).text()
    rows = [tuple(row) for row in csv.reader(io.StringIO(text.removeprefix("\ufeff")))]
    book = await (await town.client.get("/board/credit.xlsx?period=year", headers=who)).read()
    sheet: Any = load_workbook(io.BytesIO(book)).active
    assert [tuple(str(cell or "") for cell in row) for row in sheet.iter_rows(values_only=True)] == rows
    assert ("失信记录（按单位）", "青海省教育厅", "6", "") in rows
    trail = await town.storage.audit.list_entries(limit=20)
    assert {"board.exported.csv", "board.exported.xlsx"} <= {str(entry.action) for entry in trail}
    assert "失信记录6条" in await town.page(f"/board/report/{year}", who)

    public = await (await town.client.get(f"/records/figures.json?year={year}&jurisdiction=qinghai")).json()
    assert (public["records"], public["repaired"], public["objections"]) == (
        6,
        1,
        {"decided": 2, "upheld": 1},
    )
    assert public["days"]["to_record"]["median"] == days[2]
    assert "青海省教育厅" not in str(public)
    for language, words in (
        ("zh-CN", f"中位数{days[2]}天"),
        ("zh-TW", "認定日期"),
        ("en", f"median {days[2]} days"),
    ):
        page = await town.page("/records/figures", {"Accept-Language": language})
        assert words in page, language
        assert "青海省教育厅" not in page
    assert "不足5条" in await town.page("/records/figures?year=1&jurisdiction=%00", {})
    elsewhere = await (await town.client.get("/records/figures.json?jurisdiction=jilin")).json()
    assert (elsewhere["records"], elsewhere["by_domain"]) == (0, {})
    for role, status in ((Role.HEAD, 403), (Role.SUBJECT, 403), (Role.WATCHER, 403), (Role.REGISTRAR, 200)):
        other = await town.sign_in(await town.person(f"某{role}", role))
        assert (await town.client.get("/board/credit", headers=other)).status == status, role
