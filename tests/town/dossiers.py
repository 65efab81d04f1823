"""What is filled in: per opening and per move of each object."""

from __future__ import annotations

from datetime import date
from typing import Any

from cases.integrity.spine.vocabulary import Kind
from tests.town.clock import MONDAY

FILE = {
    "id": "e-1",
    "name": "凭证.pdf",
    "media_type": "application/pdf",
    "size": 1,
    "sha256": "0",
    "added_at": MONDAY,
}
BODY = {"body": "630000:省教育厅", "code": "11630000015000453N"}

PROMISE = {
    "matter": "修通村组公路",
    "quality": "term",
    "for_whom": "沿线村民",
    "result": "二十公里通车",
    "due_on": date(2027, 1, 20),
    "post": "交通建设科科长",
    "where_said": "livelihood",
    "document": "2026年民生实事第三项",
}

LICENCE = {
    "matter": "licence",
    "title": "民办学校办学许可",
    "number": "青教许〔2026〕9号",
    "decided_on": date(2026, 11, 20),
}

OPENINGS: dict[Kind, dict[str, Any]] = {
    Kind.COMMITMENT: {**BODY, **PROMISE},
    Kind.DISCLOSURE: {**BODY, **LICENCE},
    Kind.MEDIATION: {
        **BODY,
        "matter": "道路工程款的支付时间。",
        "by": "committee",
        "mediator": "城东区人民调解委员会",
        "joined": "省工商联",
    },
    Kind.MOTION: {
        **BODY,
        "what": "suggestion",
        "number": "第123号",
        "title": "关于改善村小取暖的建议",
        "received_on": date(2026, 11, 2),
        "due_on": date(2027, 2, 1),
    },
    Kind.WATCHER: {
        "name": "赵监督",
        "comes_from": "市人大代表",
        "fields": "招商引资",
        "recusals": ["西宁市城东区财政局"],
        "account": "s-watcher",
        "begins_on": date(2026, 1, 1),
        "ends_on": date(2027, 1, 15),
    },
    Kind.HONOUR: {
        **BODY,
        "title": "诚信典型单位",
        "what": "连续三年按期兑现民生实事。",
        "awarded_by": "省社会信用体系建设领导小组",
        "document": "青信用〔2026〕1号",
        "awarded_on": date(2026, 11, 2),
    },
    Kind.EVALUATION: {**BODY, "of": "body", "year": 2026},
    Kind.MANDATE: {
        "institution": "某某大学信用研究中心",
        "contract": "评价委托〔2026〕1号",
        "purpose": "2026年度政务诚信第三方评价",
        "account": "s-evaluator",
        "begins_on": date(2026, 11, 1),
        "ends_on": date(2027, 1, 15),
    },
    Kind.LIST: {"name": "examples"},
    Kind.BLACKLIST: {"name": "bidding"},
    Kind.ORDER: {
        **BODY,
        "facts": "经查，合同约定的款项至今未付。",
        "required": "三十日内付清合同款项。",
        "legal_basis": "合同第五条",
    },
    Kind.RECORD: {
        **BODY,
        "facts": "未按生效判决支付工程款。",
        "domain": "debt",
        "amount_yuan": 800000,
        "breach_on": date(2026, 3, 1),
        "bases": [
            {
                "kind": "judgment",
                "issuer": "西宁市中级人民法院",
                "number": "（2026）青01民终12号",
                "dated": date(2026, 6, 1),
                "effective_on": date(2026, 6, 15),
                "file": FILE,
            }
        ],
    },
}
FIRM: dict[str, Any] = {
    "title": "某某建设有限公司",
    "ground": "串通投标",
    "decider": "省发展改革委",
    "document": "青发改罚〔2026〕3号",
    "begins_on": date(2026, 11, 23),
    "ends_on": date(2027, 11, 22),
}

