"""A month or a year in sentences."""

from __future__ import annotations

from cases.figures.cells import Figures
from cases.figures.statistics import SMALL_GROUP
from handlers.supervisor.overview.tallies import days


def summary(now: Figures, before: Figures | None = None) -> list[str]:
    """The month in sentences, or the year when there is no month before."""
    counts = now.counts
    last = f"（上月{before.counts['filed']}件）" if before else ""
    sentences = [
        f"登记{counts['filed']}件{last}，办结{counts['closed']}件，"
        f"不予受理{counts['declined']}件，转办{counts['transferred']}次，退回{counts['returned']}次，"
        f"重新办理{counts['reopened']}件。"
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
        sentences.append(f"从登记到答复，一半的件在{days(median)}内，九成在{days(p90)}内。")
    if counts["review_asked"]:
        sentences.append(
            f"申请复查复核{counts['review_asked']}次；改变原处理意见{counts['review_changed']}次，"
            f"维持{counts['review_upheld']}次。"
        )
    if counts["amounts"] >= SMALL_GROUP:
        sentences.append(
            f"政府债务与拖欠类投诉所说金额合计{counts['amount'] / 10_000:,.0f}万元"
            f"（{counts['amounts']}件，未经核实）。"
        )
    return sentences
