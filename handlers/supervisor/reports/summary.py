"""A period in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from cases.figures.cells import Figures
from cases.figures.statistics import SMALL_GROUP
from handlers.supervisor.overview.tallies import days


def summary(now: Figures, against: Sequence[tuple[str, Figures]] = ()) -> list[str]:
    """`against`: what the cases filed are held against, by name, such as 环比上期."""
    counts = now.counts
    held = "，".join(_moved(name, counts["filed"], before.counts["filed"]) for name, before in against)
    sentences = [
        f"登记{counts['filed']}件{f'（{held}）' if held else ''}，"
        f"其中工作人员代为登记{counts['assisted']}件；"
        f"办结{counts['closed']}件，不予受理{counts['declined']}件，转办{counts['transferred']}次，"
        f"退回{counts['returned']}次，重新办理{counts['reopened']}件。"
    ]
    for kind, label in (("accept", "受理"), ("handle", "答复")):
        judged = now.judged(kind)
        if judged >= SMALL_GROUP:
            sentences.append(
                f"{label}期限已有结果{judged}件，按期{counts[f'{kind}_kept']}件，"
                f"按期率{now.on_time(kind) or 0:.1%}。"
            )
    if now.number("answer") >= SMALL_GROUP:
        median, p90 = now.quantile("answer", 0.5), now.quantile("answer", 0.9)
        sentences.append(
            f"从登记到答复，一半的件在{days(median)}内，九成在{days(p90)}内；"
            f"受理后不到1小时就答复的{counts['instant']}件。"
        )
    if counts["review_asked"]:
        sentences.append(
            f"申请复查复核{counts['review_asked']}次；改变原处理意见{counts['review_changed']}次，"
            f"维持{counts['review_upheld']}次。"
        )
    if counts["sampled"]:
        sentences.append(
            f"抽中{counts['sampled']}件抽查；作出结论的，规范{counts['check_sound']}件，"
            f"有瑕疵{counts['check_flawed']}件，不合格{counts['check_failed']}件。"
        )
    if counts["amounts"] >= SMALL_GROUP:
        sentences.append(
            f"政府债务与拖欠类投诉所说金额合计{counts['amount'] / 10_000:,.0f}万元"
            f"（{counts['amounts']}件，未经核实）。"
        )
    return sentences


def _moved(name: str, now: int, before: int) -> str:
    if now == before:
        return f"{name}持平"
    return f"{name}{'增' if now > before else '减'}{abs(now - before)}件"
