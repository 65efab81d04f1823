"""What a message is made of, whatever its words: which kinds of bodies it names, whether money is unpaid, who
speaks. A story without any term of the trade still says that a bureau had something built and has not paid.

Only kinds are told here; names are the business of `accused`, sums of `amounts`.
"""

from __future__ import annotations

import re

_KINDS = re.compile(
    r"(?P<village>村委会?|村民委员会|居委会?|居民委员会|社区|村民小组|组长|村支书|支书|村主任|村书记|村干部|村长|村里|村上|大队|嘎查|村会计)"
    r"|(?P<town>[镇乡](?:人民)?政府|乡镇府|街道办|办事处|苏木|[镇乡][里上长]|[镇乡](?:党委|书记|干部))"
    r"|(?P<platform>城投|建投|交投|国投|产投|水投|城市建设投资|建设投资公司|平台公司|水务集团|自来水公司|国资)"
    r"|(?P<house>妇幼|医院|卫生院|中心校|小学|[一二三四五六七八九十]中|中学|幼儿园|学校|学院|大学|敬老院|福利院|养老中心|图书馆|文化馆|档案馆|博物馆|体育馆|公路[管段养]|林场|农场|监狱|看守所|派出所|消防|电视台|融媒体)"
    r"|(?P<zone>管委会|管理委员会|开发区|园区|高新区|经开区|产业园|工业园|招商局|投促|投资促进|招商中心|商务局|商务和投资)"
    r"|(?P<organ>局|厅|发改委?|住建委?|卫健委?|[省市县区州旗](?:人民)?政府|政府|法院|检察院|指挥部|服务中心|采购中心|交易中心|征收中心|疾控中心|登记中心|征地中心|征[收地拆]办|拆迁办|妇联|残联|[县市区][里上])"
)
_FIRM = re.compile(
    r"我们?(?:的)?(?:公司|厂|企业|集团|合作社|酒店|工厂|基地)|我司|本公司|我公司|我厂|贵单位|社会资本|项目公司|投资商|投资方|外商|台商|港商|侨商|有限公司|企业主|个体|养殖场|种植|加工厂|代工|客商|落户|建厂|办厂|投产|招我|请我们来|引进"
)
_MONEY = re.compile(
    r"[\d一二三四五六七八九十百千两几半][\d,.一二三四五六七八九十百千两几多余来]*(?:个?[万亿w]|元|块|千|百)|钱|款|账"
)
_UNPAID = re.compile(
    r"欠|[没未不](?:有)?(?:给|付|结|发|还|拨|到|兑|批|返|退|补|见|拿|收|领)|[拿要领收等见]不到|一分|剩|余款|还差|差我|只给|只付|只拿|才给|打白条|白条|等着|没钱|没下文|没影|没动静|拖|压着|卡着|不认|指标|额度|没有了|断了|停了"
)
_WORKED = re.compile(
    r"(?:承建|施工|干的|做的|修的|铺的|装的|供的|送的|盖的|打的|拉的|种的|刷的|印的|挖的|砌|贴|清雪|清淤|供货|送货|安装|装修|维修|完工|竣工|交付|验收|班组|包工|挖机|铲车|吊车|运费|水电|土方|绿化|监理|设计|打印|租给|租我|食堂|菜钱|运维)"
)
_DID = re.compile(
    r"(?:是我|都是我|我们?)(?:家|厂|店|小店|带人|带着人)?(?:给|帮|替)?[^,。;!?]{0,5}?(?:修|装|送|拉|洗|喷|印|搭|铺|砌|供|垫|盖|画|写|做|干|供应|承建|承接)的"
    r"|(?:请|让|叫|找|喊)我们?(?:去|来|家|先|自己|带人)?[^,。;!?]{0,6}?(?:修|装|送|拉|洗|喷|印|搭|铺|砌|供|垫|盖|画|写|做|唱|抢)"
    r"|从我(?:们|家|店|厂)?(?:这|那|手)|(?:租|借|用|拿|吃|赊)(?:了)?我(?:们|家|店)?的?|在我(?:们|家|店)?(?:店)?(?:这|里)?吃|给(?:[^,。;!?]{2,12})(?:送|修|装|做|供|拉|洗|盖|印|干|打)"
)
_RESOLVED = re.compile(
    r"(?:已经?|都|昨天|上周|今天|终于|顺利|全部)[^,。;!?没未不]{0,8}(?:到账|到卡|解决|办好|办妥|发了|发到|拿到|落实|修好|处理|结清)|(?:问题|事情)解决了"
)
_THANKS = re.compile(r"感谢|谢谢|点赞|表扬|感激|点个赞|辛苦你们|锦旗")
_PERSON = re.compile(
    r"邻居|亲戚|朋友|合伙人|前[夫妻]|妹夫|姐夫|表[哥弟姐妹]|堂[哥弟]|房东|同学|网友|男友|女友|我[哥弟姐妹](?!是|在)|老[公婆](?!在|是|扫)|卖家|商家|中介|物业|开发商|房开|银行|保险公司|快递|健身房|旅行社|理发|网贷|宗族"
)
_BOUGHT = re.compile(r"采购|买的|买我|买了|供货|货款|设备|验收|质疑|参数|型号|品牌|报价|供应商|货|台|套|批")
_SUBSIDY = re.compile(
    r"补贴|补助|奖励|奖补|返还|返税|退税|贴息|减免|扶持|优惠|免租|租金|奖|电价|配套|用地|土地|厂房|政策"
)
_PROMISED = re.compile(
    r"答应|承诺|说好|约定|协议|合同|签|讲好|许|保证|公告|公示|批复|答复|回复|文件|纪要|说[^,。]{0,6}[给补返免奖]|写着|写明"
)
_PASSED = re.compile(
    r"(?:说|让|叫|推|讲|话)[^,。;]{0,8}?(?:局|委|办|政府|社区|村|镇|乡|街道|中心|院|所)|归[^,。]{0,6}管|等[^,。]{0,8}[局委办厅]"
)
_ASKING = re.compile(r"请问|想问|问一下|咨询|怎么办|哪里|如何|多少|什么时候|吗[?。]?$|[?]$|能不能|可不可以")
_CALM = re.compile(r"建议|希望|感谢|谢谢|点赞|表扬|看法|支持|赞成|不是投诉|不针对")
MOST = 4
READ = 1500
SHORT = 120
WEIGHT = 0.5
"""Characters up to which these features count most, and how much: in a long letter nearly all occur."""


