"""A decision as a person wants to read it. Chinese, plain words, no figures but those that matter."""

from __future__ import annotations

from datetime import date

from classify.acts.act import Act, Understood
from classify.domain.arguments import Arguments
from classify.money.reckoning import in_yuan
from classify.phrases.lexicon import load_lexicon
from classify.types import AdminLevel, BodyRole, Classification, Domain, NamedBody, StatedPeriod

LEVEL_NAMES = {
    AdminLevel.NATIONAL: "国家级",
    AdminLevel.PROVINCE: "省级",
    AdminLevel.PREFECTURE: "市州级",
    AdminLevel.COUNTY: "县区级",
    AdminLevel.TOWNSHIP: "乡镇街道",
    AdminLevel.VILLAGE: "村居",
}

ACT_NAMES = {
    Act.DANGER: "有人可能有危险",
    Act.QUESTION: "向我们提问",
    Act.GREETING: "问候",
    Act.THANKS: "道谢或告别",
    Act.SMALL_TALK: "随口一说",
    Act.INSULT: "骂人",
    Act.ANSWER: "回答所问",
    Act.DECLINE: "答不上来或不愿说",
    Act.COMMAND: "说出按钮",
    Act.CORRECTION: "更正",
    Act.STORY: "讲述经过",
    Act.OTHER: "不是所问的回答",
}


def explain_acts(found: Understood, step: str) -> str:
    """Lines of text that say what a message does at a step, and what led to it."""
    lines = [f"这句话（步骤 {step}）：" + ("、".join(ACT_NAMES[act] for act in found.acts) or "没有内容")]
    lines += [f"- {reason}" for reason in found.because]
    if found.left and found.acts != (Act.STORY,):
        lines.append(f"留给这一步的：“{found.left}”")
    return "\n".join(lines) + "\n"


ROLE_NAMES = {
    BodyRole.ACCUSED: "被投诉",
    BodyRole.COURT: "裁判机关",
    BodyRole.ASKED: "求助过的单位",
    BodyRole.LAW_GIVER: "规定的制定者",
    BodyRole.WEBSITE: "网站或热线",
    BodyRole.ADDRESSEE: "收信人",
    BodyRole.OWN_UNIT: "自己的单位",
    BodyRole.NAMED: "没有说它做了什么",
}


def explain(result: Classification, arguments: Arguments | None = None) -> str:
    """Lines of text that say what was understood, which words led to it, and what spoke against it."""
    titles = load_lexicon().titles
    lines = [f"领域：{titles[result.domain]}（{result.domain.value}），把握{_sureness(result.confidence)}"]
    others = [f"{titles[c.domain]} {c.score:.0%}" for c in result.candidates[1:3] if c.score >= 0.01]
    if others:
        lines.append("其他可能：" + "、".join(others))
    for item in result.phrases:
        how = "" if item.matched == item.phrase else f"（按“{item.phrase}”理解，相似度{item.score:.0f}）"
        lines.append(f"- “{item.matched}”{how}")
    if arguments:
        lines += _argument_lines(arguments, titles)
    if result.region:
        lines.append(f"地点：{result.region.name}（“{result.region.matched}”）")
    elif result.region_options:
        lines.append("地点不明确，可能是：" + "、".join(region.name for region in result.region_options))
    lines += [f"被投诉主体：{body.name}（{_level(body)}）{_why(body)}" for body in result.accused]
    lines += [f"只是提到：{body.name}（{ROLE_NAMES[body.role]}）{_why(body)}" for body in result.mentioned]
    if result.amount_yuan is not None:
        how = f"，{result.amount_reading}" if result.amount_reading else ""
        lines.append(f"金额：{in_yuan(result.amount_yuan)}（“{result.amount_matched}”{how}）")
    if result.period:
        lines.append(f"时间：{_days(result.period)}（“{result.period.matched}”）")
    if result.wish:
        lines.append(f"诉求：{result.wish}")
    if result.matters:
        lines.append("说了几件事：" + "、".join(titles[matter.domain] for matter in result.matters))
    if not result.confident:
        lines.append("把握不足，会请投诉人在前三项中选择")
    return "\n".join(lines) + "\n"


def _level(body: NamedBody) -> str:
    return LEVEL_NAMES[body.level] if body.level else "级别不明"


def _why(body: NamedBody) -> str:
    return f"，因为“{body.why}”" if body.why.strip() else ""


def _argument_lines(arguments: Arguments, titles: dict[Domain, str]) -> list[str]:
    lines = []
    if arguments.for_domain:
        lines.append("理由：" + "；".join(argument.says for argument in arguments.for_domain))
    if arguments.for_other:
        others = "；".join(argument.says for argument in arguments.for_other)
        lines.append(f"偏向“{titles[arguments.other]}”的理由：{others}")
    for domain, pieces in (
        (arguments.domain, arguments.pieces_for_domain),
        (arguments.other, arguments.pieces_for_other),
    ):
        if pieces:
            lines.append(f"字词第二意见，像“{titles[domain]}”的：" + "、".join(pieces))
    return lines


def _sureness(confidence: float) -> str:
    """Nothing read from a message is certain."""
    return "99%以上" if confidence > 0.99 else f" {confidence:.0%}"


def _days(period: StatedPeriod) -> str:
    since = _day(period.since) if period.since else ""
    return f"{since}至{_day(period.until) if period.until else '今'}"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
