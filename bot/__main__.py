"""`python -m bot`."""

from bot.commands.cli import app

app(prog_name="python -m bot")
