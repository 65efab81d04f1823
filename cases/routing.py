"""Where a case goes, with the reasons in words.

The most specific jurisdiction covers the place; its document (or the deployment) names the lead of the
domain; the accused body and everything below it are passed over upwards. Pure: it moves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cases.lifecycle.conflicts import LEGAL_BASIS, accused_rank, barred, is_accused, outranked
from cases.model import Accused, Routing
from cases.rules.departments import PREFECTURE, RANK, Department, Division, DomainRule, Jurisdiction, Source
from cases.rules.jurisdictions import Jurisdictions
from cases.rules.pack_files import NATIONAL
from cases.words import DOMAIN_NAMES
from classify.types import Domain


def route(
    domain: Domain,
    region_code: str | None,
    accused: Sequence[Accused],
    jurisdictions: Jurisdictions,
    *,
    confident: bool = True,
    named_too: Sequence[Accused] = (),
    body_known: bool = True,
) -> Routing:
    """The department whose queue the case enters, whom the document lists beside it, and why.

    Not `confident` of the domain, or `body_known` false: the coordinator decides. Bodies `named_too` may be
    accused as well: neither they nor what is below them gets the case by itself.
    """
    return _Search(domain, region_code, accused, jurisdictions, confident, named_too, body_known).run()


@dataclass
class _Search:
    domain: Domain
    region_code: str | None
    accused: Sequence[Accused]
    jurisdictions: Jurisdictions
    confident: bool
    named_too: Sequence[Accused]
    body_known: bool
    reasons: list[str] = field(default_factory=list)
    triage: bool = False

    def run(self) -> Routing:
        jurisdiction = self._jurisdiction()
        candidate = self._candidate(jurisdiction)
        department = self._allowed(candidate, jurisdiction)
        return Routing(
            jurisdiction=jurisdiction.id,
            department=department.id,
            department_name=department.title,
            suggested=self._participants(jurisdiction, department),
            triage=self.triage,
            reasons=tuple(self.reasons),
        )

    def _jurisdiction(self) -> Jurisdiction:
        found = self.jurisdictions.for_region(self.region_code)
        if found is not None:
            self.reasons.append(f"所在地属于{found.name}，适用{found.citation}。")
            return self._wide_enough(found)
        if self.region_code is None and (found := self._accused_jurisdiction()) is not None:
            self.reasons.append(f"没有写明所在地，按被投诉主体所在的{found.name}确定，适用{found.citation}。")
            return found
        self.triage = True
        desk = self._neutral()
        by = desk.title if desk is not None else f"{self.jurisdictions.default.name}统筹单位"
        if self.region_code is None:
            self.reasons.append(f"所在地不明，先由{by}分办。")
        elif desk is not None:
            self.reasons.append(f"所在地不在本系统覆盖的辖区内，由{by}登记留存，不替当地办理。")
        else:
            self.reasons.append(f"所在地不在本系统覆盖的辖区内，先由{by}分办。")
        return self.jurisdictions.default

    def _neutral(self) -> Department | None:
        """The deployment's desk for what no jurisdiction here is known to be competent for."""
        books = self.jurisdictions
        return books.neutral if self.region_code is None or books.records_elsewhere else None

    def _wide_enough(self, found: Jurisdiction) -> Jurisdiction:
        """A city cannot decide about a body of its province: the province's document applies then."""
        rank = accused_rank(self.accused, self.jurisdictions)
        for wider in self.jurisdictions.around(found):
            if RANK[found.level] < rank <= RANK[wider.level]:
                self.reasons.append(f"被投诉主体的层级高于{found.name}，改用{wider.citation}。")
                return wider
        return found

    def _accused_jurisdiction(self) -> Jurisdiction | None:
        for accused in self.accused:
            body = self.jurisdictions.find_by_id(accused.department) if accused.department else None
            if body is not None:
                self.region_code = body.region_code
                return self.jurisdictions.for_region(body.region_code)
        return None

    def _candidate(self, jurisdiction: Jurisdiction) -> Department:
        if self.triage and (desk := self._neutral()) is not None:
            self.reasons.append(f"{desk.title}由部署方指定。")
            return desk
        if self.triage:
            return self._coordinator(jurisdiction)
        if not self.domain.in_scope:
            return self._to_triage(jurisdiction, f"内容判断为“{DOMAIN_NAMES[self.domain]}”")
        if not self.confident:
            return self._to_triage(jurisdiction, "所属领域把握不足")
        if not self.body_known:
            return self._to_triage(jurisdiction, "没有写明被投诉的是哪个单位")
        rule = jurisdiction.domains[self.domain]
        lead = self._resolve(rule.lead, jurisdiction)
        if lead is None:
            return self._to_triage(jurisdiction, f"{rule.label}由各地政府负责，但没有写明是哪个地方")
        if barred(lead, self.named_too, self.jurisdictions):
            why = f"来件提到{lead.full_name}或其上级，是否也是被投诉主体尚不清楚"
            return self._to_triage(jurisdiction, why)
        self.reasons.append(_why_lead(rule, lead, jurisdiction))
        return lead

    def _to_triage(self, jurisdiction: Jurisdiction, why: str) -> Department:
        self.triage = True
        self.reasons.append(f"{why}，先由统筹单位分办。")
        return self._coordinator(jurisdiction)

    def _coordinator(self, jurisdiction: Jurisdiction) -> Department:
        coordinator = self.jurisdictions.department(jurisdiction.coordinator)
        self.reasons.append(_why_coordinator(coordinator, jurisdiction))
        return coordinator

    def _resolve(self, id: str, jurisdiction: Jurisdiction) -> Department | None:
        if id != PREFECTURE:
            return self.jurisdictions.department(id)
        local = jurisdiction.local_government(self.region_code) if self.region_code else None
        return self.jurisdictions.department(local) if local else None

    def _allowed(self, candidate: Department, jurisdiction: Jurisdiction) -> Department:
        """The candidate, or the first body above it that is neither the accused, nor below or under it."""
        why = self._objection(candidate)
        if why is None:
            return candidate
        for other in self._instead(candidate, jurisdiction):
            if self._objection(other) is None:
                self.reasons.append(f"{why}，改由{other.title}负责（{LEGAL_BASIS}）。")
                return other
        last = next((body for body in NATIONAL if self._objection(body) is None), NATIONAL[-1])
        self.reasons.append(f"{why}，改由{last.title}负责（{LEGAL_BASIS}）。")
        return last

    def _instead(self, candidate: Department, jurisdiction: Jurisdiction) -> Iterator[Department]:
        """Superiors first, then the coordinators of this and the wider jurisdictions with theirs."""
        yield from self.jurisdictions.superiors(candidate)
        for wider in (jurisdiction, *self.jurisdictions.around(jurisdiction)):
            coordinator = self.jurisdictions.department(wider.coordinator)
            yield coordinator
            yield from self.jurisdictions.superiors(coordinator)

    def _objection(self, department: Department) -> str | None:
        if self._is_accused(department):
            return f"{department.full_name}是被投诉主体，不得办理"
        if barred(department, self.accused, self.jurisdictions):
            return f"{department.full_name}是被投诉主体的下级，不得办理"
        if outranked(department, self.accused, self.jurisdictions):
            return f"被投诉主体的层级高于{department.full_name}"
        if barred(department, self.named_too, self.jurisdictions):
            return f"来件提到{department.full_name}或其上级，是否也是被投诉主体尚不清楚"
        return None

    def _is_accused(self, department: Department) -> bool:
        return is_accused(department, self.accused, self.jurisdictions)

    def _participants(self, jurisdiction: Jurisdiction, lead: Department) -> tuple[str, ...]:
        if self.triage:
            return ()
        rule = jurisdiction.domains[self.domain]
        named = [self._resolve(id, jurisdiction) for id in rule.participants]
        bodies = [body for body in named if body is not None and body.id != lead.id]
        shut_out = (*self.accused, *self.named_too)
        allowed = [body for body in bodies if not barred(body, shut_out, self.jurisdictions)]
        if left_out := [body.full_name for body in bodies if body not in allowed]:
            self.reasons.append(f"{'、'.join(left_out)}是被投诉主体或其下级，不列为参加单位。")
        return tuple(body.id for body in allowed)


