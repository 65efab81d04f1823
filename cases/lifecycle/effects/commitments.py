"""Moves that say which promise of the public register a case is about: the handler's act; citizens are told.

The promise itself is not touched, and nothing on the register says that there is a complaint about it.
"""

from __future__ import annotations

from cases.errors import InvalidInput
from cases.lifecycle import forms
from cases.lifecycle.change import CaseChange
from cases.reasons import COMMITMENT_LINKED, COMMITMENT_NOT_LINKED, NO_SUCH_COMMITMENT
from cases.vocabulary import Move


def link(change: CaseChange) -> None:
    found = change.looked_up.commitment
    if found is None:
        raise InvalidInput(NO_SUCH_COMMITMENT)
    if any(one.id == found.id for one in change.case.commitments):
        raise InvalidInput(COMMITMENT_LINKED)
    change.set(commitments=(*change.case.commitments, found))
    change.data["commitment"] = found.id
    change.tell_citizen(
        "told-commitment-linked",
        department=found.body,
        matter=str(found.matter),
        due=found.due_on.isoformat(),
        commitment=found.id,
    )


def unlink(change: CaseChange) -> None:
    args = change.given(forms.UnlinkCommitment)
    left = tuple(one for one in change.case.commitments if one.id != args.commitment)
    if left == change.case.commitments:
        raise InvalidInput(COMMITMENT_NOT_LINKED)
    change.note = args.reason
    change.set(commitments=left)
    change.data["commitment"] = args.commitment
    change.tell_citizen("told-commitment-unlinked", commitment=args.commitment, reason=args.reason)


EFFECTS = {Move.LINK_COMMITMENT: link, Move.UNLINK_COMMITMENT: unlink}
