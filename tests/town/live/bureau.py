"""The people of the integrity side in the town, and what they do there."""

from __future__ import annotations

from typing import Any

from cases.errors import NotFound
from cases.integrity.books import BOOKS
from cases.integrity.spine.dossier import AnyDossier
from cases.integrity.spine.vocabulary import Kind
from cases.model import Case
from cases.people import Actor, Role
from cases.service.credit.integrity import Integrity, find_move
from cases.vocabulary import Move
from tests.town.dossiers import OPENINGS
from tests.town.live.town import Town, actor
from tests.town.places import FINANCE
from tests.town.words import OPINION

SUBJECT = "630000:省教育厅"
TOLD = "省教育厅把我们三月份送去的课桌椅货款一直拖到现在还没有给过一分钱，每次都说下个月。"
FACTS = "经核对合同与验收单，款项确未支付。"


class Bureau:
    """A registrar, a confirmer and a releaser of one department, and the representative of the subject."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.people: dict[Role, Actor] = {}

    @classmethod
    async def of(cls, town: Town, department: str = FINANCE) -> Bureau:
        bureau = cls(town)
        for role, name in (
            (Role.REGISTRAR, "甲经办"),
            (Role.CONFIRMER, "乙认定"),
            (Role.RELEASER, "丙复核"),
        ):
            bureau.people[role] = actor(await town.person(name, role, department=department))
        bureau.people[Role.SUBJECT] = actor(await town.person("丁代表", Role.SUBJECT, department=SUBJECT))
        return bureau

    @property
    def service(self) -> Integrity:
        return self.town.services.integrity

    async def answered(self, **opinion: str) -> Case:
        """A complaint about the subject that the finance department answered 属实."""
        handler = await self.town.person("李承办")
        case = await self.town.filed(text=TOLD, accused="青海省教育厅")
        for move in (Move.CLAIM, Move.ACCEPT):
            case = await self.town.act(case, move, handler)
        given = {**OPINION, "outcome": "support", "facts": FACTS, **opinion}
        return await self.town.act(case, Move.ANSWER, handler, **given)

    async def open(
        self, kind: Kind, case: Case | None = None, who: Actor | None = None, key: str = "", **given: Any
    ) -> Any:
        """The object, of whatever kind it is."""
        opening = BOOKS[kind].opening
        assert opening is not None
        if opening.account_of and "account" not in given:
            await self._account(OPENINGS[kind]["account"], opening.account_of)
        args = opening.args.model_validate({**OPENINGS[kind], **given})
        number = case.number if case else None
        return await self.service.open(kind, args, who or self.people[Role.REGISTRAR], case=number, key=key)

    async def _account(self, id: str, role: Role) -> None:
        """There is one, before a form names it."""
        try:
            await self.town.storage.staff.get(id)
        except NotFound:
            await self.town.person(id, role, id=id)

    async def act(
        self, dossier: AnyDossier, move: str, who: Role | Actor = Role.CONFIRMER, key: str = "", **given: Any
    ) -> Any:
        blueprint = BOOKS[dossier.kind]
        args = blueprint.spec(find_move(blueprint, move)).args.model_validate(given)
        person = self.people[who] if isinstance(who, Role) else who
        return await self.service.act(dossier.id, move, args, person, key=key)

    async def wake(self, dossier: AnyDossier) -> Any:
        """What time changes by itself, changed."""
        woken = await self.service.wake(dossier)
        assert woken is not None
        return woken
