"""Two or three departments of the packs in one message: none of them gets it, at filing or later.

Read by the real classifier, routed by the real rules. Doors that open later are tried too: where a case
may be passed on, who reviews it, and where it goes when a body turns out to be accused afterwards.
"""

from __future__ import annotations

import pytest

from cases.lifecycle.conflicts import accusing, barred, barred_departments
from cases.lifecycle.reviews import find_reviewer
from cases.model import Complaint
from cases.records import FreeText
from cases.service.intake import Preview, Report, complaint_of, preview, route_complaint
from cases.vocabulary import Channel, DecidedBy, Language
from classify import Classifier
from classify.types import Domain
from tests.town.accusations import BOOKS, Accusation, accusation, own
from tests.town.cases import registered
from tests.town.clock import MONDAY
from tests.town.rules import RULES

MANY = 600
DOMAINS = [domain for domain in Domain if domain.in_scope]


@pytest.fixture(scope="module")
def filed() -> list[tuple[Accusation, Preview]]:
    """Each message as it would be filed without a question being answered, every third without a place."""
    classifier = Classifier.load()
    result = []
    for number in range(MANY):
        told = accusation(number)
        placed = {"region_code": told.home.region_code, "region_name": "当地"} if number % 3 else {}
        report = Report(
            channel=Channel.WEB,
            language=Language.ZH_HANS,
            text=FreeText(told.text),
            domain=DOMAINS[number % len(DOMAINS)],
            domain_by=DecidedBy.CITIZEN,
            **placed,
        )
        result.append((told, preview(complaint_of(report, classifier.classify(told.text)), RULES, MONDAY)))
    return result


def test_none_of_them_gets_the_complaint(filed: list[tuple[Accusation, Preview]]) -> None:
    wrong = [told.text for told, seen in filed if seen.routing.department in own(told)]
    assert not wrong, f"{len(wrong)} of {len(filed)}, such as {wrong[:5]}"


def test_none_of_them_takes_part(filed: list[tuple[Accusation, Preview]]) -> None:
    wrong = [told.text for told, seen in filed if own(told) & set(seen.routing.participants)]
    assert not wrong, f"{len(wrong)} of {len(filed)}, such as {wrong[:5]}"


def test_a_body_added_later_loses_the_case_and_no_other_accused_gets_it(
    filed: list[tuple[Accusation, Preview]],
) -> None:
    for told, seen in filed:
        held_by = BOOKS.department(seen.routing.department)
        names = [held_by.full_name, *(body.full_name for body in told.bodies)]
        later = accusing(seen.complaint, names, BOOKS)
        goes_to = route_complaint(later, BOOKS).department
        last_resort = held_by.region_code == "000000"
        assert goes_to not in own(told), told.text
        assert last_resort or goes_to not in BOOKS.below(held_by.id), told.text


def test_no_door_that_opens_later_leads_to_one_of_them(filed: list[tuple[Accusation, Preview]]) -> None:
    for told, seen in filed:
        complaint: Complaint = accusing(seen.complaint, [body.full_name for body in told.bodies], BOOKS)
        case = registered(department=seen.routing.department, complaint=complaint, routing=seen.routing)
        assert own(told) <= barred_departments(complaint.accused, BOOKS), told.text
        reviewer = find_reviewer(case, BOOKS)
        assert reviewer is None or not barred(reviewer, complaint.accused, BOOKS), told.text
