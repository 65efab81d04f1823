"""What everybody reads of a record: from release to tombstone, in three languages, as page, JSON and Atom."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

from cases.integrity.spine.vocabulary import Kind
from cases.people import Role
from cases.ports.dossiers import DossierFilter
from tests.town.dossiers import OPENINGS
from tests.town.live.bureau import Bureau
from tests.town.live.town import Town

ATOM = "{http://www.w3.org/2005/Atom}"
FACTS = OPENINGS[Kind.RECORD]["facts"]


async def released(bureau: Bureau, **given: Any) -> tuple[Any, Any]:
    """A record and its publication, the second person's release included."""
    record = await bureau.open(Kind.RECORD, **given)
    record = await bureau.act(record, "notify", Role.REGISTRAR, consequences="拟定一般失信")
    bureau.town.later(days=9)
    finding: dict[str, Any] = {"severity": "general", "severity_reason": "金额较大", "catalogue": "other"}
    record = await bureau.act(record, "confirm", **finding)
    record = await bureau.act(record, "enter", Role.REGISTRAR)
    await bureau.act(record, "publish", Role.REGISTRAR, months=6)
    where = DossierFilter(kinds=frozenset({Kind.PUBLICATION}), about=record.id)
    (proposed,) = (await bureau.service.list_dossiers(bureau.people[Role.REGISTRAR], where)).dossiers
    return record, proposed


async def test_from_release_to_tombstone_everybody_reads_just_what_is_public(town: Town) -> None:
    bureau = await Bureau.of(town)
    record, proposed = await released(bureau)
    address = f"/records/{record.id}"
    assert (await town.client.get(address)).status == 404
    assert (await town.client.get(f"{address}.json")).status == 404
    assert record.id not in await town.page("/records", {})

    await bureau.act(proposed, "release", Role.RELEASER)
    page = await town.page(address, {})
    assert FACTS in page
    assert "目录所列其他失信信息" in page
    for secret in ("张", *(person.name for person in bureau.people.values())):
        assert secret not in page, secret
    english = await town.page(address, {"Accept-Language": "en"})
    assert "What happened" in english
    traditional = await town.page("/records", {"Accept-Language": "zh-TW"})
    assert "失信記錄公示" in traditional
    told = await (await town.client.get(f"{address}.json")).json()
    assert (told["record"], told["facts"], told["disputed"]) == (record.id, FACTS, False)
    assert "T" not in told["published_on"]
    for query, found in (
        ("", True),
        ("?domain=debt&year=2026", True),
        (f"?body={record.subject.department}&region=63", True),
        ("?words=" + record.subject.name, True),
        (f"?words={record.id}", True),
        (f"?words={proposed.id.lower()}", True),
        (f"?words={record.id[:-1]}x", False),
        (f"?body={record.subject.code}", True),
        ("?region=西宁市", False),
        ("?year=0000", False),
        ("?year=9999", False),
        ("?domain=ppp", False),
        ("?region=23", False),
        ("?year=1999", False),
        ("?domain=x&year=20x&region=%00&words=&body=", True),
    ):
        answer = await (await town.client.get(f"/records.json{query}")).json()
        assert (record.id in {one["record"] for one in answer["items"]}) is found, query
    answer = await (await town.client.get("/records.atom")).read()
    feed = ElementTree.fromstring(answer)  # noqa: S314  our own
    assert [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")] == [
        f"{record.subject.name}（一般）"
    ]
    assert (await town.client.get("/records.json?cursor=x")).status == 422

    published = await town.storage.dossiers.find(proposed.id)
    assert published is not None
    await bureau.act(published, "withdraw", Role.RELEASER, reason="依据的处罚决定已被撤销")
    answer = await town.client.get(address)
    page = await answer.text()
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert FACTS not in page
    assert "依据的处罚决定已被撤销" in page
    told = await (await town.client.get(f"{address}.json")).json()
    assert "facts" not in told
    answer = await (await town.client.get("/records.atom")).read()
    (entry,) = ElementTree.fromstring(answer).iter(f"{ATOM}entry")  # noqa: S314  our own
    said = [entry.findtext(f"{ATOM}{name}") for name in ("title", "summary")]
    assert said == [f"{record.subject.name}（已撤回）", "依据的处罚决定已被撤销"], (
        "readers of the feed hear of it"
    )
    assert told["ended"]["reason"] == "依据的处罚决定已被撤销"
    assert record.id not in await town.page("/records", {})


