"""Puts the exchange between levels together, for the process and for the command line."""

from __future__ import annotations

from bot.settings import Settings
from bot.surroundings.exchange_partners import load_partners
from bot.wiring.core import Core
from cases.service.credit.exchange import Exchange


def build_exchange(core: Core, settings: Settings) -> Exchange:
    """Raises SettingsFault."""
    storage = core.storage
    return Exchange(storage.dossiers, storage.exchange, core.signer, load_partners(settings), core.now)
