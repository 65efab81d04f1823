"""Why the board refuses something: what was asked for is not there, or cannot be read."""

from __future__ import annotations

from cases.errors import Reason

NO_SUCH_WARNING = Reason("no-such-warning", "没有这条预警。")
CONCLUSION_MISSING = Reason("conclusion-missing", "请写明查看后的结论。")
NO_SUCH_DOMAIN = Reason("no-such-domain", "没有这个重点领域。")
NO_SUCH_LIST = Reason("no-such-list", "没有这样的名单，请从看板上点进来。")
NO_SUCH_PERIOD = Reason("no-such-period", "没有这个统计期。")
WORDS_OF_CASE = Reason("words-of-case", "请写明案例内容，不超过2000字。")
NO_SUCH_YEAR = Reason("no-such-year", "没有这个年度。")
DATE_FORM = Reason("date-form", "日期应写成 2026-11-22。")
ENDS_BEFORE_IT_BEGINS = Reason("ends-before-it-begins", "结束日期不能早于开始日期。")
UNKNOWN_PARAMETER = Reason("unknown-parameter", "没有参数“{name}”。")
GROUPING_FORM = Reason("grouping-form", "by 应为 department、domain、jurisdiction 或 place。")
