"""Sums of money in a message, in yuan, each with the part it plays: 二十来万, 3百多w, ¥128,000.00, 四到五万.

Years, areas, phone numbers and shares are not money. Which sum is owed is decided in `owed`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from classify.money.numerals import NUMBER, matches, number_value

LARGEST = 10**13
LEAST_ONCE = 10
"""Yuan; less is a price of one piece and no complaint."""
LEAST_BARE = 100
LEAST_ALONE, LARGEST_ALONE = 500, 10**6
"""Between these a number that is a clause by itself is money."""
BEFORE, AFTER = 18, 10
"""Characters around a sum that say what part it plays."""


class Part(StrEnum):
    """What a sum is said to be."""

    REST = "rest"
    """What remains to be paid, said so: 还欠, 尾款, 差."""
    OWED = "owed"
    """Said to be owed: 欠我, 没给."""
    NEAR = "near"
    """Named near a word of owing, promising or paying in."""
    TOTAL = "total"
    PAID = "paid"
    """What the debtor has paid already."""
    EACH = "each"
    """Per person, month, area or piece."""
    BESIDE = "beside"
    """Prices, bids, budgets, bribes, turnover: not what is owed."""
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Amount:
    """Yuan, the range of the plain text it was read from, and its part."""

    yuan: int
    start: int
    end: int
    part: Part
    of: str = ""
    """For EACH: what it is counted by, 人 or 月 or another word."""


UNITS = "人户亩平月年天日吨方米斤次车台只头件套栋趟小工名家个座间口株棵块字节场桶张副把页册双袋箱担条盏根扇"
"""What money is given for one of: a person, a month, a cartload."""
_NUMBER = re.compile(NUMBER)
_FIGURE = re.compile(r"[\d零一二三四五六七八九十百千两俩几数壹贰叁肆伍陆柒捌玖拾佰仟半廿卅卌]")
_UNIT = re.compile(
    r"(?P<more>[多来余]?)(?P<unit>个?(?:元|圆|蚊|人民币|rmb|cny|k(?![a-z])|块(?!地|田|菜|牌|石|砖|木|山|空|荒|宅|林|农|耕|水|土|区|草|玉|瓷|屏|板|钢|铁|墓|坟|园|果|塘|鱼|肉|豆|黑|白|大|小|好|儿?去|玻|手|硬|招|儿))(?:钱|整|人民币)?|钱)?"
)
_FOREIGN = re.compile(r" ?(?:美|欧|港|日|英镑|澳|加|韩|us|dollar|euro)")
_CURRENCY = re.compile(r"(?:[¥￥]|rmb|cny|人民币)[: ]?$")
_COUNTED = re.compile(
    r"(?:余|多|来)?(?:人|平|亩|㎡|m(?!$)|方|吨|米|公里|千米|户|个(?!工)|名|年|月|日|号|栋|套|株|只(?![字是有能给付要])|头|斤|度|字|次|位|岁|天|小时|分|村|组|倍|%|条|辆|台|家|里|样|般|件|棵|份|粒|瓶|口|层|楼|步|处|多?万人|元?股|届|期|级|线|国道|省道|标|册|本(?!金|息)|幅|种|所|颗|匹)"
)
_TRAILING = re.compile(r"[零一二三四五六七八九两\d]+$")
_COUNTER = re.compile(rf"(?!工[钱资程]|只[字是有能给付要])[{UNITS}号层分]")
_STOPS = ",。;!?\n"
_SPOKEN = re.compile("[一二三四五六七八九两]千[一二三四五六七八九]$")
"""六千四: said of money only."""
_UNPAID_NEXT = re.compile("(?:还|一直|到现在)?[没未不]有?(?:给|付|支付|结|还|发|退)")
_YEARS = re.compile(r"(?:19|20)\d\d")
_OF_MONEY = re.compile(r"的?[一-鿿]{0,4}(?:[费款薪]|押金|工钱|工资|补贴|奖金|定金)")
_PREFACED = re.compile(
    r"(?:欠|欠款|欠薪|[给付退补收罚][过了]|少了|少发|少给|本息|算下来|加起来|合起来|拢共|扣|白条|欠条|条子|提成|奖金|课时费|工资|[工程材料货尾余借罚补偿赔进度劳务租运设备集资]款|[费金债账钱利息奖贴助]|补偿|赔偿|罚|交了?|收费?|共计?|合计|总计|一共|还有|还差|差|剩|余|下|借|垫付?|到手|[月日周年][工薪]资?|每[天月人]|一天|一个?月|实[付发得])(?:[了共我们有为是:约达近给:元大概其中总的还]|老板){0,4}$"
)
_EACH = re.compile(
    rf"每月[^,。;!?\n]{{1,12}}加[^,。;!?\n]{{0,6}}$|(?:每(?:一|个)?(?P<of>[{UNITS}]|公斤|立方|平米|工日)[^,。;!?\n]{{0,6}}"
    r"|单价[^,。;!?\n]{0,4}|(?:每|一个?)月(?:工资|薪|租|租金|收入|补贴|补助|利息)?(?:是|为|只有|才|发|给|开|:)?|(?<!个)[月日时周年](?:工资|薪)[^,。;!?\n共合总欠]{0,3}|(?<![十百千万第])一(?P<of2>[人户亩天日年斤吨车台只头件套栋趟间棵株桶张节场袋]|平?方?米?|个人|个人奖|个人补|个月|个工|个字|公斤)(?:才|给|是|就|只|补|补偿|发|收|要|有|按|算|扣|罚|交|赔)?|[人户亩]均[^,。;!?\n]{0,4}|(?:一|每)(?:个|座|口|头|只|套|间|栋|株|棵|台|平方)[^,。;!?\n]{0,3})$"
)
_UNIT_TOLD = re.compile(rf"(?:每|一)个?([{UNITS}])|([月年])")
_EACH_AFTER = re.compile(
    rf"(?:钱|左右)?(?:/|每|一|1)(?:个)?(?P<of>[{UNITS}]|公斤|立方|平米|工日)(?!半|直|共|定|拖|来)"
)
_REST = re.compile(
    r"(?:还|尚|仍|下|只|就|现|另)?(?:欠(?!款)|(?<![价相])(?<!价钱)差(?!价|旅|额补)|剩余?|剩下|余下|余款|尾款|余额|拖欠)(?:的|我|我们|咱|工人|农民工|企业|公司|他们|大家|本人|工程款|货款|材料款|工资|款|钱|尾款|了|着|有|为|是|:|约|共|计|合计|近|达|差不多|不到|下|余|大概|最后|一笔|村里|拖|人家|师傅|材料商|他|她|俺|阿|哋|咗|成|到){0,6}$"
    r"|(?:少了|少发|少给|克扣|扣了|扣发|压了|压着|压)(?:我们?|大家|俺|人家)?(?:的)?(?:质保金|工资|工钱|钱|款)?$"
)
_STILL = re.compile(r"还|尚|仍|剩|余|尾|下欠|差|欠成|欠到")
_REST_AFTER = re.compile(
    r"(?:的?[^,。;!?\n]{0,6})(?:没|未|不)(?:有)?(?:给|付|支付|结|到|还|发|兑|退|拨|拿|领|收|补)"
    r"|(?:的?[^,。;!?\n]{0,6})(?:拒付|拒不|赖账|赖着|挂账|挂着|悬着|压着|拖着|拖了|卡着|泡汤|打了?水漂|没下文|没影|没着落)"
)
_GOT = re.compile(
    r"(?<![没未不])(?:(?:拿到|收到|领到|给|付|发)过[^,。;!?\n]{0,8},|(?:拿到|收到|领到|到账)(?:了|过)?)[^,。;!?\n]{0,10}$"
)
"""拿到过两次钱,加起来十一万: a total of what was paid."""
_PAPER = re.compile(r"的[^,。]{0,4}(?:书|条|据|票|单|函)")
"""一张六十万的欠条: one paper, no price of each."""
_PRICE_OF = re.compile(r"的(?:订单|业务|贷款|利润|车|活|工程|项目|标(?!书)|桥|路|楼|房|车|设备|东西|投资)")
_PAID = re.compile(
    r"(?<![没未不尚])(?:又|再|\d{1,4}年|头一?[年次回笔]|去年|前年|今年|当时|当年|第一[年次回笔]|首付|已经?|只|仅|才|先|陆续|前后|后来|中途|前期|前面|预|分批|总共|累计|实际|政府|财政)(?:累计|只|才)?(?:到手|到账|给|付|支付|发|拨|还|结|到账|拿|收|兑现|结算|补)(?:我|我们|过|了|到|给|付|工人|他们|拨|款|工程款|进度款|清|出|来|大概|约|其中|了其中){0,4}$"
    r"|(?<![没未不尚应该代垫缴偿以])(?:付|给|支付|拨付|还|结|发)(?:给我们?|我们?)?(?:过|了)(?:我们?|工程款|预付款|其中的?|进度款|大概|约|一部分){0,2}$|(?<![没未])(?:拿到|收到|[^没未不][先再]给|退了?|到位|打[来给]|打过来|预?支[过了]|手里只有|[给付发打]了一个|[付给拨结]到)(?:了)?$|(?:预付款|首付款|定金|实[付发得到]|到[账手]|发下来)(?:了|是|只有|才|仅有|:)?$"
)
_PAID_IN_ROUNDS = re.compile(
    r"(?<![没未不])(?:[付给拨打结拿收]|支付)(?:了|到|过)?[一二两三四五六七八九\d](?:次|笔|期|批|回)(?:款)?(?:各|共|一共|合计|分别|都是)?$"
)
_PAID_AFTER = re.compile(r"(?:已经?|都|是|早就?|才)?(?:付了|给了|到账了?|到位了?|拨了|发了|结了|已付|已拨)")
_OURS = re.compile(r"[交缴垫投押][^,。;!?\n付退给]{0,10}$")
"""What the writer paid in is no part of what the debtor paid."""
_TOTAL = re.compile(
    r"(?:加埋|拢埋|少说|起码|至少|算出来|合计下来|加在一起|本息(?:一共|合计|共)?|算下来|加起来|合起来|拢共|总(?:价|额|造价|金额|款|工程款|共|计)?|合同(?:价|额|金额|总价|款|价款)|结算(?:价|金额|造价|款)?|审(?:定|计)(?:价|金额|造价)?|工程(?:量|造价|总价|价款)|造价|货款|工程款|共计?|合计|应收(?:账)?款|应付|应?该给(?:我们?)?|应得|应发|约定|说好给?|答应给?|讲好)(?:是|为|了|给|共|计|合计|一共|约|达|有|我|我们|:|总|的|金额|款){0,4}$"
)
_BESIDE = re.compile(
    r"(?:(?:控制|限|报|评估|市场|拍卖|单|出厂|进|售|标|均|底|起)价|预算|资本(?:金)?|产值|年收入|收入|年产|营业额|纳税|税收|亏损|投资(?:额|了|约|近)?|投入(?:了)?|耗资|斥资|贷款|价值|市值|评估(?:为|值)?"
    r"|中标(?:价|金额)?|以|好处费|回扣|红包|送(?:了|给)?|行贿|受贿|贿赂|打点|塞(?:了|给|过)?|骗走?了?|投了|投进去|出资|最[少多]值|报了|成交价|要加|再加|要交|要补交|得交|需交|补交|自付|自筹|提高到|涨到|达到|要达|须达|起征点|不到|不足|超过|索要|索贿|贪污|挪用|套取|侵吞|截留|私分|吞了?|上级拨款?|拨款|拨(?:了|下来)?|下拨|卖(?:了|到)?|买(?:了)?|花了?(?:近|约)?|[高低多]出(?:了)?|工资(?:才|只有|就)|规定(?:罚款?|收)?)"
    r"(?:[他你]?(?:书记|主任|局长|村长|领导)|是|为|了|共|约|近|达|高达|有|:|的|给|每|只有){0,3}$"
)
_NOT_OURS = re.compile(
    r"(?:听说|据说|传说|传言)[^,。;!?\n]{0,10}$|(?:往年|以前|以往|过去|原先|平时|平常)[^,。;!?\n]{0,6}$"
    r"|(?:需要|要花|得花|起来要|下来要|治要)(?:近|约)?$|多(?:花|掏|支出|出|付|交)(?:了|的)?[^,。;!?\n]{0,5}$|(?:贬值|缩水|跌)了?[^,。;!?\n]{0,3}$|(?:便宜|贵)(?:了|近|约)?$|(?:卖得|得了|卖出|换来|进账|收入)(?:了|近|约)?$"
    r"|(?:报价|价格|价)[^,。;!?\n]{0,6}差[^,。;!?\n]{0,3}$|捐(?:款|了|出|来)?[^,。;!?\n]{0,4}$|(?:贷了|贷款|借了?银行|银行(?:贷|借|本息)|还银行|信用卡|网贷)[^,。;!?\n]{0,5}$|(?:东拼西凑|砸锅卖铁|凑了)[^,。;!?\n]{0,4}$"
    r"|(?:全县|全市|全乡|全镇|全区|全省)[^,。;!?\n]{0,9}$|(?:最[多少]的|有的|有人|别家|人家)[^,。;!?\n]{0,5}$"
    r"|欠[着了]?(?:供电|燃气|自来水|电力|银行|供应商)[^,。;!?\n]{0,9}$|上限[^,。;!?\n]{0,3}$"
    r"|贷款[^,。;!?\n]{0,6}还?(?:剩|欠|有)[^,。;!?\n]{0,3}$|欠缴?(?:了|交)?(?:政府|国家|国土局)?(?:的)?(?:土地款|土地出让金|出让金|税款?|水费|电费|物业费|社保)$"
)
"""Hearsay, other years, costs and losses, proceeds, the writer's own loan, what somebody owes the state."""
_INVESTED = re.compile(r"元?(?:钱)?(?:全|都|全部|全都)?(?:投|砸)(?:进|了|到|在|入)")
_HEADS = re.compile(
    r"(?:游客|客流量?|人口|车流量?|客人|点击(?:量|率)?|粉丝|销量|产量|产能|人次|阅读量|人数)[^,。;!?\n\d]{0,5}$"
)
"""What a number of that is no money."""
_DO = re.compile(r"(?:请|您|你|大家|可|们)$")
_BY_ALL_MEANS = re.compile(r"别|不|要|保护|注意|小心|保密|记得|帮")
"""千万 that is no number: 请千万保护."""
_FOR_ONE = re.compile(
    r"(?:每|一个?)(?:月|天|亩|平米?|平方米?|方|吨|斤|人|户|棵|头|只|袋|张)(?:的)?(?:是|补|发|给|赔|只有|才)?$"
)
_NEAR = re.compile(
    r"欠|款|工资|补偿|补贴|补助|奖|返|借|费|保证金|押金|赔|承诺|兑现|垫|集资|本金|交了|缴|损失|退|答应|没给|没发|钱|薪|股金"
)