def _why_lead(rule: DomainRule, lead: Department, jurisdiction: Jurisdiction) -> str:
    if rule.source is Source.DEPLOYMENT:
        return f"{jurisdiction.citation}没有指定{rule.label}的责任单位，{lead.full_name}由部署方指定。"
    if rule.source is Source.LAW:
        return f"{jurisdiction.citation}没有指定{rule.label}的牵头单位，由统筹单位{lead.full_name}负责。"
    if rule.lead == PREFECTURE:
        return (
            f"{jurisdiction.citation}{rule.section}规定{rule.label}由各地政府负责，当地为{lead.full_name}。"
        )
    if jurisdiction.division is Division.JOINT:
        return (
            f"{jurisdiction.citation}{rule.section}把{lead.full_name}列为{rule.label}的首位责任单位"
            "（文件未区分牵头和参加）。"
        )
    return f"{jurisdiction.citation}{rule.section}规定{rule.label}由{lead.full_name}牵头。"


def _why_coordinator(coordinator: Department, jurisdiction: Jurisdiction) -> str:
    if jurisdiction.coordinator_section is None:
        return f"统筹单位{coordinator.full_name}由部署方指定。"
    return f"统筹单位为{coordinator.title}（{jurisdiction.citation}{jurisdiction.coordinator_section}）。"
