"""Invented complaints for the demo: patterns from `complaints.toml`, filled with seeded chance."""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from cases.records import FreeText
from cases.service.intake import Report
from cases.vocabulary import Channel, DecidedBy, Language
from classify.types import Domain

PATTERNS = Path(__file__).parent / "complaints.toml"


@dataclass(frozen=True, slots=True)
class Town:
    jurisdiction: str
    code: str
    name: str
    """As people write it, without the province."""


PLACES: tuple[tuple[Town, int], ...] = tuple(
    (Town(jurisdiction, code, name), weight)
    for jurisdiction, code, name, weight in (
        ("heilongjiang", "230200", "齐齐哈尔市", 6),
        ("heilongjiang", "231000", "牡丹江市", 5),
        ("heilongjiang", "230600", "大庆市", 6),
        ("heilongjiang", "230800", "佳木斯市", 4),
        ("heilongjiang", "231200", "绥化市", 5),
        ("qinghai", "630100", "西宁市", 9),
        ("qinghai", "630200", "海东市", 6),
        ("qinghai", "632800", "海西州", 5),
        ("qinghai", "632500", "海南州", 3),
        ("jilin", "220100", "长春市", 8),
        ("jilin", "220200", "吉林市", 5),
        ("jilin", "220300", "四平市", 4),
        ("jilin", "222400", "延边州", 3),
        ("harbin", "230102", "哈尔滨市道里区", 6),
        ("harbin", "230103", "哈尔滨市南岗区", 6),
        ("harbin", "230110", "哈尔滨市香坊区", 5),
        ("huicheng", "441302", "惠州市惠城区", 14),
    )
)
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


def write_report(chance: random.Random, year: int) -> Report:
    """One complaint as a citizen would have confirmed it."""
    (place,) = chance.choices([p for p, _ in PLACES], [weight for _, weight in PLACES])
    (domain,) = chance.choices([d for d, _ in DOMAINS], [weight for _, weight in DOMAINS])
    return _write(chance, year, place, domain, chance.choice(patterns()[domain]))


def write_wave(code: str, year: int, size: int) -> list[Report]:
    """Nearly the same complaint by several workers of one project: what early warning is for."""
    place = next(place for place, _ in PLACES if place.code == code)
    wages = patterns()[Domain.DEBT][2]
    return [
        _write(random.Random(code), year, place, Domain.DEBT, wages, amount)  # noqa: S311
        for amount in AMOUNTS[:size]
    ]


def _write(
    chance: random.Random,
    year: int,
    place: Town,
    domain: Domain,
    pattern: dict[str, str],
    amount: int | None = None,
) -> Report:
    office = place.name + chance.choice(OFFICES.get(domain, OTHER_OFFICES))
    amount = amount or chance.choice(AMOUNTS)
    ago = chance.randint(1, 6)
    words = {
        "place": place.name,
        "office": office,
        "project": chance.choice(PROJECTS),
        "amount": f"{amount}万元",
        "year": str(year - ago),
        "month": str(chance.randint(1, 12)),
        "count": COUNTS[ago],
    }
    outside = not domain.in_scope
    return Report(
        channel=chance.choices([Channel.WEB, Channel.TELEGRAM, Channel.COUNTER], [5, 4, 1])[0],
        language=Language.ZH_HANS,
        text=FreeText(pattern["text"].format(**words)),
        wish=FreeText(pattern["wish"]) if pattern["wish"] else None,
        domain=None if domain is Domain.SPAM else domain,
        domain_by=DecidedBy.CLASSIFIER if domain is Domain.SPAM else DecidedBy.CITIZEN,
        region_code=place.code,
        region_name=place.name,
        accused=None if outside else office,
        amount_yuan=amount * 10_000 if "{amount}" in pattern["text"] else None,
    )
