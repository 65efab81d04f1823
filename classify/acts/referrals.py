"""What in an account belongs to others besides: bribery to the discipline inspection, crime to the police.

The broken promise in it is taken all the same; nothing here decides that.
"""

from __future__ import annotations

import re
import tomllib
from enum import StrEnum
from functools import cache
from pathlib import Path

from classify.text.normalise import normalise

PACK = Path(__file__).with_name("referrals.toml")


class Referral(StrEnum):
    GRAFT = "graft"
    CRIME = "crime"


def find_referrals(text: str) -> tuple[Referral, ...]:
    """Each once, in the order of the enum."""
    plain = normalise(text).text
    return tuple(referral for referral, pattern in _patterns().items() if pattern.search(plain))


@cache
def _patterns() -> dict[Referral, re.Pattern[str]]:
    pack = tomllib.loads(PACK.read_text(encoding="utf-8"))
    return {referral: re.compile("|".join(pack[referral.value])) for referral in Referral}