def structure(text: str) -> dict[str, float]:
    """Features `has:…` of value 1, or a share of `MOST` where something is counted."""
    text = text[:READ]
    kinds: dict[str, set[str]] = {}
    for match in _KINDS.finditer(text):
        kinds.setdefault(match.lastgroup or "", set()).add(text[max(0, match.start() - 2) : match.end()])
    bodies = sum(map(len, kinds.values()))
    unpaid = bool(_UNPAID.search(text)) and bool(_MONEY.search(text))
    firm = bool(_FIRM.search(text))
    marks = {
        "firm": firm,
        "unpaid": unpaid,
        "asking": bool(_ASKING.search(text)),
        "calm": bool(_CALM.search(text)),
        "resolved": bool(_RESOLVED.search(text) and _THANKS.search(text)),
        "thanks": bool(_THANKS.search(text)),
        "person": bool(_PERSON.search(text)),
    }
    said = {
        "worked": bool(_WORKED.search(text)),
        "did": bool(_DID.search(text) and _MONEY.search(text)),
        "bought": bool(_BOUGHT.search(text)),
        "subsidy": bool(_SUBSIDY.search(text)),
        "promised": bool(_PROMISED.search(text)),
        "passed": bool(_PASSED.search(text)),
    }
    found = {f"has:{name}": 1.0 for name, true in (*marks.items(), *said.items()) if true}
    found["has:bodies"] = min(1.0, bodies / MOST)
    state = any(kind in kinds for kind in ("organ", "zone", "house", "platform"))
    local = "village" in kinds or "town" in kinds
    whose = (
        "state" if state and not local else "local" if local and not state else "both" if local else "nobody"
    )
    found[f"has:{whose}"] = 1.0
    for kind in kinds:
        found[f"has:{kind}"] = 1.0
        if unpaid:
            found[f"has:{kind}_unpaid"] = 1.0
    for name, true in said.items():
        if true:
            found[f"has:{whose}_{name}"] = 1.0
            if unpaid:
                found[f"has:{whose}_{name}_unpaid"] = 1.0
            if firm:
                found[f"has:firm_{name}"] = 1.0
                if state:
                    found[f"has:firm_state_{name}"] = 1.0
    if marks["person"]:
        found[f"has:person_{whose}"] = 1.0
    if marks["asking"] or marks["calm"]:
        found[f"has:{whose}_calm"] = 1.0
    share = WEIGHT * min(1.0, SHORT / max(1, len(text)))
    return {name: value * share for name, value in found.items() if value}
