"""Reads Chinese written in pinyin, with the usual abbreviations, as far as words can be told by their sound.

`zf qian wo gongchengkuan 5 wan` is read as 政府欠我工程款5万. The sounds of known words are looked for, the
longest first; what is no known word is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from classify.text.replacing import Piece, one_of

SHARE = 0.85
"""Share of the letters that must be pinyin."""
LONGEST = 8
"""Syllables of a word."""
SHORT = {
    "zf": "政府",
    "xzf": "县政府",
    "szf": "市政府",
    "qzf": "区政府",
    "gz": "工资",
    "gck": "工程款",
    "nmg": "农民工",
}
SHORT |= {
    "nmggz": "农民工工资",
    "tq": "拖欠",
    "tqgz": "拖欠工资",
    "tqgck": "拖欠工程款",
    "bck": "补偿款",
    "lb": "老板",
    "ld": "领导",
}
SHORT |= {"cw": "村委", "csj": "村支书", "w": "万", "rmb": "元", "db": "低保", "cq": "拆迁", "zs": "招商"}
_SOUNDS = """
wo ni ta men de le bu mei you gei qian shi zai he dou hai yao wan yuan kuai nian yue ge xian cun zhen yi
er san si wu liu qi ba jiu bai
"""
_SIGNS = "我你他们的了不没有给钱是在和都还要万元块年月个县村镇一二三四五六七八九百"
SINGLE = dict(zip(_SOUNDS.split(), _SIGNS, strict=True))
USUAL = """
政府 县政府 市政府 区政府 镇政府 乡政府 村委会 村委 街道办 管委会 教育局 财政局 住建局 欠我 欠我们 我们
欠钱 拖欠 工资 工钱 工程款 材料款 补偿款 补贴 承诺 答应 不给 没给 没有 不还 不付 没付 不兑现 没兑现 几年
两年 三年 村里 镇里 县里 老板 公司 农民工 工人 修路 学校 医院 老师 教师 招商 招标 投标 中标 围标 串标
采购 拆迁 征地 低保 危房 村书记 村主任 不管 没人管 推诿 投诉 举报 解决 请求 支付 不发 没发 拖了 一直
还没 现在 骗人
"""
"""The likeliest words, before those of the lexicons."""
_WORD = re.compile(r"[a-z]+|\d[\d.,]*|\S")


class Pinyin:
    """Made from characters with their sounds, and words to be told by their sound, the likeliest first."""

    def __init__(self, spelling: Mapping[str, str], words: Iterable[str]) -> None:
        self._syllable = one_of(set(spelling.values()))
        self._whole = re.compile(f"(?>{self._syllable.pattern})++")
        self._words: dict[tuple[str, ...], str] = {}
        for word in (*USUAL.split(), *words):
            sounds = tuple(spelling.get(char, "") for char in word)
            if 2 <= len(sounds) <= LONGEST and all(sounds):
                self._words.setdefault(sounds, word)

    def pieces(self, text: str) -> list[Piece]:
        """What each part of a plain text means; nothing when it is not pinyin."""
        known = letters = 0
        parts: list[tuple[str, int, int]] = []
        for word in _WORD.finditer(text):
            said, start = word.group(), word.start()
            if not said[0].isalpha():
                parts.append((said, start, word.end()))
                continue
            letters += len(said)
            if said in SHORT:
                known += len(said)
                parts.append((SHORT[said], start, word.end()))
            elif self._whole.fullmatch(said):
                known += len(said)
                parts += [
                    (syllable.group(), start + syllable.start(), start + syllable.end())
                    for syllable in self._syllable.finditer(said)
                ]
        return self._told(parts) if known >= SHARE * letters else []

    def _told(self, parts: list[tuple[str, int, int]]) -> list[Piece]:
        found: list[Piece] = []
        at = 0
        while at < len(parts):
            for size in range(min(LONGEST, len(parts) - at), 1, -1):
                word = self._words.get(tuple(part[0] for part in parts[at : at + size]))
                if word:
                    found.append(Piece(parts[at][1], parts[at + size - 1][2], word))
                    at += size
                    break
            else:
                said, start, end = parts[at]
                kept = SINGLE.get(said, "" if said.isascii() and said.isalpha() else said)
                found.append(Piece(start, end, kept))
                at += 1
        return found
