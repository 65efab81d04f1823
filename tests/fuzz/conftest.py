"""The dialogue as the rooms of the citizen have it."""

from tests.citizen.conftest import dialogue, network, telegram

__all__ = ["dialogue", "network", "telegram"]
