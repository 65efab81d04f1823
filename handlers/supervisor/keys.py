"""Typed names of what the board needs beside what all pages share."""

from __future__ import annotations

from aiohttp import web

from cases.statistics import Statistics

STATISTICS: web.AppKey[Statistics] = web.AppKey("statistics", Statistics)
