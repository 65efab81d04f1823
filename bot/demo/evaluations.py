"""Evaluations in the demo, told once its figures are counted: of each place, and of a lead body in it.

The first place's body objects; the others are published. Where a document has outside evaluators, one may
look.
"""

from __future__ import annotations

from datetime import timedelta

from bot.demo.records import Stories
from cases.instants import local_date
from cases.integrity.books import book
from cases.integrity.spine.dossier import AnyDossier
from cases.integrity.spine.mechanisms import find_basis
from cases.integrity.spine.vocabulary import Kind
from cases.people import Role
from cases.rules.departments import Jurisdiction

DAY = 20
"""Before the end: late enough that most of the demo's year is counted."""


class Evaluations(Stories):
    async def tell(self) -> None:
        homes = self._core.rules.jurisdictions.all()
        for home in homes:
            if find_basis(book(Kind.EVALUATION), home):
                place = await self._shown(home, "place", "")
                await self._finish(place)
                if body := self._beside(home):
                    shown = await self._shown(home, "body", body)
                    await (self._objected(shown) if home is homes[0] else self._finish(shown))
            if find_basis(book(Kind.MANDATE), home):
                await self._mandate(home)

    async def _shown(self, home: Jurisdiction, of: str, body: str) -> AnyDossier:
        year = local_date(self._end - timedelta(days=45)).year
        drafted = await self._begun(
            home, Kind.EVALUATION, f"{of}{body}", DAY, {"of": of, "body": body, "year": year}
        )
        return await self._act(drafted, "show", Role.CONFIRMER)

    async def _finish(self, shown: AnyDossier) -> None:
        settled = await self._act(shown, "accept", Role.REGISTRAR)
        await self._act(settled, "publish", Role.RELEASER)

    async def _objected(self, shown: AnyDossier) -> None:
        await self._act(shown, "object", Role.REGISTRAR, reason="有两件已经按期答复，登记晚了一天。")

    async def _mandate(self, home: Jurisdiction) -> None:
        today = local_date(self._end)
        mandate = await self._begun(
            home,
            Kind.MANDATE,
            "mandate",
            DAY,
            {
                "institution": "示例大学信用研究中心",
                "contract": f"示信用委〔{today.year}〕1号",
                "purpose": "年度政务诚信第三方评价",
                "account": self._people.on_credit(home, Role.EVALUATOR).id,
                "begins_on": today - timedelta(days=DAY),
                "ends_on": today + timedelta(days=180),
            },
        )
        await self._act(mandate, "grant", Role.CONFIRMER)

    def _beside(self, home: Jurisdiction) -> str | None:
        """Id of a lead of the same level that does not keep the records."""
        known = self._core.rules.jurisdictions
        leads = (known.find_by_id(id) for id in home.leads)
        keepers = {home.record_keeper, home.coordinator, home.government}
        return next((d.id for d in leads if d and d.id not in keepers and d.level is home.level), None)
