"""Learns which characters names begin with and go on with, and writes `name_signs.tsv`.

usage: python -m bench.fit_names        (SHOUXIN_EVAL names the folder with unlabelled messages)

Names of places come from the table of towns and from what stands between a town and 村 in messages,
names of firms and houses from what stands between a level and the word for their kind. Only characters
are written, each with how much likelier it is in a name than in running text.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable

from bench.classifier_training import eval_folder, read_unlabelled
from classify.bodies.names import SIGNS, UNIT
from classify.bodies.words import VOCABULARY
from classify.places.towns import ENDING, TOWNS
from classify.text.normalise import normalise

SMOOTHING = 40.0
MOST = 4.0
LEAST_SEEN = 30
"""Occurrences in running text below which a character says nothing."""
_VILLAGE = re.compile(r"(?:(?<=镇)|(?<=乡)|(?<=街道))([一-鿿]{2,3}?)村(?![民级里上委])")
_HOUSE = re.compile(
    r"(?<=[省市县区镇乡州])([一-鿿]{2,8}?)(?:有限|股份|公司|集团|酒店|学校|中学|小学|幼儿园|医院|厂(?![里家长区房]))"
)


def log_odds(names: Iterable[str], text: Counter[str]) -> dict[str, tuple[float, float]]:
    """For each character how much likelier it begins a name, and goes on in one, than it stands in a text."""
    first, inner = Counter[str](), Counter[str]()
    for name in names:
        first[name[0]] += 1
        inner.update(name[1:])
    size = text.total()
    found = {}
    for sign, seen in text.items():
        share = seen / size
        row = [
            math.log((count[sign] + SMOOTHING * share) / ((count.total() + SMOOTHING) * share))
            for count in (first, inner)
        ]
        found[sign] = (max(-MOST, min(MOST, row[0])), max(-MOST, min(MOST, row[1])))
    return found


def main() -> None:
    texts = [normalise(f"{row['title']}\n{row['text']}").text for row in read_unlabelled(eval_folder())]
    signs = Counter(sign for text in texts for sign in text if "一" <= sign <= "鿿")
    signs = Counter({sign: seen for sign, seen in signs.items() if seen >= LEAST_SEEN})
    towns = (ENDING.sub("", line.split("\t")[0]) for line in TOWNS.read_text(encoding="utf-8").splitlines())
    villages = {found for text in texts for found in _VILLAGE.findall(text)}
    places = [name for name in (*towns, *villages) if len(name) >= 2]
    houses = {found for text in texts for found in _HOUSE.findall(text) if not _is_sentence(found)}
    columns = log_odds(places, signs), log_odds(houses, signs)
    lines = [
        sign + "".join(f"\t{round(value * UNIT)}" for column in columns for value in column[sign])
        for sign in sorted(signs)
    ]
    SIGNS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} characters from {len(places)} names of places and {len(houses)} of houses")


def _is_sentence(words: str) -> bool:
    return any(
        words[start:end] in VOCABULARY.cuts
        for start in range(len(words))
        for end in range(start + 1, len(words) + 1)
    )


if __name__ == "__main__":
    main()
