"""Text in, `Classification` out: domain, place, accused body, sum, period, wish and severity.

Pure: no input or output after `Classifier.load()`, and nothing of ours is imported.
"""

from classify.details.private import mask_private
from classify.engine import Classifier
from classify.types import (
    CONFIDENT,
    OUTSIDE,
    BodyRole,
    Candidate,
    Classification,
    Domain,
    Giveaway,
    GiveawayKind,
    MatchedPhrase,
    Matter,
    NamedBody,
    Region,
    Severity,
    Span,
    StatedPeriod,
)

__all__ = [
    "CONFIDENT",
    "OUTSIDE",
    "BodyRole",
    "Candidate",
    "Classification",
    "Classifier",
    "Domain",
    "Giveaway",
    "GiveawayKind",
    "MatchedPhrase",
    "Matter",
    "NamedBody",
    "Region",
    "Severity",
    "Span",
    "StatedPeriod",
    "mask_private",
]
