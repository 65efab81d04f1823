"""What the kinds of entries of the audit trail are called on screen. One without a name is shown as it is."""

from __future__ import annotations

from collections.abc import Mapping

from cases.ports.audit import AuditAction

ACTION_NAMES: Mapping[str, str] = {
    AuditAction.CASE_VIEWED: "查看件",
    AuditAction.EVIDENCE_OPENED: "打开材料",
    AuditAction.LOOKS_OF_ACCUSED: "新增被投诉主体，此前已被其查看",
    AuditAction.REPORTER_UNSEALED: "查看投诉人信息",
    AuditAction.BOARD_EXPORTED_CSV: "导出名单（CSV）",
    AuditAction.BOARD_EXPORTED_XLSX: "导出名单（XLSX）",
    AuditAction.ALARM_ACKNOWLEDGED: "处理预警",
    AuditAction.TYPICAL_CASE: "选定典型案例",
    AuditAction.SAMPLE_SEEDED: "产生抽查随机数",
    AuditAction.READY_TEXT_CHANGED: "更改常用语",
    AuditAction.EMERGENCY_VIEWED: "查看紧急情况",
    AuditAction.EMERGENCY_ACKNOWLEDGED: "确认紧急情况",
    AuditAction.AUDIT_READ: "查阅审计记录",
    AuditAction.AUDIT_VERIFIED: "核对审计链",
    AuditAction.ARCHIVE_OPENED: "查看公职人员诚信档案",
    AuditAction.ARCHIVE_READ: "查看诚信档案",
    AuditAction.ARCHIVE_EXPORTED: "导出诚信档案",
    AuditAction.AWARD_CHECKED: "评优核查",
    AuditAction.AGGREGATES_READ: "查看第三方评价数据",
    AuditAction.AGGREGATES_EXPORTED: "导出第三方评价数据",
    AuditAction.EVALUATION_EXPORTED: "导出绩效考核附件",
    AuditAction.AUDIT_ANCHORED: "生成审计锚点",
    AuditAction.LOGIN: "登录",
    AuditAction.LOGIN_CODE: "动态验证码通过",
    AuditAction.LOGIN_FAILED: "密码错误",
    AuditAction.LOGIN_CODE_FAILED: "动态验证码错误",
    AuditAction.LOGIN_REFUSED: "登录被拒绝",
    AuditAction.LOGOUT: "退出登录",
    AuditAction.LOGOUT_EVERYWHERE: "退出所有设备",
    AuditAction.PASSWORD_CHANGED: "修改密码",
    AuditAction.TOTP_ENROLLED: "绑定动态验证码",
    AuditAction.STAFF_ADDED: "新建账号",
    AuditAction.STAFF_PASSWORD_RESET: "重设密码",
    AuditAction.STAFF_TOTP_RESET: "取消动态验证码",
    AuditAction.STAFF_ROLES_CHANGED: "改变角色",
    AuditAction.STAFF_DISABLED: "停用账号",
    AuditAction.STAFF_ENABLED: "恢复账号",
    AuditAction.STAFF_CHAT_LINKED: "绑定提醒",
    AuditAction.STAFF_CHAT_UNLINKED: "解除提醒",
    AuditAction.TOKEN_MADE: "签发接口令牌",
    AuditAction.TOKEN_REVOKED: "吊销接口令牌",
    AuditAction.WEBHOOK_REGISTERED: "登记推送地址",
    AuditAction.WEBHOOK_REMOVED: "删除推送地址",
    AuditAction.WEBHOOK_PINGED: "试发推送",
    AuditAction.KEYS_ROTATED: "更换密钥",
    AuditAction.VAULT_MADE: "设立保密柜",
    AuditAction.VAULT_ADMITTED: "发开柜口令",
    AuditAction.VAULT_DISMISSED: "收回开柜口令",
    AuditAction.BACKUP_MADE: "备份",
    AuditAction.BACKUP_RESTORED: "恢复备份",
    AuditAction.RETENTION_RUN: "清理到期内容",
    AuditAction.EXCHANGE_EXPORTED: "导出归集文件",
    AuditAction.EXCHANGE_IMPORTED: "导入归集文件",
    AuditAction.ROLLUPS_REBUILT: "重新计算看板数字",
    AuditAction.LEXICON_SUGGESTIONS: "查看词库建议",
}

DETAIL_NAMES: Mapping[str, str] = {
    "address": "地址",
    "file": "材料",
    "name": "用途",
    "token": "令牌",
    "scopes": "权限",
    "days": "天数",
    "before": "原来",
    "after": "现在",
    "roles": "角色",
    "department": "单位",
    "cases": "件数",
    "faults": "不一致",
    "looks": "查看",
    "drafts": "草稿",
    "chats": "会话",
    "files": "文件",
    "seed": "随机数",
    "report": "报告",
    "subject": "对象",
    "actor": "人员",
    "action": "类型",
    "from": "开始日期",
    "to": "结束日期",
    "year": "年度",
    "by": "分组",
}


def action_name(action: str) -> str:
    return ACTION_NAMES.get(action, action)


def details_of(data: Mapping[str, object]) -> str:
    """The details of an entry in one line."""
    return "，".join(
        f"{DETAIL_NAMES.get(name, name)} {_shown(value)}" for name, value in data.items() if value != ""
    )


def _shown(value: object) -> str:
    return "、".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
