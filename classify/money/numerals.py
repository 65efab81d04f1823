"""Numbers as people write them: 12, 1,234, 二十来, 一亿三千多万, 4千5, 1.2个亿, 七八万, 壹佰.

What a number counts is not asked here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

DIGITS: dict[str, int] = dict(
    zip("零一二三四五六七八九两俩壹贰叁肆伍陆柒捌玖", (*range(10), 2, 2, *range(1, 10)), strict=True)
)
SCALES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
MYRIADS = {"万": 10_000, "w": 10_000, "亿": 100_000_000}
_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
TENS = {"廿": 20, "卅": 30, "卌": 40}
_HAN = "零一二三四五六七八九两俩几数半壹贰叁肆伍陆柒捌玖廿卅卌"
_ONCE = r"(?<=[万千百仟佰亿w])一(?:[直分点共起并下样般律时旦再些定毛手方切次]|个(?![百千万亿w]))"
"""After a whole number 一 begins a word of its own: 38万一直没给, 三万一分没付, 两万一个月."""
_SCALE = "十百千拾佰仟万亿w"
NUMBER = (
    rf"(?:(?:{_ARABIC}|[{_HAN}十百千拾佰仟])"
    rf"(?:(?!{_ONCE})(?:{_ARABIC}|[{_HAN}{_SCALE}])|[多来余](?=个?[{_SCALE}])|个(?=[百千万亿w]))*)"
)
"""One number in a plain text. 多, 来 and 余 at its end are left to the caller."""
_PART = re.compile(rf"{_ARABIC}|.")


def chinese_number(text: str) -> float | None:
    """Value of a number in Chinese numerals, 几 and 数 counting as 3, 半 as a half; None if not one."""
    return None if re.search(r"\d", text) else number_value(text)


def number_value(text: str) -> float | None:
    """Value of what `NUMBER` matches, None if it is no number. 七八万 means 75,000, 三万五 35,000."""
    if text == "半":
        return 0.5
    total = section = current = 0.0
    digits = 0
    scale = 1
    """The scale a lone last digit is a tenth of: 三万五, 4千5."""
    for sign in _PART.findall(text):
        if sign in MYRIADS:
            value = section + current if section or digits or total else 1.0
            total = _raised(total, value, MYRIADS[sign])
            section, current, digits, scale = 0.0, 0.0, 0, MYRIADS[sign]
        elif sign in SCALES:
            section += (current if digits else 1.0) * SCALES[sign]
            current, digits, scale = 0.0, 0, SCALES[sign]
        elif sign[0].isdigit():
            current, digits = float(sign.replace(",", "")), len(sign)
        elif sign in TENS:
            section, current, digits, scale = section + TENS[sign], 0.0, 0, 10
        elif sign in DIGITS or sign in "几数":
            current, digits = _joined(current, digits, DIGITS.get(sign, 3)), digits + 1
            scale = 1 if sign == "零" else scale
        elif sign == "半":
            current, digits = (5.0, 1) if total or section else (0.5, 2)
        elif sign not in "多来余个":
            return None
    if scale >= 100 and digits == 1:
        current *= scale / 10
    elif scale == 10_000 and digits == 2 and text[-2] in DIGITS:
        current = (DIGITS[text[-2]] * 10 + DIGITS[text[-1]]) * scale / 100
    return total + section + current


def _raised(total: float, value: float, myriad: int) -> float:
    """亿 raises what stands before it as a whole: 三万亿."""
    return (total + value) * myriad if myriad > 10_000 or total == 0 else total + value * myriad


def _joined(current: float, digits: int, digit: int) -> float:
    """七八 is between seven and eight; other digits in a row are read one by one, like 二零二六."""
    if digits == 1 and 0 < digit - current <= 2 and current:
        return (current + digit) / 2
    return current * 10 + digit if digits else float(digit)


def matches(pattern: re.Pattern[str], beginning: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """What `pattern.finditer` gives, when every match begins with `beginning`: one sign, found faster."""
    begins = beginning.search(text)
    while begins:
        match = pattern.match(text, begins.start())
        if match:
            yield match
        begins = beginning.search(text, (match or begins).end())
