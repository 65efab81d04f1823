"""A message in clauses, and which of its acts each does: 匿名。多久能答复？ is an answer, then a question.

Everything stays in the writer's own characters; together the parts are the message. Decides no act.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import combinations, pairwise, permutations

from classify.acts.act import Act
from classify.acts.phrases import sentences
from classify.acts.weighing import Scores

EDGES = " \t\n，,。.!！~～、…:：;；?？—-"
MOST_CLAUSES = 12
"""A message of more is not divided."""
_COMMA = re.compile(r"(?<=[，,、；;~　！!。.])|(?<=[\u4e00-\u9fff] )")
_LEAD = re.compile(
    r"^(?:对了|对啦|另外|还有|顺便(?:问一下|问下)?|那个|不过|但是|那|by the way|also|and)[，,：: ]*",
    re.IGNORECASE,
)
_RUNS_IN = re.compile(
    r"\s*(?:你好|您好|你们好|領導好|领导好|哈喽|hello|hi)(?=[我想请請本咱俺])", re.IGNORECASE
)
"""A greeting with nothing between it and the story."""


def clauses(text: str) -> list[str]:
    """What stands between commas and stops; signs alone go with the clause before them."""
    found: list[str] = []
    head = _RUNS_IN.match(text)
    if head is not None:
        found.append(head.group())
    for sentence in sentences(text[head.end() :] if head is not None else text):
        for part in filter(None, _COMMA.split(sentence.written)):
            if found and not part.strip(EDGES):
                found[-1] += part
            else:
                found.append(part)
    return found


def bare(clause: str) -> str:
    """Without the word that leads over to it."""
    return _LEAD.sub("", clause.strip()).strip()


def divide(text: str, acts: Sequence[Act], weigh_clause: Callable[[str], Scores]) -> dict[Act, str]:
    """Each act's stretch of the message; all of it for each act where it cannot be divided."""
    parts = clauses(text)
    if len(acts) < 2 or not len(acts) <= len(parts) <= MOST_CLAUSES:
        return dict.fromkeys(acts, text)
    scores = [weigh_clause(bare(part) or part) for part in parts]
    best, said = float("-inf"), dict.fromkeys(acts, text)
    for order in permutations(acts):
        for cuts in combinations(range(1, len(parts)), len(acts) - 1):
            ends = [0, *cuts, len(parts)]
            stretches = [range(*pair) for pair in pairwise(ends)]
            speaks = sum(scores[n][act] for act, own in zip(order, stretches, strict=True) for n in own)
            if speaks > best:
                best = speaks
                said = {
                    act: "".join(parts[n] for n in own) for act, own in zip(order, stretches, strict=True)
                }
    return said
