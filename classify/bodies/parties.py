"""Who owes, who promised: the party named directly before a word of owing or promising.

The nearest kind of body before the word decides, so that 学校拖欠 and 公司拖欠 differ. Only kinds of
bodies are told apart here; names are the business of `accused`.
"""

from __future__ import annotations

import re

_LOCAL = (
    r"镇政府|乡政府|乡镇政府|镇人民政府|乡人民政府|街道办事处|街道办|办事处|村委会|村委|村民委员会|居委会|社区|村支书|村书记"
    r"|村主任|村长|村干部|镇长|乡长|镇里|乡里|村里|村上|镇上|组长|支书"
)
_STATE = (
    r"人民政府|县政府|市政府|区政府|州政府|省政府|政府|县委|市委|区委|管委会|指挥部|法院|检察院|公安局|派出所|[一-鿿]局|[一-鿿]厅|财政|人社"
    r"|教育部门|学校|小学|中学|附中|一中|二中|三中|大学|学院|职校|幼儿园|医院|卫生院|疾控中心|福利院|敬老院|水厂|环卫所|林场|农场|电视台|供销社"
    r"|城投公司|城投|城建投|建投公司|交投公司|高新集团|国资集团|平台公司|征收办|拆迁办|移民办|管理处|管理局|中心校|单位"
)
_PRIVATE = (
    r"公司|集团|企业|老板|工厂|鞋厂|厂里|厂家|砖厂|电子厂|食品厂|酒厂|矿业|酒店|宾馆|饭店|餐厅|餐馆|超市|专卖店|门店|店铺|会所|山庄|酒业|公寓|健身"
    r"|包工头|承包商|承包人|承包方|开发商|房地产|劳务|工地|楼盘|项目部|施工队|班组长|物业|驾校|培训|早教|商贸|经销|个体|实业|家具|装饰|装修|法人|负责人"
)
_BODY = re.compile(rf"(?P<local>{_LOCAL})|(?P<state>{_STATE})|(?P<private>{_PRIVATE})")
_OWING = re.compile(
    r"拖欠|欠|克扣|扣发|停发|不发|没发|未发|不付|未付|没付|不给钱|没给钱|不给工资|没给工资|不支付|未支付|没支付|不结算|没结算|不结账|不兑付|卷款"
)
_PROMISING = re.compile(r"承诺|答应|许诺|保证给|签订|签了|签的|约定|答复|回复|批示|出台|规定给|下发")
REACH = 22
MOST = 8


def parties(text: str) -> dict[str, float]:
    """Features `debtor:…` and `promiser:…` with the share of each kind of body."""
    found: dict[str, float] = {}
    for role, verb in (("debtor", _OWING), ("promiser", _PROMISING)):
        counts: dict[str, int] = {}
        for number, match in enumerate(verb.finditer(text)):
            if number == MOST:
                break
            kind = _nearest(text[max(0, match.start() - REACH) : match.start()])
            if kind:
                counts[kind] = counts.get(kind, 0) + 1
        total = sum(counts.values())
        found.update({f"{role}:{kind}": count / total for kind, count in counts.items()})
    return found


def _nearest(before: str) -> str | None:
    kind = None
    for match in _BODY.finditer(before):
        kind = match.lastgroup
    return kind
