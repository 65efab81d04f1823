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
_OH = r"(?:(?:等等|等一下|等下|哦|啊|噢|不好意思|对不起|抱歉|wait|sorry|oh|no)[\s，,。.]*)?"
_ABOUT = {
    item: re.compile(
        rf"^\s*{_OH}(?:请)?(?:把|将)?(?:{names})\s*(?:[也还又再都]|改一下)?\s*"
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

_LEAD = (
    r"^\s*(?:等等|等下|哦|啊|噢|抱歉|对不起|不好意思|更正(?:一下)?|纠正(?:一下)?|刚才|前面|上面|我|那个|"
    r"sorry|no|wait|oops|actually|correction)*[\s，,:：]*"
)
_MARKED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_LEAD}[^，,。]{{0,8}}(?:说|写|打|搞|弄|填|记|输|看|理解)(?:错|反|漏)了?[^，,。]{{0,6}}[\s，,。:：;；]+"
        rf"(?:应该|应|其实|实际|正确的)?上?(?:是|为|叫|在)?\s*(?P<new>[^，,。]{{1,25}}?){_END}",
        rf"{_LEAD}(?:我说的)(?:是|在)(?P<new>[^，,。不]{{1,25}})[\s，,]*(?:不是|不在)(?P<old>[^，,。]{{1,25}}?){_END}",
        rf"{_LEAD}请?(?:把|将)(?P<old>[^，,。]{{1,20}})(?:改成|改为|换成|更正为)(?P<new>[^，,。]{{1,25}}?){_END}",
        rf"^\s*不对[\s，,。:：]*(?:应该)?(?:是|在|叫)(?P<new>[^，,。]{{1,20}}?){_END}",
        r"^\s*(?:sorry|no|wait|oops|actually|correction|my mistake)[\s,.:]+"
        r"(?:it'?s|it is|it was|i meant|i mean|that should be|make that)\s+"
        rf"(?P<new>.{{1,40}}?){_END}",
        r"^\s*(?:it'?s|it is|it was|i meant|i mean)\s+(?P<new>[^,.]{1,40}?)[\s,]+(?:and )?not\s+"
        rf"(?P<old>[^,.]{{1,40}}?){_END}",
        r"^\s*(?:please )?(?:change|correct)\s+(?P<old>.{1,30}?)\s+(?:to|into)\s+"
        rf"(?P<new>.{{1,40}}?){_END}",
    )
)
"""Other ways to put something right, in the order in which they are tried."""


class Correction(NamedTuple):
    new: str
    old: str = ""
    item: str = ""
    """What was named as wrong, if anything was; its name is that of the dialogue's item."""


_CUE = re.compile(
    r"(?:搞|弄|写|说|听|理解|看|填|记|打|输|认|读|识别)(?:错|反|混|岔)了?|(?:^|[，,。 ])(?:错了|不对|有误)"
    r"|改(?:成|为|一下)|更正|纠正"
    r"|(?:多|少|漏)(?:写|打|说|算|输|个)了?|明明|哪(?:是|有|里是)"
    r"|(?<![a-z])(?:wrong|incorrect|mistake|mistyped|typo|i meant|should (?:be|read)|misread)(?![a-z])",
    re.IGNORECASE,
)
_NOT_AND_BUT = re.compile(
    r"不是[^，,。]{1,20}[，,。 ]*(?:而是|是)|是[^，,。不]{1,20}[，,。 ]*(?:可|而|并)?不是"
    r"|\bnot\b.{1,30}\b(?:but|it'?s|it was|it is)\b",
    re.IGNORECASE,
)
_WHAT_IS = re.compile(
    r"(?:是|为|成|叫|在|be|it'?s|was|is|meant|but|to|read)\s*(?P<new>[^，,。；;不]{1,30}?)(?:才对|吧|啊|的)?[\s。.!！]*$",
    re.IGNORECASE,
)


def sounds_like_correction(text: str, *, strictly: bool) -> Correction | None:
    """What a message that calls something wrong puts right. `strictly`: only if it says so in words."""
    if len(text) > LONGEST or "\n" in text.strip():
        return None
    plain = normalise(text).text
    if not _CUE.search(plain) and (strictly or not _NOT_AND_BUT.search(plain)):
        return None
    found = _WHAT_IS.search(plain)
    return Correction(found["new"].strip() if found else "")


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
    for pattern in (_RATHER, *_MARKED):
        if found := pattern.match(read.text):
            old = written(found, "old") if "old" in pattern.groupindex else ""
            return Correction(written(found, "new"), old)
    return None
