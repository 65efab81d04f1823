"""诚信评价: of a body or a place for a year, counted and frozen, seen by it before it is settled or public.

(青海 三(一)3, 黑龙江 二(一)3, 吉林 三(二)四, 惠城 第8段, 哈尔滨 七.) Whoever is evaluated has ten working
days, a setting, to see the figures and to object; one that holds has them counted anew, and seen again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import Field

from cases.errors import ConflictOfInterest, InvalidInput, Reason
from cases.instants import local_date
from cases.integrity.registers.evaluation_model import (
    OF_NAMES,
    Evaluation,
    EvaluationEntry,
    EvaluationMove,
    EvaluationStatus,
    Of,
    Profile,
)
from cases.integrity.spine.blueprint import Alarm, Blueprint, Opening
from cases.integrity.spine.dossier import Subject
from cases.integrity.spine.hands import (
    BODY_SPEAKERS,
    BODY_SPEAKING,
    CONFIRMERS,
    DECIDING,
    REGISTRARS,
    RELEASERS,
    SYSTEM,
)
from cases.integrity.spine.making import Making, end_with_reason
from cases.integrity.spine.situation import BEFORE_ALL, Situation, not_who_began
from cases.integrity.spine.subjects import HIGHER_BODY, OUT_OF_AREA, SubjectArgs, area_of, home_of, not_for
from cases.integrity.spine.vocabulary import BodyKind, By, Kind
from cases.lifecycle.conflicts import barred_departments
from cases.lifecycle.forms import Grounds
from cases.model import Evidence
from cases.moves.forms import Words, ask
from cases.moves.requirements import require
from cases.moves.table import SAME, Args, MoveSpec, NoArgs, Table, by_status_and_move, rows
from cases.people import Actor, Role
from cases.records import FreeText
from cases.rules.departments import covers
from cases.rules.rule_books import Rules
from cases.vocabulary import ClockKind

NO_PLACE_NAMED = Reason(
    "evaluation-no-place",
    "评价下级地区请填写它的行政区划代码；名单里没有的地区，在“被评价单位”里写地区名称。",
)
YEAR_WRONG = Reason("evaluation-year", "评价年度应当是{first}年至今年之间的年份。")
FIRST_YEAR = 2000


# -- forms ----------------------------------------------------------------------------------------
class Asked(Args):
    of: Of = ask("评价对象", "choice", choices=OF_NAMES)
    year: int = ask("评价年度", "number", help="评价全年；年度没有结束的，数字截至起草之日")


class Draft(SubjectArgs, Asked):
    body: str = ask("被评价单位", "body", default="", max_length=100, help="写全称；评价本辖区整体的不必填写")

    @property
    def about_the_area(self) -> bool:
        return self.of is Of.PLACE


class Object(Grounds):
    reason: Words = ask("异议和理由", help="写明哪一项数字不对、应当是多少；涉及的事项写编号")
    documents: tuple[Evidence, ...] = Field(
        default=(), max_length=20, json_schema_extra={"widget": "files", "label": "证明材料"}
    )


class Uphold(Grounds):
    left_out: tuple[str, ...] = ask(
        "不计入的事项编号",
        "checklist",
        default=(),
        max_length=50,
        help="一行一个；登记有误的请先更正该事项，这里不必填写",
    )


# -- what moves need ------------------------------------------------------------------------------
@require("数字还没有计算，请先计算。")
def evaluation_counted(at: Situation) -> bool:
    return at.dossier.profile is not None


@require("查看和提出异议的期限已经过了。")
def still_time_to_object(at: Situation) -> bool:
    return not seen_long_enough.holds(at)


@require("被评价单位查看和提出异议的期限还没有过。")
def seen_long_enough(at: Situation) -> bool:
    clock = at.dossier.clock(ClockKind.EVALUATION_SEE)
    return clock is not None and at.now > clock.due_at


shown_by_another = not_who_began("evaluation-shown-by-another", "起草人不能自己送达评价，请由另一人办理。")
decided_by_another = not_who_began("evaluation-decided-by-another", "起草人不能决定异议，请由另一人办理。")
published_by_another = not_who_began(
    "evaluation-published-by-another", "起草人不能自己公布评价，请由另一人办理。"
)


# -- what moves do --------------------------------------------------------------------------------
def _fill(args: Any, actor: Actor, rules: Rules, now: datetime) -> Mapping[str, Any]:
    if not FIRST_YEAR <= args.year <= local_date(now).year:
        raise InvalidInput(YEAR_WRONG, first=FIRST_YEAR)
    given: dict[str, Any] = {"of": args.of, "for_year": args.year}
    if args.of is Of.BODY:
        return given
    subject = place_of(args, actor, rules)
    return {
        **given,
        "subject": subject,
        "barred": tuple(sorted(barred_departments(subject.bodies, rules.jurisdictions))),
    }


def place_of(args: Draft, actor: Actor, rules: Rules) -> Subject:
    """The jurisdiction itself, or a place below it by its code; its government speaks for it.

    Of a place below, its government and all below that decide nothing; of the whole area somebody of its own
    level must. Raises InvalidInput, ConflictOfInterest.
    """
    home, known, code = home_of(actor, rules), rules.jurisdictions, args.region.strip()
    keeper = known.department(str(actor.department))
    if not code or code in home.region_codes:
        if keeper.level is not home.level:
            raise ConflictOfInterest(HIGHER_BODY, name=home.name)
        return area_of(keeper, home, known).model_copy(update={"department": home.government})
    if not code.isdecimal() or not any(covers(own, code) for own in home.region_codes):
        raise InvalidInput(OUT_OF_AREA, name=args.body.strip() or code)
    name = known.place_name(code) or args.body.strip()
    if not name:
        raise InvalidInput(NO_PLACE_NAMED)
    government = known.find_by_id(home.local_governments.get(code, ""))
    subject = Subject(
        name=name,
        department=government.id if government else None,
        kind=BodyKind.GOVERNMENT,
        level=government.level if government else known.read_name(f"{name}人民政府").level,
        region_code=code,
    )
    not_for(actor, subject, rules)
    return subject


def frozen(profile: Profile) -> dict[str, Any]:
    """The fields of an evaluation that hold what was counted."""
    shown = {name: getattr(profile, name) for name in ("taken_on", "result", "formula", "parts")}
    return {"profile": profile, **shown}


def count(change: Making) -> None:
    if isinstance(change.looked_up.counted, Profile):
        change.set(**frozen(change.looked_up.counted))


def show(change: Making) -> None:
    _show(change, change.dossier.profile, "subject-evaluation-shown")


def _show(change: Making, profile: Profile | None, told: str) -> None:
    """What was shown stands in the course, which nobody can change unseen."""
    if profile is not None:
        change.data.update(score=f"{profile.score:.2f}", taken_on=profile.taken_on.isoformat())
    clock = change.start_term(ClockKind.EVALUATION_SEE)
    change.tell_subject(told, until=clock.due_at.isoformat())


def accept(change: Making) -> None:
    change.meet_clocks(ClockKind.EVALUATION_SEE)
    change.tell_keeper("staff-evaluation-settled", Role.RELEASER)


def object_to(change: Making) -> None:
    args = change.given(Object)
    change.set(objection=FreeText(args.reason), documents=(*change.dossier.documents, *args.documents))
    change.meet_clocks(ClockKind.EVALUATION_SEE)
    change.start_term(ClockKind.EVALUATION_DECIDE)
    change.tell_keeper("staff-evaluation-objected", Role.CONFIRMER)


def uphold(change: Making) -> None:
    args = change.given(Uphold)
    _decide(change, args.reason)
    change.set(left_out=left_out_with(change.dossier, args.left_out))
    count(change)
    _show(change, change.looked_up.counted, "subject-evaluation-recounted")


def left_out_with(evaluation: Evaluation, more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*evaluation.left_out, *(id for one in more if (id := one.strip().upper())))))


def reject(change: Making) -> None:
    _decide(change, change.given(Grounds).reason)
    change.tell_subject("subject-evaluation-rejected")
    change.tell_keeper("staff-evaluation-settled", Role.RELEASER)


def _decide(change: Making, reason: str) -> None:
    change.note = reason
    change.set(decided_because=FreeText(reason))
    change.meet_clocks(ClockKind.EVALUATION_DECIDE)


def settle(change: Making) -> None:
    change.stop_clocks(ClockKind.EVALUATION_SEE)
    change.tell_keeper("staff-evaluation-settled", Role.RELEASER)


def publish(change: Making) -> None:
    change.set(published_on=local_date(change.now))
    change.tell_subject("subject-evaluation-published")


def withdraw(change: Making) -> None:
    end_with_reason(change)
    change.tell_subject("subject-evaluation-withdrawn")


def drop(change: Making) -> None:
    end_with_reason(change)
    if change.at.status is not _S.DRAFTED:
        change.tell_subject("subject-evaluation-dropped")


# -- the table ------------------------------------------------------------------------------------
_S, _M = EvaluationStatus, EvaluationMove
TABLE: Table[EvaluationStatus, EvaluationMove, By, Situation] = Table(
    rows=by_status_and_move(
        [
            *rows((_S.DRAFTED,), _M.COUNT, SAME, REGISTRARS, By.KEEPER),
            *rows((_S.DRAFTED,), _M.SHOW, _S.SHOWN, CONFIRMERS, *DECIDING),
            *rows((_S.SHOWN,), _M.ACCEPT, _S.SETTLED, BODY_SPEAKERS, *BODY_SPEAKING),
            *rows((_S.SHOWN,), _M.OBJECT, _S.OBJECTED, BODY_SPEAKERS, *BODY_SPEAKING),
            *rows((_S.SHOWN,), _M.SETTLE, _S.SETTLED, SYSTEM, By.SYSTEM),
            *rows((_S.OBJECTED,), _M.UPHOLD, _S.SHOWN, CONFIRMERS, *DECIDING),
            *rows((_S.OBJECTED,), _M.REJECT, _S.SETTLED, CONFIRMERS, *DECIDING),
            *rows((_S.SETTLED,), _M.PUBLISH, _S.PUBLISHED, RELEASERS, *DECIDING),
            *rows((_S.PUBLISHED,), _M.WITHDRAW, _S.WITHDRAWN, RELEASERS, *DECIDING),
            *rows((_S.DRAFTED, _S.SHOWN, _S.SETTLED), _M.DROP, _S.DROPPED, CONFIRMERS, *DECIDING),
        ]
    ),
    specs={
        spec.move: spec
        for spec in (
            MoveSpec(_M.DRAFT, "起草诚信评价", "起草了诚信评价", Draft),
            MoveSpec(_M.COUNT, "重新计算", "重新计算了数字", NoArgs),
            MoveSpec(_M.SHOW, "送达被评价单位", "送达了被评价单位", NoArgs),
            MoveSpec(_M.ACCEPT, "没有异议", "被评价单位没有异议", NoArgs),
            MoveSpec(_M.OBJECT, "提出异议", "提出了异议", Object),
            MoveSpec(_M.UPHOLD, "异议成立，重新计算", "异议成立，重新计算了数字", Uphold),
            MoveSpec(_M.REJECT, "异议不成立", "异议不成立", Grounds),
            MoveSpec(_M.SETTLE, "期满确定", "期满没有异议，评价确定", NoArgs),
            MoveSpec(_M.PUBLISH, "公布", "公布了评价", NoArgs),
            MoveSpec(_M.WITHDRAW, "撤回", "撤回了评价", Grounds),
            MoveSpec(_M.DROP, "取消评价", "取消了评价", Grounds),
        )
    },
    requirements={
        _M.SHOW: (evaluation_counted, shown_by_another),
        _M.ACCEPT: (still_time_to_object,),
        _M.OBJECT: (still_time_to_object,),
        _M.UPHOLD: (decided_by_another,),
        _M.REJECT: (decided_by_another,),
        _M.SETTLE: (seen_long_enough,),
        _M.PUBLISH: (published_by_another,),
    },
    before_all=BEFORE_ALL,
    outsider=Reason("evaluation-not-yours", "这项评价不由您的单位办理。"),
)


def _alarm(evaluation: Evaluation) -> Alarm | None:
    clock = evaluation.clock(ClockKind.EVALUATION_SEE)
    return Alarm(clock.due_at, _M.SETTLE) if clock and evaluation.status is _S.SHOWN else None


BLUEPRINT = Blueprint(
    kind=Kind.EVALUATION,
    model=Evaluation,
    entry=EvaluationEntry,
    table=TABLE,
    first=(_M.DRAFT, _S.DRAFTED),
    statuses={
        _S.DRAFTED: "待送达",
        _S.SHOWN: "待被评价单位查看",
        _S.OBJECTED: "有异议，待决定",
        _S.SETTLED: "已确定，待公布",
        _S.PUBLISHED: "已公布",
        _S.WITHDRAWN: "已撤回",
        _S.DROPPED: "已取消",
    },
    ended=frozenset({_S.PUBLISHED, _S.WITHDRAWN, _S.DROPPED}),
    void=frozenset({_S.WITHDRAWN, _S.DROPPED}),
    primary=(_M.SHOW, _M.OBJECT, _M.UPHOLD, _M.PUBLISH),
    effects={
        _M.COUNT: count,
        _M.SHOW: show,
        _M.ACCEPT: accept,
        _M.OBJECT: object_to,
        _M.UPHOLD: uphold,
        _M.REJECT: reject,
        _M.SETTLE: settle,
        _M.PUBLISH: publish,
        _M.WITHDRAW: withdraw,
        _M.DROP: drop,
    },
    counts=frozenset({_M.DRAFT, _M.COUNT, _M.UPHOLD}),
    mechanism="ranking",
    opening=Opening(args=Draft, roles=REGISTRARS, fill=_fill),
    hidden_from_subject=frozenset({_S.DRAFTED, _S.DROPPED}),
    public=frozenset({_S.PUBLISHED}),
    alarm=_alarm,
    labels={
        "of": "评价对象",
        "for_year": "评价年度",
        "result": "评价结果",
        "parts": "各项指标",
        "formula": "计算方法",
        "taken_on": "数字截至",
        "left_out": "不计入的事项",
        "objection": "异议",
        "documents": "异议材料",
        "decided_because": "对异议的决定",
        "published_on": "公布日期",
        "ended_because": "理由",
    },
)
