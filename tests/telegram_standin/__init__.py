"""A strict stand-in for the Bot API server: what Telegram would refuse, it refuses, in Telegram's words."""

from tests.telegram_standin.server import StandIn
from tests.telegram_standin.users import ScriptedUser

__all__ = ["ScriptedUser", "StandIn"]
