"""Which body an object is about: from what somebody writes to a checked subject.

A body only: a person's name is refused here, for officials lie in the sealed archive alone.
"""

from __future__ import annotations

import re
import unicodedata

from pydantic import Field
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

from cases.errors import ConflictOfInterest, InvalidInput, Reason
from cases.integrity.spine.dossier import Subject
from cases.integrity.spine.vocabulary import BODY_KIND_NAMES, BodyKind
from cases.lifecycle.conflicts import barred, outranked
from cases.moves.forms import ShortWords, ask
from cases.moves.table import Args
from cases.people import Actor
from cases.rules.departments import Department, Jurisdiction, covers
from cases.rules.jurisdictions import Jurisdictions
from cases.rules.rule_books import Rules

BAD_CODE = Reason("bad-credit-code", "统一社会信用代码校验位不符，请核对后重新填写。")
NOT_A_BODY = Reason(
    "not-a-body", "“{name}”不是单位的全称。请写单位全称；公职人员只能记入公职人员诚信档案，不公开。"
)
NO_BODY = Reason("no-body", "请写明单位的全称。")
A_FIRM = Reason(
    "a-firm",
    "“{name}”是企业或者其他市场主体，不是政府机关、事业单位或者村居，不能作为被记录单位。"
    "企业失信由它的主管部门按有关规定处理。",
)
NO_REGION = Reason("no-region", "请写明被记录单位所在地的行政区划代码（6至12位数字）。")
OWN_BODY = Reason("own-body", "您所在单位为被记录单位或其下级，不能经办，请交上级单位办理。")
OUT_OF_AREA = Reason("out-of-area", "“{name}”不在您单位所在的辖区内，不能由您单位办理。")
HIGHER_BODY = Reason("higher-body", "“{name}”的级别高于您单位，请交它的上级或者主管部门办理。")
NO_HOME = Reason("no-home", "您的账号不属于任何辖区，不能办理。")

_BODY_ENDS = re.compile(r"(?:[府局厅委办部院会处所队站馆校学室署行社司科园]|中心)$")
_FIRM = re.compile(
    r"(?:有限公司|责任公司|股份公司|集团公司)|"
    r"(?:公司|集团|企业|厂|店|铺|商行|商社|超市|经营部|营业部|项目部|经销部|工程队|工作室|专业合作社|养殖场|合伙|"
    r"(?:律师|会计师|审计师|评估师|税务师|代理)事务所)$"
)
_REGISTERED_AS_FIRM = "9"
"""First sign of a code that the market regulators gave (GB 32100): firms, shops, farmers' cooperatives."""
_AFTERTHOUGHT = re.compile(r"[(（][^()（）]*[)）]$")
_REGION = re.compile(r"\d{6}(?:\d{3}){0,2}")


class SubjectArgs(Args):
    """Base of the forms that name a body."""

    body: ShortWords = ask("被记录单位", "body", help="写全称，例如西宁市城东区财政局")
    code: str = ask("统一社会信用代码", "code", default="", max_length=30)
    body_kind: BodyKind = ask("单位类别", "choice", choices=BODY_KIND_NAMES, default=BodyKind.DEPARTMENT)
    region: str = Field(
        default="",
        max_length=12,
        json_schema_extra={
            "label": "所在地区划代码",
            "widget": "code",
            "help": "名单里有的单位不必填写",
        },
    )

    @property
    def about_the_area(self) -> bool:
        """Whether it names a place instead, as what is opened says itself."""
        return False


def subject_of(args: SubjectArgs, rules: Rules, home: Jurisdiction) -> Subject:
    """Raises InvalidInput for a code that is wrong, a person, or a body from nowhere."""
    code = check_code(args.code)
    known = rules.jurisdictions
    found = known.find_department(args.body, home.id)
    body = known.find_by_id(args.body) or (found[0] if found else None)
    if body is not None:
        if body.id not in known.departments_of(home.id):
            raise InvalidInput(OUT_OF_AREA, name=body.full_name)
        return Subject(
            name=body.full_name,
            code=code,
            department=body.id,
            kind=args.body_kind,
            level=body.level,
            region_code=body.region_code,
        )
    if not args.body.strip():
        raise InvalidInput(NO_BODY)
    if is_firm(args.body, code):
        raise InvalidInput(A_FIRM, name=args.body)
    if not _BODY_ENDS.search(args.body):
        raise InvalidInput(NOT_A_BODY, name=args.body)
    if not _REGION.fullmatch(args.region):
        raise InvalidInput(NO_REGION)
    if not any(covers(code, args.region) for code in home.region_codes):
        raise InvalidInput(OUT_OF_AREA, name=args.body)
    return Subject(
        name=args.body,
        code=code,
        kind=args.body_kind,
        level=known.read_name(args.body).level,
        region_code=args.region,
    )


def is_firm(name: str, code: str | None = None) -> bool:
    """Whether a name, or a checked code, is that of a firm: only bodies of the public side have records."""
    plain = _AFTERTHOUGHT.sub("", unicodedata.normalize("NFKC", "".join(name.split())))
    return bool(_FIRM.search(plain)) or (code or "").startswith(_REGISTERED_AS_FIRM)


def area_of(keeper: Department, home: Jurisdiction, known: Jurisdictions) -> Subject:
    """Of an object that is about a place, such as a list: the one its keeper works for (谁主管谁负责)."""
    own = keeper.region_code if keeper.level is not home.level else home.region_codes[0]
    return Subject(
        name=known.place_name(own) or keeper.full_name.removesuffix("人民政府"),
        kind=BodyKind.GOVERNMENT,
        level=keeper.level,
        region_code=own,
        whole_area=True,
    )


def check_code(written: str) -> str | None:
    """统一社会信用代码 in its plain form; None when none is given. Raises InvalidInput (GB 32100)."""
    if not written.strip():
        return None
    try:
        return str(uscc.validate(written))
    except ValidationError:
        raise InvalidInput(BAD_CODE) from None


def home_of(actor: Actor, rules: Rules) -> Jurisdiction:
    """The jurisdiction for which the actor's department acts. Raises InvalidInput when there is none."""
    home = rules.jurisdictions.jurisdiction_of(actor.department) if actor.department else None
    if home is None:
        raise InvalidInput(NO_HOME)
    return home


def not_for(actor: Actor, subject: Subject, rules: Rules) -> None:
    """Raises ConflictOfInterest when the actor works in the body or below it, or it stands higher (1103)."""
    department = rules.jurisdictions.find_by_id(actor.department) if actor.department else None
    if department is None or barred(department, subject.bodies, rules.jurisdictions):
        raise ConflictOfInterest(OWN_BODY)
    if outranked(department, subject.bodies, rules.jurisdictions):
        raise ConflictOfInterest(HIGHER_BODY, name=subject.name)
