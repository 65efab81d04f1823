"""Lists by editions: two people, an exit for every entry, what has run out goes, the public diff."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from cases.errors import IllegalMove, InvalidInput, NotFound, SecondPersonNeeded
from cases.instants import local_date
from cases.integrity.spine.vocabulary import Kind
from cases.people import Role
from tests.town.dossiers import FIRM
from tests.town.live.bureau import Bureau
from tests.town.live.town import Town, actor


async def test_a_blacklist_from_edition_to_edition_before_everybodys_eyes(town: Town) -> None:
    bureau = await Bureau.of(town)
    names = await bureau.open(Kind.BLACKLIST)
    at = f"/lists/{names.id}"
    with pytest.raises(IllegalMove, match="没有改动"):
        await bureau.act(names, "publish", Role.RELEASER, reason="首次公布")
    names = await bureau.act(names, "add", Role.REGISTRAR, **FIRM)
    assert (await town.client.get(at)).status == 404
    both = actor(await town.person("一人", Role.REGISTRAR, Role.RELEASER))
    own = await bureau.act(await bureau.open(Kind.BLACKLIST, who=both, key="own"), "add", both, **FIRM)
    with pytest.raises(SecondPersonNeeded):
        await bureau.act(own, "publish", both, reason="首次公布")
    names = await bureau.act(names, "publish", Role.RELEASER, reason="首次公布")
    page = await town.page(at, {})
    assert str(FIRM["title"]) in page
    assert "串通投标" in page
    assert "甲经办" not in page

    other = {**FIRM, "title": "某某招标代理有限公司", "ends_on": date(2029, 11, 22)}
    names = await bureau.act(names, "add", Role.REGISTRAR, **other)
    assert "某某招标代理有限公司" not in await town.page(at, {})
    names = await bureau.act(names, "publish", Role.RELEASER, reason="新增一家")
    assert "<ins" in await town.page(at, {})
    assert "某某招标代理有限公司" not in await town.page(f"{at}?edition=1", {})
    town.later(days=(date(2027, 11, 23) - local_date(town.watch.now)).days + 1)
    names = await bureau.wake(names)
    assert "<del" in await town.page(at, {"Accept-Language": "en"})
    told = await (await town.client.get(f"{at}.json")).json()
    assert [(one["number"], one["added"], one["removed"]) for one in told["editions"]] == [
        (1, [FIRM["title"]], []),
        (2, [other["title"]], []),
        (3, [], [FIRM["title"]]),
    ]
    assert [one["title"] for one in told["editions"][-1]["entries"]] == [other["title"]]
    for strange in ("?edition=9", "?edition=x", "?edition=-1"):
        assert (await town.client.get(at + strange)).status == 404
    assert names.id in await town.page("/lists", {})
    await bureau.act(names, "close", Role.RELEASER, reason="并入新名单")
    assert names.id not in await town.page("/lists", {})


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"title": "王某某"}, "不列个人"),
        ({"title": "某某市公共资源交易中心"}, "不列个人"),
        ({"document": " "}, "决定文号"),
        ({"ends_on": None}, "无退出条件"),
        ({"ends_on": None, "exit_rule": "整改完成"}, "一年以上三年以下"),
        ({"ends_on": date(2027, 11, 21)}, "一年以上三年以下"),
        ({"ends_on": date(2029, 11, 23)}, "一年以上三年以下"),
        ({"begins_on": date(2026, 12, 31), "ends_on": date(2027, 12, 29)}, "一年以上三年以下"),
        ({"begins_on": date(2020, 1, 1), "ends_on": date(2022, 1, 1)}, "不能早于"),
    ],
)
async def test_a_blacklist_takes_firms_alone_for_one_to_three_years(
    town: Town, given: dict[str, Any], said: str
) -> None:
    bureau = await Bureau.of(town)
    names = await bureau.open(Kind.BLACKLIST)
    with pytest.raises(InvalidInput, match=said):
        await bureau.act(names, "add", Role.REGISTRAR, **{**FIRM, **given})
    names = await bureau.act(names, "add", Role.REGISTRAR, **{**FIRM, "ends_on": date(2029, 11, 22)})
    with pytest.raises(InvalidInput, match="已经在名单上"):
        await bureau.act(names, "add", Role.REGISTRAR, **FIRM)


@pytest.mark.parametrize(
    ("begins_on", "shortest", "longest"),
    [
        (date(2026, 12, 31), date(2027, 12, 30), date(2029, 12, 30)),
        (date(2028, 2, 29), date(2029, 2, 28), date(2031, 2, 28)),
    ],
)
async def test_a_term_is_counted_to_the_day_before_its_anniversary(
    town: Town, begins_on: date, shortest: date, longest: date
) -> None:
    bureau = await Bureau.of(town)
    names = await bureau.open(Kind.BLACKLIST)
    given = {**FIRM, "begins_on": begins_on}
    for outside in (shortest - timedelta(1), longest + timedelta(1)):
        with pytest.raises(InvalidInput, match="一年以上三年以下"):
            await bureau.act(names, "add", Role.REGISTRAR, **{**given, "ends_on": outside})
    names = await bureau.act(names, "add", Role.REGISTRAR, **{**given, "ends_on": shortest})
    other = {**given, "title": "某某会计师事务所（普通合伙）", "ends_on": longest}
    await bureau.act(names, "add", Role.REGISTRAR, **other)


async def test_a_renewal_outlives_what_it_renews(town: Town) -> None:
    bureau = await Bureau.of(town)
    names = await bureau.open(Kind.BLACKLIST)
    names = await bureau.act(names, "add", Role.REGISTRAR, **FIRM)
    names = await bureau.act(names, "publish", Role.RELEASER, reason="首次公布")
    names = await bureau.act(names, "remove", Role.REGISTRAR, title=FIRM["title"], reason="延长期限")
    renewed = {**FIRM, "ends_on": date(2028, 11, 22)}
    names = await bureau.act(names, "add", Role.REGISTRAR, **renewed)
    short = {**FIRM, "title": "某某招标代理有限公司"}
    names = await bureau.act(names, "add", Role.REGISTRAR, **short)
    town.later(days=(date(2027, 11, 23) - local_date(town.watch.now)).days + 1)
    names = await bureau.wake(names)
    assert [entry.title for entry in names.entries] == [FIRM["title"]]
    assert names.current == ()


async def test_what_ended_before_it_was_published_is_not_published(town: Town) -> None:
    bureau = await Bureau.of(town)
    names = await bureau.open(Kind.BLACKLIST)
    names = await bureau.act(names, "add", Role.REGISTRAR, **FIRM)
    town.later(days=(date(2027, 11, 23) - local_date(town.watch.now)).days + 1)
    with pytest.raises(IllegalMove, match="已经到期"):
        await bureau.act(names, "publish", Role.RELEASER, reason="首次公布")
    names = await bureau.act(names, "remove", Role.REGISTRAR, title=FIRM["title"], reason="已到期")
    assert names.entries == ()


async def test_a_list_is_there_only_where_a_document_has_it(town: Town) -> None:
    bureau = await Bureau.of(town)
    with pytest.raises(NotFound, match="未设此制度"):
        await bureau.open(Kind.LIST)
    registrar = await town.sign_in(await town.person("甲乙", Role.REGISTRAR))
    page = await town.page("/credit", registrar)
    assert "/credit/new/blacklist" in page
    assert '/credit/new/list"' not in page
