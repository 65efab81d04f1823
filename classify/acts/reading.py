"""What a message does at the step where it is said: its acts, what is left of it for the step, and why.

The one place where danger, questions, words for buttons, corrections, sayings and answers are told apart.
Pure: what is done about an act is the dialogue's business. Never raises; what is not known stays a story.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from classify.acts.answers import Reads, can_answer, is_much, is_noise, speaks_for
from classify.acts.buttons import find_button, find_command
from classify.acts.corrections import Correction, find_correction, sounds_like_correction
from classify.acts.danger import DangerSign, find_danger
from classify.acts.phrases import sentences
from classify.acts.questions import (
    UNKNOWN,
    Question,
    asks_at_all,
    asks_us_something,
    find_question,
    is_asking,
    is_matter,
    is_told,
)
from classify.acts.sayings import Saying, begins_with_no, find_saying

LONGEST_REMARK = 120
"""Whoever writes more tells a story: then only its first and last sentence may be something else."""
LONGEST_STORY = 12_000
EDGES = " \t\n，,。.!！~～、…:：;；?？—-"
ASKING = frozenset(
    {
        "domain",
        "place",
        "accused",
        "wish",
        "amount",
        "period",
        "identity",
        "name",
        "contact",
        "rate",
        "number",
    }
)
"""Steps at which something definite is asked."""
CHOICES = frozenset({"domain", "identity", "rate"})
"""Of these, the ones answered by choosing."""
TO_DEPARTMENT = frozenset({"supplement", "write", "withdraw", "review"})
"""Steps whose words are for the department, whatever they look like."""
TO_US_ALL_THE_SAME = frozenset(
    {
        "robot",
        "person",
        "language",
        "files",
        "cannot_write",
        "privacy",
        "anonymity",
        "operator",
        "government",
        "who_reads",
    }
)
"""Topics that even there can only be meant for us."""
LONGEST_MIXED = 60
"""Characters of a Chinese message that is read clause by clause."""
DECLINING = frozenset({"skip", "unknown", "nothing"})
"""Buttons that say no to a question."""

_COMMA = re.compile(r"(?<=[，,、；;~～　!！。.])|(?<=[\u4e00-\u9fff] )")
_SKIPS = re.compile(r"跳过|略过|跳|过|下一|skip|next|pass")
_RUNS_IN = re.compile(
    r"\s*(?:你好|您好|你们好|領導好|领导好|哈喽|hello|hi)(?=[我想请請本咱俺])", re.IGNORECASE
)
_LEAD = re.compile(
    r"^(?:对了|对啦|另外|还有|顺便(?:问一下|问下)?|那个|不过|但是|那|by the way|also|and)[，,：: ]*",
    re.IGNORECASE,
)
_TELLING = re.compile(r"(?:问|说|讲|答应|告诉|知道|表示)[，,：:\"“]*\s*$")
_YES = re.compile(r"^(?:是|对|有|嗯|好|已经?|解决了|回应了|回复了|yes|yeah|yep|sure|it is|they did)")
_NO = re.compile(r"^(?:没|还没|不|否|并没|并未|未|从来没|一直没|根本没|哪有|no|not|never|nope|they did ?n)")


REFERENCE = re.compile(r"(?:sx|SX)[\s\-]*\d{8}[\s\-]*\d{7}[\s\-]*\d|(?:\d[\s\-]*){16}")
"""A case number or a receipt, said without having been asked for."""


class Act(StrEnum):
    DANGER = "danger"
    QUESTION = "question"
    GREETING = "greeting"
    THANKS = "thanks"
    SMALL_TALK = "small_talk"
    INSULT = "insult"
    ANSWER = "answer"
    DECLINE = "decline"
    COMMAND = "command"
    CORRECTION = "correction"
    STORY = "story"
    OTHER = "other"
    """Neither what was asked nor anything told."""


_BESIDE = frozenset({Act.QUESTION, Act.GREETING, Act.THANKS, Act.SMALL_TALK, Act.INSULT})
"""What may stand beside one other act."""


class Understood(NamedTuple):
    """One message at one step. `left` keeps the writer's own characters."""

    acts: tuple[Act, ...]
    left: str = ""
    """What the step may take: the answer, the story or the words for the department."""
    alarms: tuple[DangerSign, ...] = ()
    questions: tuple[Question, ...] = ()
    correction: Correction | None = None
    button: int | None = None
    """The place of the button meant among those offered."""
    because: tuple[str, ...] = ()
    """One line per act, for whoever asks why."""


class _Apart(NamedTuple):
    """A message taken apart."""

    rest: str
    remarks: tuple[tuple[Saying, str], ...]
    questions: tuple[Question, ...]


