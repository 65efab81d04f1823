"""What a token of a department's own system may be good for. The command line offers exactly these."""

from __future__ import annotations

READ, WRITE, FILE, HOOKS = "cases:read", "cases:write", "cases:file", "webhooks:manage"
SCOPES = {
    READ: "列出和查看本单位的件、下载证据",
    WRITE: "领取、办理、上传附件",
    FILE: "替群众登记",
    HOOKS: "登记和删除本单位系统的推送地址",
}
