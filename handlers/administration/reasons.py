"""Why an administrator's change is refused."""

from __future__ import annotations

from cases.errors import Reason

NOT_ONES_OWN = Reason("not-ones-own", "自己的岗位和停用由另一位管理员办理。")
LOGIN_TAKEN = Reason("login-taken", "登录名{login}已被使用。")
NO_SUCH_TOKEN = Reason("no-such-token", "没有这个接口令牌，可能已经吊销。")
NO_SUCH_CHANGE = Reason("no-such-change", "没有这项操作。")
