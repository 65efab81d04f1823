"""The demo: 500 invented cases of the last 90 days, made by the core's own moves at moved times."""

from bot.demo.filling import COUNT, DAYS, fill

__all__ = ["COUNT", "DAYS", "fill"]
