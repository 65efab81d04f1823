"""Of which level a body is, as far as its name tells."""

from __future__ import annotations

import re

from classify.types import AdminLevel

_LEVELS = (
    (AdminLevel.VILLAGE, re.compile(r"村|居委会|居民委员会|社区|村民小组|经联社")),
    (AdminLevel.TOWNSHIP, re.compile(r"[镇乡](?!市)|街道|办事处|街办")),
    (AdminLevel.COUNTY, re.compile(r"[县区旗](?!域)")),
    (AdminLevel.PREFECTURE, re.compile(r"[市州盟]|地区")),
    (AdminLevel.PROVINCE, re.compile(r"省|自治区|厅$")),
    (AdminLevel.NATIONAL, re.compile(r"国务院|国家|中华人民共和国|部委|^国办|^中央")),
)
_TOWN_OFFICE = re.compile(r"(?:派出|国土|财政|民政|司法|工商)所$")
_NOT_A_LEVEL = re.compile(
    r"城乡|乡村振兴|农业农村|农村|城市管理|城市建设|城市规划|市场监|市政(?!府)|市容|市场|社区矫正|社区卫生|街道口|卫生院|区域|中学|小学|学校|小区"
)
"""Words of a department's task, or of an institution, that look like a level."""
_INSTITUTION = re.compile(r"(?:医院|学|校|园|[一二三四五六七八九十]中|附中)$")


def level_of(name: str) -> AdminLevel | None:
    """By the words of the name; None when it does not tell."""
    if _TOWN_OFFICE.search(name) and re.search(r"[镇乡]|街道", name):
        return AdminLevel.TOWNSHIP
    institution = _INSTITUTION.search(name)
    name = _NOT_A_LEVEL.sub("", name)
    for level, words in _LEVELS:
        if institution and level in (AdminLevel.VILLAGE, AdminLevel.TOWNSHIP):
            continue
        if words.search(name):
            return level
    return None
