"""`/metrics` for Prometheus: how much is open, late and new, and how current the figures are.

Open to the machine itself, or to whoever brings the token; no label names a person or a case.
"""

from __future__ import annotations

import hmac
import ipaddress
from datetime import timedelta

from aiohttp import web
from prometheus_client import CollectorRegistry, Gauge, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from cases.figures.cells import Figures, total
from cases.figures.statistics import TABLE_PARTS, WHOLE_BOARD, Period
from cases.instants import local_date
from handlers.supervisor.keys import METRICS_TOKEN, STATISTICS
from handlers.web.access.callers import client_address
from handlers.web.access.policy import machine
from handlers.web.keys import NOW


@machine
async def send_metrics(request: web.Request) -> web.StreamResponse:
    if not _may_read(request):
        raise web.HTTPForbidden(text="metrics")
    body = await collect(request)
    return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_LATEST})


def _may_read(request: web.Request) -> bool:
    token = request.app[METRICS_TOKEN]
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and given and hmac.compare_digest(given.encode(), token.encode()):
        return True
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False
    try:
        return ipaddress.ip_address(client_address(request)).is_loopback
    except ValueError:
        return False


async def collect(request: web.Request) -> bytes:
    statistics, now = request.app[STATISTICS], request.app[NOW]()
    registry = CollectorRegistry()
    backlog = await statistics.backlog(WHOLE_BOARD, now)
    standing = Gauge("shouxin_open_cases", "Open cases", ("domain", "left"), registry=registry)
    for row in backlog.standing:
        standing.labels(row.domain, row.left).inc(row.cases)
    Gauge("shouxin_overdue_cases", "Open cases past their time", registry=registry).set(
        backlog.count(overdue=True)
    )
    Gauge("shouxin_amber_cases", "Open cases close to their time", registry=registry).set(
        backlog.count(amber=True)
    )
    today = local_date(now)
    month = Period(today - timedelta(days=29), today + timedelta(days=1))
    groups = await statistics.figures("work", WHOLE_BOARD, month, ("domain",), TABLE_PARTS)
    _add_month(registry, {key[0]: figures for key, figures in groups.items()})
    until = await statistics.caught_up_to()
    lag = Gauge(
        "shouxin_statistics_lag_seconds", "How far the figures are behind the cases", registry=registry
    )
    lag.set((now - until).total_seconds() if until else -1)
    return generate_latest(registry)


def _add_month(registry: CollectorRegistry, by_domain: dict[str, Figures]) -> None:
    events = Gauge("shouxin_cases_30d", "Events of the last 30 days", ("domain", "event"), registry=registry)
    for domain, figures in by_domain.items():
        for event in ("filed", "closed", "declined", "transferred", "reopened"):
            events.labels(domain, event).set(figures.counts[event])
    whole = total(by_domain.values())
    shares = Gauge(
        "shouxin_on_time_share_30d", "Share of promises kept, last 30 days", ("clock",), registry=registry
    )
    for kind in ("accept", "handle"):
        share = whole.on_time(kind)
        shares.labels(kind).set(float("nan") if share is None else share)
    times = Gauge(
        "shouxin_answer_seconds_30d",
        "Time from filing to answer, last 30 days",
        ("quantile",),
        registry=registry,
    )
    for quantile in (0.5, 0.9):
        seconds = whole.quantile("answer", quantile)
        times.labels(str(quantile)).set(seconds if seconds is not None else float("nan"))
