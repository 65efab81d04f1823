"""典型案例: the words a supervisor begins with, with everything masked that tells whose case it is."""

from __future__ import annotations

import re

from aiohttp import web

from cases.figures.measures import ENDING_NAMES, facts_of
from cases.model import Case
from cases.service.services import Services
from cases.words import DOMAIN_NAMES
from handlers.supervisor.overview.tallies import days
from handlers.supervisor.places import UNKNOWN, place_name
from handlers.web.access.policy import actor_of
from handlers.web.keys import SERVICES

_FIRM = re.compile(
    r"[\u4e00-\u9fff（）()]{2,25}?(?:有限责任公司|股份有限公司|有限公司|公司|商行|经营部|合作社|工厂)"
)
_FIGURES = re.compile(r"\d{6,}")


async def draft_of(request: web.Request, number: str) -> str:
    """A proposal to be edited. Raises NotFound for a case the supervisor may not see."""
    services: Services = request.app[SERVICES]
    case = await services.desk.look(number, actor_of(request))
    facts, books = facts_of(case), services.rules.jurisdictions
    place = place_name(facts.place or "", books)
    ended = ENDING_NAMES.get(facts.outcome or "", "")
    parts = [
        f"{'' if place == UNKNOWN else place}某单位涉及{DOMAIN_NAMES[case.complaint.domain]}的投诉。",
        f"从登记到答复用时{days(facts.answer.seconds)}，结果为{ended}。" if facts.answer and ended else "",
    ]
    if case.letters:
        parts.append(f"查明：{case.letters[-1].facts}处理：{case.letters[-1].opinion}")
    return masked("".join(parts), case, services)[:1500]


def masked(words: str, case: Case, services: Services) -> str:
    """Without bodies, persons, firms, counties, long numbers and what gives a writer away."""
    hidden = {body.name: "某单位" for body in (*case.complaint.accused, *case.complaint.named_too)}
    hidden |= {department.name: "某部门" for department in services.rules.jurisdictions.departments()}
    hidden |= dict.fromkeys(case.complaint.persons, "某某")
    hidden |= {case.number: "某件", case.department_name: "某部门"}
    hidden |= {entry.actor.name: "某某" for entry in case.history if len(entry.actor.name) > 1}
    region = case.complaint.region_code
    if region and not region.endswith("00"):
        county = services.filing.name_of_region(region) or ""
        hidden |= {county: "某地", county[-3:]: "某地"} if len(county) > 3 else {}
    for name in sorted(filter(None, hidden), key=len, reverse=True):
        words = words.replace(name, hidden[name])
    words = _FIGURES.sub("××", _FIRM.sub("某企业", words))
    return services.filing.mask_words(words)
