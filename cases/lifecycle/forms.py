"""What each move needs to be told: one model per move, from which pages, API and tests derive their forms.

How a field is asked for stands in `cases/moves/forms.py`; nothing here renders anything.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, Field

from cases.model import Evidence
from cases.moves.forms import ShortWords, Words, ask
from cases.moves.table import Args
from cases.records import Record
from cases.rules.laws import PETITIONS
from cases.text_lengths import LONGEST_COMPLAINT, LONGEST_LINE, LONGEST_REMARK
from cases.vocabulary import (
    CheckVerdict,
    ClockKind,
    DeclineReason,
    Dissatisfaction,
    OrderKind,
    Outcome,
    Ruling,
    WarningLevel,
)
from cases.words import (
    CHECK_NAMES,
    DECLINE_REASON_NAMES,
    DISSATISFACTION_NAMES,
    ORDER_NAMES,
    OUTCOME_NAMES,
    RULING_NAMES,
)
from classify.types import Domain


class Grounds(Args):
    reason: Words = ask("理由")


class OptionalRemark(Args):
    remark: str = ask("备注", default="", max_length=LONGEST_REMARK)


class ApproveLook(OptionalRemark):
    opening_code: str = ask(
        "开柜口令",
        "password",
        default="",
        max_length=LONGEST_LINE,
        help="设有保密柜的，投诉人信息凭开柜口令打开；没有设的不填",
    )


class Assign(Args):
    staff: ShortWords = ask("承办人", "staff")


class Decline(Args):
    reason: DeclineReason = ask("不予受理的理由", "choice", choices=DECLINE_REASON_NAMES)
    legal_basis: ShortWords = ask(
        "法律依据", "text", help=f"写明法规名称和条款，例如{PETITIONS.cite('第十九条第三款')}"
    )
    explanation: Words = ask("给投诉人的说明", help="投诉人会看到这段话，请写明还可以向哪里反映")


_NUMBERED = re.compile(
    r"\s*(?:[(（]\d{1,2}[)）]|\d{1,2}[.．、)）](?!\d)|[一二三四五六七八九十]{1,3}、|[-*•·])\s*"
)


def _without_number(line: object) -> object:
    """A line of a list without a number of its own: whoever shows the list numbers it."""
    return _NUMBERED.sub("", line, count=1) if isinstance(line, str) and _NUMBERED.match(line) else line


class SupplementRequest(Args):
    items: tuple[Annotated[ShortWords, BeforeValidator(_without_number)], ...] = ask(
        "需要补充的材料",
        "checklist",
        help="一次写全，每行一项；第二次要求补正须由督办员提出",
        min_length=1,
        max_length=20,
    )
    until: date | None = ask("请在此日期前补充", "date", default=None)


class Supplement(Args):
    text: str = ask("补充说明", default="", max_length=LONGEST_COMPLAINT)
    evidence: tuple[Evidence, ...] = Field(default=(), json_schema_extra={"widget": "hidden"})


class Transfer(Args):
    department: ShortWords = ask("转给哪个单位", "department")
    reason: Words = ask("转办理由")


class DecideDispute(Args):
    department: ShortWords = ask("由哪个单位办理", "department")
    reason: Words = ask("裁定理由")


class Route(Args):
    department: ShortWords = ask("分办单位", "department")
    domain: Domain | None = ask("重点领域", "domain", default=None)
    reason: ShortWords = ask("分办理由", "text")


class Correct(Args):
    domain: Domain = ask("更正为", "domain")
    reason: ShortWords = ask("更正理由", "text")


class Accuse(Args):
    bodies: tuple[ShortWords, ...] = ask(
        "还投诉哪些单位",
        "checklist",
        help="每行一个，写全称；此件会立即离开这些单位及其下级",
        min_length=1,
        max_length=10,
    )
    reason: ShortWords = ask("依据", "text", help="例如来件第几段")


class Invite(Args):
    departments: tuple[ShortWords, ...] = ask("邀请协办的单位", "departments", min_length=1, max_length=20)
    reason: ShortWords = ask("协办事项", "text")


class Message(Args):
    text: Words = ask("内容")
    evidence: tuple[Evidence, ...] = Field(default=(), json_schema_extra={"widget": "hidden"})


class Extension(Args):
    days: int = ask("延长天数", "number", ge=1, le=60)
    reason: Words = ask("延期理由", help="批准后会告知投诉人")


class Opinion(Args):
    outcome: Outcome = ask("处理结果", "choice", choices=OUTCOME_NAMES)
    request: Words = ask("投诉请求")
    facts: Words = ask("查明的事实和理由")
    opinion: Words = ask("处理意见")
    legal_basis: ShortWords = ask("法律法规依据", "text")


class ReviewOpinion(Opinion):
    ruling: Ruling = ask("对原意见", "choice", choices=RULING_NAMES)


class Merge(Args):
    into: ShortWords = ask("并入的编号", "text")


class SplitPart(Record):
    department: ShortWords
    text: Words
    domain: Domain | None = None


class Split(Args):
    parts: tuple[SplitPart, ...] = ask("拆分为", "parts", min_length=1, max_length=10)


class LinkCommitment(Args):
    commitment: ShortWords = ask(
        "承诺编号", "text", help="可能有关的承诺列在“相近的投诉和先例”；投诉人会知道此事有登记的承诺"
    )


class UnlinkCommitment(LinkCommitment):
    commitment: ShortWords = ask("取消哪一项", "commitment")
    reason: ShortWords = ask("理由", "text", help="投诉人会看到这句话")


class Rate(Args):
    responded: bool = ask("是否得到回应", "yesno")
    solved: bool = ask("问题是否解决", "yesno")
    satisfied: int = ask("满意程度（1至5）", "number", ge=1, le=5)
    reasons: tuple[Dissatisfaction, ...] = ask(
        "不满意的原因",
        "checklist",
        choices=DISSATISFACTION_NAMES,
        default=(),
        max_length=8,
    )
    words: str = ask("还说了什么", default="", max_length=LONGEST_REMARK)


class OrderArgs(Args):
    kind: OrderKind = ask("类别", "choice", choices=ORDER_NAMES)
    what: Words = ask("要求")
    until: date = ask("完成日期", "date")


class Instruction(Args):
    leader: ShortWords = ask("批示领导", "text", help="写明姓名和职务")
    words: Words = ask("批示内容", help="照原文登记")
    staff: str = ask("由谁落实", "staff", default="", help="不选的，由本单位落实")
    until: date | None = ask("办理期限", "date", default=None)


class Consultation(Args):
    departments: tuple[ShortWords, ...] = ask("会签单位", "departments", min_length=1, max_length=20)
    what: Words = ask("会签事项", help="这些单位会看到此件")
    until: date | None = ask("请在此日期前答复", "date", default=None)


class Task(Args):
    staff: ShortWords = ask("交给谁", "staff")
    what: Words = ask("工作内容")
    until: date | None = ask("完成日期", "date", default=None)


class Reply(Args):
    errand: ShortWords = ask("回复哪一项", "errand")
    opinion: Words = ask("办理情况或者意见")


class AnswerOrder(Args):
    order: ShortWords = ask("督办事项", "order")
    answer: Words = ask("落实情况")


class Warn(Args):
    clock: ClockKind
    level: WarningLevel


class CloseAccountability(Args):
    item: ShortWords = ask("追究事项", "accountability")
    outcome: Words = ask("处理结论")


class Sample(Args):
    month: str = ask("办结月份", "hidden", pattern=r"20\d\d-(0[1-9]|1[0-2])")


class CheckFindings(Args):
    verdict: CheckVerdict = ask("抽查结论", "choice", choices=CHECK_NAMES)
    findings: Words = ask("发现的情况", help="办理单位能看到；不合格的同时启动失职追究")


class OpenAccountability(Args):
    reason: Words = ask("事由")


class Attach(Args):
    evidence: tuple[Evidence, ...] = Field(
        min_length=1, max_length=20, json_schema_extra={"widget": "hidden"}
    )
    remark: str = ask("说明", default="", max_length=LONGEST_REMARK)
