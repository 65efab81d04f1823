"""The promised times (服务承诺制) as anyone may read them, in their own language.

Nothing here tells anything about a citizen or about what a case says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from cases.rules.departments import PREFECTURE, Jurisdiction
from cases.rules.jurisdictions import Jurisdictions
from cases.rules.time_limits import ABOUT_RECORDS, LimitWords, TimeLimit
from cases.vocabulary import Language
from classify.types import Domain
from handlers.citizen.pages.reader import reader_texts, render_for_reader
from handlers.citizen.texts import Texts, duration_of
from handlers.languages.traditional import chinese_in
from handlers.web.access.policy import public
from handlers.web.keys import SERVICES


@dataclass(frozen=True, slots=True)
class DomainPromises:
    label: str
    responsible: str
    limits: tuple[TimeLimit, ...]


@public
async def show_promises(request: web.Request) -> web.StreamResponse:
    """Every promised time of every domain, with who is responsible and the law behind it."""
    services, say = request.app[SERVICES], reader_texts(request)
    books = services.rules.jurisdictions
    chosen = next((j for j in books.all() if j.id == request.query.get("jurisdiction")), books.default)
    limits = services.rules.limits
    of_case = {
        domain: tuple(one for one in limits.promised(domain) if one.kind not in ABOUT_RECORDS)
        for domain in chosen.domains
    }
    shared = _shared(list(of_case.values()))
    context = {
        "places": books.all(),
        "say_place": say.place,
        "jurisdiction": chosen,
        "coordinator": books.department(chosen.coordinator).title,
        "promises": [
            _promises(say, chosen, domain, tuple(one for one in limits if one not in shared), books)
            for domain, limits in of_case.items()
        ],
        "shared": shared,
        "records": [one for one in limits.published() if one.kind in ABOUT_RECORDS],
        "told_of": lambda limit: _told(say.language, limit),
        "length": lambda limit: duration_of(say, limit.amount, limit.unit, limit.max_extension),
    }
    return render_for_reader("citizen/promises.html", request, context)


def _told(language: Language, limit: TimeLimit) -> LimitWords:
    """What is due and who owes it; the citation is explained to those who do not read it."""
    if language is Language.EN:
        return limit.en
    return LimitWords(title=chinese_in(language, limit.title), who=chinese_in(language, limit.who))


def _shared(lists: Sequence[tuple[TimeLimit, ...]]) -> tuple[TimeLimit, ...]:
    """Steps that every domain has alike: told once, after the domains."""
    if len(lists) < 2:
        return ()
    return tuple(one for one in lists[0] if all(one in other for other in lists[1:]))


def _promises(
    say: Texts,
    jurisdiction: Jurisdiction,
    domain: Domain,
    limits: tuple[TimeLimit, ...],
    books: Jurisdictions,
) -> DomainPromises:
    """The document's own name of the domain for those who read its language."""
    rule = jurisdiction.domains[domain]
    label = rule.label if say.language is Language.ZH_HANS else say.plain(f"domain-{domain.value}")
    local = rule.lead == PREFECTURE
    lead = say.plain("promises-local-government") if local else books.department(rule.lead).title
    name = "promises-responsible-by" if rule.section else "promises-responsible"
    return DomainPromises(label, say.plain(name, department=lead, section=rule.section or ""), limits)
