"""What the kinds of entries of the audit trail are called on screen. One without a name is shown as it is."""

from __future__ import annotations

from collections.abc import Mapping

ACTION_NAMES: Mapping[str, str] = {
    "case.viewed": "查看件",
    "evidence.opened": "打开材料",
    "reporter.unsealed": "查看投诉人信息",
    "board.exported.csv": "导出名单（CSV）",
    "board.exported.xlsx": "导出名单（XLSX）",
    "alarm.acknowledged": "处理预警",
    "audit.read": "查阅审计记录",
    "audit.verified": "核对审计链",
    "audit.anchored": "生成审计锚点",
    "login": "登录",
    "login_code": "动态验证码通过",
    "login_failed": "密码错误",
    "login_code_failed": "动态验证码错误",
    "login_refused": "登录被拒绝",
    "logout": "退出登录",
    "logout_everywhere": "退出所有设备",
    "password_changed": "修改密码",
    "totp_enrolled": "绑定动态验证码",
    "staff.added": "新建账号",
    "staff.password_reset": "重设密码",
    "staff.totp_reset": "取消动态验证码",
    "staff.roles_changed": "改变角色",
    "staff.disabled": "停用账号",
    "staff.enabled": "恢复账号",
    "staff.chat_linked": "绑定提醒",
    "staff.chat_unlinked": "解除提醒",
    "token.made": "签发接口令牌",
    "token.revoked": "吊销接口令牌",
    "webhook.registered": "登记推送地址",
    "webhook.removed": "删除推送地址",
    "webhook.pinged": "试发推送",
    "keys.rotated": "更换密钥",
    "backup.made": "备份",
    "backup.restored": "恢复备份",
    "retention.run": "清理到期内容",
    "rollups.rebuilt": "重新计算看板数字",
    "lexicon.suggestions": "查看词库建议",
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
    "drafts": "草稿",
    "chats": "会话",
    "files": "文件",
    "subject": "对象",
    "actor": "人员",
    "action": "类型",
    "from": "开始日期",
    "to": "结束日期",
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
