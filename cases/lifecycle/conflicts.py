"""Never to the accused: whether a department is a body complained about, or stands below one.

发改财金〔2023〕1103号: a complaint goes to the superior or the competent authority of the body it is
about, never to that body; 信访工作条例 第三十条第三款. When a name leaves it open, the department is barred.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cases.model import Accused, Complaint
from cases.rules.body_names import split_bodies
from cases.rules.departments import RANK, Department
from cases.rules.jurisdictions import Jurisdictions
from cases.rules.laws import NOT_TO_THE_ACCUSED, PETITIONS
from classify.types import AdminLevel

LEGAL_BASIS = f"{PETITIONS.cite('第三十条第三款')}、{NOT_TO_THE_ACCUSED.name}"


def meant_by(body: Accused, jurisdictions: Jurisdictions) -> frozenset[str]:
    """Ids of the departments that a complaint about this body is, or may be, about."""
    meant = frozenset[str]().union(
        *(jurisdictions.meant_by(name, body.level) for name in split_bodies(body.name))
    )
    return meant | {body.department} if body.department else meant


def concerns(
    department: Department, name: str, jurisdictions: Jurisdictions, level: AdminLevel | None = None
) -> bool:
    """Whether a complaint about this name is a complaint about this department (or a part of it)."""
    return department.id in meant_by(Accused(name=name, level=level), jurisdictions)


def is_accused(department: Department, accused: Sequence[Accused], jurisdictions: Jurisdictions) -> bool:
    return any(department.id in meant_by(body, jurisdictions) for body in accused)


def barred(department: Department, accused: Sequence[Accused], jurisdictions: Jurisdictions) -> bool:
    """Whether the department may not have the case: it is an accused body or below one."""
    line = {department.id, *(body.id for body in jurisdictions.superiors(department))}
    return any(not line.isdisjoint(meant_by(body, jurisdictions)) for body in accused)


def barred_departments(accused: Sequence[Accused], jurisdictions: Jurisdictions) -> frozenset[str]:
    """Ids of every body that may not know of the case: for queries, which cannot ask one by one."""
    meant = frozenset[str]().union(*(meant_by(body, jurisdictions) for body in accused))
    return meant.union(*(jurisdictions.below(id) for id in meant))


def accusing(complaint: Complaint, names: Iterable[str], jurisdictions: Jurisdictions) -> Complaint:
    """The complaint with these bodies among the accused; one that is there already is not added again."""
    accused = list(complaint.accused)
    for name in (name for words in names for name in split_bodies(words)):
        found = jurisdictions.find_department(name, region_code=complaint.region_code)
        body = Accused(name=name, department=found[0].id if found else None)
        if not any(_is_same(body, known) for known in accused):
            accused.append(body)
    named_too = tuple(b for b in complaint.named_too if not any(_is_same(b, one) for one in accused))
    return complaint.model_copy(update={"accused": tuple(accused), "named_too": named_too})


def _is_same(one: Accused, other: Accused) -> bool:
    return one.name == other.name or (one.department is not None and one.department == other.department)


def is_clear(body: Accused, jurisdictions: Jurisdictions) -> bool:
    """Whether it can be told which body it is or how high it stands, or that it is none of government.

    财政局 alone is not clear, 县财政局 and 某某公司 are.
    """
    if body.department or body.level:
        return True
    read = [jurisdictions.read_name(name) for name in split_bodies(body.name)]
    return bool(read) and all(name.level or name.places or not name.kind for name in read)


def accused_rank(accused: Sequence[Accused], jurisdictions: Jurisdictions) -> int:
    """How high the highest accused body stands, as far as can be told; 0 when it cannot."""
    return max((_rank(body, jurisdictions) for body in accused), default=0)


def _rank(accused: Accused, jurisdictions: Jurisdictions) -> int:
    body = jurisdictions.find_by_id(accused.department) if accused.department else None
    if body is not None:
        return RANK[body.level]
    if accused.level is not None:
        return RANK[accused.level]
    levels: list[AdminLevel | None] = [
        jurisdictions.read_name(name).level for name in split_bodies(accused.name)
    ]
    return max((RANK[level] for level in levels if level is not None), default=0)


def outranked(department: Department, accused: Sequence[Accused], jurisdictions: Jurisdictions) -> bool:
    """Whether an accused body stands higher than the department, so that it could not decide."""
    return RANK[department.level] < accused_rank(accused, jurisdictions)
