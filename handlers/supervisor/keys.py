"""Typed names of what the board needs beside what all pages share."""

from __future__ import annotations

from aiohttp import web

from cases.figures.early_warning import AlarmStore
from cases.figures.reports import ReportStore
from cases.figures.statistics import Statistics

STATISTICS: web.AppKey[Statistics] = web.AppKey("statistics")
REPORTS: web.AppKey[ReportStore] = web.AppKey("reports")
ALARMS: web.AppKey[AlarmStore] = web.AppKey("alarms")
METRICS_TOKEN: web.AppKey[str] = web.AppKey("metrics_token")
"""What `/metrics` asks of callers from elsewhere; empty: only the machine itself may ask."""