ARGS: dict[tuple[Kind, str], dict[str, Any]] = {
    **{
        (kind, move): args
        for kind in (Kind.LIST, Kind.BLACKLIST)
        for move, args in {
            "add": FIRM,
            "remove": {"title": FIRM["title"], "reason": "决定被撤销"},
            "publish": {"reason": "首次公布"},
            "close": {"reason": "并入新名单"},
        }.items()
    },
    (Kind.MEDIATION, "enter_consent"): {"consent": [FILE]},
    (Kind.MEDIATION, "hold_session"): {
        "on": date(2026, 11, 20),
        "present": "双方和工商联",
        "minutes": "双方同意分两期付清。",
    },
    (Kind.MEDIATION, "settle"): {
        "settled_on": date(2026, 11, 20),
        "items": [{"what": "付清第一期", "due_on": date(2027, 1, 31)}],
        "agreement": [FILE],
    },
    (Kind.MEDIATION, "fail"): {"reason": "一方不再同意"},
    (Kind.MEDIATION, "perform"): {"item": 1, "performed": "已付清", "proof": [FILE]},
    (Kind.MEDIATION, "confirm"): {"confirmed_by": "城东区人民法院（2026）青0102民特1号"},
    (Kind.MOTION, "answer"): {
        "result": "planned",
        "answer": "列入明年计划",
        "answered_on": date(2026, 11, 20),
    },
    (Kind.MOTION, "judge"): {"judged": "dissatisfied"},
    (Kind.MOTION, "reopen"): {"reason": "对方不满意", "due_on": date(2099, 12, 1)},
    (Kind.MOTION, "withdraw"): {"reason": "登记有误"},
    (Kind.WATCHER, "prolong"): {"ends_on": date(2099, 12, 31)},
    (Kind.WATCHER, "give_task"): {
        **BODY,
        "task": "promise",
        "what": "村组公路是否通车",
        "due_on": date(2027, 1, 10),
    },
    (Kind.WATCHER, "end"): {"reason": "本人申请"},
    (Kind.VISIT, "report"): {"rating": 3, "found": "路基完成，路面未铺。", "photos": [FILE]},
    (Kind.VISIT, "return"): {"reason": "请补充照片", "due_on": date(2099, 12, 1)},
    (Kind.VISIT, "accept"): {"lead": "转承诺台账核实"},
    (Kind.VISIT, "drop"): {"reason": "任务合并"},
    (Kind.EVALUATION, "object"): {"reason": "承诺兑现数少计一件", "documents": [FILE]},
    (Kind.EVALUATION, "uphold"): {"reason": "登记有误", "left_out": ["CN20261123-0000000-0"]},
    (Kind.EVALUATION, "reject"): {"reason": "数字无误"},
    (Kind.EVALUATION, "withdraw"): {"reason": "数字有误"},
    (Kind.EVALUATION, "drop"): {"reason": "范围有误"},
    (Kind.MANDATE, "prolong"): {"ends_on": date(2099, 12, 31)},
    (Kind.MANDATE, "end"): {"reason": "合同解除"},
    (Kind.HONOUR, "revoke"): {"reason": "事迹不实"},
    (Kind.DISCLOSURE, "revise"): LICENCE,
    (Kind.DISCLOSURE, "post"): {
        "posted_on": date(2026, 11, 22),
        "address": "https://credit.example.org/licences/9",
    },
    (Kind.DISCLOSURE, "withdraw"): {"reason": "登记有误"},
    (Kind.COMMITMENT, "revise"): PROMISE,
    (Kind.COMMITMENT, "withdraw"): {"reason": "登记有误"},
    (Kind.COMMITMENT, "prove"): {"note": "道路已经通车", "proof": [FILE]},
    (Kind.COMMITMENT, "explain"): {"explanation": "汛期停工，年底前完成。"},
    (Kind.COMMITMENT, "fail"): {"reason": "到期没有兑现"},
    (Kind.COMMITMENT, "change"): {
        "interest": "线路与水源保护区冲突",
        "authority": "省人民政府",
        "procedure": "听证、集体讨论",
        "compensation": "按评估补偿",
    },
    (Kind.COMMITMENT, "annul"): {"reason": "没有权限给予税收优惠"},
    (Kind.COMMITMENT, "compensate"): {"compensation": "按信赖损失补偿"},
    (Kind.ORDER, "revise"): {
        "facts": "经查，款项未付。",
        "required": "付清款项。",
        "legal_basis": "合同第五条",
    },
    (Kind.ORDER, "cancel"): {"reason": "另案处理"},
    (Kind.ORDER, "explain"): {"excuse": "funds", "explanation": "资金正在调度，月底拨付。"},
    (Kind.ORDER, "prove"): {"note": "已经付清", "proof": [FILE]},
    (Kind.ORDER, "return"): {"reason": "凭证不清楚"},
    (Kind.ORDER, "extend"): {"days": 10, "reason": "手续正在办理"},
    (Kind.ORDER, "refuse"): {"reason": "期满仍不履行"},
    (Kind.ORDER, "record"): {"facts": "拒不支付合同款项。", "amount_yuan": 800000},
    (Kind.RECORD, "revise"): {"facts": "未付工程款。", "bases": OPENINGS[Kind.RECORD]["bases"]},
    (Kind.RECORD, "notify"): {"consequences": "拟定为一般失信，公示三个月以上。"},
    (Kind.RECORD, "state"): {"statement": "已经在筹措资金。"},
    (Kind.RECORD, "confirm"): {
        "severity": "general",
        "severity_reason": "金额较大",
        "catalogue": "other",
        "answer": "不予采纳，款项仍未支付。",
    },
    (Kind.RECORD, "drop"): {"reason": "事实不清"},
    (Kind.RECORD, "annul"): {"document": "（2026）青民再1号", "reason": "判决被撤销"},
    (Kind.RECORD, "revoke"): {"reason": "依据被撤销"},
    (Kind.RECORD, "correct"): {"facts": "逾期支付工程款。"},
    (Kind.RECORD, "merge"): {"into": "JL20261123-0000000-0"},
    (Kind.RECORD, "publish"): {"months": 6},
    (Kind.RECORD, "object"): {"reason": "已经付清", "documents": [FILE]},
    (Kind.RECORD, "apply_repair"): {"corrected": "已经付清", "proof": [FILE], "pledge": True},
    (Kind.RECORD, "sanction"): {
        "measure": "honours",
        "begins_on": date(2030, 1, 1),
        "ends_on": date(2031, 1, 1),
        "reason": "失信在案",
    },
    (Kind.RECORD, "expose"): {"scope": "public", "ground": "resented"},
    (Kind.PUBLICATION, "drop"): {"reason": "材料不全"},
    (Kind.PUBLICATION, "suspend"): {"reason": "异议待查"},
    (Kind.PUBLICATION, "withdraw"): {"reason": "处罚决定被撤销"},
    (Kind.OBJECTION, "check"): {"found": "核对了付款凭证"},
    (Kind.OBJECTION, "forward"): {"to": "西宁市中级人民法院"},
    (Kind.OBJECTION, "send_to_experts"): {"reason": "需要鉴定"},
    (Kind.OBJECTION, "hear_experts"): {"found": "鉴定完成"},
    (Kind.OBJECTION, "uphold"): {"decision": "corrected", "facts": "逾期支付。", "reason": "凭证属实"},
    (Kind.OBJECTION, "reject"): {"reason": "凭证不实"},
    (Kind.OBJECTION, "ask_review"): {"reason": "不服"},
    (Kind.OBJECTION, "uphold_review"): {"decision": "revoked", "reason": "应予撤销"},
    (Kind.OBJECTION, "reject_review"): {"reason": "维持"},
    (Kind.REPAIR, "ask_papers"): {"missing": "银行回单"},
    (Kind.REPAIR, "supplement"): {"note": "回单在此", "proof": [FILE]},
    (Kind.REPAIR, "verify"): {"performance": "已全部支付", "other_conditions": True},
    (Kind.REPAIR, "extend"): {"days": 5, "reason": "情况复杂"},
    (Kind.REPAIR, "refuse"): {"reason": "没有履行"},
    (Kind.SANCTION, "drop"): {"reason": "不必要"},
    (Kind.SANCTION, "lift"): {"reason": "已改正"},
    (Kind.EXPOSURE, "drop"): {"reason": "不必要"},
    (Kind.EXPOSURE, "withdraw"): {"reason": "记录有误"},
}
