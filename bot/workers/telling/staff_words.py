"""What staff are told in their linked chats: the number and what to do, never what the citizen wrote."""

from __future__ import annotations

from cases.instants import read_day
from cases.model import Notification
from cases.rules.time_limits import days_for
from cases.vocabulary import ClockKind
from cases.words import in_chinese

WORDS: dict[str, str] = {
    "staff-new-case": "您单位的队列有新件 {number}，请领取。",
    "staff-danger": "{number} 的投诉人可能有危险，请立即查看，并联系110、120或者当地救助。",
    "staff-assigned": "{number} 已指派给您，请办理。",
    "staff-transfer-offered": "{number} 转办到您单位，请在 {return_days} 个工作日内接收或退回。",
    "staff-transfer-returned": "{number} 被退回，请重新办理。",
    "staff-stalled": "{number} 的下一步没有人能够办理，请到待督办中指定承办单位或者审批。",
    "staff-dispute": "{number} 的责任单位有争议，请裁定。",
    "staff-invited": "{number} 请您单位协助办理。",
    "staff-decline-proposed": "{number} 拟不予受理，请另一人会签。",
    "staff-letter-waits": "{number} 有文书送核稿，请核稿、签发。",
    "staff-letter-returned": "{number} 的文书已退回修改，请查看意见。",
    "staff-declined": "{number} 已不予受理，特此报备。",
    "staff-decline-refused": "{number} 的不予受理意见未通过会签，请继续办理。",
    "staff-citizen-wrote": "{number} 有投诉人的新留言。",
    "staff-supplemented": "{number} 的投诉人已补充材料。",
    "staff-withdrawn": "{number} 已由投诉人撤回。",
    "staff-extension-asked": "{number} 申请延期，请负责人审批。",
    "staff-extension-refused": "{number} 的延期申请未获批准，请按原时限办理。",
    "staff-review-asked": "{number} 申请复查复核，请领取。",
    "staff-ordered": "{number} 有督办要求，请于 {until} 前答复。",
    "staff-errand": "{number} 有批示、会签或者交办等您办理，请查看并回复。",
    "staff-errand-answered": "{number} 的批示、会签或者交办已有回复。",
    "staff-order-answered": "{number} 的督办要求已答复。",
    "staff-follow-up": "{number} 需要回访，请由没有经办此件的人联系投诉人并登记。",
    "staff-checked": "{number} 已被抽查，请查看结论。",
    "staff-reopened": "{number} 已重新办理。",
    "staff-unseal-asked": "{number} 申请查看投诉人信息，请审批。",
    "staff-recounted": "{number} 的时限已按公布的节假日安排重新计算，请查看。",
    "staff-amber": "{number} 的时限将到，请于 {due} 前办理。",
    "staff-red": "{number} 已超过时限（{due}），已记入失职追究。",
}
_FIGURES = {"return_days": str(days_for(ClockKind.TRANSFER_RETURN))}
EMPTY_DESK = "有件分到{department}，但该单位还没有可用的账号，无人能够办理。请尽快为它建立账号。"
UNSUPERVISED = "{department}的件需要督办员处理，但没有能够处理的督办员账号。请尽快建立账号。"
"""For administrators: nothing about the case itself."""
OTHERWISE = "{number} 有新情况，请登录查看。"


def words_for_staff(notification: Notification, number: str, address: str | None) -> str:
    """One plain line; with the address of the case page when there is a public one."""
    params = {name: _shown(value) for name, value in notification.params.items()}
    line = WORDS.get(notification.template, OTHERWISE).format_map(
        _Blank(params | _FIGURES | {"number": number})
    )
    return f"{line}\n{address}/desk/cases/{number}" if address else line


def _shown(value: object) -> str:
    try:
        return in_chinese(read_day(str(value)))
    except ValueError:
        return str(value)


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "规定时间"
