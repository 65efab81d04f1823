"""Why the core and storage refuse something, sentence by sentence; requirements of moves bring theirs along.

Simplified Chinese here; the edges word the same codes in traditional characters and English
(`handlers/languages`). A sentence that only one face says stands beside that face.
"""

from __future__ import annotations

from cases.errors import Reason

# -- what there is not ----------------------------------------------------------------------------
NO_SUCH_CASE = Reason("no-such-case", "没有找到这个编号。")
NO_CASE_FOR_YOU = Reason("no-case-for-you", "没有找到这个编号，或者您无权查看。")
NO_SUCH_FILE = Reason("no-such-file", "没有这个文件。")
NO_SUCH_LETTER = Reason("no-such-letter", "没有这份文书。")
NO_SUCH_ACCOUNT = Reason("no-such-account", "没有账号“{account}”。")
NO_SUCH_DEPARTMENT = Reason("no-such-department", "没有这个单位。")
UNKNOWN_DEPARTMENT = Reason("unknown-department", "没有单位“{department}”。")
UNKNOWN_JURISDICTION = Reason("unknown-jurisdiction", "没有辖区“{jurisdiction}”。")
NO_TIME_LIMIT = Reason("no-time-limit", "没有为“{kind}”规定时限。")
NO_SUCH_WEBHOOK = Reason("no-such-webhook", "没有登记过这个地址。")

# -- clocks ---------------------------------------------------------------------------------------
CLOCK_ENDED = Reason("clock-ended", "时限已经结束，不能再暂停、恢复或者延期。")
BEFORE_LAST_STEP = Reason("before-last-step", "时间早于上一步。")
EXTENSION_OF_ANOTHER_RULE = Reason("extension-of-another-rule", "延期所依据的规定与本时限不一致。")
NO_EXTENSION = Reason("no-extension", "{basis}没有规定可以延期。")
EXTENDED_ALREADY = Reason("extended-already", "只能延期一次。")
EXTENSION_LENGTH = Reason("extension-length", "延期天数应为1至{most}。")
TOO_LATE_TO_EXTEND = Reason("too-late-to-extend", "时限已过，不能延期。")

# -- filing ---------------------------------------------------------------------------------------
NOTHING_TOLD = Reason("nothing-told", "请写下您要反映的事情。")
NOT_ITS_OWN_REVIEW = Reason("not-its-own-review", "{department}的意见正在复查，不能由它自己复查。")
OTHERS_WAIT = Reason(
    "others-wait", "此件与别人反映的同一件事并案办理，不能撤回；办理结果仍会告诉您，您可以不再理会。"
)
AWAY = Reason("away", "您已登记离岗，不能领取。回到岗位的，请先取消离岗登记。")
NO_NUMBER_FREE = Reason("no-number-free", "暂时不能生成编号，请稍后再试；您写的内容没有丢失。")
IS_ACCUSED = Reason("is-accused", "{department}是被投诉主体或其下级，不能接收此件。")

# -- files ----------------------------------------------------------------------------------------
FILE_TOO_LARGE = Reason("file-too-large", "“{name}”超过{megabytes} MB，没有收下。请压缩画质或分成几份再发。")
FILE_INFECTED = Reason("file-infected", "“{name}”里发现了病毒，没有收下。请换一份干净的文件再发。")
FILE_UNCHECKED = Reason("file-unchecked", "暂时不能检查“{name}”是否带有病毒，没有收下。请过一会儿再发一次。")

# -- chats of staff -------------------------------------------------------------------------------
TOO_MANY_LINK_CODES = Reason("too-many-link-codes", "生成的绑定码过多，请一小时后再试。")
TOO_MANY_LINK_TRIES = Reason("too-many-link-tries", "尝试次数过多，请一小时后再试。")

# -- addresses of departments' own systems ----------------------------------------------------------
WEBHOOK_KNOWN = Reason("webhook-known", "本单位已登记过这个地址。")
TOO_MANY_WEBHOOKS = Reason("too-many-webhooks", "每个单位最多登记{most}个地址，请先删除不用的。")
WEBHOOK_OUT_OF_REACH = Reason("webhook-out-of-reach", "这个地址无法从这里访问，或者属于不允许访问的网络。")
WEBHOOK_NO_ADDRESS = Reason("webhook-no-address", "地址的写法不对。")
WEBHOOK_NOT_HTTPS = Reason("webhook-not-https", "只能登记以 https:// 开头的地址。")
WEBHOOK_WITH_USER = Reason("webhook-with-user", "地址里不能有用户名、密码或“#”。")
WEBHOOK_FORM = Reason("webhook-form", "地址最长{most}个字符，只能用英文字符。")
WEBHOOKS_OF_MANAGERS = Reason("webhooks-of-managers", "只有本单位负责人或管理员可以登记推送地址。")