def understand(
    text: str,
    step: str = "start",
    offered: Sequence[tuple[str, str]] = (),
    reads: Reads | None = None,
) -> Understood:
    """The acts of a message at a step; `offered`: (label, what it does) of the buttons that stand there."""
    alarms = find_danger(text)
    if step in TO_DEPARTMENT:
        found = _for_department(text, step, offered)
    else:
        found = (
            _whole(text, step, offered)
            or _by_clause(text, step, offered, reads)
            or _in_parts(text, step, offered, reads)
        )
    if not alarms:
        return found
    because = tuple(f"danger: {alarm.kind.value} ({'，'.join(alarm.because)})" for alarm in alarms)
    return found._replace(acts=(Act.DANGER, *found.acts), alarms=alarms, because=(*because, *found.because))


def _for_department(text: str, step: str, offered: Sequence[tuple[str, str]]) -> Understood:
    place = find_button(text, offered)
    if place is None:
        place = _said_twice(text, offered)
    if place is None and not is_matter(text):
        place = find_command(text, offered, at_once=step in {"start", "telling"})
    if place is not None:
        return Understood((Act.COMMAND,), button=place, because=(f"command: {offered[place][1]}",))
    mixed = _by_clause(text, step, offered, None)
    if mixed is not None and mixed.button is not None:
        return mixed
    question = find_question(text) if len(sentences(text.strip())) == 1 else None
    if question is not None and question.topic in TO_US_ALL_THE_SAME and not is_told(text):
        return _asked((), (question,))
    if find_saying(text, [Saying.DECLINE], by_sign=step == "withdraw"):
        return Understood((Act.DECLINE,), left=text, because=("decline",))
    acts = (*_beside(text), Act.ANSWER)
    return Understood(acts, left=text, because=("answer: words for the department",))


def _beside(text: str) -> tuple[Act, ...]:
    """Politeness around words that are kept as they are."""
    clauses = [clause for clause in _COMMA.split(text) if clause.strip(EDGES)]
    found = [find_saying(clause) for clause in clauses if len(clauses) > 1]
    polite = (Saying.GREETING, Saying.THANKS)
    return tuple(dict.fromkeys(Act(saying.value) for saying in found if saying in polite))


def _whole(text: str, step: str, offered: Sequence[tuple[str, str]]) -> Understood | None:
    """The message as one: a button in words, or something put right."""
    place = find_button(text, offered)
    if place is None and step == "rate" and not asks_us_something(text.rstrip(EDGES + "呢")):
        place = _yes_or_no(text, offered)
    if place is None:
        place = _said_twice(text, offered)
    if place is None and step in CHOICES and not is_asking(text):
        place = _choice_in(text, offered)
    if place is None and not is_matter(text) and not is_asking(text) and not find_saying(text):
        place = find_command(text, offered, at_once=step in {"start", "telling"})
    if place is not None:
        return _pressed(text, place, step, offered)
    if _declines(text, step):
        return Understood((Act.DECLINE,), left=text, because=(f"decline: {text.strip()}",))
    if step == "start" and REFERENCE.fullmatch(text.strip()):
        return Understood((Act.ANSWER,), left=text, because=("answer: the number of a case",))
    correction = find_correction(text) if step != "start" else None
    if correction is None and step != "start" and not is_asking(text) and find_saying(text) is None:
        correction = sounds_like_correction(text, strictly=step in ASKING)
    if correction is not None:
        return Understood(
            (Act.CORRECTION,), left=text, correction=correction, because=(f"correction: {correction.new}",)
        )
    return None


def _pressed(said: str, place: int, step: str, offered: Sequence[tuple[str, str]]) -> Understood:
    does = offered[place][1]
    if does in DECLINING and step != "start":
        act = Act.COMMAND if _SKIPS.match(said.strip().lower()) else Act.DECLINE
    else:
        act = Act.ANSWER if step in CHOICES or does == "region" else Act.COMMAND
    return Understood((act,), button=place, because=(f"{act.value}: {does}",))


def _by_clause(
    text: str, step: str, offered: Sequence[tuple[str, str]], reads: Reads | None
) -> Understood | None:
    """A short message whose every clause does something of its own; None when one of them only tells."""
    clauses = [c for s in sentences(text) for c in _COMMA.split(s.written) if c.strip(EDGES)]
    if not 2 <= len(clauses) <= 6 or len(text) > (LONGEST_REMARK if text.isascii() else LONGEST_MIXED):
        return None
    found = [_of_clause(clause, step, offered, reads) for clause in clauses]
    if any(one is None for one in found):
        return None
    did = [one for one in found if one is not None]
    mains = [one for one in did if not _BESIDE.issuperset(one.acts)]
    if len({one.acts for one in mains}) > 1 or len({one.button for one in mains}) > 1:
        return None
    acts = tuple(dict.fromkeys(act for one in did for act in one.acts))
    return Understood(
        acts,
        left="".join(one.left for one in mains).strip(" ，,"),
        questions=tuple(question for one in did for question in one.questions),
        correction=next((one.correction for one in mains), None),
        button=next((one.button for one in mains), None),
        because=tuple(reason for one in did for reason in one.because),
    )


