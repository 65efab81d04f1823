"""限期整改 on pages: from a case answered 属实 to proof, and who finds nothing there."""

from __future__ import annotations

import re
from typing import Any

from aiohttp import FormData

from cases.people import Role
from cases.ports.accounts import Staff
from cases.vocabulary import Outcome
from tests.town.live.town import Town, hidden
from tests.town.places import FINANCE
from tests.town.words import OPINION

EDUCATION = "630000:省教育厅"
DRAFT = {
    "body": "青海省教育厅",
    "body_kind": "department",
    "facts": "经核查，2025年校服采购合同款八十万元至今没有支付。",
    "required": "三十日内付清合同款，并书面说明拖欠原因。",
    "legal_basis": "合同第六条",
}


class Desk:
    """Somebody at work on the pages."""

    def __init__(self, town: Town, staff: Staff, who: dict[str, str]) -> None:
        self._town, self._staff, self._who = town, staff, who

    async def page(self, path: str, *, status: int = 200) -> str:
        return await self._town.page(path, self._who, status=status)

    async def post(self, path: str, **form: Any) -> Any:
        return await self._town.post(path, self._staff, self._who, **form)

    async def move(self, id: str, move: str, **form: Any) -> Any:
        """From the page as it stands."""
        page = await self.page(f"/credit/{id}")
        return await self.post(
            f"/credit/{id}/moves/{move}", version=hidden(page, "version"), key=f"{id}-{move}", **form
        )

    async def upload(self, path: str, name: str, **form: str) -> Any:
        data = FormData()
        for key, value in {"csrf": f"csrf-{self._staff.id}", **form}.items():
            data.add_field(key, value)
        data.add_field(name, "付款凭证：八十万元已于今日付清。".encode(), filename="凭证.txt")
        return await self._town.client.post(path, headers=self._who, data=data, allow_redirects=False)


async def at_work(town: Town, name: str, *roles: Role, department: str = FINANCE) -> Desk:
    staff = await town.person(name, *roles, department=department)
    return Desk(town, staff, await town.sign_in(staff))


async def test_an_order_goes_from_the_finding_to_the_proof_on_pages(town: Town) -> None:
    handler = await town.person("李承办")
    found_true = {**OPINION, "outcome": Outcome.SUPPORT}
    case = await town.filed(accused="青海省教育厅")
    case = await town.act(await town.accepted(handler, case), "answer", handler, **found_true)
    registrar = await at_work(town, "周经办", Role.REGISTRAR)
    confirmer = await at_work(town, "吴认定", Role.CONFIRMER)
    subject = await at_work(town, "郑代表", Role.SUBJECT, department=EDUCATION)
    stranger = await at_work(town, "外人", Role.REGISTRAR, department="230000:省财政厅")

    work = await registrar.page("/credit")
    assert f"/credit/new/order?case={case.number}" in work
    form = await registrar.page(f"/credit/new/order?case={case.number}")
    assert OPINION["facts"] in form
    assert case.complaint.text not in form
    opened = await registrar.post("/credit/new/order", case=case.number, key=hidden(form, "key"), **DRAFT)
    assert opened.status == 303, await opened.text()
    id = opened.headers["Location"].rpartition("/")[2]
    assert id in await registrar.page("/credit?view=open")
    assert f"/credit/new/order?case={case.number}" not in await registrar.page("/credit")
    await subject.page(f"/credit/{id}", status=404)
    assert id in await confirmer.page("/credit")

    issued = await confirmer.move(id, "issue")
    assert issued.status == 303, await issued.text()
    assert id in await subject.page("/credit")
    page = await subject.page(f"/credit/{id}")
    assert DRAFT["required"] in page
    assert "周经办" not in page
    assert case.number not in page
    version = hidden(page, "version")
    wrong = await subject.post(f"/credit/{id}/moves/explain", version=version, key="k", excuse="funds")
    assert wrong.status == 422
    assert "请改正标出的内容" in await wrong.text()
    explained = await subject.move(id, "explain", excuse="funds", explanation="资金正在调度，月底拨付。")
    assert explained.status == 303, await explained.text()
    stale = await subject.upload(
        f"/credit/{id}/moves/prove", "proof", version=version, note="已付清", key="p1"
    )
    assert stale.status == 409
    page = await subject.page(f"/credit/{id}")
    proof = {"version": hidden(page, "version"), "note": "已经付清", "key": "p2"}
    proved = await subject.upload(f"/credit/{id}/moves/prove", "proof", **proof)
    assert proved.status == 303, await proved.text()

    page = await confirmer.page(f"/credit/{id}")
    assert "资金尚未到位" in page
    file = re.search(rf"/credit/{id}/files/[0-9a-f]+", page)
    assert file is not None
    assert "付款凭证" in await confirmer.page(file.group())
    await stranger.page(file.group(), status=404)
    await stranger.page(f"/credit/{id}", status=404)
    done = await confirmer.move(id, "fulfil")
    assert done.status == 303, await done.text()
    page = await registrar.page(f"/credit/{id}")
    assert "已整改" in page
    assert f"/credit/{id}/moves/" not in page


async def test_bad_input_comes_back_with_a_sentence(town: Town) -> None:
    registrar = await at_work(town, "周经办", Role.REGISTRAR)
    handler = await at_work(town, "李承办")
    for change, sentence in (
        ({"code": "11630000015000453X"}, "统一社会信用代码校验位不符"),
        ({"body": "张三"}, "不是单位的全称"),
        ({"facts": ""}, "请改正标出的内容"),
        ({"facts": "长" * 50000}, "请改正标出的内容"),
        ({"body": "青海省财政厅"}, "您所在单位为被记录单位"),
    ):
        answer = await registrar.post("/credit/new/order", key=str(change)[:40], **{**DRAFT, **change})
        assert answer.status in {403, 409, 422}, change
        assert sentence in await answer.text(), change
    await registrar.page("/credit/new/nothing", status=404)
    await registrar.page("/credit/ZG000", status=404)
    await registrar.page("/credit/new/order?case=SX-1", status=404)
    await handler.page("/credit", status=403)
    assert "没有" in await registrar.page("/credit?kind=none&domain=none&year=20x6&words=%00&view=none")


async def test_motions_are_published_where_the_setting_says_so(town: Town) -> None:
    assert (await town.client.get("/motions")).status == 404
    assert (await town.client.get("/motions.json")).status == 404
    assert 'href="/motions"' not in await town.page("/lists", {})
