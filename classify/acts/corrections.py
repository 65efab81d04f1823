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
    "name": r"姓名|名字|我的名字|my name|the name",
    "contact": r"联系方式|联系电话|电话|手机号码|手机号|手机|my phone|my number|the phone number",
    "domain": r"领域|类别|类型|方面|the topic|topic",
}
_END = r"[\s。.!！]*$"
_ABOUT = {
    item: re.compile(
        rf"^\s*(?:请)?(?:把|将)?(?:{names})\s*"
        r"(?:写错了|说错了|搞错了|弄错了|错了|不对|有误|is wrong|was wrong)?[\s，,：:;；]*"
        r"(?:应该是|应当是|应该为|应为|改成|改为|更正为|更改为|改到|改|是"
        r"|(?:it )?should be|it is|it's|is|was)"
        rf"\s*(?P<new>.+?){_END}",
        re.IGNORECASE,
    )
    for item, names in _ITEMS.items()
}
_ABOUT_NOT = {
    item: re.compile(
        rf"^\s*(?:{names})\s*(?:不是|并不是|is not|isn't)\s*(?P<old>[^，,。；;]+?)[\s，,；;]*"
        rf"(?:而是|应该是|应为|是|it is|it's|but)\s*(?P<new>[^，,。；;]+?){_END}",
        re.IGNORECASE,
    )
    for item, names in _ITEMS.items()
}
_NOT_BUT = re.compile(
    rf"^\s*(?:不是|不在|并不是|it is not|it's not|not)\s*(?P<old>[^，,。；;]+?)[\s，,；;]*"
    rf"(?:而是|应该是|应为|是|在|it is|it's|but)\s*(?P<new>[^，,。；;]+?){_END}",
    re.IGNORECASE,
)
_IS_NOT = re.compile(
    rf"^\s*(?:应该是|应为|其实是|是|it is|it's)\s*(?P<new>[^，,。；;]+?)[\s，,；;]*"
    rf"(?:而?不是|并不是|not)\s*(?P<old>[^，,。；;]+?){_END}",
    re.IGNORECASE,
)
_RATHER = re.compile(
    r"^\s*(?:(?:不对|错了|写错了|说错了|打错了|no|wrong)[\s，,。]*(?:是|it is|it's)|"
    r"(?:(?:不对|错了|写错了|说错了|打错了|no|wrong)[\s，,。]*)?"
    r"(?:应该是|应为|其实是|准确地?说是|改成|改为|更正为|更正[:：]|it should be|should be))"
    rf"\s*(?P<new>[^，,。；;]+?)(?:才对)?{_END}",
    re.IGNORECASE,
)


class Correction(NamedTuple):
    new: str
    old: str = ""
    item: str = ""
    """What was named as wrong, if anything was; its name is that of the dialogue's item."""


def find_correction(text: str) -> Correction | None:
    """What a short message puts right, or None."""
    if len(text) > LONGEST or "\n" in text.strip():
        return None
    read = normalise(text)

    def written(found: re.Match[str], part: str) -> str:
        span = read.span(*found.span(part))
        return text[span.start : span.end].strip()

    for patterns in (_ABOUT_NOT, _ABOUT):
        for item, pattern in patterns.items():
            if found := pattern.match(read.text):
                return Correction(written(found, "new"), item=item)
    if found := _NOT_BUT.match(read.text) or _IS_NOT.match(read.text):
        return Correction(written(found, "new"), written(found, "old"))
    found = _RATHER.match(read.text)
    return Correction(written(found, "new")) if found else None