def find_amounts(text: str) -> list[Amount]:
    """Every sum of money in a normalised text, in order; of a range its middle."""
    found: list[Amount] = []
    for match in matches(_NUMBER, _FIGURE, text):
        amount = _amount(text, match)
        if amount is None:
            continue
        if found and amount.start <= found[-1].start:
            found.pop()
        found.append(amount)
    return found


_LOW = re.compile(rf"(?P<low>{NUMBER}) ?(?:元|块)?(?:-|~|—+|到|至) ?$")


def _amount(text: str, match: re.Match[str]) -> Amount | None:
    start, end = match.span()
    number = match.group()
    trailing = _TRAILING.search(number)
    if (
        trailing
        and trailing.start()
        and _COUNTER.match(text, end)
        and re.search(r"[万亿wk千百]", number[: trailing.start()])
    ):
        end = start + trailing.start()
        number = text[start:end]
    unit = _UNIT.match(text, end)
    value = number_value(number)
    if value is None or unit is None or _FOREIGN.match(text, end):
        return None
    before = text[max(0, start - BEFORE) : start]
    marked = bool(unit["unit"]) or bool(_CURRENCY.search(before))
    if unit["unit"] == "钱" and not re.search(r"[十百千万亿w]", number):
        marked = False
    if unit["unit"] and "块" in unit["unit"] and value < 2:
        marked = "钱" in unit["unit"]
    if unit["unit"] and unit["unit"].lstrip("个").startswith("k"):
        value *= 1000
    if not marked and (
        _COUNTED.match(text, end) or not _is_bare_money(before, number, value, text[end : end + AFTER])
    ):
        return None
    low = _LOW.search(before)
    if low and (least := number_value(low["low"])):
        for scale in (100_000_000, 10_000, 1000, 100, 1):
            if least * scale < value:
                value, start = (value + least * scale) / 2, start - (len(before) - low.start())
                before = text[max(0, start - BEFORE) : start]
                break
    if not 0 < value < LARGEST or not round(value):
        return None
    amount = _with_part(text, round(value), start, unit.end())
    return amount if amount.part is Part.EACH or value >= LEAST_ONCE else None