def _of_clause(
    clause: str, step: str, offered: Sequence[tuple[str, str]], reads: Reads | None
) -> Understood | None:
    bare = _LEAD.sub("", clause.strip())
    if not bare.strip(EDGES):
        return Understood(())
    saying = find_saying(bare)
    found = _whole(bare, step, offered)
    if found is not None and (saying is None or found.button is not None):
        return found
    if saying is not None:
        return _asked([(saying, clause)], ())
    asked = _question_in(bare)
    if asked is None and (
        asks_us_something(bare) or (step in ASKING and step != "wish" and asks_at_all(bare))
    ):
        asked = Question(UNKNOWN, (bare,))
    if asked is not None:
        return None if _is_account(bare, step, asked) else _asked((), (asked,))
    if step in ASKING and step not in CHOICES and can_answer(step, bare, reads):
        return Understood((Act.ANSWER,), left=clause, because=(f"answer: can be what is asked at {step}",))
    return None


def _in_parts(text: str, step: str, offered: Sequence[tuple[str, str]], reads: Reads | None) -> Understood:
    apart = _take_apart(text, step, offered, reads)
    main = _main(apart.rest, step, offered, reads, alone=not apart.remarks and not apart.questions)
    beside = _asked(apart.remarks, apart.questions)
    return main._replace(
        acts=tuple(dict.fromkeys((*beside.acts, *main.acts))),
        questions=(*beside.questions, *main.questions),
        because=(*beside.because, *main.because),
    )


def _asked(remarks: Sequence[tuple[Saying, str]], questions: Sequence[Question]) -> Understood:
    acts = [Act(saying.value) for saying, _ in remarks] + [Act.QUESTION] * bool(questions)
    because = [f"{saying.value}: {words.strip()}" for saying, words in remarks]
    because += [f"question: {question.topic} ({'，'.join(question.because)})" for question in questions]
    return Understood(tuple(dict.fromkeys(acts)), questions=tuple(questions), because=tuple(because))


def _main(
    rest: str, step: str, offered: Sequence[tuple[str, str]], reads: Reads | None, *, alone: bool
) -> Understood:
    """The one act of what is left for the step."""
    if not rest.strip(EDGES) and not alone:
        return Understood(())
    found = None if alone else _whole(rest, step, offered)
    if found is not None:
        return found
    declines = _declines(rest, step) or _declines_partly(rest)
    if declines and (step in ASKING or step == "evidence"):
        return Understood((Act.DECLINE,), left=rest, because=(f"decline: {rest.strip()}",))
    if step not in ASKING:
        noise = is_noise(rest) or (declines and step != "telling")
        act = Act.OTHER if noise and step != "start" else Act.STORY
        return Understood((act,), left=rest, because=(act.value,))
    if can_answer(step, rest, reads):
        return Understood((Act.ANSWER,), left=rest, because=(f"answer: can be what is asked at {step}",))
    if asks_at_all(rest) and not is_noise(rest):
        asked = Question(UNKNOWN, (rest.strip(),))
        return _asked((), (asked,))
    told = not is_noise(rest) and (is_much(rest) or is_matter(rest))
    act = Act.STORY if told else Act.OTHER
    return Understood((act,), left=rest, because=(f"{act.value}: cannot be what is asked at {step}",))


def _declines(text: str, step: str) -> bool:
    """Says that what was asked will not come; a sign of it counts unless the words are an answer besides."""
    if (step not in ASKING and step != "evidence") or asks_at_all(text):
        return False
    if find_saying(text, [Saying.DECLINE], by_sign=False):
        return True
    if is_asking(text) and not begins_with_no(text):
        return False
    if step == "wish" or find_saying(text, [Saying.DECLINE]) is None:
        return False
    return begins_with_no(text) or not speaks_for(step, text)


def _choice_in(text: str, offered: Sequence[tuple[str, str]]) -> int | None:
    """就选匿名的那个: one label and no other stands in the words."""
    plain = text.lower()
    cores = [re.split(r"[（(，,·]", label)[0].strip().lower() for label, _ in offered]
    meant = [
        n
        for n, core in enumerate(cores)
        if len(core) >= 2 and core in plain and len(plain) <= len(core) + (24 if plain.isascii() else 6)
    ]
    return meant[0] if len(meant) == 1 else None


def _said_twice(text: str, offered: Sequence[tuple[str, str]]) -> int | None:
    """算了，不投诉了: several words for one and the same button."""
    clauses = [clause for clause in _COMMA.split(text) if clause.strip(EDGES)]
    places = {find_button(clause, offered) for clause in clauses} if len(clauses) > 1 else {None}
    return places.pop() if len(places) == 1 else None


