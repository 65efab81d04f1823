"""Builds the table of towns from the list of streets in china-division (npm, MIT, of 2023).

usage: python -m tools.town_table STREETS
One line per name, sorted: the name, then the nine-digit codes of all towns of that name. The product reads
the table only. 惠城 is left out: the region table has its towns by the ministry's codes.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from pathlib import Path

from classify.places.towns import ENDING, TOWNS

OWN_CODES = "441302"


def table(path: Path) -> str:
    """The lines of the table."""
    names: dict[str, list[str]] = defaultdict(list)
    with path.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            name = row["name"].removesuffix("办事处")
            if len(name) >= 3 and ENDING.search(name) and not row["code"].startswith(OWN_CODES):
                names[name].append(row["code"])
    return "".join(f"{name}\t{' '.join(sorted(codes))}\n" for name, codes in sorted(names.items()))


def main() -> None:
    TOWNS.write_text(table(Path(sys.argv[1])), encoding="utf-8")


if __name__ == "__main__":
    main()
