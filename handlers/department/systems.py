"""The eight systems (哈尔滨 §六) by name, shown where each acts, so that staff know which rule they stand on.

Words only; the rules themselves are in `cases/`.
"""

from __future__ import annotations

from typing import NamedTuple

from cases.vocabulary import Move


class System(NamedTuple):
    name: str
    rule: str


FIRST_ASKED = System("首问责任制", "对方接收之前，原单位一直负责；接收以后由接收单位负责。")
COMMITMENT = System("服务承诺制", "以下时限已在登记时告知投诉人，并公开承诺。")
TIME_LIMIT = System("限时办结制", "按法定期限计算，即将到期变黄，超期变红并通知督办。")
ACCOUNTABILITY = System("失职追究制", "超期或者没有依据的拒绝会形成追究事项，由督办员处理。")
REFUSAL_FILING = System(
    "否定报备制", "不予受理须写明理由和法律依据，由另一人会签，报督办备案，并书面告知投诉人。"
)
ASSISTED_FILING = System("无偿代办制", "可以在窗口或者电话里替群众登记，不收取任何费用。")
ONE_NOTICE = System("一次告知制", "需要补充的材料一次写全；再次要求补正须由督办员提出。")
AB_ROLES = System("AB岗工作制", "承办人离岗或者超过2个工作日没有办理时，B岗可以接办，权限相同。")

OF_MOVES: dict[Move, System] = {
    Move.TRANSFER: FIRST_ASKED,
    Move.ACCEPT_TRANSFER: FIRST_ASKED,
    Move.RETURN_TRANSFER: FIRST_ASKED,
    Move.PROPOSE_DECLINE: REFUSAL_FILING,
    Move.COUNTERSIGN_DECLINE: REFUSAL_FILING,
    Move.REFUSE_DECLINE: REFUSAL_FILING,
    Move.ASK_SUPPLEMENT: ONE_NOTICE,
    Move.TAKE_OVER: AB_ROLES,
    Move.REQUEST_EXTENSION: TIME_LIMIT,
    Move.APPROVE_EXTENSION: TIME_LIMIT,
    Move.CLOSE_ACCOUNTABILITY: ACCOUNTABILITY,
    Move.OPEN_ACCOUNTABILITY: ACCOUNTABILITY,
}
