"""`python -m bot`."""

import gc

gc.disable()  # what is imported stays: looking for garbage in it takes a sixth of the start
from bot.commands.cli import app  # noqa: E402

gc.freeze()
gc.enable()
app(prog_name="python -m bot")