def _is_bare_money(before: str, number: str, value: float, after: str) -> bool:
    """Without 元: with 万 or 亿, else from a hundred on right beside a word of owing or of a price."""
    if number == "千万" and (_DO.search(before) or _BY_ALL_MEANS.match(after)):
        return False
    if re.search(r"[万亿w]", number):
        return not _HEADS.search(before)
    if value < LEAST_BARE:
        return value >= LEAST_ONCE and bool(_FOR_ONE.search(before)) and (not after or after[0] in _STOPS)
    if re.search("[千百].", number) and _UNPAID_NEXT.match(after):
        return True
    ends = not after or after[0] in _STOPS
    if ends and (_SPOKEN.search(number) or (before[-1:] in _STOPS and LEAST_ALONE <= value < LARGEST_ALONE)):
        return not _YEARS.fullmatch(number)
    if re.search("[千百].", number) and re.search("[欠借垫扣差算]", before) and not after[:1].isalnum():
        return True
    return bool(_PREFACED.search(before) or _EACH.search(before) or _OF_MONEY.match(after))


def _with_part(text: str, yuan: int, start: int, end: int) -> Amount:
    before = re.split(r"[,。;!?\n、]", text[max(0, start - BEFORE) : start])[-1].rstrip(" :¥￥")
    before = re.sub(r"(?:rmb|cny|人民币)$", "", before).rstrip()
    after = re.split(r"[,。;!?\n]", text[end : end + AFTER])[0]
    given = re.search("[给付发打]了一个$", before)
    each = None if _PAPER.match(after) or given else _EACH.search(before) or _EACH_AFTER.match(after)
    if re.match(
        r"以[上下内]|起步|(?:的?)[钱的]?[“\"]?(?:好处费|回扣|红包|茶水费|贿赂|违约金|[^,。]{0,2}服务费|开户费|配合费|手续费|介绍费)",
        after,
    ):
        return Amount(yuan, start, end, Part.BESIDE)
    if each and re.search("每人每月", before):
        return Amount(yuan, start, end, Part.EACH, "月")
    if each and re.search("每[人亩户]每", before):
        return Amount(yuan, start, end, Part.EACH)
    if each:
        told = next((value for value in each.groupdict().values() if value), None)
        unit = _UNIT_TOLD.search(each.group())
        of = told or (unit[1] or unit[2] if unit else "")
        return Amount(yuan, start, end, Part.EACH, of)
    if _PRICE_OF.match(after) or _NOT_OURS.search(before) or _INVESTED.match(after):
        return Amount(yuan, start, end, Part.BESIDE)
    rest = _REST.search(before)
    if rest and (_STILL.search(rest.group()) or not _TOTAL.search(before)):
        return Amount(yuan, start, end, Part.REST if _STILL.search(rest.group()) else Part.OWED)
    if _PAID_AFTER.match(after) or _PAID_IN_ROUNDS.search(before):
        return Amount(yuan, start, end, Part.PAID)
    for pattern, part in ((_PAID, Part.PAID), (_BESIDE, Part.BESIDE)):
        if pattern.search(before) and not (part is Part.PAID and _OURS.search(before)):
            unpaid = _REST_AFTER.match(after)
            return Amount(yuan, start, end, Part.OWED if unpaid else part)
    if _REST_AFTER.match(after):
        return Amount(yuan, start, end, Part.OWED)
    if _TOTAL.search(before):
        got = _GOT.search(text, max(0, start - len(before) - BEFORE), start)
        return Amount(yuan, start, end, Part.PAID if got else Part.TOTAL)
    near = text[max(0, start - 12) : start] + text[end : end + 6]
    return Amount(yuan, start, end, Part.NEAR if _NEAR.search(near) else Part.PLAIN)
