"""Measures finding phrases and classifying: naive fuzzy scan, exact Aho-Corasick scan, and ours.

usage: python bench/classify_speed.py [FOLDER]
All three look for the same phrases in the same 500 messages, in one run. Prints processor times per
message, the effect of ten times the phrases, p99 of a whole decision at 500 characters, load time and
resident memory.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from ahocorasick_rs import AhoCorasick
from rapidfuzz import fuzz, process

from classify.phrases.lexicon import load_lexicon
from classify.phrases.matcher import Matcher
from classify.text.normalise import normalise

MESSAGES = 500
LENGTH = 500
ROUNDS = 5
NAIVE = 40
"""The naive scan is so slow that it is timed on this many of the messages."""
_PROBE = """
import re, time
started = time.process_time()
from classify import Classifier
imported = time.process_time()
classifier = Classifier.load()
loaded = time.process_time()
classifier.classify("镇政府拖欠工程款二十来万,拖了两年")
highest = re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())
print(imported - started, loaded - imported, int(highest.group(1)) / 1024)
"""


def read_messages(folder: Path) -> list[str]:
    with gzip.open(folder / "unlabelled.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    chosen = random.Random(20261122).sample(rows, MESSAGES)
    return [f"{row['title']}\n{row['text']}" for row in chosen]


def per_message(work: Callable[[str], object], texts: list[str], rounds: int = 3) -> float:
    """Milliseconds per message, the best of some rounds."""
    best = float("inf")
    for _ in range(rounds):
        started = time.process_time()
        for text in texts:
            work(text)
        best = min(best, time.process_time() - started)
    return best / len(texts) * 1000


def ten_times(phrases: list[str]) -> list[str]:
    """The phrases and nine times as many of the same lengths, cut and joined anew from them."""
    chance = random.Random(7)
    found = dict.fromkeys(phrases)
    while len(found) < 10 * len(phrases):
        one, two = chance.choice(phrases), chance.choice(phrases)
        cut = chance.randint(1, max(1, len(one) - 1))
        joined = one[:cut] + two[cut:]
        if len(joined) >= 3:
            found[joined] = None
    return list(found)


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("SHOUXIN_EVAL", "../shared/eval"))
    texts = [normalise(text).text for text in read_messages(folder)]
    phrases = list(dict.fromkeys(phrase for phrase, _ in load_lexicon().phrases()))
    average = sum(map(len, texts)) / len(texts)
    print(f"{len(phrases)} phrases, {MESSAGES} messages, {average:.0f} characters on average")
    naive = per_message(
        lambda text: process.extract(text, phrases, scorer=fuzz.partial_ratio, score_cutoff=80, limit=None),
        texts[:NAIVE],
        1,
    )
    automaton = AhoCorasick(phrases)
    limit = per_message(lambda text: automaton.find_matches_as_indexes(text, overlapping=True), texts)
    ours = per_message(Matcher(phrases).find, texts)
    more = ten_times(phrases)
    larger = per_message(Matcher(more).find, texts)
    print(f"naive partial_ratio   {naive:8.3f} ms per message")
    print(f"Aho-Corasick, exact   {limit:8.3f} ms per message")
    print(f"ours                  {ours:8.3f} ms per message")
    print(f"  naive / ours {naive / ours:.0f}, ours / exact {ours / limit:.1f}")
    print(f"ours, {len(more)} phrases {larger:6.3f} ms per message: {larger / ours:.2f} times")
    whole_decision(texts)
    probe = subprocess.run([sys.executable, "-c", _PROBE], capture_output=True, text=True, check=True)
    imported, loaded, memory = map(float, probe.stdout.split())
    print(f"import {imported:.3f} s, load {loaded:.3f} s, resident memory {memory:.0f} MB")


def whole_decision(texts: list[str]) -> None:
    """Finding phrases alone, and the whole decision, on all full texts of 500 characters.

    Processor time of this thread, as timed once, and as the best of some rounds, which leaves out most of
    what other processes cost.
    """
    from classify import Classifier

    joined = "\n".join(texts)
    slices = [joined[end - LENGTH : end] for end in range(LENGTH, len(joined) + 1, LENGTH)]
    phrases = list(dict.fromkeys(phrase for phrase, _ in load_lexicon().phrases()))
    for name, work in (
        ("finding phrases", Matcher(phrases).find),
        ("whole decision", Classifier.load().classify),
    ):
        rounds = [[_once(work, piece) for piece in slices] for _ in range(ROUNDS)]
        for how, times in (("once", rounds[1]), (f"best of {ROUNDS}", list(map(min, *rounds)))):
            times.sort()
            middle, high = times[len(times) // 2], times[int(len(times) * 0.99) - 1]
            print(f"{name} at {LENGTH} characters, {how}: median {middle:.2f} ms, p99 {high:.2f} ms")


def _once(work: Callable[[str], object], text: str) -> float:
    started = time.thread_time_ns()
    work(text)
    return (time.thread_time_ns() - started) / 1e6


if __name__ == "__main__":
    main()
