"""In whose hands a move lies: the words that rows of tables are written with."""

from __future__ import annotations

from cases.integrity.spine.vocabulary import By
from cases.people import Role

REGISTRARS = frozenset({Role.REGISTRAR})
CONFIRMERS = frozenset({Role.CONFIRMER})
RELEASERS = frozenset({Role.RELEASER})
SYSTEM = frozenset({Role.SYSTEM})
BODY_SPEAKERS = frozenset({Role.SUBJECT, Role.REGISTRAR})
"""The body's account, or the registrar for it."""
BODY_SPEAKING = (By.SUBJECT, By.KEEPER)
KEEPING = (By.KEEPER, By.LEAD)
DECIDING = (By.KEEPER, By.LEAD, By.SUPERIOR)
