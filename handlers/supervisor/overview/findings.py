"""What a reader should know first, as sentences with a link: where it is late and where it got worse."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from cases.figures.cells import Figures
from cases.figures.statistics import SMALL_GROUP, Backlog
from cases.rules.jurisdictions import Jurisdictions
from handlers.supervisor.choices import Choice
from handlers.supervisor.overview.seen import Seen
from handlers.supervisor.overview.tables import standing_by
from handlers.supervisor.places import department_name

ENOUGH = 10
"""Judged promises in both periods before a change is called one."""
WORSE = 0.1
AT_ONCE = 0.2
"""Of a department's answers."""


class Finding(NamedTuple):
    words: str
    href: str
    tone: str


def findings(seen: Seen, jurisdictions: Jurisdictions) -> list[Finding]:
    choice, backlog, now, before = seen.choice, seen.backlog, seen.by_home, seen.by_home_before

    def name_of(id: str) -> str:
        return department_name(id, jurisdictions)

    made = _most_overdue(choice, backlog, name_of)
    made += _soon(choice, backlog, name_of)
    made += _worse(choice, now, before, name_of)
    made += _better(choice, now, before, name_of)
    made += _at_once(choice, now, name_of)
    return made


def _most_overdue(choice: Choice, backlog: Backlog, name_of: Callable[[str], str]) -> list[Finding]:
    by_department = standing_by(backlog, "department")
    late = sorted(((n[1], id) for id, n in by_department.items() if n[1]), reverse=True)
    if not late:
        return [Finding("目前没有超期的件。", choice.cases(state="open"), "green")]
    whole = sum(n for n, _ in late)
    n, id = late[0]
    words = f"{name_of(id)}有{n}件超期，占全部{whole}件超期的{n / whole:.0%}。"
    return [Finding(words, choice.cases(state="overdue", department=id), "red")]


def _soon(choice: Choice, backlog: Backlog, name_of: Callable[[str], str]) -> list[Finding]:
    soon: dict[str, int] = {}
    for row in backlog.standing:
        if row.left == "in3":
            soon[row.department] = soon.get(row.department, 0) + row.cases
    if not soon:
        return []
    id = max(soon, key=lambda key: (soon[key], key))
    words = f"三天内到期{sum(soon.values())}件，其中{name_of(id)}{soon[id]}件。"
    return [Finding(words, choice.cases(left="in3", state="open"), "amber")]


def _changes(now: Mapping[str, Figures], before: Mapping[str, Figures]) -> list[tuple[float, str]]:
    changes = []
    for id, figures in now.items():
        was = before.get(id)
        if was is None or min(figures.judged("handle"), was.judged("handle")) < ENOUGH:
            continue
        changes.append(((figures.on_time("handle") or 0) - (was.on_time("handle") or 0), id))
    return sorted(changes)


def _worse(
    choice: Choice, now: Mapping[str, Figures], before: Mapping[str, Figures], name_of: Callable[[str], str]
) -> list[Finding]:
    return [
        Finding(_moved(id, now, before, name_of), choice.link(department=id), "amber")
        for change, id in _changes(now, before)[:2]
        if change <= -WORSE
    ]


def _better(
    choice: Choice, now: Mapping[str, Figures], before: Mapping[str, Figures], name_of: Callable[[str], str]
) -> list[Finding]:
    return [
        Finding(_moved(id, now, before, name_of), choice.link(department=id), "green")
        for change, id in _changes(now, before)[-1:]
        if change >= WORSE
    ]


def _at_once(choice: Choice, now: Mapping[str, Figures], name_of: Callable[[str], str]) -> list[Finding]:
    """Where most answers come within the hour after acceptance: worth a look whether anything was handled."""
    found = {id: (f.counts["instant"], f.number("answer")) for id, f in now.items()}
    many = [(n, id) for id, (n, of) in found.items() if n >= SMALL_GROUP and n / of >= AT_ONCE]
    return [
        Finding(
            f"{name_of(id)}有{n}件受理后不到1小时就答复，占答复的{n / found[id][1]:.0%}。",
            choice.cases(event="instant", department=id),
            "amber",
        )
        for n, id in sorted(many, reverse=True)[:2]
    ]


def _moved(
    id: str, now: Mapping[str, Figures], before: Mapping[str, Figures], name_of: Callable[[str], str]
) -> str:
    share, was = now[id].on_time("handle") or 0, before[id].on_time("handle") or 0
    return f"{name_of(id)}的答复按期率由{was:.0%}{'升' if share > was else '降'}到{share:.0%}。"
