"""What is filled in for a record of broken faith, and how it is refused."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from cases.errors import Reason
from cases.integrity.breaches.record_model import (
    BASIS_NAMES,
    CATALOGUE_NAMES,
    SEVERITY_NAMES,
    STAGE_NAMES,
    BasisKind,
    Catalogue,
    Severity,
    Stage,
)
from cases.integrity.spine.subjects import SubjectArgs
from cases.model import Evidence
from cases.moves.forms import ShortWords, Words, ask
from cases.moves.table import Args
from cases.records import Record
from cases.rules.laws import HENAN_CREDIT, ZHEJIANG_CREDIT
from cases.text_lengths import LONGEST_REMARK
from cases.words import OWED_DOMAIN_NAMES
from classify.types import Domain

LONGEST_FACTS = 500
Facts = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_FACTS)]
"""事实 of a record."""

DOCUMENT_INCOMPLETE = Reason("document-incomplete", "依据文书缺文号、日期或附件，请补齐。")
DOCUMENT_OF_TOMORROW = Reason("document-of-tomorrow", "文书日期晚于今天，请核对。")
NOT_IN_FORCE = Reason("judgment-not-in-force", "判决未生效，不能作为失信记录的依据。")
BREACH_OF_TOMORROW = Reason("breach-of-tomorrow", "失信日期晚于今天，请核对。")
STATEMENT_UNANSWERED = Reason("statement-unanswered", "对方已陈述申辩，请写明是否采纳及理由。")
NO_OTHER_RECORD = Reason("no-other-record", "没有可以合并到的记录“{id}”，只能并入同一单位仍然有效的记录。")
HEARING_BASIS = f"{HENAN_CREDIT.cite('第二十八条')}、{ZHEJIANG_CREDIT.cite('第二十八条')}"


# -- forms ----------------------------------------------------------------------------------------
class BasisArgs(Record):
    """One row of 依据文书."""

    kind: BasisKind = ask("依据", "choice", choices=BASIS_NAMES)
    issuer: ShortWords = ask("作出机关", "code")
    number: str = ask("文号", "code", default="", max_length=100)
    dated: date | None = ask("日期", "date", default=None)
    effective_on: date | None = ask("生效日期", "date", default=None, help="司法判决须写明生效日期")
    file: Evidence | None = Field(default=None, json_schema_extra={"widget": "files", "label": "附件"})


class Content(Args):
    """What is recorded, however it comes in."""

    facts: Facts = ask("失信事实", help="500字以内，用认定的事实写，不要照抄投诉人的话")
    domain: Domain | None = ask("重点领域", "choice", choices=OWED_DOMAIN_NAMES, default=None)
    amount_yuan: int | None = ask("涉及金额（元）", "number", default=None, ge=0)
    breach_on: date | None = ask("失信日期", "date", default=None)
    loss: str = ask("造成的损失", default="", max_length=LONGEST_REMARK)
    social_effect: str = ask("社会影响", default="", max_length=LONGEST_REMARK)
    bases: tuple[BasisArgs, ...] = Field(
        default=(), max_length=10, json_schema_extra={"widget": "parts", "label": "依据文书"}
    )
    project: str = ask("项目名称（PPP）", "text", default="", max_length=200)
    stage: Stage | None = ask("项目环节", "choice", choices=STAGE_NAMES, default=None)
    responsible: str = ask("该环节政府方责任人", "code", default="", max_length=50, help="只入档案，不公开")
    kept: bool = ask("守信履约", "yesno", default=False)


class Draft(Content, SubjectArgs):
    """Without a complaint: form, import or API."""

    official: str = ask(
        "公职人员姓名", "code", default="", max_length=50, help="填写的，只入诚信档案，不公开"
    )
    post: str = ask("职务", "code", default="", max_length=100)
    account: str = ask("本人账号", "code", default="", max_length=100, help="写登录名")


class Notice(Args):
    consequences: Words = ask("拟定等级和后果", help="告知对方：事实、依据、拟定等级、将有的后果")


class Statement(Args):
    statement: Words = ask("陈述申辩意见")
    files: tuple[Evidence, ...] = Field(
        default=(), max_length=20, json_schema_extra={"widget": "files", "label": "材料"}
    )


class Confirm(Args):
    severity: Severity = ask("失信等级", "choice", choices=SEVERITY_NAMES)
    severity_reason: Words = ask("定级理由")
    catalogue: Catalogue | None = ask(
        "公共信用信息目录", "choice", choices=CATALOGUE_NAMES, default=None, help="不在目录的不能公示"
    )
    catalogue_entry: str = ask("目录条目", "code", default="", max_length=200)
    answer: str = ask("对陈述申辩的答复", default="", max_length=LONGEST_REMARK, help="是否采纳及理由")
    self_corrected: str = ask(
        "自我纠错情况", default="", max_length=LONGEST_REMARK, help="主动纠正、挽回损失的，写明是否从轻及理由"
    )


class Annul(Args):
    document: ShortWords = ask("变更或撤销依据的文书", "code")
    reason: Words = ask("说明")


class Merge(Args):
    into: ShortWords = ask("并入的记录编号", "code")
