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
    otherwise = Reason("domain-error", "这一步没有办成，请稍后再试。")
    """What is said when nothing more particular is known, or may be told."""

    def __init__(self, reason: Reason | None = None, /, **params: object) -> None:
        self.reason = reason or self.otherwise
        self.params = params
        super().__init__(self.reason.sentence.format(**{name: in_chinese(params[name]) for name in params}))


class NotFound(DomainError):
    """There is no such record, or the asker may not know that there is."""

    code = "not_found"
    otherwise = Reason("not-found", "没有找到，或者您无权查看。")


class StaleCase(DomainError):
    """The case changed since it was read; read it again."""

    code = "stale_case"
    otherwise = Reason("stale-case", "此件刚刚有变化，请看过最新情况后再办理。")


class IllegalMove(DomainError):
    """The life cycle does not allow this move from this status."""

    code = "illegal_move"
    otherwise = Reason("illegal-move", "此件现在的状态不能办理这一项。")


class NotAllowed(DomainError):
    """The actor's roles, department or involvement forbid it."""

    code = "not_allowed"
    otherwise = Reason("not-allowed", "这一项不能由您办理。")


class ConflictOfInterest(NotAllowed):
    """The case may never reach the accused body or a person named in it."""

    code = "conflict_of_interest"
    otherwise = Reason("conflict-of-interest", "您或您所在单位与此件有关，须回避。")


class SecondPersonNeeded(NotAllowed):
    """Who proposed may not decide."""

    code = "second_person_needed"
    otherwise = Reason("second-person-needed", "提出人不能自己审批，须由另一人处理。")


class AlreadyClaimed(DomainError):
    """Somebody else holds the case."""

    code = "already_claimed"
    otherwise = Reason("already-claimed", "此件刚刚被别人领取。")


class InvalidInput(DomainError):
    """What was given is incomplete or wrong; the text says what."""

    code = "invalid_input"
    otherwise = Reason("invalid-input", "填写的内容还不完整，请检查后再试。")


class FileInfected(InvalidInput):
    """The virus scanner found something in the file; it is not kept."""


class FileUnchecked(InvalidInput):
    """The virus scanner could not be asked about the file; nothing unchecked is kept."""


class StorageUnavailable(DomainError):
    """The database cannot be reached or did not confirm; nothing was lost that was confirmed."""

    code = "storage_unavailable"
    otherwise = Reason("storage-unavailable", "暂时无法保存，请过一两分钟再试。已经确认过的内容都在。")


class EvidenceDamaged(DomainError):
    """The stored bytes of a file are not those that were given."""

    code = "evidence_damaged"
    otherwise = Reason("evidence-damaged", "文件与登记时的摘要不一致，不能打开。")
