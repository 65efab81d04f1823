"""Why pages and the API refuse something: nobody is signed in, or a field is filled in wrongly."""

from __future__ import annotations

from cases.errors import Reason

SIGN_IN_FIRST = Reason("sign-in-first", "请先登录。")
OPEN_CHAT_FIRST = Reason("open-chat-first", "请先打开对话页面。")
NO_CHINESE_FONT = Reason(
    "no-chinese-font",
    "这台服务器没有安装中文字体，暂时不能生成PDF。请使用打印页，或者请管理员安装 fonts-noto-cjk，"
    "也可以用设置项 LETTER_FONT 指定字体文件。",
)
TOO_MANY_UPLOADS = Reason("too-many-uploads", "一次最多上传{most}个文件。")
TAG_FORM = Reason("tag-form", 'If-Match：应为实体标签，例如 "3"。')
KEY_FORM = Reason("key-form", "Idempotency-Key：应为 1 至 64 个字母、数字或 _.:- 。")

# -- what was filled in ---------------------------------------------------------------------------
IN_FIELD = Reason("in-field", "{field}：{problem}")
IN_ITEM = Reason("in-item", "第 {place} 项：{problem}")
FIELD_MISSING = Reason("field-missing", "请填写这一项。")
FIELD_UNKNOWN = Reason("field-unknown", "没有这一项。")
FIELD_WRONG = Reason("field-wrong", "内容不正确。")
TEXT_TOO_SHORT = Reason("text-too-short", "内容太短，至少 {min_length} 个字。")
TEXT_TOO_LONG = Reason("text-too-long", "内容太长，最多 {max_length} 个字。")
TOO_FEW_ITEMS = Reason("too-few-items", "至少要有 {min_length} 项。")
TOO_MANY_ITEMS = Reason("too-many-items", "最多 {max_length} 项。")
LESS_THAN = Reason("less-than", "不能小于 {ge}。")
NOT_GREATER_THAN = Reason("not-greater-than", "必须大于 {gt}。")
GREATER_THAN = Reason("greater-than", "不能大于 {le}。")
NOT_LESS_THAN = Reason("not-less-than", "必须小于 {lt}。")
NO_TEXT = Reason("no-text", "应为文字。")
NO_WHOLE_NUMBER = Reason("no-whole-number", "请填写整数。")
NO_NUMBER = Reason("no-number", "请填写数字。")
NOT_OFFERED = Reason("not-offered", "请从列出的选项中选择。")
NEITHER_YES_NOR_NO = Reason("neither-yes-nor-no", "请选择是或否。")
NO_DATE = Reason("no-date", "请填写日期，例如 2026-11-22。")
NO_TIME = Reason("no-time", "请填写日期和时间。")
NO_LIST = Reason("no-list", "应为列表。")
NO_JSON = Reason("no-json", "不是有效的 JSON。")
OTHER_PATTERN = Reason("other-pattern", "写法不对，应符合 {pattern}。")
