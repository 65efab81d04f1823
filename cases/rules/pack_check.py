"""What is wrong in pack files, entry by entry and all at once: for whoever writes one.

The start stops at the first fault (`pack_files.py`); here each is named with its place. Whether cases find
their way is tried by `python -m bot packs check`, which asks the routing.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from cases.rules.departments import PREFECTURE, covers
from cases.rules.laws import LAWS
from cases.rules.pack_files import NEUTRAL, government_name
from cases.rules.pack_schema import DepartmentEntry, Deployment, NeutralDesk, Pack
from classify.types import AdminLevel

_MESSAGES = {"missing": "缺少这一项", "extra_forbidden": "没有这样的项，名称可能写错了"}
_CODES = {
    AdminLevel.PROVINCE: re.compile(r"\d{2}0000"),
    AdminLevel.PREFECTURE: re.compile(r"\d{2}(?!00)\d{2}00"),
    AdminLevel.COUNTY: re.compile(r"\d{4}(?!00)\d{2}"),
}


class Fault(NamedTuple):
    """One thing to mend."""

    file: str
    entry: str
    """Where in the file, such as `domains.debt.lead`."""
    words: str


def check_packs(folder: Path, deployment_file: Path) -> tuple[Fault, ...]:
    """Every fault of the packs in a folder, together with the deployment's own departments for them."""
    raw, found = _read(deployment_file)
    if NEUTRAL in raw:
        found += _neutral(deployment_file.name, raw[NEUTRAL])
    packs: dict[str, Pack] = {}
    for path in sorted(folder.glob("*.toml")):
        pack, faults = _parse(path)
        found += faults
        if pack is not None:
            packs[path.name] = pack
    for name, pack in packs.items():
        mine, faults = _deployment(deployment_file.name, pack.id, raw.get(pack.id, {}))
        found += [*faults, *_faults(name, pack, mine)]
    return (*found, *_twice(packs))


def _read(path: Path) -> tuple[dict[str, Any], list[Fault]]:
    try:
        return tomllib.loads(path.read_text("utf-8")), []
    except OSError as error:
        return {}, [Fault(path.name, "", f"读不到：{error.strerror}")]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return {}, [Fault(path.name, "", f"不是正确的TOML：{error}")]


def _parse(path: Path) -> tuple[Pack | None, list[Fault]]:
    raw, faults = _read(path)
    if faults:
        return None, faults
    try:
        return Pack.model_validate(raw), []
    except ValidationError as wrong:
        return None, _named(path.name, "", wrong)


def _deployment(file: str, id: str, raw: Any) -> tuple[Deployment, list[Fault]]:
    try:
        return Deployment.model_validate(raw), []
    except ValidationError as wrong:
        return Deployment(), _named(file, id, wrong)


def _neutral(file: str, raw: Any) -> list[Fault]:
    try:
        NeutralDesk.model_validate(raw)
    except ValidationError as wrong:
        return _named(file, NEUTRAL, wrong)
    return []


def _named(file: str, before: str, wrong: ValidationError) -> list[Fault]:
    return [
        Fault(
            file,
            ".".join(map(str, filter(None, (before, *error["loc"])))),
            _MESSAGES.get(error["type"], error["msg"]),
        )
        for error in wrong.errors()
    ]


def _faults(file: str, pack: Pack, mine: Deployment) -> Iterator[Fault]:
    def fault(entry: str, words: str) -> Fault:
        return Fault(file, entry, words)

    if pack.id != Path(file).stem:
        yield fault("id", f"应与文件名相同：{Path(file).stem}")
    yield from (fault(entry, words) for entry, words in (*_codes(pack), *_entries(pack.departments)))
    own = Counter(entry.name for entry in (*pack.departments, *mine.departments))
    yield from (fault("departments", f"{name}写了{often}次") for name, often in own.items() if often > 1)
    known = {*own, *map(government_name, (pack.place or pack.name, *pack.local_places.values())), PREFECTURE}
    for entry, name in _references(pack, mine):
        if name not in known:
            yield fault(entry, f"{name}不在单位名单里")
    for one in (*pack.departments, *mine.departments):
        if one.superior and ":" not in one.superior and one.superior not in own:
            yield fault(f"departments.{one.name}.superior", f"{one.superior}不在单位名单里")
    if not (mine.coordinator or pack.coordinator):
        yield fault("coordinator", f"没有统筹单位：写在这里，或者写在部署文件的[{pack.id}]里")
    counters = [("counter", pack.counter)]
    counters += [(f"departments.{one.name}.counter", one.counter) for one in pack.departments]
    for entry, counter in counters:
        if counter is not None and not counter.source:
            yield fault(f"{entry}.source", "窗口要写明出处；没有公布过的，写到部署文件里")
    for ends in filter(None, (pack.review_ends, mine.review_ends)):
        law = re.match(r"[a-z_]+", ends.source)
        if law and law.group() not in LAWS:
            yield fault("review_ends.source", f"没有名为{law.group()}的法律")


def _codes(pack: Pack) -> Iterator[tuple[str, str]]:
    """Region codes that cannot be: of another level, or not where they are said to be."""
    right = _CODES.get(pack.level)
    if right is None:
        yield "level", "只能是province、prefecture或county"
    elif not right.fullmatch(pack.region_code):
        yield "region_code", f"{pack.region_code}不是这一级的代码"
    for code, name in pack.local_places.items():
        if code == pack.region_code or not covers(pack.region_code, code):
            yield f"local_places.{code}", f"{name}的代码不在{pack.region_code}之内"
    for code, name in pack.above.items():
        if code == pack.region_code or not covers(code, pack.region_code):
            yield f"above.{code}", f"{name}的代码不包含{pack.region_code}"


def _entries(departments: Iterable[DepartmentEntry]) -> Iterator[tuple[str, str]]:
    for entry in departments:
        if entry.section is None:
            yield f"departments.{entry.name}.section", "文件里的单位要写明出处；不是文件写的，放到部署文件里"
        if entry.verified and not entry.current_name:
            yield f"departments.{entry.name}.verified", "没有current_name，无从核实"


def _references(pack: Pack, mine: Deployment) -> Iterator[tuple[str, str]]:
    """Every place where a name has to be one of the departments."""
    for where, part in (("", pack), ("部署文件：", mine)):
        for entry in ("coordinator", "record_keeper"):
            if name := getattr(part, entry):
                yield where + entry, name
        yield from ((f"{where}objections", name) for name in part.objections)
        for domain, rule in part.domains.items():
            if rule.lead:
                yield f"{where}domains.{domain}.lead", rule.lead
            yield from ((f"{where}domains.{domain}.participants", name) for name in rule.participants)
    for key, mechanism in pack.mechanisms.items():
        yield from ((f"mechanisms.{key}.departments", name) for name in mechanism.departments)


def _twice(packs: Mapping[str, Pack]) -> Iterator[Fault]:
    for entry in ("order", "region_code"):
        first: dict[Any, str] = {}
        for name, pack in packs.items():
            other = first.setdefault(getattr(pack, entry), name)
            if other != name:
                yield Fault(name, entry, f"与{other}相同")
