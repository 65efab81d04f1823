"""Messages that accuse two or three departments of the packs at once, as people tell it.

Chosen by a number, so that the same number gives the same message: lead departments among others, by
full names, short ones and aliases, the body itself or a part of it, at any place of the text.
"""

from __future__ import annotations

import random
from typing import NamedTuple

from cases.rules.departments import Department
from cases.rules.pack_files import NATIONAL
from tests.town.rules import RULES

BOOKS = RULES.jurisdictions
BODIES = [
    body
    for body in BOOKS.departments()
    if body not in NATIONAL and BOOKS.for_region(body.region_code) is not None
]
LEADS = sorted(
    {rule.lead for place in BOOKS.all() for rule in place.domains.values() if rule.lead != "prefecture"}
)
OF_TWO = (
    "{}和{}都拖欠我们工程款，两年了。",
    "举报{}与{}互相推诿，没有一家管。",
    "{}、{}答应的补偿款一直不给。",
    "先找{}，再找{}，都是推脱，没人解决。",
    "{}把合同撕了，{}装作不知道。",
    "钱被{}扣着，{}又不批，工人等着过年。",
    "{}说归{}管，推来推去一年多。",
    "投诉{}不退保证金。后来才知道是{}截留了这笔钱。",
)
OF_THREE = (
    "{}、{}和{}都欠我们的钱，一分没给。",
    "找过{}、{}、{}，没有一个理我们，工程款拖了三年。",
    "{}答应退的保证金不退，{}不管，{}说没有这回事。",
)
AROUND = (
    "{}",
    "我是个体经营者。2023年签了合同，手续都齐全。{}",
    "{}为此我们多次上访，工人等着发工资，希望有人管一管。",
)
PARTS = ("{}", "{}", "{}", "{}的领导", "{}下属的服务中心", "{}采购处")


class Accusation(NamedTuple):
    bodies: tuple[Department, ...]
    home: Department
    """The one of them where the matter is."""
    text: str


def accusation(number: int) -> Accusation:
    """The message of this number. No two bodies in it share a name without their places."""
    chance = random.Random(number)
    size = 3 if number % 3 == 0 else 2
    bodies = [BOOKS.department(chance.choice(LEADS))] if number % 4 else []
    while len(bodies) < size:
        body = chance.choice(BODIES)
        if all(_kind(body) != _kind(other) for other in bodies):
            bodies.append(body)
    chance.shuffle(bodies)
    said = chance.choice(OF_THREE if size == 3 else OF_TWO)
    text = chance.choice(AROUND).format(said.format(*(_told(body, chance) for body in bodies)))
    return Accusation(tuple(bodies), chance.choice(bodies), text)


def own(told: Accusation) -> set[str]:
    """Every accused body and what stands below it: none of them may have the case."""
    return set().union(*(BOOKS.below(body.id) for body in told.bodies))


def _kind(body: Department) -> str:
    return body.name[-3:]


def _told(body: Department, chance: random.Random) -> str:
    name = chance.choice([body.full_name, body.full_name, body.name, *body.aliases])
    is_government = "政府" in body.full_name or "公署" in body.full_name
    return name if is_government else chance.choice(PARTS).format(name)
