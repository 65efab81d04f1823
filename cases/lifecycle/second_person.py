"""What one person proposes and another decides: that a proposal waits, that none does, that it is another's.

The decisions themselves are moves like any other; which of them need what stands in `requirements.py`.
"""

from __future__ import annotations

from cases.errors import SecondPersonNeeded
from cases.lifecycle.situation import Need, Situation
from cases.moves.requirements import require
from cases.vocabulary import ProposalKind


def _waits(kind: ProposalKind, sentence: str) -> Need:
    def waits(at: Situation) -> bool:
        return at.case.proposal(kind) is not None

    waits.__name__ = f"{kind.value}_waits"
    return require(sentence)(waits)


def _none_waits(kind: ProposalKind, sentence: str) -> Need:
    def none_waits(at: Situation) -> bool:
        return at.case.proposal(kind) is None

    none_waits.__name__ = f"no_{kind.value}_waits"
    return require(sentence)(none_waits)


def _by_another(kind: ProposalKind, source: str) -> Need:
    def decided_by_another(at: Situation) -> bool:
        proposal = at.case.proposal(kind)
        return proposal is None or proposal.by.id != at.actor.id

    sentence = "提出人不能自己审批，请由另一人处理。"
    return require(sentence, source=source, error=SecondPersonNeeded)(decided_by_another)


decline_waits = _waits(ProposalKind.DECLINE, "没有等待会签的不予受理。")
no_decline_waits = _none_waits(ProposalKind.DECLINE, "已提出不予受理，请先由会签人处理。")
decline_decided_by_another = _by_another(ProposalKind.DECLINE, "哈政综〔2007〕37号 六（否定报备制）")
extension_waits = _waits(ProposalKind.EXTEND, "没有等待批准的延期。")
no_extension_waits = _none_waits(ProposalKind.EXTEND, "已有一项延期申请在等待处理。")
extension_decided_by_another = _by_another(ProposalKind.EXTEND, "信访工作条例 第34条")
transfer_waits = _waits(ProposalKind.TRANSFER, "没有等待接收的转办。")
no_transfer_waits = _none_waits(ProposalKind.TRANSFER, "已提出转办，正在等待对方接收。")
dispute_waits = _waits(ProposalKind.DISPUTE, "没有等待裁定的争议。")
no_dispute_waits = _none_waits(ProposalKind.DISPUTE, "已提请裁定，正在等待上级决定。")
dispute_decided_by_another = _by_another(ProposalKind.DISPUTE, "信访工作条例 第24条")
unseal_waits = _waits(ProposalKind.UNSEAL, "没有等待批准的查看申请。")
no_unseal_waits = _none_waits(ProposalKind.UNSEAL, "已有一项查看申请在等待批准。")
unseal_decided_by_another = _by_another(ProposalKind.UNSEAL, "信访工作条例 第30条第3款")
