"""Puts the process together. This is the door: whoever is not of this room imports from here only.

The parts of the running process (`process`) bring aiogram and are loaded by `build_app` alone, so that no
command waits for them.
"""

from bot.wiring.app import App, Prepare, build_app, compose, utc_now
from bot.wiring.core import Core, build_core, load_rules
from bot.wiring.database import database_address, open_database
from bot.wiring.exchange import build_exchange
from bot.wiring.first_login import FirstLogin
from bot.wiring.secret_hashes import token_hash
from bot.wiring.upkeep import build_log_keeper, build_retention

__all__ = [
    "App",
    "Core",
    "FirstLogin",
    "Prepare",
    "build_app",
    "build_core",
    "build_exchange",
    "build_log_keeper",
    "build_retention",
    "compose",
    "database_address",
    "load_rules",
    "open_database",
    "token_hash",
    "utc_now",
]
