"""The settings of a town's deployment and what is secret in them; all made up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.settings import Settings

SECRET = "a-secret-for-tests-only-0123456789abcdef"
TOKEN = "7000000001:AA-not-a-real-token-0123456789"


def town_settings(folder: Path, **changes: Any) -> Settings:
    """A deployment with a bot, whose Bot API is nowhere, and nothing from the environment."""
    given = {
        "_env_file": None,
        "data_dir": folder,
        "secret_key": SECRET,
        "bot_token": TOKEN,
        "telegram_api_url": "http://127.0.0.1:9",
        "http_port": 0,
        "disk_reserve_mb": 0,
        "turn_pause": 0,
    }
    return Settings(**(given | changes))
