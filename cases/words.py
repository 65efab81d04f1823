"""Every Chinese name of a status, move, role, domain, outcome, clock and channel: here and nowhere else.

Names only; sentences stand with the rule that says them (`reasons.py`, requirements) or at the edges.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from cases.instants import local_date
from cases.people import CITIZEN, SYSTEM, Role
from cases.vocabulary import (
    AccountabilityKind,
    By,
    Channel,
    CheckVerdict,
    ClockKind,
    Colour,
    DeclineReason,
    DeliveryWay,
    Dissatisfaction,
    ErrandKind,
    EventKind,
    LetterKind,
    LetterMove,
    LetterStatus,
    Move,
    OrderKind,
    Outcome,
    ProposalKind,
    RatedBy,
    Ruling,
    Status,
    Unit,
    WarningLevel,
)
from classify.types import Domain, Severity

STATUS_NAMES: dict[Status, str] = {
    Status.REGISTERED: "已登记",
    Status.ACCEPTED: "已受理",
    Status.AWAITING_CITIZEN: "待补正",
    Status.ANSWERED: "已答复",
    Status.CLOSED: "已办结",
    Status.DECLINED: "不予受理",
    Status.WITHDRAWN: "已撤回",
    Status.MERGED: "已并案",
    Status.IN_REVIEW: "复查中",
    Status.IN_FINAL_REVIEW: "复核中",
}

ROLE_NAMES: dict[Role, str] = {
    Role.HANDLER: "承办人",
    Role.DEPUTY: "B岗",
    Role.HEAD: "负责人",
    Role.TRIAGE: "分办员",
    Role.SUPERVISOR: "督办员",
    Role.AUDITOR: "审计员",
    Role.ADMIN: "管理员",
    Role.REGISTRAR: "信用牵头经办",
    Role.CONFIRMER: "认定人",
    Role.RELEASER: "发布复核人",
    Role.SUBJECT: "被记录单位代表",
    Role.WATCHER: "社会监督员",
    Role.EVALUATOR: "第三方评价员",
    Role.CITIZEN: CITIZEN.name,
    Role.SYSTEM: SYSTEM.name,
}

DOMAIN_NAMES: dict[Domain, str] = {
    Domain.PROCUREMENT: "政府采购",
    Domain.PPP: "政府和社会资本合作",
    Domain.BIDDING: "招标投标",
    Domain.INVESTMENT: "招商引资",
    Domain.DEBT: "政府债务与拖欠",
    Domain.TOWNSHIP: "街道乡镇与村居",
    Domain.GENERAL: "其他政务失信",
    Domain.PRIVATE_WAGES: "企业欠薪（转劳动监察）",
    Domain.OUT_OF_SCOPE: "不属于受理范围",
    Domain.SPAM: "无效信息",
}

OWED_DOMAIN_NAMES: dict[Domain, str] = {d: name for d, name in DOMAIN_NAMES.items() if d.in_scope}
"""Those in which government owes something."""

SEVERITY_NAMES: dict[Severity, str] = {
    Severity.NORMAL: "一般",
    Severity.SERIOUS: "严重",
    Severity.URGENT: "紧急",
}

OUTCOME_NAMES: dict[str, str] = {
    Outcome.SUPPORT: "支持",
    Outcome.PARTLY: "部分支持",
    Outcome.EXPLAIN: "解释说明",
    Outcome.REJECT: "不予支持",
}

LETTER_NAMES: dict[str, str] = {
    LetterKind.OPINION: "处理意见书",
    LetterKind.REVIEW_OPINION: "复查意见书",
    LetterKind.FINAL_OPINION: "复核意见书",
    LetterKind.DECLINE: "不予受理告知书",
    LetterKind.SUPPLEMENT: "补正告知书",
    LetterKind.TRANSFER: "转送告知书",
    LetterKind.EXTENSION: "延期告知书",
}

LETTER_STATUS_NAMES: dict[str, str] = {
    LetterStatus.DRAFT: "拟稿",
    LetterStatus.CHECKING: "核稿",
    LetterStatus.SIGNED: "已签发",
    LetterStatus.DELIVERED: "已送达",
    LetterStatus.VOID: "已作废",
}

DELIVERY_NAMES: dict[str, str] = {
    DeliveryWay.ELECTRONIC: "电子送达",
    DeliveryWay.IN_PERSON: "直接送达",
    DeliveryWay.POST: "邮寄送达",
    DeliveryWay.LEFT: "留置送达",
    DeliveryWay.PUBLIC_NOTICE: "公告送达",
}

RULING_NAMES: dict[str, str] = {
    Ruling.UPHOLD: "维持",
    Ruling.REVOKE: "撤销",
    Ruling.CHANGE: "变更",
}

DECLINE_REASON_NAMES: dict[str, str] = {
    DeclineReason.NOT_COMPETENT: "不属于本单位职权范围",
    DeclineReason.IN_COURT: "已经或者依法应当通过诉讼、仲裁、行政复议解决",
    DeclineReason.ALREADY_HANDLED: "同一事项正在办理，尚在办理期限内",
    DeclineReason.FINAL: "已有复核意见，以同一事实和理由再次提出",
    DeclineReason.NO_FACTS: "补正后仍没有具体的事实",
    DeclineReason.OUT_OF_SCOPE: "不属于政务失信事项",
    DeclineReason.OTHER: "其他（须写明）",
}

STEP_NAMES: dict[ClockKind, str] = {
    ClockKind.REGISTER: "登记",
    ClockKind.ACCEPT: "受理",
    ClockKind.SUPPLEMENT_ASK: "告知补正",
    ClockKind.DECLINE_NOTICE: "告知不予受理",
    ClockKind.TRANSFER: "转交",
    ClockKind.TRANSFER_RETURN: "退回转办",
    ClockKind.HANDLE: "办理",
    ClockKind.REVIEW_APPLY: "申请复查",
    ClockKind.REVIEW: "复查",
    ClockKind.FINAL_REVIEW_APPLY: "申请复核",
    ClockKind.FINAL_REVIEW: "复核",
    ClockKind.OBJECTION_MARK: "异议标注",
    ClockKind.OBJECTION: "异议处理",
    ClockKind.REPAIR_ACCEPT: "受理修复申请",
    ClockKind.REPAIR: "反馈修复结果",
    ClockKind.REPAIR_DECIDE: "修复决定",
    ClockKind.RECTIFY: "整改",
    ClockKind.EXPLAIN: "书面说明",
    ClockKind.HEARING: "陈述申辩",
    ClockKind.OBJECTION_CHECK: "异议核查",
    ClockKind.OBJECTION_FORWARD: "异议转交",
    ClockKind.OBJECTION_REVIEW_ASK: "申请异议复核",
    ClockKind.OBJECTION_REVIEW: "异议复核",
    ClockKind.WITHDRAW: "撤回公示",
    ClockKind.REVOKE: "撤销记录",
    ClockKind.EVALUATION_SEE: "查看评价、提出异议",
    ClockKind.EVALUATION_DECIDE: "评价异议决定",
}

CLOCK_NAMES: dict[str, str] = {kind: f"{step}期限" for kind, step in STEP_NAMES.items()}

COLOUR_NAMES: dict[Colour, str] = {
    Colour.GREEN: "期限内",
    Colour.AMBER: "即将到期",
    Colour.RED: "已超期",
    Colour.PAUSED: "已暂停",
    Colour.MET: "已按期完成",
    Colour.LATE: "超期完成",
    Colour.STOPPED: "已终止",
    Colour.OVER: "已期满",
}

WARNING_NAMES: dict[str, str] = {level: COLOUR_NAMES[Colour(level)] for level in WarningLevel}

DANGER_NAMES: dict[str, str] = {
    "self_harm": "可能轻生",
    "attack": "正在遭受伤害",
    "minor": "未成年人受伤害",
    "violence": "可能伤害他人",
    "reprisal": "受到威胁报复",
}
"""Of danger that is heard in a chat, by the names `classify` gives."""

UNIT_NAMES: dict[Unit, str] = {Unit.CALENDAR_DAY: "日", Unit.WORKING_DAY: "个工作日"}

ERRAND_NAMES: dict[str, str] = {
    ErrandKind.INSTRUCTION: "领导批示",
    ErrandKind.CONSULTATION: "会签",
    ErrandKind.TASK: "交办",
}

ORDER_NAMES: dict[str, str] = {OrderKind.SUPERVISE: "督办", OrderKind.RECTIFY: "限期整改"}

CHANNEL_NAMES: dict[Channel, str] = {
    Channel.TELEGRAM: "Telegram",
    Channel.WEB: "网页对话",
    Channel.COUNTER: "窗口代办",
    Channel.OPEN311: "Open311",
    Channel.API: "接口",
}

CHECK_NAMES: dict[CheckVerdict, str] = {
    CheckVerdict.SOUND: "办理规范",
    CheckVerdict.FLAWED: "有瑕疵，已提醒",
    CheckVerdict.FAILED: "不合格，启动失职追究",
}

RATED_BY_NAMES: dict[RatedBy, str] = {
    RatedBy.CITIZEN: "投诉人主动评价",
    RatedBy.ASKED: "回访时评价",
    RatedBy.STAFF: "工作人员回访登记",
}

DISSATISFACTION_NAMES: dict[Dissatisfaction, str] = {
    Dissatisfaction.NOT_TO_THE_POINT: "没有回答我的问题",
    Dissatisfaction.NOT_DONE: "答应了，没有落实",
    Dissatisfaction.SLOW: "办得太慢",
    Dissatisfaction.NO_REASONS: "没有说明理由和依据",
    Dissatisfaction.WRONG_FACTS: "查明的情况与事实不符",
    Dissatisfaction.MANNER: "态度不好",
    Dissatisfaction.PRESSED: "被要求撤诉或者给好评",
    Dissatisfaction.OTHER: "其他",
}

EVENT_NAMES: dict[EventKind, str] = {
    EventKind.REGISTERED: "本单位队列有新件",
    EventKind.TRANSFER_OFFERED: "有件转办到本单位，等待接收",
    EventKind.TRANSFER_RETURNED: "本单位转出的件被退回",
    EventKind.TRANSFERRED_IN: "件已转入本单位",
    EventKind.TRANSFERRED_OUT: "件已不由本单位办理",
    EventKind.INVITED: "本单位受邀协办",
    EventKind.ACCEPTED: "已受理",
    EventKind.DECLINED: "不予受理",
    EventKind.SUPPLEMENTED: "投诉人已补充材料",
    EventKind.MESSAGE: "投诉人有新留言",
    EventKind.WITHDRAWN: "投诉人已撤回",
    EventKind.CLOCK_AMBER: "时限将到",
    EventKind.CLOCK_RED: "时限已过",
    EventKind.EXTENDED: "已批准延期",
    EventKind.ORDERED: "有督办要求",
    EventKind.ANSWERED: "已答复",
    EventKind.CLOSED: "已办结",
    EventKind.REOPENED: "已重新办理",
    EventKind.REVIEW_ASKED: "投诉人申请复查或复核",
    EventKind.MERGED: "已并案",
    EventKind.CREDIT_CHANGED: "信用事项有新状态",
    EventKind.CREDIT_CLOCK_AMBER: "信用事项的时限将到",
    EventKind.CREDIT_CLOCK_RED: "信用事项的时限已过",
}

PROPOSAL_NAMES: dict[ProposalKind, str] = {
    ProposalKind.DECLINE: "待会签",
    ProposalKind.EXTEND: "待批延期",
    ProposalKind.TRANSFER: "转办待接收",
    ProposalKind.DISPUTE: "待裁定",
    ProposalKind.UNSEAL: "待批查看",
}
"""What a case waits for while the proposal stands."""

ACCOUNTABILITY_NAMES: dict[AccountabilityKind, str] = {
    AccountabilityKind.MISSED_CLOCK: "超期",
    AccountabilityKind.UNFOUNDED_REFUSAL: "没有依据的拒绝",
    AccountabilityKind.CONDUCT: "履职",
}

BY_NAMES: dict[By, str] = {
    By.HOLDER: "承办人或负责人",
    By.DEPARTMENT: "责任单位",
    By.RECEIVER: "转办接收单位",
    By.INVOLVED: "责任、协办或接收单位",
    By.OVERSEER: "上级督办",
    By.CITIZEN: CITIZEN.name,
    By.SYSTEM: SYSTEM.name,
}


class MoveName(NamedTuple):
    """A move on a button, and as the history tells it."""

    label: str
    past: str


LETTER_MOVE_NAMES: dict[LetterMove, MoveName] = {
    LetterMove.BEGIN: MoveName("拟稿", "开始拟稿"),
    LetterMove.WRITE: MoveName("保存", "已保存"),
    LetterMove.SUBMIT: MoveName("送核稿", "已送核稿"),
    LetterMove.RETURN: MoveName("退回修改", "已退回修改"),
    LetterMove.SIGN: MoveName("签发", "已签发"),
    LetterMove.SIGN_ALONE: MoveName("签发", "已签发"),
    LetterMove.DELIVER: MoveName("登记送达", "已登记送达"),
    LetterMove.DISCARD: MoveName("作废", "已作废"),
}

MOVE_NAMES: dict[Move, MoveName] = {
    Move.REGISTER: MoveName("登记", "已登记"),
    Move.CLAIM: MoveName("领取", "已领取"),
    Move.RELEASE: MoveName("退回队列", "已退回队列"),
    Move.ASSIGN: MoveName("指派", "已指派"),
    Move.TAKE_OVER: MoveName("B岗接办", "B岗已接办"),
    Move.ACCEPT: MoveName("受理", "已受理"),
    Move.PROPOSE_DECLINE: MoveName("提出不予受理", "已提出不予受理，等待会签"),
    Move.COUNTERSIGN_DECLINE: MoveName("会签：同意不予受理", "不予受理"),
    Move.REFUSE_DECLINE: MoveName("会签：不同意", "会签未通过"),
    Move.ASK_SUPPLEMENT: MoveName("一次性告知补正", "已告知补正"),
    Move.SUPPLEMENT: MoveName("补充材料", "投诉人已补充"),
    Move.TRANSFER: MoveName("转办", "已提出转办，等待对方接收"),
    Move.ACCEPT_TRANSFER: MoveName("接收转办", "已接收转办"),
    Move.RETURN_TRANSFER: MoveName("退回转办", "已退回转办"),
    Move.DISPUTE: MoveName("提请裁定", "已提请上级裁定"),
    Move.DECIDE_DISPUTE: MoveName("裁定承办单位", "已裁定承办单位"),
    Move.ROUTE: MoveName("分办", "已分办"),
    Move.CORRECT: MoveName("更正领域", "已更正领域"),
    Move.ACCUSE: MoveName("补充被投诉主体", "已补充被投诉主体"),
    Move.INVITE: MoveName("邀请协办", "已邀请协办"),
    Move.WRITE: MoveName("留言", "留言"),
    Move.NOTE: MoveName("内部备注", "内部备注"),
    Move.ATTACH: MoveName("添加附件", "已添加附件"),
    Move.REQUEST_EXTENSION: MoveName("申请延期", "已申请延期"),
    Move.APPROVE_EXTENSION: MoveName("批准延期", "已批准延期"),
    Move.REFUSE_EXTENSION: MoveName("不批准延期", "未批准延期"),
    Move.ANSWER: MoveName("答复", "已答复"),
    Move.CLOSE: MoveName("办结", "已办结"),
    Move.REOPEN: MoveName("重新办理", "已重新办理"),
    Move.WITHDRAW: MoveName("撤回", "投诉人已撤回"),
    Move.MERGE: MoveName("并案", "已并案"),
    Move.SPLIT: MoveName("拆分", "已拆分"),
    Move.LINK_COMMITMENT: MoveName("关联登记的承诺", "关联了登记的承诺"),
    Move.UNLINK_COMMITMENT: MoveName("取消关联的承诺", "取消了关联的承诺"),
    Move.ASK_REVIEW: MoveName("申请复查", "投诉人申请复查"),
    Move.ASK_FINAL_REVIEW: MoveName("申请复核", "投诉人申请复核"),
    Move.RATE: MoveName("评价", "投诉人已评价"),
    Move.FOLLOW_UP: MoveName("回访", "已请投诉人评价"),
    Move.RECORD_RATING: MoveName("登记回访", "已登记回访"),
    Move.ORDER: MoveName("督办", "已督办"),
    Move.ANSWER_ORDER: MoveName("回复督办", "已回复督办"),
    Move.INSTRUCT: MoveName("登记领导批示", "领导批示"),
    Move.CONSULT: MoveName("请有关单位会签", "已请会签"),
    Move.GIVE_TASK: MoveName("交办一项工作", "已交办"),
    Move.REPLY: MoveName("回复批示、会签或者交办", "已回复"),
    Move.WARN: MoveName("时限提醒", "时限提醒"),
    Move.MARK_URGENT: MoveName("标为紧急", "有人可能有危险，已标为紧急"),
    Move.OPEN_ACCOUNTABILITY: MoveName("启动失职追究", "已启动失职追究"),
    Move.CLOSE_ACCOUNTABILITY: MoveName("了结追究事项", "追究事项已了结"),
    Move.SAMPLE: MoveName("抽取", "已抽中，等待抽查"),
    Move.CHECK: MoveName("抽查", "已抽查"),
    Move.RELEASE_QUARANTINE: MoveName("解除隔离", "已解除隔离"),
    Move.REQUEST_UNSEAL: MoveName("申请查看投诉人信息", "已申请查看投诉人信息"),
    Move.APPROVE_UNSEAL: MoveName("批准查看投诉人信息", "已批准查看投诉人信息"),
    Move.REFUSE_UNSEAL: MoveName("不批准查看", "未批准查看投诉人信息"),
    Move.UNSEAL: MoveName("查看投诉人信息", "已查看投诉人信息"),
    Move.HOLD: MoveName("依法保留", "已依法保留"),
    Move.LIFT_HOLD: MoveName("解除保留", "已解除保留"),
    Move.ANONYMISE: MoveName("到期匿名化", "已匿名化"),
    Move.RECOUNT: MoveName("按公布的日历重算时限", "已按公布的日历重算时限"),
}


_NAMES: dict[type, Mapping[Any, str]] = {
    Status: STATUS_NAMES,
    Role: ROLE_NAMES,
    Domain: DOMAIN_NAMES,
    Severity: SEVERITY_NAMES,
    Outcome: OUTCOME_NAMES,
    DeclineReason: DECLINE_REASON_NAMES,
    ClockKind: STEP_NAMES,
    Colour: COLOUR_NAMES,
    WarningLevel: WARNING_NAMES,
    Unit: UNIT_NAMES,
    ErrandKind: ERRAND_NAMES,
    OrderKind: ORDER_NAMES,
    ProposalKind: PROPOSAL_NAMES,
    LetterKind: LETTER_NAMES,
    LetterStatus: LETTER_STATUS_NAMES,
    LetterMove: {move: name.label for move, name in LETTER_MOVE_NAMES.items()},
    DeliveryWay: DELIVERY_NAMES,
    Ruling: RULING_NAMES,
    AccountabilityKind: ACCOUNTABILITY_NAMES,
    Channel: CHANNEL_NAMES,
    EventKind: EVENT_NAMES,
    By: BY_NAMES,
    CheckVerdict: CHECK_NAMES,
    Dissatisfaction: DISSATISFACTION_NAMES,
    RatedBy: RATED_BY_NAMES,
    Move: {move: name.label for move, name in MOVE_NAMES.items()},
}


def in_chinese(value: object) -> str:
    """A value within a sentence: a status, domain or move by its name, a day as 2026年11月22日."""
    if isinstance(value, datetime):
        value = local_date(value)
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    names = _NAMES.get(type(value))
    return names[value] if names is not None else str(value)
