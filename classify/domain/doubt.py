"""When a decision that a message is not ours must not be taken for certain: then the citizen is asked.

Who is turned away wrongly does not come back. So "not ours" needs more than a decision for a domain, and none
of the cues of a complaint about a public body.
"""

from __future__ import annotations

from collections.abc import Mapping

from classify.types import CONFIDENT, OUTSIDE, Domain

SURE_OUTSIDE = 0.95
ASKED = CONFIDENT - 0.01
"""The highest confidence of a decision that is asked about."""
_PUBLIC = ("has:state", "has:local", "has:both", "public_works", "public_staff", "public_payer", "gov_debt")
_BREACH = (
    *("owe", "not_repaid", "broken", "turned_back", "buck_passing", "misuse", "invest_breach", "ppp_breach"),
    *("tender_collusion", "tender_evasion", "new_officials", "sham_reply", "public_due", "has:unpaid"),
    *("then:promise_unkept", "then:said_then_dropped", "then:deadline_passed", "both:promise_broken"),
)


def how_sure(domain: Domain, share: float, features: Mapping[str, float]) -> float:
    """The share of the first candidate, lowered where "not ours" is not nearly certain."""
    if domain not in OUTSIDE:
        return share
    public = any(name in features for name in _PUBLIC)
    cue = public and (domain is Domain.PRIVATE_WAGES or any(name in features for name in _BREACH))
    return min(share, ASKED) if share < SURE_OUTSIDE or cue else share
