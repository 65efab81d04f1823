"""In which role a body is named: complained about, or only mentioned, and by which words that is told.

Read from the words around the name, clause by clause. A body that was asked for help and did nothing is
complained about; one that judged, made a law, or runs a website is not.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from classify.bodies.finding import Body
from classify.types import AdminLevel, BodyRole

_CLAUSE = re.compile(r"[,。;!?:\n]")
_BETWEEN = ",。;!\n "
_CHARGED = re.compile(
    r"(?:举报|投诉|控告|控诉|检举|揭发|曝光|状告|声讨|质疑|反映|严查|彻查|请查|查处|关于|针对|对于|起诉)(?!到|给|至|信|人|电话|无门|过)"
    r"[^,。;!?:\n]{0,5}$"
)
_HARMED_BY = re.compile(r"(?:被|遭|遭到|受到|受|由于|因|因为|都怪|可恨的|黑心的?|无良的?|可恶的?)$")
_DEALT_WITH = re.compile(
    r"(?:(?:与|和|跟|同|给|为|替|帮|在|借给|租给|卖给|供给|交给|付给|转给)|(?:欠款方|债务人|甲方|发包方|业主|建设单位|采购人|用人单位|被告|责任单位)(?:是|为|:)?)$"
)
_DEAL = re.compile(
    r"^[^,。;!?]{0,10}(?:签|合同|协议|承包|承建|修|建|施工|干活|干了|做工|做了|做的|打工|务工|送货|供货|供应|安装|运输|工作|上班|工程|项目|租|借|买|交了|交的|提供|干)"
)
_ASKED = re.compile(
    r"(?:向|找过?|找到|去过?|到|跑到?|跑了|问过?|问了|咨询过?|打电话给|打给|致电|拨打|联系过?|求助于?|请求?|恳请|恳求|希望|盼望?|望|要求|建议|报告|反映到|反映给|投诉到|上访到|递交|寄给|转到|转交|移交|责成"
    r"|督促|协调|通过|经|来到|前往|请教|等|让|叫|呼吁|请示|上报|报给|抄送|询问|去信|写信给|求|敬请|麻烦)(?:了|我们|我|当地|过|有关|一下|咱)?$"
)
_ASKING = re.compile(
    r"^[^,。;!?]{0,6}(?:反映|投诉|举报|申请|求助|上访|信访|咨询|询问|报案|报警|要|讨|说理|讨说法|查询|起诉|告|申诉|交涉)"
)
_FAILED = re.compile(
    r"推脱|推诿|推来|推给|推三阻四|踢皮球|踢来踢去|不理|不管|不问|没人管|无人管|没管|不解决|没有?解决|未解决|不予|不作为|敷衍|没有?答复|不答复|不回复|没有?回复|未予|未答复|无果|未果|拒绝|拒不|不给|不让"
    r"|不了了之|没有?结果|没有?下文|不承认|说没钱|没有?人理|没消息|不闻不问|无动于衷|置之不理|糊弄|搪塞|互相推|一直拖|拖着|不受理|不立案|打太极|没用|偏袒|包庇|不肯|不敢管"
)
_OWES = re.compile(
    r"^[^,。;!?\n]{0,10}?(?:拖欠|欠|克扣|扣发|停发|不发|没发|未发|不付|未付|没付|拒付|不给|没给|未给|不支付|未支付|没支付|不结|未结|没结|赖账|不还|没还|未还|卷款|不兑现|没兑现|未兑现|没有兑现)"
)
_WRONGS = re.compile(
    r"^[^,。;!?\n]{0,8}?(?:骗|强(?!调|烈)|乱|侵|挪|贪|截留|套取|霸|滥|毁|弄虚|造假|作假|恶意|私自|擅自|偷|占|砍|挖|拆|违|围标|串标|内定|勾结|包庇|伙同|逼|威胁|罚款|吃拿|索|受贿|徇私|暗箱|敷衍|推|拖|失信|出尔反尔"
    r"|言而无信|说话不算|不作为|涉嫌|虚报|冒领|虚假|收取|多收|倒卖|转卖|变卖|公然|竟|却|居然|互相|相互)"
)
_FAILS = re.compile(
    r"^[^,。;!?\n]{0,8}?(?:不(?!服|满|断|少|久|知|仅|但)|没|未(?!来)|拒|无(?!数)|至今|一直|仍|迟迟)"
)
_PROMISED = re.compile(
    r"^[^,。;!?\n]{0,8}?(?:承诺|答应|许诺|保证|说|规定|通知|决定|下发|出台|发布|答复|回复|告知|声称|签|要求|宣布|解释|表示|发文|批复|批准)"
)
_ACTS = re.compile(
    r"^[^,。;!?\n]{0,6}?(?:招标|采购|单方|收|以|搞|让|利用|将|把|变|改|停|取消|撤|打|发包|用|只|又|都|存在|多次|长期|建|修|开|组织|进行|征|赖|借)"
)
_OWN_DEEDS = re.compile(
    r"^的?(?:领导|书记|主任|局长|所长|院长|校长|站长|镇长|乡长|县长|工作人员|干部|人员|人|人员们|员工|部分|个别|某些|办事员|职工|负责人|法人|老板|会计|队长|法官|民警|警察|城管|保安|老师|医生|护士|原)[^,。;!?\n]{0,14}"
    r"(?:欠|不|没|未|拒|违|推|骗|强|乱|侵|挪|贪|截|套|霸|滥|失|毁|敷衍|说|拖|造假|收|偷|占|打|骂|罚|索|贿|徇|答应|承诺|态度|利用|包庇|威胁|告诉)"
)
_FAULTS = re.compile(
    r"^的?[^,。;!?\n]{0,4}(?:不作为|乱作为|乱收费|欠款|欠薪|工程款|欠账|违法|违规|腐败|失信|不公|黑幕|霸道|骗局|服务|态度|问题|行为|做法|承诺|工资|补偿|拆迁|征地|招标|采购|项目|违约|收费|罚款|暗箱)"
)
_LAW = re.compile(
    r"^的?(?!签)[^,。;!?\n]{0,4}(?:文件|令|条例|会议|精神|《|法规|法律|办法|意见|[〔\[(]\d{4}|\d{4}年?第?\d*号|三令五申|明文|早就规定|明确规定|早已|号召|倡导|政策(?:规定|要求)|关于)"
)
_BY_LAW = re.compile(
    r"(?:根据|按照?|依据|依照|遵照|响应|违反|违背|不顾|符合|参照|对照|执行|落实|贯彻|引用)[^,。;!?\n]{0,6}$"
)
_JUDGES = re.compile(r"法院|法庭|仲裁|检察院|中院|高院")
_JUDGED = re.compile(
    r"判|裁定|裁决|起诉|胜诉|败诉|审理|立案|诉至|诉到|诉讼|调解|仲裁|开庭|执行|终审|一审|二审|再审|受理|强制|查封|冻结|案号|民事|行政"
)
_BAD_JUDGE = re.compile(
    r"^[^,。;!?\n]{0,10}(?:不(?!服)|未|没|拒|拖|枉|乱|徇|偏|包庇|无故|违法|违规|敷衍|推|却|竟|收|贪|造)"
)
_WEBSITE = re.compile(
    r"^的?(?:官方|门户|政务|采购|招标|信息|公众|服务|工作|新闻)?(?:网(?!格|吧|络)|官网|门户|公众号|微信|信箱|邮箱|热线|论坛|留言|微博|公开栏|网站|APP|app|平台(?!公司)|公示|公告)"
)
_ADDRESSEE = re.compile(
    r"(?:尊敬的|敬爱的|亲爱的|致|盼望?|恳请|恳求|请|望|希望|请求|呈|转|敬请)(?:贵|各位|我们的?)?$"
)
_ADDRESSED = re.compile(
    r"^(?:各位|的?(?:各位)?领导们?(?=[,:。;!\n]|您|你|好|们[:,]|$)|书记|市长|县长|区长|局长|厅长|省长|:|的?同志|您好|你好|你们好|能|给|帮|关注|重视|督促|尽快|出面|做主|为我|为民|查处|查明|调查|予以|介入|彻查|严查|解决|协调|责令|责成|核实|主持公道)"
)
_OWN = re.compile(
    r"(?:我是|我们是|本人是|本人系|我系|系|我们系|作为|身为|是|住在|家住|现住|户籍|来自|居住在?|我叫[^,。]{1,4})(?:一名|一个|原)?$"
)
_MEMBER = re.compile(
    r"^[^,。;!?\n]{0,8}?(?:村民|居民|职工|员工|教师|老师|学生|工人|农民|业主|退休|市民|家长|的?人[,。]|社员|群众|百姓|户|组的?村?民|下岗|人士|民办教师|临时工|合同工|组[,。]|号[,。])"
)
_MINE = re.compile(r"我们?$")
_NEARBY = re.compile(
    r"^(?:附近|旁边?|门口|对面|路口|以[东西南北]|[东西南北]侧|隔壁|门前|周边|周围|辖区内?|范围内|境内|后面|前面|院内|大楼|宿舍|家属院|小区|路段|路)"
)
_CAME_BY = re.compile(
    r"^[^,。;!?\n]{0,8}(?:来过|来人|派人来|来看过?|来了解|来调研|来检查|来视察|来指导|来参观|来走访|下来过?)[^,。;!?\n]{0,8}(?:$|[。;!\n])"
    r"(?![^。;!?\n]*[没未不无拒拖骗强砸打拆抢毁封罚扣推逼拿收])"
)
_URGED = re.compile(r"(?:督促|责成|责令|敦促|要求|请求|勒令|判令|判决)$")
_TO_DO_ITS_DUTY = re.compile(
    r"^[^,。;!?\n]{0,4}(?:退还|退回|退款|退钱|支付|付清|付款|兑现|履行|归还|返还|偿还|还清|还钱|还款|赔|补发|补偿|结清|结算|发放|停止侵)"
)
"""督促街道办退还押金: it is asked for nothing, it owes that."""
_THANKED = re.compile(r"(?:感谢|谢谢|多谢|多亏|表扬|点赞|致谢|送锦旗给?)[^,。;!?\n]{0,6}$")
_ABOVE = re.compile(r"^(?:下属|所属|直属|下辖|管辖|下面)的")
_GENERAL_GOVERNMENT = re.compile(r"^(?:人民)?政府$")
_NOBODY = re.compile(
    r"(?:各级|有关|相关|为什么|为何|中国|我国|国家|各地|其他|其它|基层|社会|责任|诚信|服务型?|法治|阳光|人民的?|相信|感谢)$"
)


class Reading(NamedTuple):
    """The role of one mention; `score` says how surely it is complained about."""

    role: BodyRole
    signs: frozenset[str]
    why: str


def role_of(text: str, body: Body, in_head: bool, owing: bool) -> Reading:
    """What the words around one mention say. `owing`: somebody is said to owe in this message."""
    before = _CLAUSE.split(text[max(0, body.start - 16) : body.start])[-1]
    rest = text[body.end : body.end + 40]
    if not before.strip():
        rest = rest.lstrip(_BETWEEN)  # alone in its clause or message: the next one tells what it did
    after = rest[:24]
    clause = _CLAUSE.split(after)[0]
    role, why = _mentioned(body, before, after, clause)
    signs = {"kind:" + body.kind}
    around = (("head", in_head), ("opens", not before), ("bare", not body.placed))
    signs.update(sign for sign, here in around if here)
    failed = _FAILED.search(rest)
    asked = _ASKED.search(before) or (before.endswith(("向", "到", "去", "找")) and _ASKING.search(after))
    urged = _TO_DO_ITS_DUTY.match(after) and _URGED.search(before)
    charged = urged or _CHARGED.search(before)
    if urged:
        asked, role = None, None
    if asked:
        signs.add("asked_failed" if failed else "asked")
        why = failed.group() if failed else before[-2:]
        role = role or (None if failed else BodyRole.ASKED)
    elif charged:
        signs.add("charged")
        why = charged.group()
    if _HARMED_BY.search(before):
        signs.add("harmed")
        why = before[-2:]
    if _DEALT_WITH.search(before) and _DEAL.search(after):
        signs.add("deal_owing" if owing else "deal")
    deeds = (
        ("owes", _OWES),
        ("wrongs", _WRONGS),
        ("fails", _FAILS),
        ("promised", _PROMISED),
        ("acts", _ACTS),
    )
    told = "" if asked and not failed and _ASKING.match(after) else after  # 向纪委举报书记贪污
    for sign, deed in deeds:
        if found := deed.search(told):
            signs.add(sign)
            why = why or found.group()
            break
    for sign, deed in (("own_deeds", _OWN_DEEDS), ("faults", _FAULTS)):
        if found := deed.search(told):
            signs.add(sign)
            why = why or found.group()
    if _OWN.search(before) and _MEMBER.search(after):
        signs.add("own")
        role = role or BodyRole.OWN_UNIT
    if _NEARBY.match(after):
        signs.add("near")
    if _CAME_BY.match(rest) and not failed:
        signs.add("came_by")
    if _ABOVE.match(after):
        signs.add("above")
    if _THANKED.search(before):
        signs.add("thanked")
    if role:
        signs.add("role:" + role.value)
    return Reading(role or BodyRole.NAMED, frozenset(signs), why)


def _mentioned(body: Body, before: str, after: str, clause: str) -> tuple[BodyRole | None, str]:
    """The roles in which a body is hardly ever complained about."""
    if _WEBSITE.match(after):
        return BodyRole.WEBSITE, after[:2]
    if _GENERAL_GOVERNMENT.match(body.name) and _NOBODY.search(before):
        return BodyRole.LAW_GIVER, before[-2:]
    if (
        body.level is AdminLevel.NATIONAL
        or _BY_LAW.search(before)
        or (_LAW.match(after) and body.level in (AdminLevel.PROVINCE, None))
    ):
        return BodyRole.LAW_GIVER, clause[:6]
    addressee, addressed = _ADDRESSEE.search(before), _ADDRESSED.match(after)
    if addressed and (addressee or not before.strip()):
        return BodyRole.ADDRESSEE, before[-3:] or after[:2]
    if _JUDGES.search(body.name) and not _BAD_JUDGE.match(after):
        judged = _JUDGED.search(before) or _JUDGED.search(clause)
        if judged:
            return BodyRole.COURT, judged.group()
    return None, ""
