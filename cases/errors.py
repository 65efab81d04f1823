"""The broken facts of the domain. Edges translate each once, to HTTP and to chat."""

from __future__ import annotations

from dataclasses import dataclass

from cases.words import in_chinese


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is refused. `code` is stable: the edges word it in other languages by it."""

    code: str
    """Such as `decided-by-another`."""
    sentence: str
    """In simplified Chinese, with {fields} for what the error is raised with: words, numbers, days, or
    members of the vocabulary, which are named in the reader's language."""


class DomainError(Exception):
    """Base of everything a user can be told in a sentence. `code` is stable and machine-readable.

    `str()` gives the sentence; `reason` and `params` are for wording it in another language.
    """

    code = "domain_error"

    def __init__(self, reason: Reason | str = "", **params: object) -> None:
        self.reason = (
            reason if isinstance(reason, Reason) else Reason("", reason.replace("{", "{{").replace("}", "}}"))
        )
        self.params = params
        super().__init__(self.reason.sentence.format(**{name: in_chinese(params[name]) for name in params}))


class NotFound(DomainError):
    """There is no such record, or the asker may not know that there is."""

    code = "not_found"


class StaleCase(DomainError):
    """The case changed since it was read; read it again."""

    code = "stale_case"


class IllegalMove(DomainError):
    """The life cycle does not allow this move from this status."""

    code = "illegal_move"


class NotAllowed(DomainError):
    """The actor's roles, department or involvement forbid it."""

    code = "not_allowed"


class ConflictOfInterest(NotAllowed):
    """The case may never reach the accused body or a person named in it."""

    code = "conflict_of_interest"


class SecondPersonNeeded(NotAllowed):
    """Who proposed may not decide."""

    code = "second_person_needed"


class AlreadyClaimed(DomainError):
    """Somebody else holds the case."""

    code = "already_claimed"


class InvalidInput(DomainError):
    """What was given is incomplete or wrong; the text says what."""

    code = "invalid_input"


class FileInfected(InvalidInput):
    """The virus scanner found something in the file; it is not kept."""


class FileUnchecked(InvalidInput):
    """The virus scanner could not be asked about the file; nothing unchecked is kept."""


class StorageUnavailable(DomainError):
    """The database cannot be reached or did not confirm; nothing was lost that was confirmed."""

    code = "storage_unavailable"


class EvidenceDamaged(DomainError):
    """The stored bytes of a file are not those that were given."""

    code = "evidence_damaged"
