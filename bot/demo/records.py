"""What followed in the demo: one whole story of the integrity side for each document that has it.

Made by real moves at past times, like the lives of cases. The bodies are invented and say so by name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from bot.demo.people import People
from bot.wiring import Core
from cases.instants import local_date, to_instant
from cases.integrity.books import book
from cases.integrity.spine.dossier import AnyDossier
from cases.integrity.spine.vocabulary import Kind
from cases.people import Role
from cases.ports.dossiers import DossierFilter
from cases.rules.departments import Jurisdiction
from cases.service.credit.integrity import find_move
from cases.vocabulary import AddedBy, ClockKind

PAPER = "演示用的虚构文书，没有法律效力。".encode()
BEGIN = 75
"""Days before the end at which the stories begin."""

SetTime = Callable[[datetime], object]


class Stories:
    """Five stories; `set_time` says at which moment the next move is made."""

    def __init__(self, core: Core, people: People, set_time: SetTime, end: datetime) -> None:
        self._core = core
        self._people = people
        self._set_time = set_time
        self._end = end
        self._day = BEGIN

    async def tell(self) -> None:
        homes = {home.id: home for home in self._core.rules.jurisdictions.all()}
        for id, story in (
            ("heilongjiang", self._published),
            ("qinghai", self._put_right),
            ("jilin", self._repaired),
            ("huicheng", self._disputed),
            ("harbin", self._sanctioned),
        ):
            if home := homes.get(id):
                await story(home)

    # -- the stories --------------------------------------------------------------------------------
    async def _published(self, home: Jurisdiction) -> None:
        """A judgment that was not obeyed, recorded and public."""
        record = await self._entered(
            home, "示例县住房和城乡建设局", "未履行生效判决，工程款一百二十万元逾期未付。"
        )
        await self._publish(record, months=6)

    async def _put_right(self, home: Jurisdiction) -> None:
        """An order that was obeyed: no breach, no record."""
        order = await self._order(home, "示例县教育局", "校服采购合同款三十六万元到期未付。")
        order = await self._act(
            order, "explain", Role.REGISTRAR, excuse="funds", explanation="资金正在调度，月底前拨付。"
        )
        self._day -= 12
        paper = await self._paper(f"{order.id}-付款回单")
        order = await self._act(order, "prove", Role.REGISTRAR, note="合同款已经付清。", proof=[paper])
        await self._act(order, "fulfil", Role.CONFIRMER)

    async def _repaired(self, home: Jurisdiction) -> None:
        """Recorded as minor, put right, repaired: nothing of it is public any more."""
        record = await self._entered(
            home, "示例区商务局", "招商协议约定的厂房租金补贴逾期十个月兑付。", severity="minor"
        )
        await self._publish(record, months=2, reason="涉及企业较多，需要回应社会关切。")
        self._day -= 10
        paper = await self._paper(f"{record.id}-兑付凭证")
        await self._act(
            record, "apply_repair", Role.REGISTRAR, corrected="补贴已全部兑付。", proof=[paper], pledge=True
        )
        repair = await self._child(record, Kind.REPAIR)
        repair = await self._act(repair, "accept", Role.REGISTRAR)
        repair = await self._act(
            repair, "verify", Role.CONFIRMER, performance="核对了兑付凭证。", other_conditions=True
        )
        await self._act(repair, "grant", Role.CONFIRMER)

    async def _disputed(self, home: Jurisdiction) -> None:
        """An order that was refused, recorded, public, and disputed: marked while it is examined."""
        order = await self._order(home, "示例街道办事处", "道路改造工程款五十八万元到期未付。")
        order = await self._act(
            order, "explain", Role.REGISTRAR, excuse="staff", explanation="原负责人已经调离。"
        )
        order = await self._act(order, "refuse", Role.CONFIRMER, reason="人员变动不是不履约的理由。")
        await self._act(
            order, "record", Role.REGISTRAR, facts="以人员变动为由拒不支付工程款。", amount_yuan=580000
        )
        record = await self._confirmed(await self._child(order, Kind.RECORD))
        record = await self._act(record, "enter", Role.REGISTRAR)
        await self._publish(record, months=6)
        self._day -= 3
        paper = await self._paper(f"{record.id}-结算争议说明")
        await self._act(record, "object", Role.REGISTRAR, reason="结算金额尚有争议。", documents=[paper])
        objection = await self._child(record, Kind.OBJECTION)
        objection = await self._act(objection, "mark", Role.REGISTRAR)
        await self._act(objection, "check", Role.REGISTRAR, found="已调取结算资料，正在核对。")

    async def _sanctioned(self, home: Jurisdiction) -> None:
        """A serious one, with honours forbidden; and one that waits for its prior notice."""
        record = await self._entered(
            home, "示例县人民政府", "公开承诺的安置房逾期三年没有交付。", severity="serious"
        )
        ends = local_date(self._end) + timedelta(days=365)
        await self._act(
            record,
            "sanction",
            Role.REGISTRAR,
            measure="honours",
            begins_on=local_date(self._now()),
            ends_on=ends,
            reason="严重失信在案。",
        )
        await self._act(await self._child(record, Kind.SANCTION), "approve", Role.CONFIRMER)
        await self._open(home, Kind.RECORD, "示例区政务服务中心", facts="承诺的办结时限多次没有兑现。")

    # -- their steps --------------------------------------------------------------------------------
    async def _order(self, home: Jurisdiction, body: str, facts: str) -> AnyDossier:
        order = await self._open(
            home,
            Kind.ORDER,
            body,
            facts=facts,
            required="三十日内付清，并书面说明逾期原因。",
            legal_basis="合同约定的付款条款",
            domain="debt",
        )
        return await self._act(order, "issue", Role.CONFIRMER)

    async def _entered(
        self, home: Jurisdiction, body: str, facts: str, severity: str = "general"
    ) -> AnyDossier:
        paper = await self._paper(body + "-判决书")
        on = local_date(self._now())
        basis = {
            "kind": "judgment",
            "issuer": "示例县人民法院",
            "number": f"（{on.year}）示01民初{int(hashlib.sha256(body.encode()).hexdigest()[:3], 16)}号",
            "dated": on - timedelta(days=60),
            "effective_on": on - timedelta(days=40),
            "file": paper,
        }
        record = await self._open(home, Kind.RECORD, body, facts=facts, domain="debt", bases=[basis])
        return await self._act(await self._confirmed(record, severity), "enter", Role.REGISTRAR)

    async def _confirmed(self, record: AnyDossier, severity: str = "general") -> AnyDossier:
        record = await self._act(record, "notify", Role.REGISTRAR, consequences="拟认定为失信，并依法公示。")
        hearing = record.clock(ClockKind.HEARING)
        over = hearing.due_at if hearing else self._now()  # holidays make five working days long
        self._day = min(self._day - 14, (self._end - over).days - 1)
        return await self._act(
            record,
            "confirm",
            Role.CONFIRMER,
            severity=severity,
            severity_reason="按金额和影响定级。",
            catalogue="other",
        )

    async def _publish(self, record: AnyDossier, **given: Any) -> AnyDossier:
        await self._act(record, "publish", Role.REGISTRAR, **given)
        return await self._act(await self._child(record, Kind.PUBLICATION), "release", Role.RELEASER)

    async def _open(
        self, home: Jurisdiction, kind: Kind, body: str, day: int | None = None, **given: Any
    ) -> AnyDossier:
        """About a body; `day`: how many days before the end."""
        first = BEGIN if kind is Kind.ORDER or "bases" in given else 5
        where = {"body": body, "body_kind": "department", "region": home.region_codes[0][:6]}
        return await self._begun(home, kind, body, day or first, {**where, **given})

    async def _begun(
        self, home: Jurisdiction, kind: Kind, key: str, day: int, fields: Mapping[str, Any]
    ) -> AnyDossier:
        self._day = day
        self._set_time(self._now())
        opening = book(kind).opening
        if opening is None:
            raise TypeError(f"{kind} cannot be begun by itself")
        who = self._people.on_credit(home, Role.REGISTRAR)
        return await self._core.services.integrity.open(
            kind, opening.args.model_validate(fields), who, key=f"demo:{home.id}:{kind}:{key}"
        )

    async def _act(self, dossier: AnyDossier, move: str, role: Role, **given: Any) -> AnyDossier:
        """The next day's move, by whoever of the keeper has the role."""
        self._day -= 1
        self._set_time(self._now())
        blueprint = book(dossier.kind)
        args = blueprint.spec(find_move(blueprint, move)).args.model_validate(given)
        who = self._people.on_credit(self._core.rules.jurisdictions.get(dossier.jurisdiction), role)
        return await self._core.services.integrity.act(dossier.id, move, args, who)

    async def _child(self, dossier: AnyDossier, kind: Kind) -> AnyDossier:
        where = DossierFilter(kinds=frozenset({kind}), about=dossier.id)
        home = self._core.rules.jurisdictions.get(dossier.jurisdiction)
        who = self._people.on_credit(home, Role.REGISTRAR)
        (found,) = (await self._core.services.integrity.list_dossiers(who, where)).dossiers
        return found

    async def _paper(self, name: str) -> Mapping[str, Any]:
        """An invented paper, stored like any other."""
        id = hashlib.sha256(f"demo:{name}".encode()).hexdigest()[:32]
        kept = await self._core.storage.evidence.put(
            id, PAPER, name=f"{name}.txt", media_type="text/plain", stripped=True
        )
        return {
            "id": kept.id,
            "name": kept.name,
            "media_type": kept.media_type,
            "size": kept.size,
            "sha256": kept.sha256,
            "stripped": kept.stripped,
            "added_at": self._now(),
            "by": AddedBy.STAFF,
        }

    def _now(self) -> datetime:
        """A working hour of the day the story has reached."""
        day: date = local_date(self._end - timedelta(days=max(self._day, 1)))
        return to_instant(datetime.combine(day, datetime.min.time(), self._end.tzinfo) + timedelta(hours=2))
