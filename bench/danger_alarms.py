"""How often danger is heard in real complaints: the share of messages, and the phrases that gave the alarm.

    python -m bench.danger_alarms ../shared/eval/dev.jsonl ../shared/eval/dev2.jsonl

Some of these alarms are true; the texts are read where they lie and nothing of them is printed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from classify.acts.danger import find_danger


def read_texts(path: Path) -> Iterator[str]:
    stored = path.read_bytes()
    for line in (gzip.decompress(stored) if path.suffix == ".gz" else stored).splitlines():
        row = json.loads(line)
        yield f"{row.get('title') or ''}\n{row.get('text') or ''}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    for path in parser.parse_args().files:
        texts, because = list(read_texts(path)), Counter[str]()
        began, alarmed = time.process_time(), 0
        for text in texts:
            alarms = find_danger(text)
            alarmed += bool(alarms)
            because.update(phrase for alarm in alarms for phrase in alarm.because)
        each = (time.process_time() - began) / max(len(texts), 1) * 1000
        print(f"{path.name}: {alarmed} of {len(texts)} ({alarmed / len(texts):.2%}), {each:.2f} ms each")
        print("   " + ", ".join(f"{phrase} {count}" for phrase, count in because.most_common(12)))


if __name__ == "__main__":
    main()
