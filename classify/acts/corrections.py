"""Words that set something right: 不是城东区，是城西区; 金额不对，是35万; 单位应该是区住建局.

Says what is put in place of what, and which item is named, if one is. Which item is meant otherwise, the
dialogue finds out from what it has shown.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from classify.text.normalise import normalise

LONGEST = 60
"""Whoever writes more tells something new."""

_ITEMS = {
    "amount": r"金额|钱数|数额|款额|欠款额|欠款|the amount|the sum|amount|sum",
    "place": r"地点|地方|地区|地址|位置|the place|place|location",
    "accused": r"被投诉单位|投诉单位|单位名称|单位|部门|对象|the body|the authority|the department",
    "period": r"发生时间|时间|日期|年份|the time|the date|the year",
    "wish": r"诉求|要求|请求|the request|my request",
}
_END = r"[\s。.!！]*$"
_ABOUT = {
    item: re.compile(
        rf"^\s*(?:{names})\s*(?:写错了|说错了|搞错了|弄错了|错了|不对|有误|is wrong|was wrong)?[\s，,：:;；]*"
        r"(?:应该是|应当是|应该为|应为|改成|改为|更正为|更改为|是|(?:it )?should be|it is|it's|is|was)"
        rf"\s*(?P<new>.+?){_END}",
        re.IGNORECASE,
    )
    for item, names in _ITEMS.items()
}
_NOT_BUT = re.compile(
    rf"^\s*(?:不是|不在|并不是|it is not|it's not|not)\s*(?P<old>[^，,。；;]+?)[\s，,；;]*"
    rf"(?:而是|应该是|应为|是|在|it is|it's|but)\s*(?P<new>[^，,。；;]+?){_END}",
    re.IGNORECASE,
)


class Correction(NamedTuple):
    new: str
    old: str = ""
    item: str = ""
    """amount, place, accused, period or wish, if it was named."""


def find_correction(text: str) -> Correction | None:
    """What a short message puts right, or None."""
    if len(text) > LONGEST or "\n" in text.strip():
        return None
    read = normalise(text)

    def written(found: re.Match[str], part: str) -> str:
        span = read.span(*found.span(part))
        return text[span.start : span.end].strip()

    for item, pattern in _ABOUT.items():
        if found := pattern.match(read.text):
            return Correction(written(found, "new"), item=item)
    found = _NOT_BUT.match(read.text)
    return Correction(written(found, "new"), written(found, "old")) if found else None