def _declines_partly(rest: str) -> bool:
    """没算过，不清楚: no in one clause, and hardly anything besides."""
    clauses = [clause for clause in _COMMA.split(rest) if clause.strip(EDGES)]
    others = [clause for clause in clauses if find_saying(clause, [Saying.DECLINE]) is None]
    return len(others) < len(clauses) and all(len(c) <= 8 and not is_matter(c) for c in others)


def _yes_or_no(rest: str, offered: Sequence[tuple[str, str]]) -> int | None:
    """At a question of yes and no, whatever begins like one of them."""
    plain = rest.strip().lower()
    sign = "-0" if _NO.match(plain) else "-1" if _YES.match(plain) else None
    return next((n for n, (_, does) in enumerate(offered) if sign and does.endswith(sign)), None)


# -- taking apart -----------------------------------------------------------------------------------
def _take_apart(text: str, step: str, offered: Sequence[tuple[str, str]], reads: Reads | None) -> _Apart:
    parts = [sentence.written for sentence in sentences(text[:LONGEST_STORY])]
    remarks: list[tuple[Saying, str]] = []
    questions: list[Question] = []
    kept: list[str] = []
    long = len(text) > LONGEST_REMARK
    for number, part in enumerate(parts):
        if long and 0 < number < len(parts) - 1:
            kept.append(part)
            continue
        rest, said = _without_sayings(part)
        remarks += said
        if not rest.strip(EDGES):
            if not said:
                kept.append(rest)
            continue
        if long and (number == 0 or is_matter(rest)):
            kept.append(rest)
            continue
        rest, asked = _without_question(rest, step, offered, reads)
        if asked is not None:
            questions.append(asked)
        kept.append(rest)
    return _Apart("".join([*kept, text[LONGEST_STORY:]]).strip(), tuple(remarks), tuple(questions))


def _without_question(
    part: str, step: str, offered: Sequence[tuple[str, str]], reads: Reads | None
) -> tuple[str, Question | None]:
    """The sentence without what it asks us, and that."""

    def stands_alone(words: str) -> bool:
        """Whether the words do something of their own at this step."""
        bare = words.strip(EDGES)
        if step in CHOICES and _choice_in(bare, offered) is not None:
            return True
        if find_button(bare, offered) is not None or (find_saying(bare, [Saying.DECLINE]) and step in ASKING):
            return True
        if step in ASKING:
            return step not in CHOICES and not is_much(bare) and can_answer(step, bare, reads)
        return is_matter(bare) and len(bare) >= 12 and not is_told(part)

    clauses = [clause for clause in _COMMA.split(part) if clause]
    for cut in range(1, len(clauses)):
        head, tail = "".join(clauses[:cut]), _LEAD.sub("", "".join(clauses[cut:]))
        if not _TELLING.search(head) and stands_alone(head):
            asked = _question_in(tail) or (Question(UNKNOWN, (tail,)) if asks_us_something(tail) else None)
            if asked is not None:
                return head, asked
        if stands_alone(tail) and not is_matter(head) and (asked := _question_in(_LEAD.sub("", head))):
            return tail, asked
    asked = _question_in(_LEAD.sub("", part))
    if asked is not None and not _is_account(part, step, asked):
        return "", asked
    if asked is None and step != "wish" and asks_us_something(part):
        return "", Question(UNKNOWN, (part.strip(),))
    return part, None


def _question_in(words: str) -> Question | None:
    return find_question(words) if words.strip(EDGES) else None


def _is_account(part: str, step: str, asked: Question) -> bool:
    """A question that is told, or put to the authorities in an account or a wish."""
    if is_told(part) and len(part) > 14:
        return True
    put_to_them = asked.topic in {
        "how_long",
        "use",
        "nothing_happens",
        "who_reads",
        "edit",
        "scope",
        "how",
        "material",
    }
    return put_to_them and is_matter(part) and len(part) > (24 if not part.isascii() else 90)


def _without_sayings(written: str) -> tuple[str, list[tuple[Saying, str]]]:
    """Sayings at the beginning and the end are taken off; what stands between stays as it was written."""
    whole = find_saying(written)
    if whole is not None:
        return "", [(whole, written)]
    pieces, said = [piece for piece in _COMMA.split(written) if piece], []
    while pieces and (saying := find_saying(pieces[0])):
        said.append((saying, pieces.pop(0)))
        while pieces and not pieces[0].strip(EDGES):
            pieces.pop(0)
    while pieces and (saying := find_saying(pieces[-1])):
        said.append((saying, pieces.pop()))
    rest = "".join(pieces)
    head = None if said else _RUNS_IN.match(rest)
    if head is not None:
        said.append((Saying.GREETING, head.group()))
        rest = rest[head.end() :]
    return rest, said