# -- lists ----------------------------------------------------------------------------------------
PAGE_MARK_INVALID = Reason("page-mark-invalid", "翻页标记已失效，请从第一页重新开始。")

# -- storage --------------------------------------------------------------------------------------
NOT_CONFIRMED = Reason("not-confirmed", "数据库没有确认这次操作（{fault}）。")
NO_PRIMARY = Reason("no-primary", "数据库暂时没有主节点。")
RECORD_REFUSED = Reason("record-refused", "这条记录太大，或者格式不对，无法保存。")
ACCOUNT_CONTENDED = Reason("account-contended", "同时修改这个账号的人太多，请稍后再试。")
ALERTS_CONTENDED = Reason("alerts-contended", "这个人的提醒变动太快，暂时数不过来。")
NO_SPACE_LEFT = Reason("no-space-left", "存储空间快满了，暂时不能接收新的内容。")

# -- what was filled in for a move ----------------------------------------------------------------
NEEDS_WORDS = Reason("needs-words", "办理“{move}”需要填写内容。")
NOT_OF_THIS_DEPARTMENT = Reason("not-of-this-department", "只能指派给本单位人员。")
NO_SUCH_PERSON = Reason("no-such-person", "没有这个人。")
PERSON_CONCERNED = Reason("person-concerned", "{person}与此件有关，不能承办。")
PERSON_MAY_NOT_HOLD = Reason("person-may-not-hold", "{person}不能承办案件。")
OTHER_NEEDS_WORDS = Reason("other-needs-words", "选择“其他”时请写明理由。")
SAME_DOMAIN = Reason("same-domain", "领域没有变化。")
NOTHING_TO_ADD = Reason("nothing-to-add", "请写一点内容或附上材料。")
DATE_IN_THE_PAST = Reason("date-in-the-past", "完成日期不能早于今天。")
NO_SUCH_ERRAND = Reason("no-such-errand", "没有这项等您回复的批示、会签或者交办。")
NO_SUCH_ORDER = Reason("no-such-order", "没有这项待回复的督办。")
NOT_TO_BE_TOLD = Reason("not-to-be-told", "这个时限不在计算中，或者已经提醒过。")
NO_SUCH_ITEM = Reason("no-such-item", "没有这项待处理的追究事项。")
ALREADY_HERE = Reason("already-here", "此件已在本单位。")
ACCUSED_ALREADY = Reason("accused-already", "这些单位已经列为被投诉主体。")
NOT_INTO_ITSELF = Reason("not-into-itself", "不能并入自己。")
ACCUSED_THERE_FIRST = Reason(
    "accused-there-first", "请先在要并入的件里补充被投诉主体：{bodies}。否则它们以后可能收到此件。"
)
NOT_TO_MERGE_INTO = Reason("not-to-merge-into", "只能并入本单位正在办理的件。")
NO_SUCH_COMMITMENT = Reason(
    "no-such-commitment", "承诺登记簿里没有这个编号，或者它没有公布。请核对编号，例如CN开头的一串。"
)
COMMITMENT_LINKED = Reason("commitment-linked-already", "这项承诺已经关联。")
COMMITMENT_NOT_LINKED = Reason("commitment-not-linked", "此件没有关联这项承诺。")
NO_CASE_IN_THIS_CHAT = Reason("no-case-in-this-chat", "没有找到这个编号，或者它不是在这个会话里提交的。")
NO_SUCH_EMERGENCY = Reason("no-such-emergency", "没有这件紧急情况。")
SAY_WHAT_WAS_DONE = Reason("say-what-was-done", "请写明做了什么。")
ALREADY_ACKNOWLEDGED = Reason("already-acknowledged", "已经有人确认了。")
WRONG_OPENING_CODE = Reason(
    "wrong-opening-code",
    "投诉人信息锁在保密柜里，请填写您的开柜口令（或者任意两个恢复口令，中间空一格）。口令没有填或者不对。",
)
LOOK_LAPSED = Reason("look-lapsed", "批准后七天内没有查看，内容已重新锁上。请再次申请。")
NO_REPORTER_TO_SEE = Reason("no-reporter-to-see", "没有可以查看的投诉人信息。")
CODE_TAKEN = Reason("code-taken", "机关代字“{code}”已由别的单位使用，两家的文号会相同，请换一个。")
LETTER_UNREADABLE = Reason("letter-unreadable", "这份文书有的内容不合格式，请在编辑页改正标出的地方。")
LETTER_SIGNED = Reason("letter-signed", "本单位的这类文书由另一人签发：请拟稿并送核稿，签发时发出。")
