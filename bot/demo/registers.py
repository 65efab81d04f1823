"""What stands on the registers in the demo: promises, lists, disclosures, motions, watchers, honours.

Where a document has the mechanism, at least one of each, made by real moves at past times.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.demo.records import Stories
from cases.instants import local_date
from cases.integrity.books import book
from cases.integrity.spine.dossier import AnyDossier
from cases.integrity.spine.mechanisms import find_basis
from cases.integrity.spine.vocabulary import Kind
from cases.people import Role
from cases.rules.departments import Jurisdiction

PROMISES: tuple[tuple[str, str, str, str, int], ...] = (
    ("示例县交通运输局", "修通三个行政村的村组公路", "沿线村民", "二十公里水泥路通车并移交养护", 200),
    ("示例区住房和城乡建设局", "安置房按期交付", "拆迁户", "一百二十户拿到钥匙", 8),
    ("示例街道办事处", "清偿道路改造工程款", "施工企业", "五十八万元全部付清", -6),
)
"""Body, matter, for whom, what can be checked, and in how many days it is due."""


class Registers(Stories):
    async def tell(self) -> None:
        for home in self._core.rules.jurisdictions.all():
            await self._promises(home)
            for kind, story in (
                (Kind.LIST, self._list),
                (Kind.BLACKLIST, self._blacklist),
                (Kind.DISCLOSURE, self._disclosure),
                (Kind.MEDIATION, self._mediation),
                (Kind.MOTION, self._motion),
                (Kind.HONOUR, self._honour),
                (Kind.WATCHER, self._watcher),
            ):
                if find_basis(book(kind), home):
                    await story(home)

    async def _promises(self, home: Jurisdiction) -> None:
        today = local_date(self._end)
        for body, matter, for_whom, result, days in PROMISES:
            promise = await self._open(
                home,
                Kind.COMMITMENT,
                body,
                day=40,
                matter=matter,
                quality="term",
                for_whom=for_whom,
                result=result,
                due_on=today + timedelta(days=days),
                post="分管负责人",
                where_said="livelihood",
                document=f"{today.year}年民生实事清单",
                domain="township",
            )
            await self._act(promise, "publish", Role.RELEASER)

    async def _list(self, home: Jurisdiction) -> None:
        for name, title, ground in (
            ("examples", "连续三年按期兑现民生实事的单位", "兑现率百分之百"),
            ("sanctions", "取消当年评优资格", "失信记录在案期间"),
        ):
            names = await self._open_here(home, Kind.LIST, name, name=name)
            begins = local_date(self._now())
            entry = {"title": title, "ground": ground, "decider": home.name, "begins_on": begins}
            names = await self._act(names, "add", Role.REGISTRAR, **entry, exit_rule="条件不再成立时移出")
            await self._act(names, "publish", Role.RELEASER, reason="首次公布")

    async def _blacklist(self, home: Jurisdiction) -> None:
        names = await self._open_here(home, Kind.BLACKLIST, "bidding", name="bidding")
        for title in ("示例建设有限公司", "示例招标代理有限公司"):
            begins = local_date(self._now())
            names = await self._act(
                names,
                "add",
                Role.REGISTRAR,
                title=title,
                ground="串通投标",
                decider="示例市发展和改革委员会",
                document=f"示发改罚〔{begins.year}〕1号",
                begins_on=begins,
                ends_on=begins + timedelta(days=400),
            )
            names = await self._act(names, "publish", Role.RELEASER, reason=f"列入{title}")

    async def _disclosure(self, home: Jurisdiction) -> None:
        reported = local_date(self._end - timedelta(days=20)).year - 1
        due = await self._open(
            home,
            Kind.DISCLOSURE,
            "示例县自然资源局",
            day=20,
            matter="arrears",
            title=f"{reported}年度逾期未付中小企业款项",
            decided_on=f"{reported}-12-31",
        )
        on = local_date(self._now())
        await self._act(
            due, "post", Role.REGISTRAR, posted_on=on, address="https://credit.example.org/arrears"
        )

    async def _mediation(self, home: Jurisdiction) -> None:
        mediation = await self._open(
            home,
            Kind.MEDIATION,
            "示例县水务局",
            day=30,
            matter="供水设备款的支付时间。",
            by="committee",
            mediator="示例县人民调解委员会",
            joined="示例县工商业联合会",
        )
        mediation = await self._act(mediation, "consent", Role.REGISTRAR)
        paper = await self._paper(f"{mediation.id}-书面同意")
        mediation = await self._act(mediation, "enter_consent", Role.REGISTRAR, consent=[paper])
        mediation = await self._act(mediation, "begin", Role.REGISTRAR)
        mediation = await self._act(
            mediation,
            "hold_session",
            Role.REGISTRAR,
            on=local_date(self._now()),
            present="双方和工商业联合会",
            minutes="双方同意分两期付清。",
        )
        agreement = await self._paper(f"{mediation.id}-协议书")
        on = local_date(self._now())
        items = [{"what": "付清第一期", "due_on": local_date(self._end) + timedelta(days=20)}]
        settled = {"settled_on": on, "items": items, "agreement": [agreement]}
        await self._act(mediation, "settle", Role.REGISTRAR, **settled)

    async def _motion(self, home: Jurisdiction) -> None:
        motion = await self._open(
            home,
            Kind.MOTION,
            "示例县教育局",
            day=60,
            what="suggestion",
            number="第101号",
            title="关于按期兑现校舍维修承诺的建议",
            received_on=local_date(self._end) - timedelta(days=65),
            due_on=local_date(self._end) + timedelta(days=25),
        )
        self._day = 15
        on = local_date(self._now())
        words = {"answer": "列入明年维修计划，三月底前开工。", "answered_on": on}
        await self._act(motion, "answer", Role.REGISTRAR, result="planned", **words)

    async def _honour(self, home: Jurisdiction) -> None:
        honour = await self._open(
            home,
            Kind.HONOUR,
            "示例区政务服务中心",
            day=25,
            title="诚信建设示范单位",
            what="承诺的办结时限全部兑现。",
            awarded_by=home.name,
            document=f"示信用〔{local_date(self._end).year}〕3号",
            awarded_on=local_date(self._end) - timedelta(days=26),
        )
        await self._act(honour, "confirm", Role.CONFIRMER)

    async def _watcher(self, home: Jurisdiction) -> None:
        year = local_date(self._end).year
        watcher = await self._open_here(
            home,
            Kind.WATCHER,
            "watcher",
            name="示例监督员甲",
            comes_from="市人大代表",
            fields="招商引资、民生实事",
            begins_on=f"{year}-01-01",
            ends_on=f"{year + 2}-12-31",
        )
        where = {"body": "示例县交通运输局", "body_kind": "department", "region": home.region_codes[0][:6]}
        watcher = await self._act(
            watcher,
            "give_task",
            Role.REGISTRAR,
            **where,
            task="promise",
            what="村组公路是否通车",
            due_on=local_date(self._end) + timedelta(days=10),
        )
        visit = await self._child(watcher, Kind.VISIT)
        await self._act(visit, "report", Role.REGISTRAR, rating=3, found="路基完成，路面还没有铺。")

    async def _open_here(self, home: Jurisdiction, kind: Kind, key: str, **given: Any) -> AnyDossier:
        """Of the place itself: no body is named."""
        return await self._begun(home, kind, key, 30, given)
