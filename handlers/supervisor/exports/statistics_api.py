"""Read-only statistics for programs: the same figures as the board, by the same definitions.

`GET /api/v1/statistics` with a bearer token of the scope `statistics:read`.
"""

from __future__ import annotations

from typing import Any

from aiohttp import web

from cases.errors import InvalidInput
from cases.figures.cells import Figures
from cases.figures.measures import ENDING_NAMES, MEASURES, SPELLS, VERDICTS
from cases.figures.statistics import SMALL_GROUP
from cases.people import Role
from cases.service.credit.figures import Spells
from handlers.supervisor import reasons
from handlers.supervisor.choices import CREDIT_FIGURES_ROLES, Choice, choice_of
from handlers.supervisor.keys import STATISTICS
from handlers.supervisor.overview.credit import credit_figures
from handlers.supervisor.overview.tables import enough, kept_share, voice
from handlers.web.access import scopes
from handlers.web.access.policy import actor_of, api
from handlers.web.keys import NOW, SERVICES

STATISTICS_SCOPE = scopes.STATISTICS
PARAMETERS = {
    "period": "统计期：7d、30d、90d、month、last、year、12m、3y 或 2026-11",
    "since": "开始日期，含当日",
    "until": "结束日期，含当日",
    "by": "分组：department、domain、jurisdiction、place",
    "department": "单位",
    "domain": "重点领域",
    "place": "地区代码",
    "jurisdiction": "辖区",
}
BY = {
    "department": ("work", "home"),
    "domain": ("work", "domain"),
    "jurisdiction": ("work", "jurisdiction"),
    "place": ("place", "place"),
    "day": ("work", "at"),
}


@api(STATISTICS_SCOPE, Role.SUPERVISOR, Role.HEAD)
async def send_statistics(request: web.Request) -> web.StreamResponse:
    """period or since/until, department, domain, place, by (department, domain, jurisdiction, place)."""
    if unknown := sorted(set(request.query) - set(PARAMETERS)):
        raise InvalidInput(reasons.UNKNOWN_PARAMETER, name=unknown[0])
    choice = choice_of(request)
    by = request.query.get("by", "department")
    if by not in BY or by == "day":
        raise InvalidInput(reasons.GROUPING_FORM)
    view, field = BY[by]
    if choice.selection.place:
        view = "place"
    statistics, now = request.app[STATISTICS], request.app[NOW]()
    groups = await statistics.figures(view, choice.selection, choice.period, (field,))
    backlog = await statistics.backlog(choice.selection, now)
    caught_up = await statistics.caught_up_to()
    return web.json_response(
        {
            "since": choice.period.since.isoformat(),
            "until": choice.period.until.isoformat(),
            "as_of": caught_up.isoformat() if caught_up else None,
            "now": {
                "open": backlog.count(),
                "overdue": backlog.count(overdue=True),
                "amber": backlog.count(amber=True),
            },
            "by": by,
            "groups": [
                {"key": key[0], **as_json(figures)} for key, figures in sorted(groups.items()) if key[0]
            ],
            "least_cases": SMALL_GROUP,
            "credit": await _credit(request, choice),
        }
    )


async def _credit(request: web.Request, choice: Choice) -> dict[str, Any] | None:
    """The integrity side, days from breach to record and to repair; null for who oversees nothing."""
    actor = actor_of(request)
    if not actor.has(*CREDIT_FIGURES_ROLES):
        return None
    found = await credit_figures(request.app[SERVICES], choice, actor)
    orders = ("overdue", "issued", "fulfilled", "refused")
    counts = (*orders, "records", "repaired", "decided", "upheld", "evaluated", "disputed")
    return {
        **{name: getattr(found, name) for name in counts},
        "days": {name: _days(getattr(found, name)) for name in ("to_record", "to_repair")},
        "by_body": [{"key": key, "name": name, "records": n} for key, name, n in found.by_body],
        "by_domain": {domain.value if domain else "": n for domain, n in found.by_domain.items()},
    }


def _days(spells: Spells) -> dict[str, int | None]:
    enough = spells.number >= SMALL_GROUP
    return {
        "records": spells.number,
        **{
            name: spells.quantile(share) if enough else None
            for name, share in (("median", 0.5), ("p90", 0.9))
        },
    }


def as_json(figures: Figures) -> dict[str, Any]:
    """Durations in seconds, shares 0..1; null where fewer cases than `least_cases` stand behind a figure."""
    counts = figures.counts
    return {
        **{
            name: counts[name]
            for name in ("filed", "closed", "declined", "transferred", "returned", "reopened")
        },
        "outcomes": {name: counts[f"to_{name}"] for name in ENDING_NAMES},
        "durations": {
            name: {
                "cases": figures.number(name),
                "median": enough(figures, name, 0.5),
                "p90": enough(figures, name, 0.9),
            }
            for name in SPELLS
        },
        "on_time": {
            kind: {"judged": figures.judged(kind), "share": kept_share(figures, kind)} for kind in VERDICTS
        },
        "ratings": {
            "cases": counts["rated"],
            **{part: voice(figures, part) for part in ("responded", "solved", "satisfied")},
        },
    }


_PROBLEM = {"$ref": "#/components/responses/Problem"}
PATH_ITEM: dict[str, Any] = {
    "get": {
        "tags": ["统计"],
        "operationId": "readStatistics",
        "summary": "统计数据（只读）",
        "description": f"需要权限 `{STATISTICS_SCOPE}`。\n\n各指标的定义："
        + "；".join(f"{m.label}：{m.words}" for m in MEASURES[:9]),
        "parameters": [
            {
                "name": name,
                "in": "query",
                "required": False,
                "schema": {"type": "string"},
                "description": words,
            }
            for name, words in PARAMETERS.items()
        ],
        "responses": {
            "200": {
                "description": "统计数据",
                "content": {"application/json": {"schema": {"type": "object"}}},
            },
            **dict.fromkeys(("401", "403", "default"), _PROBLEM),
        },
    }
}
"""For the API's own document."""
