"""Builds the character tables from OpenCC and pypinyin, so that loading needs neither.

Run `python -m classify.build_tables` after an update of those packages; a test compares the
result with the committed files. Must not be imported by the engine.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

DATA = Path(__file__).parent / "data"
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


def render() -> dict[str, str]:
    """File name → content of the tables."""
    pairs = simplified_pairs()
    return {
        "simplified.txt": "\n".join(("".join(a for a, _ in pairs), "".join(b for _, b in pairs), "")),
        "syllables.tsv": "".join(f"{name}\t{chars}\n" for name, chars in syllables().items()),
    }


def main() -> None:
    DATA.mkdir(exist_ok=True)
    for name, content in render().items():
        (DATA / name).write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
