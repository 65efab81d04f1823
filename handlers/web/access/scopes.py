"""What a bearer token may be good for, whichever face asks: one table, from which tokens are made."""

from __future__ import annotations

READ, WRITE, FILE, HOOKS = "cases:read", "cases:write", "cases:file", "webhooks:manage"
STATISTICS, OPEN311, CALENDAR = "statistics:read", "open311", "calendar:read"
CREDIT_READ, CREDIT_WRITE = "credit:read", "credit:write"
SCOPE_NAMES: dict[str, str] = {
    READ: "列出和查看本单位的件、下载证据",
    WRITE: "领取、办理、上传附件",
    FILE: "替群众登记",
    HOOKS: "登记和删除本单位系统的推送地址",
    STATISTICS: "读取看板的统计数字",
    OPEN311: "经 Open311 登记",
    CALENDAR: "订阅期限日历",
    CREDIT_READ: "列出和查看信用事项",
    CREDIT_WRITE: "起草和办理信用事项",
}
