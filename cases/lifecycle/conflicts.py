"""Never to the accused: whether a department is the body complained about, or stands below it.

发改财金〔2023〕1103号: a complaint goes to the superior or the competent authority of the body it is
about, never to that body; 信访工作条例 第三十条第三款. When a name leaves it open, the department is barred.
"""

from __future__ import annotations

from cases.model import Accused
from cases.rules.body_names import split_bodies
from cases.rules.departments import RANK, Department
from cases.rules.jurisdictions import Jurisdictions
from cases.rules.laws import NOT_TO_THE_ACCUSED, PETITIONS
from classify.types import AdminLevel

LEGAL_BASIS = f"{PETITIONS.cite('第三十条第三款')}、{NOT_TO_THE_ACCUSED.name}"


def concerns(
    department: Department, accused_name: str, jurisdictions: Jurisdictions, level: AdminLevel | None = None
) -> bool:
    """Whether a complaint about this name is a complaint about this department (or a part of it)."""
    return any(jurisdictions.score(department, name, level) > 0 for name in split_bodies(accused_name))


def is_accused(department: Department, accused: Accused, jurisdictions: Jurisdictions) -> bool:
    if accused.department == department.id:
        return True
    return concerns(department, accused.name, jurisdictions, accused.level)


def barred(department: Department, accused: Accused | None, jurisdictions: Jurisdictions) -> bool:
    """Whether the department may not have the case: it is the accused body or below it."""
    if accused is None:
        return False
    line = (department, *jurisdictions.superiors(department))
    return any(is_accused(body, accused, jurisdictions) for body in line)


def barred_departments(accused: Accused | None, jurisdictions: Jurisdictions) -> frozenset[str]:
    """Ids of every body that may not know of the case: for queries, which cannot ask one by one."""
    if accused is None:
        return frozenset()
    bodies = jurisdictions.departments()
    meant = {body.id for body in bodies if is_accused(body, accused, jurisdictions)}
    return frozenset(
        body.id
        for body in bodies
        if body.id in meant or any(superior.id in meant for superior in jurisdictions.superiors(body))
    )


def accused_rank(accused: Accused | None, jurisdictions: Jurisdictions) -> int:
    """How high the accused body stands, as far as can be told; 0 when it cannot."""
    if accused is None:
        return 0
    body = jurisdictions.find_by_id(accused.department) if accused.department else None
    if body is not None:
        return RANK[body.level]
    if accused.level is not None:
        return RANK[accused.level]
    levels = (jurisdictions.read_name(name).level for name in split_bodies(accused.name))
    return max((RANK[level] for level in levels if level is not None), default=0)


def outranked(department: Department, accused: Accused | None, jurisdictions: Jurisdictions) -> bool:
    """Whether the accused body stands higher than the department, so that it could not decide."""
    return RANK[department.level] < accused_rank(accused, jurisdictions)
