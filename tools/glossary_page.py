"""The glossary, `docs/glossary.md`: which Chinese term is which word in the code, and where it lives.

Terms of the domain are listed here; names of statuses, moves and the like come from `cases/words.py`, so that
none is written twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from cases import words
from cases.people import Role
from cases.vocabulary import (
    AccountabilityKind,
    AddedBy,
    Audience,
    By,
    Channel,
    CheckVerdict,
    ClockKind,
    Colour,
    DecidedBy,
    DeclineReason,
    DeliveryWay,
    Dissatisfaction,
    ErrandKind,
    EventKind,
    Language,
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
from classify.types import AdminLevel, Domain, Severity
from handlers.department import systems


class Term(NamedTuple):
    chinese: str
    english: str
    code: str
    """A name at the top of the file, or a member of it."""
    file: str


def _system(code: str, english: str) -> Term:
    return Term(getattr(systems, code).name, english, code, "handlers/department/systems.py")


TERMS: tuple[tuple[str, tuple[Term, ...]], ...] = (
    (
        "The complaint and the case",
        (
            Term("投诉举报", "complaint: the citizen's words", "Complaint", "cases/model.py"),
            Term("件", "case: our record of it", "Case", "cases/model.py"),
            Term("经过", "history", "HistoryEntry", "cases/model.py"),
            Term("投诉人", "reporter, kept apart from the case", "Reporter", "cases/ports/reporters.py"),
            Term("被投诉主体", "accused bodies, one or several", "Accused", "cases/model.py"),
            Term("提到的单位", "body named, in whatever role", "NamedBody", "classify/types.py"),
            Term("诉求", "wish", "Complaint.wish", "cases/model.py"),
            Term("证据材料", "evidence", "Evidence", "cases/model.py"),
            Term("重点领域", "domain", "Domain", "classify/types.py"),
            Term("严重程度", "severity", "Severity", "classify/types.py"),
            Term("行政层级", "level of a place or body", "AdminLevel", "classify/types.py"),
            Term("编号", "case number", "make_number", "cases/numbers.py"),
            Term("回执码", "receipt", "make_receipt", "cases/numbers.py"),
            Term("受理凭证", "proof, signed", "Proofs.receipt", "cases/service/public/proofs.py"),
            Term("雷同件", "similar cases", "SimilarCases", "cases/service/similar_cases.py"),
            Term("隔离", "quarantine of suspected spam", "Case.quarantined", "cases/model.py"),
        ),
    ),
    (
        "Who is responsible",
        (
            Term("辖区", "jurisdiction", "Jurisdiction", "cases/rules/departments.py"),
            Term("责任单位", "department", "Department", "cases/rules/departments.py"),
            Term("牵头", "lead", "DomainRule.lead", "cases/rules/departments.py"),
            Term("参加、协办", "participant", "Routing.participants", "cases/model.py"),
            Term("统筹单位", "coordinator", "Jurisdiction.coordinator", "cases/rules/departments.py"),
            Term("分办", "triage", "Routing.triage", "cases/model.py"),
            Term("回避", "conflict of interest", "is_conflicted", "cases/lifecycle/permissions.py"),
            Term("上级", "superior", "Department.superior", "cases/rules/departments.py"),
            Term("承办人", "holder", "Holder", "cases/model.py"),
            Term("B岗", "deputy", "Holder.as_deputy", "cases/model.py"),
        ),
    ),
    (
        "Work on a case",
        (
            Term("办理台", "desk", "Desk", "cases/service/desk.py"),
            Term("队列", "queue", "CaseStore.lease_next", "cases/ports/cases.py"),
            Term("办理", "move", "Move", "cases/vocabulary.py"),
            Term("办理条件", "requirement of a move", "Requirement", "cases/moves/requirements.py"),
            Term("会签", "countersignature of a proposal", "Proposal", "cases/model.py"),
            Term("一次性告知补正", "supplement request", "SupplementRequest", "cases/lifecycle/forms.py"),
            Term("处理意见书", "opinion letter", "OpinionLetter", "cases/model.py"),
            Term("领导批示、会签、交办", "errand", "Errand", "cases/model.py"),
            Term("文书：拟稿、核稿、签发", "letter", "Letter", "cases/letters.py"),
            Term("文号、机关代字", "serial, letterhead", "Letterhead.serial", "cases/letters.py"),
            Term("送达回证", "delivery", "Delivery", "cases/letters.py"),
            Term("复查、复核", "review, final review", "find_reviewer", "cases/lifecycle/reviews.py"),
            Term("依法保留", "legal hold", "Case.legal_hold", "cases/model.py"),
            Term(
                "匿名化",
                "erasing the words when their time is over",
                "expires_at",
                "cases/lifecycle/retention.py",
            ),
        ),
    ),
    (
        "Time",
        (
            Term("时限", "clock", "Clock", "cases/clocks.py"),
            Term("法定期限", "time limit", "TimeLimit", "cases/rules/time_limits.py"),
            Term("承诺", "promise (commitment)", "Promise", "cases/service/intake.py"),
            Term("工作日历", "work calendar", "WorkCalendar", "cases/rules/calendar.py"),
            Term("暂定", "provisional", "Clock.provisional", "cases/clocks.py"),
            Term("暂停", "pause", "Pause", "cases/clocks.py"),
        ),
    ),
    (
        "Integrity",
        (
            Term("信用对象", "object with a table of its own", "Dossier", "cases/integrity/spine/dossier.py"),
            Term(
                "被记录单位", "subject: the body it is about", "Subject", "cases/integrity/spine/dossier.py"
            ),
            Term(
                "整改通知", "order to put a breach right", "Order", "cases/integrity/breaches/order_model.py"
            ),
            Term(
                "失信记录",
                "record of broken faith",
                "BreachRecord",
                "cases/integrity/breaches/record_model.py",
            ),
            Term(
                "信用牵头单位",
                "who keeps records",
                "Jurisdiction.record_keeper",
                "cases/rules/departments.py",
            ),
            Term("依据文书", "document it rests on", "Basis", "cases/integrity/breaches/record_model.py"),
            Term("失信等级", "class of a breach", "Severity", "cases/integrity/breaches/record_model.py"),
            Term("公示", "publication", "Publication", "cases/integrity/breaches/publication_model.py"),
            Term("异议", "objection", "Objection", "cases/integrity/breaches/objection_model.py"),
            Term("信用修复", "repair", "Repair", "cases/integrity/breaches/repair_model.py"),
            Term("惩戒", "sanction", "Sanction", "cases/integrity/breaches/sanctions.py"),
            Term("通报曝光", "exposure: a notice", "Exposure", "cases/integrity/breaches/exposures.py"),
            Term("逐级归集", "sharing upward", "Sharing", "cases/integrity/breaches/record_model.py"),
            Term("诚信评价", "evaluation", "Evaluation", "cases/integrity/registers/evaluation_model.py"),
            Term("第三方评价委托", "mandate", "Mandate", "cases/integrity/registers/mandates.py"),
            Term("评优核查", "check of an award", "AwardCheck", "cases/service/credit/award_check.py"),
        ),
    ),
    (
        "Supervision",
        (
            Term("督办、限期整改", "order (to supervise, to rectify)", "Order", "cases/model.py"),
            Term("失职追究", "accountability", "Accountability", "cases/model.py"),
            Term("满意度评价", "rating", "Rating", "cases/model.py"),
            Term("指标", "measure", "Measure", "cases/figures/measures.py"),
            Term("预警", "alert: an unusual rise", "Alarm", "cases/figures/early_warning.py"),
            Term("黄灯单位", "department on amber", "AmberDepartment", "cases/figures/amber_departments.py"),
            Term("排名", "ranking", "rank", "cases/figures/ranking.py"),
            Term("审计记录", "audit entry", "AuditEntry", "cases/ports/audit.py"),
            Term("推送", "webhook of a department's system", "Subscription", "cases/ports/subscriptions.py"),
        ),
    ),
    (
        "The eight systems (哈尔滨 §六)",
        (
            _system("FIRST_ASKED", "first-asked responsibility"),
            _system("COMMITMENT", "service commitment"),
            _system("TIME_LIMIT", "time limit"),
            _system("ACCOUNTABILITY", "accountability"),
            _system("REFUSAL_FILING", "refusal filing"),
            _system("ASSISTED_FILING", "assisted filing"),
            _system("ONE_NOTICE", "one-time notice"),
            _system("AB_ROLES", "A and B roles"),
        ),
    ),
)

KINDS: tuple[tuple[str, type[StrEnum]], ...] = (
    ("状态", Status),
    ("办理", Move),
    ("角色", Role),
    ("与件的关系", By),
    ("重点领域", Domain),
    ("严重程度", Severity),
    ("行政层级", AdminLevel),
    ("时限种类", ClockKind),
    ("时限颜色", Colour),
    ("提醒级别", WarningLevel),
    ("计时单位", Unit),
    ("待决事项", ProposalKind),
    ("文书", LetterKind),
    ("文书状态", LetterStatus),
    ("文书办理", LetterMove),
    ("送达方式", DeliveryWay),
    ("复查结论", Ruling),
    ("督办种类", OrderKind),
    ("批示、会签、交办", ErrandKind),
    ("追究种类", AccountabilityKind),
    ("不予受理的理由", DeclineReason),
    ("处理结果", Outcome),
    ("渠道", Channel),
    ("推送事件", EventKind),
    ("抽查结论", CheckVerdict),
    ("评价怎么来的", RatedBy),
    ("不满意的原因", Dissatisfaction),
    ("领域由谁定", DecidedBy),
    ("材料由谁交", AddedBy),
    ("告知对象", Audience),
    ("语言", Language),
)
"""Every closed set of values that a record may hold."""

_HEAD = """# Glossary · 词汇表

Made from `tools/glossary_page.py` and `cases/words.py` with `python -m tools.written_pages`; not by hand.
One word means one thing, and one thing has one word.
"""


def glossary() -> str:
    parts = [_HEAD]
    for title, terms in TERMS:
        parts += [f"## {title}", "", "| 中文 | English | in code | where |", "|---|---|---|---|"]
        parts += [f"| {t.chinese} | {t.english} | `{t.code}` | `{t.file}` |" for t in terms]
        parts.append("")
    parts += ["# Values that records hold", ""]
    for title, kind in KINDS:
        parts += [f"## {title} · `{kind.__name__}`", "", *_values(kind), ""]
    return "\n".join(parts)


def _values(kind: type[StrEnum]) -> Iterable[str]:
    names: Mapping[Any, str] = {member: words.in_chinese(member) for member in kind}
    if all(name == member.value for member, name in names.items()):
        yield "、".join(f"`{member.value}`" for member in kind)
        return
    yield "| 中文 | value |"
    yield "|---|---|"
    for member, name in names.items():
        yield f"| {name} | `{member.value}` |"
