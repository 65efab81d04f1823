"""What everybody reads of a record: from release to tombstone, in three languages, as page, JSON and Atom."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote_plus
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
    assert told["ended"]["reason"] == "依据的处罚决定已被撤销"
    assert record.id not in await town.page("/records", {})


async def test_a_village_without_a_code_has_its_own_records_behind_the_link(town: Town) -> None:
    bureau = await Bureau.of(town)
    record, proposed = await released(bureau, body="示例村村民委员会", code="", region="630102")
    await bureau.act(proposed, "release", Role.RELEASER)
    assert f"/records?words={quote_plus('示例村村民委员会')}" in await town.page(f"/records/{record.id}", {})
