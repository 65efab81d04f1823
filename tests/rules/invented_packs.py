"""A city of no map with everything a pack can say, and a plain one with nothing that can be left out."""

from __future__ import annotations

from pathlib import Path

from cases.rules.departments import Department, Jurisdiction
from cases.rules.pack_files import read_packs

PLAIN = """
id = "plain"
order = 2
name = "平县"
level = "county"
region_code = "990301"
document = "平县办法"
departments_from = "deployment"
publication_site = "平县网站"
"""

WHOLE = """
id = "whole"
order = 1
name = "全市"
place = "大全市"
level = "prefecture"
region_code = "990100"
document = "全市方案"
document_number = "全政〔2017〕1号"
issued_on = 2017-05-01
departments_from = "document"
division = "joint"
government_section = "一"
coordinator = "市信访局"
coordinator_section = "二"
record_keeper = "市档案局"
objections = ["市财政局"]
objections_section = "三"
publication_site = "全市网站"
topics = ["水费"]

[merged]
"公共资源交易" = ["procurement", "bidding"]

[above]
"990000" = "全省"

[neighbours]
"990200" = "邻市"

[local_places]
"990102" = "东区"
"990103" = "北地区"
"990102001" = "海滨街道"

[[departments]]
name = "市信访局"
section = "二(一)"

[[departments]]
name = "市档案局"
section = "二(二)"
superior = "市信访局"
current_name = "市史志馆"
verified = true
aliases = ["档案馆"]
note = "新设"

[[departments]]
name = "市财政局"
section = "二(三)"
superior = ""
full_name = "大全市财税局"

[domains.debt]
label = "欠款"
section = "四"
printed = "由财政局牵头"
lead = "市财政局"
participants = ["市信访局", "市财政局", "prefecture"]

[domains.ppp]
section = "五"

[mechanisms.objection]
label = "异议"
section = "六"
detail = "十日"
departments = ["市档案局"]
"""

OWN = """
[plain]
coordinator = "县信用办"
[[plain.departments]]
name = "县信用办"

[whole.domains.ppp]
label = "合作"
lead = "市档案局"

[whole.domains.township]
label = "乡镇"
"""


def read(
    folder: Path, own: str = OWN, *, only: list[str] | None = None, plain: str = PLAIN, whole: str = WHOLE
) -> tuple[list[Jurisdiction], dict[str, Department], dict[str, str]]:
    """What `read_packs` makes of these texts; departments outside by their id."""
    packs = folder / "packs"
    packs.mkdir(exist_ok=True)
    (packs / "plain.toml").write_text(plain, "utf-8")
    (packs / "whole.toml").write_text(whole, "utf-8")
    (folder / "own.toml").write_text(own, "utf-8")
    jurisdictions, beside, places = read_packs(only, folder / "own.toml", packs)
    return jurisdictions, {department.id: department for department in beside}, places
