"""What staff and representatives are told of an object in their chats: its number and what to do, no facts.

What the citizen of a source case is told stands with everything else citizens are told.
"""

from __future__ import annotations

FOR_STAFF: dict[str, str] = {
    "staff-order-explained": "{id} 的对方已作书面说明，请查看。",
    "staff-order-proof": "{id} 的对方已提交整改证明，请核实确认。",
    "staff-order-overdue": "{id} 的整改期限已过，请处理。",
    "subject-order-issued": "您单位收到限期整改通知 {id}，请于{until}前整改，并作书面说明。",
    "subject-order-cancelled": "限期整改通知 {id} 已撤销。",
    "subject-order-returned": "{id} 的整改证明被退回，请重新提交。",
    "subject-order-extended": "{id} 的整改期限延长到{until}。",
    "subject-order-fulfilled": "{id} 已确认整改完成。",
    "subject-order-refused": "{id} 已认定拒不整改。",
    "subject-order-overdue": "{id} 的整改期限已过。",
    "staff-record-drafted": "有新的失信记录 {id} 待告知。",
    "staff-record-statement": "{id} 的对方已陈述申辩，请查看。",
    "staff-record-confirmed": "{id} 已认定，请录入信用记录。",
    "staff-record-annulled": "{id} 的依据已被撤销，请撤销记录、撤回公示。",
    "subject-record-notice": "拟将一项失信记录 {id} 记入信用记录，您可以在{until}前陈述申辩。",
    "subject-record-confirmed": "{id} 已认定。您可以提出异议；纠正并履行义务后，可以申请信用修复。",
    "subject-record-dropped": "{id} 不予认定。",
    "subject-record-revoked": "{id} 已撤销。",
    "staff-publication-proposed": "{id} 提出了公示，请复核发布。",
    "subject-published": "{id} 已公示，至{until}止。",
    "subject-publication-suspended": "{id} 已暂停公示。",
    "subject-publication-ended": "{id} 已终止公示。",
    "subject-publication-withdrawn": "{id} 已撤回公示。",
    "staff-objection-raised": "{id} 有异议，请在1个工作日内标注。",
    "staff-objection-review": "{id} 申请异议复核，请办理。",
    "subject-objection-upheld": "{id} 的异议成立，已按决定处理。",
    "subject-objection-rejected": "{id} 的异议不成立；不服的，可以在{until}前申请一次复核。",
    "subject-objection-reviewed": "{id} 的异议经复核维持原处理。",
    "staff-repair-applied": "{id} 有信用修复申请，请在3个工作日内决定是否受理。",
    "staff-repair-supplemented": "{id} 的材料已补充，请查看。",
    "staff-repair-accepted": "{id} 已受理修复申请，请核实履行情况并决定。",
    "subject-repair-papers": "{id} 需要补充材料，请一次补齐。",
    "subject-repair-accepted": "{id} 已受理。",
    "subject-repair-extended": "{id} 情况复杂，办理期限已延长。",
    "subject-repair-granted": "{id} 同意修复：公示、共享和惩戒同时终止。",
    "subject-repair-refused": "{id} 不予修复，请查看理由。",
    "staff-sanction-proposed": "{id} 提出了惩戒，请审批。",
    "subject-sanction-approved": "{id} 惩戒已批准，至{until}止。",
    "subject-sanction-lifted": "{id} 惩戒已解除。",
    "staff-exposure-drafted": "{id} 有通报待签发。",
    "subject-exposed": "{id} 已通报。",
    "subject-exposure-withdrawn": "{id} 的通报已撤回。",
}
OTHERWISE = "{id} 有新情况，请登录查看。"
