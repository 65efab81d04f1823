"""Lists by editions: two people, an exit for every entry, what has run out goes, the public diff."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from cases.errors import IllegalMove, InvalidInput, NotFound, SecondPersonNeeded
from cases.instants import local_date
from cases.integrity.registers.list_model import FOUR
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
    both = actor(await town.person("一人", Role.REGISTRAR, Role.RELEASER))
    names = await bureau.act(names, "add", both, **FIRM)
    assert (await town.client.get(at)).status == 404
    with pytest.raises(SecondPersonNeeded):
        await bureau.act(names, "publish", both, reason="首次公布")
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
    for asked in ("edition=3&since=1", "edition=1&since=3"):
        beside = await town.page(f"{at}?{asked}", {"Accept-Language": "en"})
        assert all(one in beside for one in ("Edition 3 beside edition 1", "<ins", "<del"))
    for strange in ("?since=9", "?edition=9", "?edition=x", "?edition=-1"):
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


CITIES = ("220100:长春市人民政府", "220200:吉林市人民政府")


async def test_each_level_of_jilin_keeps_four_lists_of_its_own(town: Town) -> None:
    """谁主管谁负责: the province and each city its own, each name once, until it is closed."""
    kept: dict[str, Any] = {}
    for department in ("220000:吉林省人民政府", *CITIES):
        bureau = await Bureau.of(town, department)
        for name in FOUR:
            names = await bureau.open(Kind.LIST, name=name)
            names = await bureau.act(names, "add", Role.REGISTRAR, **{**FIRM, "title": f"{name}一条"})
            kept[names.id] = await bureau.act(names, "publish", Role.RELEASER, reason="首次公布")
        with pytest.raises(InvalidInput, match=f"已有同名的名单：{names.id}"):
            await bureau.open(Kind.LIST, name=name, key="again")
        await bureau.act(kept.pop(names.id), "close", Role.RELEASER, reason="并入新名单")
        assert (await bureau.open(Kind.LIST, name=name, key="anew")).editions == ()
    shown = [await town.page(f"/lists/{id}", {}) for id in kept]
    for place, level in (("吉林省", "省级"), ("长春市", "市州级"), ("吉林市", "市州级")):
        assert sum(f">{place}</span> · {level}" in page for page in shown) == len(FOUR) - 1


async def test_a_list_is_there_only_where_a_document_has_it(town: Town) -> None:
    bureau = await Bureau.of(town)
    with pytest.raises(NotFound, match="未设此制度"):
        await bureau.open(Kind.LIST)
    registrar = await town.sign_in(await town.person("甲乙", Role.REGISTRAR))
    page = await town.page("/credit", registrar)
    assert "/credit/new/blacklist" in page
    assert '/credit/new/list"' not in page
