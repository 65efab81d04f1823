"""What a message does at the step where it is said: its acts, what is left of it for the step, and why.

What is certain comes first: danger, a button in words, the number of a case. Else the acts are those that
weigh most (`weighing.py`). Pure: what is done about an act is the dialogue's business. Never raises.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence

from classify.acts.act import ASKING, BESIDE, CHOICES, TO_DEPARTMENT, Act, Understood
from classify.acts.answers import Reads, can_answer, is_much
from classify.acts.buttons import find_button, find_choice, find_command, find_said_twice, find_yes_or_no
from classify.acts.corrections import Correction, find_correction, sounds_like_correction
from classify.acts.danger import find_danger
from classify.acts.dividing import EDGES, bare, clauses, divide
from classify.acts.phrases import sentences
from classify.acts.questions import (
    UNKNOWN,
    Question,
    asks_us_something,
    find_question,
    find_whole,
    is_asking,
    is_matter,
)
from classify.acts.sayings import REMARKS, Saying, find_saying
from classify.acts.traits import traits
from classify.acts.weighing import Scores, decide, reasons, weigh

LONGEST_REMARK = 120
LONGEST_ENGLISH = 240
"""Whoever writes more tells a story: then only its first and last words may be something else."""
LONGEST_STORY = 12_000
LEAST_WEIGHED = 4
"""Signs of a message from which on weights alone may say what it is."""
BORNE_OUT = 0.5
"""The least odds, as a logarithm, of an act in its own words, where a message does several."""
PERHAPS_A_STORY = -1.0
"""The least odds, as a logarithm, at which a question that nobody can answer is kept as part of a story."""
NOT_AT_START = frozenset({Act.ANSWER, Act.DECLINE, Act.CORRECTION, Act.OTHER})
"""Where nothing is asked and nothing was said yet, these are told like anything else."""
DECLINING = frozenset({"skip", "unknown", "nothing"})
"""Buttons that say no to a question."""
REFERENCE = re.compile(r"(?:sx|SX)[\s\-]*\d{8}[\s\-]*\d{7}[\s\-]*\d|(?:\d[\s\-]*){16}")
"""A case number or a receipt, said without having been asked for."""
_SKIPS = re.compile(r"跳过|略过|跳|过|下一|skip|next|pass")

Offered = Sequence[tuple[str, str]]


def understand(
    text: str, step: str = "start", offered: Offered = (), reads: Reads | None = None
) -> Understood:
    """The acts of a message at a step; `offered`: (label, what it does) of the buttons that stand there."""
    long = len(text) > (LONGEST_ENGLISH if text.isascii() else LONGEST_REMARK)
    found = _certain(text, step, offered)
    if found is None:
        found = _long(text, step, offered, reads) if long else _weighed(text, step, offered, reads)
    alarms = find_danger(text)
    if not alarms:
        return found
    because = tuple(f"danger: {alarm.kind.value} ({'，'.join(alarm.because)})" for alarm in alarms)
    return found._replace(acts=(Act.DANGER, *found.acts), alarms=alarms, because=(*because, *found.because))


def _certain(text: str, step: str, offered: Offered) -> Understood | None:
    place = find_button(text, offered)
    if place is None and step == "rate" and not asks_us_something(text.rstrip(EDGES + "呢")):
        place = find_yes_or_no(text, offered)
    if place is None:
        place = find_said_twice(clauses(text), offered)
    if place is not None:
        does = offered[place][1]
        return Understood((_pressing(text, step, does),), button=place, because=(f"button: {does}",))
    if step == "start" and REFERENCE.fullmatch(text.strip()):
        return Understood((Act.ANSWER,), left=text, because=("answer: the number of a case",))
    if step not in TO_DEPARTMENT and (asked := find_whole(text)):
        return Understood((Act.QUESTION,), questions=(asked,), because=(f"question: {asked.topic}",))
    if not re.search(r"\w", text):
        act = Act.STORY if step == "start" else Act.OTHER
        return Understood((act,), left=text, because=(f"{act.value}: no words",))
    return None


def _pressing(said: str, step: str, does: str) -> Act:
    """What it is to name a button: at a choice an answer, and no answer where the button says so."""
    if does in DECLINING and step != "start":
        return Act.COMMAND if _SKIPS.match(said.strip().lower()) else Act.DECLINE
    return Act.ANSWER if step in CHOICES or does == "region" else Act.COMMAND


def _weighed(text: str, step: str, offered: Offered, reads: Reads | None) -> Understood:
    """The likeliest acts, with the words of each."""
    holds = traits(text, step, offered, reads)
    scores = _without_guesses(text, reads, weigh(holds))
    acts = _kept_if_told(text, step, scores, decide(scores))
    if step == "start":
        acts = tuple(dict.fromkeys(Act.STORY if act in NOT_AT_START else act for act in acts))
    if step in ASKING - CHOICES and not can_answer(step, text, reads) and is_much(text) and is_matter(text):
        acts = tuple(Act.STORY if act is Act.ANSWER else act for act in acts)
    acts, said = _apart(text, acts, scores, lambda words: weigh(traits(words, step, offered, reads)))
    main = next((act for act in acts if act not in BESIDE), None)
    found = Understood(acts, because=tuple(f"{act.value}: {'、'.join(reasons(act, holds))}" for act in acts))
    if Act.QUESTION in acts:
        found = found._replace(questions=(_question(said[Act.QUESTION], text),))
    if main is None:
        return found
    left = said[main].strip(" ，,") if len(acts) > 1 else text
    if main in {Act.STORY, Act.ANSWER}:
        left, polite = _without_greeting(left)
        found = found._replace(acts=tuple(dict.fromkeys((*polite, *found.acts))))
    if main is Act.COMMAND:
        place = find_command(bare(left), offered)
        return found._replace(button=place, left=left if place is None else "")
    if main is Act.ANSWER and step in CHOICES:
        return found._replace(left=left, button=find_choice(left.strip(EDGES), offered))
    if main is Act.CORRECTION:
        return found._replace(left=left, correction=_correction(left))
    return found._replace(left=left)


def _without_guesses(text: str, reads: Reads | None, scores: Scores) -> Scores:
    """A sign or two tell too little for weights alone: 係 is no insult, and a place is no remark at all."""
    if len(bare(text)) >= LEAST_WEIGHED:
        return scores
    placed = reads is not None and reads.read_place(text)
    doubtful = (*REMARKS, Saying.DECLINE) if placed else (Saying.INSULT,)
    guessed = (saying for saying in doubtful if not find_saying(text, (saying,)))
    return {**scores, **{Act(saying.value): -math.inf for saying in guessed}}


def _apart(
    text: str, acts: tuple[Act, ...], scores: Scores, weigh_words: Callable[[str], Scores]
) -> tuple[tuple[Act, ...], dict[Act, str]]:
    """The acts with the words of each: of several, those that their own words bear out."""
    if len(acts) > 1 and len(clauses(text)) < 2:
        acts = (max(acts, key=scores.__getitem__),)
    said = divide(text, acts, weigh_words)
    if len(acts) == 1:
        return acts, said
    borne = {act: weigh_words(bare(words) or words)[act] for act, words in said.items()}
    kept = tuple(act for act in acts if borne[act] >= BORNE_OUT) or (max(acts, key=scores.__getitem__),)
    return (acts, said) if kept == acts else (kept, divide(text, kept, weigh_words))


def _kept_if_told(text: str, step: str, scores: Scores, acts: tuple[Act, ...]) -> tuple[Act, ...]:
    """What may be told is not lost over a question without an answer, nor over what nothing bears out."""
    if step not in {"start", "telling"} or not is_matter(text) or find_question(text):
        return acts
    perhaps = acts == (Act.QUESTION,) and scores[Act.STORY] >= PERHAPS_A_STORY
    unlikely = max(scores.values()) <= 0 and not is_asking(text) and not find_saying(text, REMARKS)
    return (Act.STORY,) if perhaps or unlikely else acts


def _question(words: str, text: str) -> Question:
    return find_question(bare(words)) or find_question(text) or Question(UNKNOWN, (bare(words),))


def _correction(words: str) -> Correction:
    found = find_correction(bare(words)) or find_correction(words)
    return found or sounds_like_correction(words, strictly=is_matter(words)) or Correction("")


def _without_greeting(text: str) -> tuple[str, tuple[Act, ...]]:
    """A greeting in front is no part of what is told."""
    parts = clauses(text)
    first = 0
    while first < len(parts) - 1 and find_saying(parts[first], [Saying.GREETING]):
        first += 1
    return ("".join(parts[first:]), (Act.GREETING,)) if first else (text, ())


def _long(text: str, step: str, offered: Offered, reads: Reads | None) -> Understood:
    """A story, or words for the department; politeness around it and a question at its end are taken off."""
    parts = [sentence.written for sentence in sentences(text[:LONGEST_STORY])]
    body, beside = _without_greeting("".join(parts))
    acts, questions = list(beside), []
    if step not in TO_DEPARTMENT:
        body, thanks = _without_thanks(body)
        acts += thanks
        *_, last = [sentence.written for sentence in sentences(body)] or [""]
        weighs_as = decide(weigh(traits(last, step, offered, reads))) if last != body else ()
        asks = is_asking(last) and (not last.isascii() or asks_us_something(last) or find_question(last))
        if weighs_as == (Act.QUESTION,) and asks and not is_matter(last):
            body, questions = body.removesuffix(last), [_question(last, last)]
            acts.append(Act.QUESTION)
    answers = step in TO_DEPARTMENT or (
        step in ASKING and step not in CHOICES and can_answer(step, body, reads)
    )
    main = Act.ANSWER if answers else Act.STORY
    left = (body + text[LONGEST_STORY:]).strip()
    return Understood((*acts, main), left, questions=tuple(questions), because=(f"{main.value}: long",))


def _without_thanks(text: str) -> tuple[str, list[Act]]:
    parts = clauses(text)
    said: list[Act] = []
    while len(parts) > 1 and (saying := find_saying(parts[-1], REMARKS)):
        said.append(Act(saying.value))
        parts.pop()
    return "".join(parts), said
