"""Files that come in at the counter, at the desk and over the API are cleaned like those of the chat."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest
from aiohttp import FormData

from tests.files.makers import SECRETS, docx, pdf, picture, recording, xlsx
from tests.town.live.town import Town


def told(data: bytes) -> list[str]:
    if data.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(data)) as archive:
            data = b"".join(archive.read(name) for name in archive.namelist())
    return [secret for secret in SECRETS if secret.encode() in data]


async def test_what_is_given_at_the_counter_loses_its_traces_and_its_name(town: Town) -> None:
    li = await town.person("李承办")
    who = await town.sign_in(li)
    key = re.search(r'name="key" value="(\w+)"', await town.page("/desk/file", who))
    assert key
    form = FormData({"csrf": f"csrf-{li.id}", "key": key[1], "language": "zh-Hans"}, quote_fields=False)
    form.add_field("text", "城西区教育局承诺三十日内付清采购款，至今未付。")
    given = (("张某的合同.docx", docx()), ("IMG_20261103.heic", picture("HEIF")), ("张某.m4a", SOUND))
    for name, data in given:
        form.add_field("files", data, filename=name)
    filed = await (await town.client.post("/desk/file", headers=who, data=form)).text()
    number = re.search(r"SX\d{8}-\d{7}-\d", filed)
    assert number, filed
    files = (await town.storage.cases.get(number.group())).evidence
    assert [file.name for file in files] == ["文档1.docx", "图片1.jpg", "录音1.m4a"]
    for file in files:
        assert file.stripped
        assert told(await town.storage.evidence.get(file.id)) == []


SOUND = recording("ipod", None, "aac")


@pytest.mark.parametrize(
    ("name", "data", "kept"),
    [("表.xlsx", xlsx(), False), ("纪要.pdf", pdf(), False), ("签名.pdf", pdf(attached=True), True)],
)
async def test_what_staff_add_is_cleaned_unless_something_in_it_would_be_missed(
    town: Town, name: str, data: bytes, kept: bool
) -> None:
    li = await town.person("李承办")
    who = await town.sign_in(li)
    case = await town.claimed(li)
    form = FormData({"csrf": f"csrf-{li.id}", "remark": "材料"}, quote_fields=False)
    form.add_field("files", data, filename=name)
    await town.client.post(f"/desk/cases/{case.number}/moves/attach", headers=who, data=form)
    (file,) = (await town.reread(case)).evidence
    stored = await town.storage.evidence.get(file.id)
    assert file.name == name
    assert (stored == data) == kept
    assert file.stripped != kept
    assert bool(told(stored)) == kept
