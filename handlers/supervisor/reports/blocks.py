"""A report as headings, sentences, pictures and tables in order: what page, PDF and Word all say."""

from __future__ import annotations

from collections.abc import Iterator

from cases.figures.reports import KeptReport, ReportContent
from cases.figures.statistics import SMALL_GROUP, Period
from cases.instants import local_date
from handlers.supervisor.charts.comparison import DepartmentShare, draw_comparison
from handlers.supervisor.charts.distribution import Column, draw_distribution
from handlers.supervisor.charts.places import draw_places
from handlers.supervisor.charts.trend import Point, draw_trend
from handlers.web.papers.blocks import Block, Heading, Picture, Sentence, Table

WORK = ("收件", "办结", "受理按期率", "受理中位数", "答复按期率", "答复中位数", "不予受理", "满意率")
FROZEN = "本报告的统计数字固定于{at}，以后件有变化也不改动。"
LATE = "这个范围的报告在统计期结束时没有留存，第一次查看时才固定，其间的变化已经计入。"
"""Of another choice than the whole of what the reader sees, or of a time when nothing ran."""
RUNNING = "统计期还没有结束，或者数字还没有汇总完，本报告还会变化；截至{at}。"


def blocks_of(content: ReportContent, kept: KeptReport, period: Period, at: str, now: str) -> Iterator[Block]:
    """What there is to say. Where nothing came in there is nothing to draw, and no picture."""
    blocks = _blocks(content, kept, period, at, now)
    return (block for block in blocks if not isinstance(block, Picture) or block.svg)


def _blocks(content: ReportContent, kept: KeptReport, period: Period, at: str, now: str) -> Iterator[Block]:
    """`at`: when the figures were taken; `now`: a sentence on what is open now, which is never frozen."""
    yield Sentence((FROZEN if kept.content else RUNNING).format(at=at), small=True)
    if kept.content and local_date(content.made_at) > period.until:
        yield Sentence(LATE, small=True)
    yield Heading("一、概况")
    yield from (Sentence(words) for words in content.sentences)
    yield Sentence(_said(content))
    yield Sentence(now)
    yield Heading("二、收件与办理")
    yield Picture(draw_trend([Point(*point, "", "") for point in content.points]), "收件（柱）与办结（线）")
    columns = [Column(*column, "") for column in content.columns]
    drawn = draw_distribution(columns, "late-report", "答复用时与承诺")
    yield Picture(drawn, "答复用时占承诺时间的比例；斜线为超期")
    if content.rates:
        rates = [DepartmentShare(*rate, "") for rate in content.rates]
        drawn = draw_comparison(rates, content.average, "各单位答复按期率")
        yield Picture(drawn, "各单位答复按期率；横条为件数少时可能的范围（95%）")
    yield Table(("单位", *WORK), content.departments)
    yield Table(("领域", *WORK), content.domains)
    yield Sentence(f"不足{SMALL_GROUP}件的，不显示用时、按期率和满意率。", small=True)
    yield from _where(content)
    yield from _what(content)
    yield Heading("五、典型案例")
    for number, case in enumerate(kept.cases, 1):
        yield Sentence(f"案例{number}：{case.words}")
    yield Sentence(
        "由督办员选定并隐去可以认出当事人的内容。" if kept.cases else "本期没有选定典型案例。", small=True
    )
    if content.credit:
        yield Heading("六、失信记录与信用修复")
        yield from (Sentence(words) for words in content.credit)
        if content.recorded:
            yield Table(("单位", "失信记录"), content.recorded)
        yield Sentence("各项含义见指标说明。公职人员档案不计。", small=True)


def _said(content: ReportContent) -> str:
    if all(share == "—" for _, share in content.voices):
        return f"投诉人的评价不足{SMALL_GROUP}件，不列比例。"
    return "，".join(f"{label}{share}" for label, share in content.voices) + "。"


def _where(content: ReportContent) -> Iterator[Block]:
    yield Heading("三、地区分布")
    if any(code for code, _, _ in content.places):
        yield Picture(
            draw_places(content.places), "各市州收件，大致按位置排列的示意图，不是地图；颜色越深越多"
        )
    yield Table(("市州", "县区", "收件"), tuple((a, b, str(n)) for a, b, n in content.counties))
    yield Sentence(f"不足{SMALL_GROUP}件的县区合并列出。", small=True)


def _what(content: ReportContent) -> Iterator[Block]:
    yield Heading("四、反映的问题")
    if content.words:
        rows = tuple((word, str(n), f"{n - before:+d}") for word, n, before in content.words)
        yield Table(("热点词", "件数", "比上期"), rows)
    if content.pairs:
        yield Table(("同时出现的词", "", "件数"), tuple((a, b, str(n)) for a, b, n in content.pairs))
    if content.unhappy:
        yield Table(("不满意的原因", "次数"), tuple((name, str(n)) for name, n in content.unhappy))
    words = (
        f"热点词取自识别领域的词库，同一件中一个词只计一次，不足{SMALL_GROUP}件的不列，"
        "件数很多时只看最近一万件；不含投诉原文。"
    )
    yield Sentence(words, small=True)
