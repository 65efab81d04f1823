"""Why the integrity side's pages refuse something of themselves."""

from __future__ import annotations

from cases.errors import Reason

NO_SUCH_KIND = Reason("no-such-kind", "没有这一类可以单独起草。")
PAPERS_ON_THE_PAGE = Reason("papers-on-the-page", "需要材料的操作请在页面上办理，接口不接收文件。")
NOT_SETTLED = Reason("evaluation-not-settled", "评价还没有确定，不能作为绩效考核附件。")
