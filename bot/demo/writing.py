"""Invented complaints: patterns from `complaints.toml` about real areas, filled with seeded chance. Pure."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from cases.records import FreeText
from cases.rules.jurisdictions import Jurisdictions
from cases.service.intake import Report
from cases.vocabulary import Channel, DecidedBy, Language
from classify.types import Domain

PATTERNS = Path(__file__).parent / "complaints.toml"
MANY: dict[str, int] = {
    **{"230200": 6, "231000": 5, "230600": 6, "230800": 4, "231200": 5},
    **{"630100": 9, "630200": 6, "632800": 5, "632500": 3},
    **{"220100": 8, "220200": 5, "220300": 4, "222400": 3},
    **{"230102": 6, "230103": 6, "230110": 5, "441302": 14},
}
"""Areas by code from which more than one complaint in a while is written, and how many times as many."""
DOMAINS: tuple[tuple[Domain, int], ...] = (
    (Domain.DEBT, 31),
    (Domain.INVESTMENT, 19),
    (Domain.TOWNSHIP, 17),
    (Domain.BIDDING, 10),
    (Domain.PROCUREMENT, 8),
    (Domain.GENERAL, 9),
    (Domain.PPP, 4),
    (Domain.PRIVATE_WAGES, 1),
    (Domain.OUT_OF_SCOPE, 1),
    (Domain.SPAM, 1),
)
OFFICES: dict[Domain, tuple[str, ...]] = {
    Domain.DEBT: ("住房和城乡建设局", "交通运输局", "水务局", "教育局", "城市管理局"),
    Domain.INVESTMENT: ("经济开发区管委会", "招商服务中心", "工业园区管委会", "人民政府"),
    Domain.TOWNSHIP: ("镇政府", "街道办事处"),
    Domain.BIDDING: ("住房和城乡建设局", "公共资源交易中心", "水务局"),
    Domain.PROCUREMENT: ("教育局", "卫生健康局", "公安局", "文化和旅游局"),
    Domain.PPP: ("住房和城乡建设局", "城市管理局", "水务局"),
}
OTHER_OFFICES = ("自然资源局", "政务服务中心", "教育局", "人民政府办公室")
PROJECTS = (
    *("市政道路改造工程", "污水处理厂提标工程", "中心小学教学楼", "乡村公路硬化工程", "老旧小区改造项目"),
    *("河道治理工程", "保障房二期", "文化活动中心", "供热管网工程", "农村饮水安全工程"),
)
AMOUNTS = (3, 8, 12, 18, 26, 35, 47, 60, 86, 120, 240, 380, 760)
"""In 万元."""
COUNTS = "零一两三四五六"


@cache
def patterns() -> dict[Domain, tuple[dict[str, str], ...]]:
    with PATTERNS.open("rb") as file:
        entries: list[dict[str, Any]] = tomllib.load(file)["complaint"]
    found: dict[Domain, list[dict[str, str]]] = {}
    for entry in entries:
        found.setdefault(Domain(entry["domain"]), []).append(entry)
    return {domain: tuple(several) for domain, several in found.items()}


class Area(NamedTuple):
    code: str
    name: str
    """As people write it, without the province."""


class Subject(NamedTuple):
    """Whom a complaint is about, and what kind it is."""

    area: Area
    domain: Domain
    office: str


def areas_of(jurisdictions: Jurisdictions) -> list[Area]:
    """Every area down to the county; a jurisdiction that is itself a county stands for itself."""
    areas = []
    for jurisdiction in jurisdictions.all():
        of_a_city = "" if jurisdiction.region_codes[0].endswith("0000") else jurisdiction.name
        names = {
            code: jurisdictions.department(government).full_name
            for code, government in jurisdiction.local_governments.items()
            if len(code) == 6
        }
        areas += [Area(code, of_a_city + _as_written(name)) for code, name in names.items()]
        if not names:
            areas.append(Area(jurisdiction.region_codes[0], jurisdiction.name))
    return areas


def _as_written(government: str) -> str:
    """海西蒙古族藏族自治州人民政府 is 海西州 to those who live there."""
    area = re.sub("(人民政府|行政公署)$", "", government)
    return re.sub(r"(?<=^..)\w+族自治州$", "州", area)


class Writer:
    """Writes complaints of the people of these jurisdictions."""

    def __init__(self, jurisdictions: Jurisdictions) -> None:
        self._areas = areas_of(jurisdictions)
        self._shares = list(accumulate(MANY.get(area.code, 1) for area in self._areas))
        self._domains = [domain for domain, _ in DOMAINS]
        self._weights = list(accumulate(weight for _, weight in DOMAINS))

    def subject(self, chance: Random) -> Subject:
        (area,) = chance.choices(self._areas, cum_weights=self._shares)
        (domain,) = chance.choices(self._domains, cum_weights=self._weights)
        return Subject(area, domain, area.name + chance.choice(OFFICES.get(domain, OTHER_OFFICES)))

    def report(self, chance: Random, year: int) -> Report:
        """One complaint as a citizen would have confirmed it."""
        subject = self.subject(chance)
        return _write(chance, year, subject, chance.choice(patterns()[subject.domain]))

    def wave(self, code: str, year: int, size: int) -> list[Report]:
        """Nearly the same complaint by several workers of one project: what early warning is for."""
        area = next(area for area in self._areas if area.code == code)
        wages = patterns()[Domain.DEBT][2]
        office = Random(code).choice(OFFICES[Domain.DEBT])  # noqa: S311 - nothing here is secret
        subject = Subject(area, Domain.DEBT, area.name + office)
        return [
            _write(Random(code), year, subject, wages, amount)  # noqa: S311
            for amount in AMOUNTS[:size]
        ]


def _write(
    chance: Random, year: int, subject: Subject, pattern: dict[str, str], amount: int | None = None
) -> Report:
    area, domain, office = subject
    amount = amount or chance.choice(AMOUNTS)
    ago = chance.randint(1, 6)
    words = {
        "place": area.name,
        "office": office,
        "project": chance.choice(PROJECTS),
        "amount": f"{amount}万元",
        "year": str(year - ago),
        "month": str(chance.randint(1, 12)),
        "count": COUNTS[ago],
    }
    return Report(
        channel=chance.choices([Channel.WEB, Channel.TELEGRAM, Channel.COUNTER], [5, 4, 1])[0],
        language=Language.ZH_HANS,
        text=FreeText(pattern["text"].format(**words)),
        wish=FreeText(pattern["wish"]) if pattern["wish"] else None,
        domain=None if domain is Domain.SPAM else domain,
        domain_by=DecidedBy.CLASSIFIER if domain is Domain.SPAM else DecidedBy.CITIZEN,
        region_code=area.code,
        region_name=area.name,
        accused=(office,) if domain.in_scope and office else None,
        amount_yuan=amount * 10_000 if "{amount}" in pattern["text"] else None,
    )
