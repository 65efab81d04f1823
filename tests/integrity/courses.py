"""What every move of every object does, line by line: the course of each, as `courses.txt` keeps it.

A change of the tables or of an effect shows there as a change of lines, to be read by whoever makes it:
`python -m tests.integrity.courses` writes the file anew. Sentences for people are left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from pydantic import StringConstraints
from pydantic.fields import FieldInfo

from cases.clocks import Clock
from cases.integrity.books import BOOKS
from cases.integrity.breaches.exchange import digest
from cases.integrity.spine.blueprint import Blueprint
from cases.integrity.spine.dossier import AnyDossier
from cases.integrity.spine.making import make
from cases.integrity.spine.pressing import next_warning, warn
from cases.integrity.spine.standing import marks_of, sight_of
from cases.integrity.spine.told import FOR_STAFF
from cases.moves.requirements import Requirement
from cases.moves.table import Args, NoArgs
from cases.vocabulary import Audience
from tests.integrity.worlds import ABLE, LATER, PEOPLE, World, fitting, looked_up, worlds
from tests.town.rules import RULES

KEPT = Path(__file__).with_name("courses.txt")
UNSAID = frozenset({"label", "help", "choices"})
OF_EVERY_CHANGE = frozenset({"history", "notifications", "version", "updated_at", "status"})


def lines() -> Iterator[str]:
    made = dict(_each_row())
    forms: set[type[Args]] = {NoArgs}
    for kind, blueprint in BOOKS.items():
        yield f"== {kind}"
        yield from _about(blueprint)
        for move, spec in blueprint.table.specs.items():
            yield f"-- {move}: {spec.args.__name__}{', told' if spec.told else ''}"
            yield from (f"   needs {n.reason.code} ({n.error.__name__})" for n in _needs(blueprint, move))
            if spec.args not in forms:
                forms.add(spec.args)
                yield from _form(spec.args)
            for (of, status, by), course in made.items():
                if (of, by) == (kind, move):
                    yield f"   {status} → {course[0]}"
                    yield from (f"      {line}" for line in course[1:])

    yield from _pressed()
    yield from _seen()
    yield from (f"told {key}: {' '.join(re.findall(r'{(.+?)}', words))}" for key, words in FOR_STAFF.items())


def _pressed() -> Iterator[str]:
    """Who is warned of each clock while it runs and when it is over, in the first world that has it."""
    yield "== warnings"
    seen = set()
    for world in worlds():
        for one in (world.dossiers[id] for id in world.fresh):
            for clock in one.clocks:
                mark = (one.kind, one.sealed, clock.kind, one.status)
                if not clock.running or clock.due_at is None or mark in seen:
                    continue
                seen.add(mark)
                yield f"-- {one.kind} {one.status}{' sealed' if one.sealed else ''}: {clock.kind}"
                yield f"   next {next_warning(one)}"
                for now in (
                    one.updated_at,
                    clock.due_at - timedelta(hours=9),
                    clock.due_at + timedelta(hours=2),
                ):
                    warned = warn(one, BOOKS[one.kind], now)
                    yield from (
                        f"   {line}" for line in (_told(warned, len(one.notifications)) if warned else ())
                    )


def _seen() -> Iterator[str]:
    yield "== who sees"
    shown = set()
    for world in worlds():
        for one in (world.dossiers[id] for id in world.fresh):
            if (mark := (one.kind, one.sealed)) not in shown:
                shown.add(mark)
                for hidden in (False, True):
                    yield f"{one.kind}{' hidden' if hidden else ''}: {' '.join(marks_of(one, hidden=hidden))}"
    for person in PEOPLE:
        sight = sight_of(person, RULES.jurisdictions)
        marks = "everything" if sight.marks is None else digest(" ".join(sorted(sight.marks)))[:12]
        yield f"{person.id}: {marks} own {' '.join(sorted(sight.own))} not {' '.join(sorted(sight.shut_out))}"


def _about(blueprint: Blueprint) -> Iterator[str]:
    for name in ("ended", "hidden_from_subject", "public", "void", "takes_serial", "private"):
        if found := sorted(map(str, getattr(blueprint, name))):
            yield f"{name}: {' '.join(found)}"
    yield f"primary: {' '.join(blueprint.primary)}"
    yield f"shown: {' '.join(blueprint.labels)}"
    yield f"mechanism: {blueprint.mechanism}"
    if (opening := blueprint.opening) is not None:
        yield f"opened by: {' '.join(sorted(opening.roles))}{', from a case' if opening.from_case else ''}"


def _needs(blueprint: Blueprint, move: StrEnum) -> tuple[Requirement[Any], ...]:
    return tuple(blueprint.table.requirements.get(move, ()))


def _form(form: type[Args]) -> Iterator[str]:
    for name, info in form.model_fields.items():
        yield f"   ? {name}: {_field(info)}"


def _field(info: FieldInfo) -> str:
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    choices = extra.get("choices")
    said = [str(extra.get("widget", "")), *map(_limits, info.metadata)]
    said += [f"of {' '.join(map(str, choices))}"] if isinstance(choices, dict) else []
    said += ["required" if info.is_required() else f"else {info.default!r}"]
    return ", ".join(filter(None, said))


def _limits(one: Any) -> str:
    if isinstance(one, StringConstraints):
        return f"{one.min_length}–{one.max_length} signs" + (f" like {one.pattern}" if one.pattern else "")
    return repr(one)


def _each_row() -> Iterator[tuple[tuple[Any, ...], list[str]]]:
    """By kind, status and move: the course from the first world in which somebody can make it."""
    seen: set[tuple[Any, ...]] = set()
    for world in worlds():
        for dossier in (world.dossiers[id] for id in world.fresh):
            table = BOOKS[dossier.kind].table
            for status, move in table.rows:
                key = (dossier.kind, status, move)
                if status is dossier.status and key not in seen and (course := _course(world, dossier, move)):
                    seen.add(key)
                    yield key, course


def _course(world: World, dossier: AnyDossier, move: StrEnum) -> list[str]:
    """Empty when nobody can make it here at any of these times."""
    blueprint = BOOKS[dossier.kind]
    for later in LATER:
        then = replace(world, now=world.now + later)
        for actor in ABLE:
            at = then.before(dossier, actor)
            if blueprint.table.obstacle(move, at) is not None:
                continue
            made = make(at, move, fitting(dossier, move, then.now), looked_up=looked_up(dossier))
            who = " ".join(sorted(actor.roles))
            alarm = blueprint.alarm(made.dossier)
            return [
                f"{made.dossier.status} by {who} after {later.days} days",
                *_changes(dossier, made.dossier),
                *(f"data {name} = {value}" for name, value in made.dossier.history[-1].data.items()),
                *([f"wakes {alarm.at.isoformat()} for {alarm.move}"] if alarm else []),
                *(line for one in made.moved for line in _along(then.dossiers[one.id], one)),
                *(line for one in made.opened for line in _opened(one)),
            ]
    return []


def _along(before: AnyDossier, after: AnyDossier) -> Iterator[str]:
    yield f"along {after.kind}: {before.status} → {after.status} by {after.history[-1].move}"
    yield from (f"   {line}" for line in _changes(before, after))


def _opened(one: AnyDossier) -> Iterator[str]:
    yield f"opens {one.kind}: {one.status}"
    left = OF_EVERY_CHANGE | {"id", "filing_key", "opened_at", "kind"}
    for name, value in one.model_dump(mode="json", exclude=set(left)).items():
        if value not in (None, "", [], {}, False):
            yield f"   {name} = {_said(value)}"
    yield from (f"   {line}" for line in _told(one, 0))


def _changes(before: AnyDossier, after: AnyDossier) -> Iterator[str]:
    old, new = (one.model_dump(mode="json", exclude=set(OF_EVERY_CHANGE)) for one in (before, after))
    for name in sorted(new):
        if new[name] != old.get(name):
            value = [_clock(one) for one in after.clocks] if name == "clocks" else new[name]
            yield f"{name} = {_said(value)}"
    yield from _told(after, len(before.notifications))


def _told(one: AnyDossier, known: int) -> Iterator[str]:
    for told in one.notifications[known:]:
        if told.audience is not Audience.SYSTEMS:
            params = {name: value for name, value in told.params.items() if name != "id"}
            yield " ".join(filter(None, ("tells", told.audience, told.target, told.template, _said(params))))


def _clock(one: Clock) -> str:
    due = one.due_at.isoformat() if one.due_at else None
    return f"{one.kind} of {one.amount} for {one.department} until {due}, ended {one.ended}"


def _said(value: Any) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict) and "sha256" in value[0]:
        value = [one["id"] for one in value]
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


if __name__ == "__main__":
    KEPT.write_text("\n".join(lines()) + "\n", encoding="utf-8")
