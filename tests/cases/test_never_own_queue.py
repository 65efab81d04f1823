"""However a department is complained about, alone or among others: the complaint never lies in its queue.

Read by the real classifier and routed by the real rules, over every department of the packs, phrasing,
place in the text, number of bodies and domain. Nothing is answered: what is in doubt goes by the rules alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pytest

from cases.records import FreeText
from cases.rules.departments import Department
from cases.service.intake import Report, complaint_of, preview
from cases.vocabulary import Channel, DecidedBy, Language
from classify import Classifier
from classify.types import Domain
from tests.town.clock import MONDAY
from tests.town.rules import RULES

BOOKS = RULES.jurisdictions
BODIES = BOOKS.departments()
SAID = (
    "{}拖欠我公司货款八十万元，至今未付。",
    "举报{}不兑现招商时的承诺。",
    "我们给{}做工程，验收三年了一分钱没给。",
    "跑了几十趟{}，每次都是推脱。",
    "谁知{}说没有这回事，合同作废。",
    "{}的领导换了以后，新的不认旧账。",
    "钱被{}扣着，不给一个说法。",
)
AROUND = (
    "{}",
    "我是个体经营者。2023年签了合同，手续都齐全。{}",
    "{}为此我们多次上访，工人等着发工资，希望有人管一管。",
)
BESIDE = ((), ("某某县水利局",), ("某某县水利局", "某某镇人民政府"))
"""Who else is complained about in the same breath."""
DOMAINS = [domain for domain in Domain if domain.in_scope]


class Told(NamedTuple):
    body: Department
    text: str


def stories(said: str) -> Iterator[Told]:
    for number, body in enumerate(BODIES):
        for others in BESIDE:
            names = [*others, body.full_name] if number % 2 else [body.full_name, *others]
            for around in AROUND:
                yield Told(body, around.format(said.format("、".join(names))))


def report_on(told: Told, domain: Domain) -> Report:
    return Report(
        channel=Channel.OPEN311,
        language=Language.ZH_HANS,
        text=FreeText(told.text),
        domain=domain,
        domain_by=DecidedBy.CITIZEN,
        region_code=told.body.region_code,
        region_name="当地",
    )


@pytest.mark.parametrize("said", SAID)
def test_no_complaint_lies_in_the_queue_of_a_body_it_accuses(said: str) -> None:
    classifier = Classifier.load()
    tried, wrong = 0, []
    for number, told in enumerate(stories(said)):
        read = classifier.classify(told.text)
        for domain in (DOMAINS[number % len(DOMAINS)], DOMAINS[(number + 3) % len(DOMAINS)]):
            seen = preview(complaint_of(report_on(told, domain), read), RULES, MONDAY)
            tried += 1
            if seen.routing.department in BOOKS.below(told.body.id):
                wrong.append((told.text, domain.value, [b.name for b in seen.complaint.accused]))
    assert tried == 2 * len(BODIES) * len(BESIDE) * len(AROUND)
    assert not wrong, f"{len(wrong)} of {tried}, such as {wrong[:5]}"
