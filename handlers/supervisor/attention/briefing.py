"""The morning digest: what stands late, what falls due today, what waits; as a page and as a message.

The message for a chat holds figures and numbers of cases, never a word of what somebody wrote.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from aiohttp import web

from cases.figures.early_warning import Alarm, AlarmStore, explain_alarm
from cases.figures.facts import Condition
from cases.figures.statistics import Backlog, FactFilter, Period, Selection, Statistics
from cases.instants import local_date
from cases.people import Actor
from cases.ports.cases import CaseFilter
from cases.rules.jurisdictions import Jurisdictions
from cases.service.services import Services
from cases.vocabulary import ProposalKind
from handlers.supervisor.attention.alarms import homes, subject
from handlers.supervisor.choices import BOARD_ROLES
from handlers.supervisor.keys import ALARMS, STATISTICS
from handlers.supervisor.overview.tables import standing_by
from handlers.supervisor.places import department_name
from handlers.web.access.policy import actor_of, allow
from handlers.web.keys import NOW, SERVICES
from handlers.web.pages.filters import chinese_date
from handlers.web.pages.templates import render


@dataclass(frozen=True, slots=True)
class BriefingLine:
    words: str
    href: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Briefing:
    day: str
    headline: str
    lines: tuple[BriefingLine, ...]

    @property
    def message(self) -> str:
        """Plain text for a chat, at most 4,000 characters."""
        text = "\n".join(
            (f"守信 督办简报 {self.day}", self.headline, *(f"· {line.words}" for line in self.lines))
        )
        return text[:4000]


async def compose_briefing(
    services: Services, statistics: Statistics, alarms: AlarmStore, actor: Actor, now: datetime
) -> Briefing:
    """The digest for one supervisor or head, within what they may see."""
    selection = Selection(services.desk.scope(actor))
    today = local_date(now)
    yesterday = Period(today - timedelta(days=1), today)
    backlog = await statistics.backlog(selection, now)
    points = await statistics.trend(selection, yesterday, "d")
    filed = sum(figures.counts["filed"] for figures in points.values())
    closed = sum(figures.counts["closed"] for figures in points.values())
    headline = (
        f"昨天收件{filed}件，办结{closed}件；在办{backlog.count()}件，"
        f"已超期{backlog.count(overdue=True)}件，即将到期{backlog.count(amber=True)}件。"
    )
    lines = _late(backlog, services.rules.jurisdictions)
    lines += await _waiting(services, actor)
    drawn = await statistics.list_facts(selection, FactFilter(state=Condition.TO_CHECK), now, limit=500)
    if drawn.facts:
        lines.append(BriefingLine(f"等待抽查{len(drawn.facts)}件。", "/board/attention?list=checks"))
    lines += _alarms(
        await alarms.list_alarms(homes(services.rules.jurisdictions, actor), today - timedelta(days=2)),
        services.rules.jurisdictions,
    )
    return Briefing(chinese_date(now), headline, tuple(lines))


def _late(backlog: Backlog, books: Jurisdictions) -> list[BriefingLine]:
    by_department = sorted(
        standing_by(backlog, "department").items(), key=lambda item: (-item[1][1], -item[1][2])
    )
    made = []
    for id, (_, overdue, amber) in by_department[:8]:
        if overdue or amber:
            words = f"{department_name(id, books)}：超期{overdue}件，即将到期{amber}件。"
            tone = "red" if overdue else "amber"
            made.append(
                BriefingLine(
                    words, f"/board/cases?state={'overdue' if overdue else 'amber'}&department={id}", tone
                )
            )
    return made


async def _waiting(services: Services, actor: Actor) -> list[BriefingLine]:
    asked = (
        ("待会签的不予受理", CaseFilter(proposal=ProposalKind.DECLINE), "countersign"),
        ("待核稿文书", CaseFilter(letter_waits=True), "letters"),
        ("未了结的失职追究", CaseFilter(accountability_open=True), "accountability"),
        ("申请查看投诉人", CaseFilter(proposal=ProposalKind.UNSEAL), "unseal"),
        ("提请裁定", CaseFilter(proposal=ProposalKind.DISPUTE), "disputes"),
    )
    made: list[BriefingLine] = []
    for label, where, key in asked:
        n = await services.desk.count(actor, where)
        if n:
            made.append(BriefingLine(f"{label}{n}件。", f"/board/attention?list={key}"))
    return made


def _alarms(alarms: list[Alarm], books: Jurisdictions) -> list[BriefingLine]:
    fresh = [alarm for alarm in alarms if alarm.acknowledged_at is None]
    return [
        BriefingLine(f"预警：{subject(alarm, books)}，{explain_alarm(alarm)}", "/board/warning", "amber")
        for alarm in fresh[:5]
    ]


@allow(*BOARD_ROLES)
async def show_digest(request: web.Request) -> web.StreamResponse:
    app = request.app
    digest = await compose_briefing(
        app[SERVICES], app[STATISTICS], app[ALARMS], actor_of(request), app[NOW]()
    )
    return render("supervisor/digest.html", request, {"digest": digest})