async def test_a_body_has_one_page_with_all_that_is_public_of_it(town: Town) -> None:
    bureau = await Bureau.of(town)
    record, proposed = await released(bureau)
    await bureau.act(proposed, "release", Role.RELEASER)
    promise = await bureau.act(await bureau.open(Kind.COMMITMENT), "publish", Role.RELEASER)
    await bureau.open(Kind.BLACKLIST)
    kept, planned = await bureau.open(Kind.HONOUR), await bureau.open(Kind.HONOUR, document="另一份")
    await bureau.act(kept, "confirm")
    subject = record.subject
    address = f"/bodies/{quote(subject.department, safe='')}"
    assert address in await town.page(f"/records/{record.id}", {})
    assert address in await town.page("/records", {})
    for key in subject.keys:
        page = await town.page(f"/bodies/{quote(key, safe='')}", {})
        assert all(one in page for one in (FACTS, promise.matter, kept.title)), key
        assert planned.document not in page
    for language, words in (("en", "Honours for kept faith"), ("zh-TW", "守信表彰")):
        assert words in await town.page(address, {"Accept-Language": language})
    told = await (await town.client.get(f"{address}.json")).json()
    assert [one["record"] for one in told["records"]] == [record.id]
    assert [one["id"] for one in told["promises"] + told["honours"]] == [promise.id, kept.id]
    for words in (subject.name, "青海省教育", subject.code, subject.code.lower()):
        assert address in await town.page(f"/bodies?words={quote(words)}", {}), words
    assert address in await town.page("/bodies?region=青海省", {})
    assert "没有找到这样的单位" in await town.page("/bodies?words=%00%27x", {})
    assert "没有找到公示中的记录" in await town.page(f"/bodies/{quote('630000:省公安厅')}", {})
    for nothing in ("x", "630000:没有这个单位", "%00", "a%2fb"):
        assert (await town.client.get(f"/bodies/{nothing}")).status == 404, nothing

    published = await town.storage.dossiers.find(proposed.id)
    assert published is not None
    await bureau.act(published, "withdraw", Role.RELEASER, reason="依据已被撤销")
    page = await town.page(address, {})
    assert FACTS not in page
    assert "依据已被撤销" in page


async def test_a_village_without_a_code_has_a_page_of_its_own(town: Town) -> None:
    bureau = await Bureau.of(town)
    record, proposed = await released(bureau, body="示例村村民委员会", code="", region="630102")
    await bureau.act(proposed, "release", Role.RELEASER)
    address = f"/bodies/{quote('630102:示例村村民委员会', safe='')}"
    assert address in await town.page(f"/records/{record.id}", {})
    assert FACTS in await town.page(address, {})
    for region, found in (("西宁市城东区", True), ("630102", True), ("6301", True), ("西宁市城西区", False)):
        page = await town.page(f"/records?region={quote(region)}", {})
        assert (address in page) is found, region


async def test_what_has_not_changed_is_not_sent_again(town: Town) -> None:
    bureau = await Bureau.of(town)
    record, proposed = await released(bureau)
    await bureau.act(proposed, "release", Role.RELEASER)
    visitor = {"Cookie": (await town.client.get("/records")).headers["Set-Cookie"].partition(";")[0]}
    body = f"/bodies/{quote(record.subject.department, safe='')}"
    paths = ("/records", f"/records/{record.id}", body, "/bodies", "/commitments", "/lists")
    data = ("/records.json", "/records.atom", f"/records/{record.id}.json", f"{body}.json")
    for path in (*paths, *data):
        first = await town.client.get(path, headers=visitor)
        shared = "public, max-age=60" if path in data else "private, no-cache"
        assert first.headers["Cache-Control"] == shared, path
        again = {**visitor, "If-None-Match": first.headers["ETag"]}
        answer = await town.client.get(path, headers=again)
        assert (answer.status, await answer.read()) == (304, b""), path
        assert (await town.client.get(path, headers={**again, "Accept-Language": "en"})).status == (
            304 if path in data else 200
        )
    published = await town.storage.dossiers.find(proposed.id)
    assert published is not None
    answer = await town.client.get(body, headers=visitor)
    await bureau.act(published, "withdraw", Role.RELEASER, reason="依据已被撤销")
    again = {**visitor, "If-None-Match": answer.headers["ETag"]}
    assert (await town.client.get(body, headers=again)).status == 200
