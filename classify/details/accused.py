"""The accused body: the public body a complaint is about, as the citizen wrote it, with its level.

Bodies are found by the word they end with and read leftwards to where the name begins. Whom the letter
is addressed to does not count. Which department a name means is for the core to say.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from classify.types import AdminLevel

LONGEST_NAME = 18

_VILLAGE = """
村民委员会 村委会 村党支部 村支部 村支两委 村两委 村委 居民委员会 居委会 村民小组 社区
村里 村上 村支书 村书记 村主任 村干部 村会计
"""
_TOWN = """
镇政府 乡政府 镇人民政府 乡人民政府 镇党委 乡党委 镇府 乡府 街道办事处 街道办 办事处 街道
财政所 国土所 民政所 林业站 农机站 水利站 镇里 乡里 镇上 镇长 乡长 镇书记 乡书记 镇干部 乡干部
"""
_HIGH = """
国务院 人民政府 政府 市委 县委 区委 省委 州委 管委会 管理委员会 发展和改革委员会 发改委
住建委 卫健委 国资委 监察委 纪委监委 纪委 人民法院 中级人民法院 中院 法院 检察院 公安局
派出所 交警大队 交警支队 车管所 征收办 拆迁办 征拆办 移民办 扶贫办 信访办 招标办 采购办
采购中心 招商局 招商办 指挥部 棚改办 政务服务中心 政务中心 公共资源交易中心 公积金中心
不动产登记中心 疾控中心 妇幼保健院 医院 卫生院 中学 小学 一中 二中 三中 四中 五中 六中
七中 八中 九中 十中 附中 幼儿园 职业技术学院 大学 学院 学校 福利院 敬老院 城投公司
城投集团 城投 城建投 建投公司 交投公司 供销社 供销联社 农场 林场 环卫所 管理处 管理局
工商所 市场监管所 县里 市里 区里 省里 政府采购中心 集中采购中心 融媒体中心 广播电视台 电视台
建投集团 交投集团 水投集团 文旅集团 城建集团 城发集团 交建集团 产投集团 国投集团 国资集团 投资集团
城建公司 国资公司 国投公司 产投公司 文旅公司 水投公司 平台公司 城发公司 投资发展公司 自来水公司
环卫处 园林处 市政处 养护段 公路段 公路管理站 交警队 城管队 城管大队 执法大队 路政大队 执法队 消防大队
图书馆 文化馆 体育馆 博物馆 福利中心 就业中心 社保中心 医保中心 房管所 农经站 经管站 不动产中心
"""
_SECTORS = """
教育 财政 住建 住房和城乡建设 住房保障 建设 规划 国土资源 国土 自然资源 人社
人力资源和社会保障 劳动 社保 医保 医疗保障 民政 卫生 卫健 卫计 交通 交通运输 公路 水利
水务 农业 农业农村 林业 林草 畜牧 环保 环境保护 生态环境 工商 市场监管 市场监督管理 质监
食药监 药监 物价 税务 审计 统计 发改 经信 工信 商务 文化 文旅 旅游 体育 退役军人事务
移民 扶贫 乡村振兴 城管 执法 综合执法 行政审批 信访 房管 房产 公用事业 园林 招标采购
自然资源和规划 规划和自然资源 国土和规划 教体 教科体 教育体育 教育科技 文化和旅游 文体广电 文广旅 文体旅
农牧 林业和草原 数据 大数据 投资促进 金融 市政 城市管理 民宗 档案 医疗卫生 应急
招商 科技 司法 安监 应急管理 粮食 机关事务管理 人事 水电 供电 供水
"""


def _endings() -> dict[str, list[str]]:
    """Last two characters → the words for bodies that end so, longest first."""
    words = {*_VILLAGE.split(), *_TOWN.split(), *_HIGH.split()}
    words.update(sector + end for sector in _SECTORS.split() for end in "局厅")
    table: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        table.setdefault(word[-2:], []).append(word)
    return table


_ENDINGS = _endings()
_ENDING = re.compile(
    "[{}](?=[{}])".format(*("".join(sorted(set(signs))) for signs in zip(*_ENDINGS, strict=True)))
)
_BARE = re.compile(r"[村镇乡](?![民级里上政委党支两干镇村霸规务容])")
_BEFORE_NAME = re.compile(
    r".*(?:[^一-鿿0-9a-z]|举报|投诉|控告|反映|检举|关于|请求|恳请|要求|希望|敬请|督促|责成|督查|揭发|曝光|找到|去找|去了|来到|告知|通知|听说|因为|由于|可是|但是|以及|还有"
    r"|[我你他她它的了在向找由被和与及或让叫对给把从将是有去到问跟为等都说称请]|位于|当时|今年|去年|现在|目前|多次|一直|年|月|日|承包|承接|负责|审查|导致|之前|以前|我们|他们|修建|建设|答应|经过)"
)
_MATTERS = ("项目", "合同", "协议", "工程")
"""Before 政府 they end a thought and are no part of a name."""
_NO_VILLAGE = ("农村", "全村", "本村", "我村", "各村", "乡村", "原村", "来村")
_ADDRESSEE = re.compile(r"(?:尊敬的|敬爱的|亲爱的|致|盼望?|恳请|恳求|请|望|希望|请求|呈|转)$")
_ADDRESSED = re.compile(
    r"^(?:各位|的?领导|书记|市长|县长|区长|局长|厅长|:|的?同志|您好|你好|能|给|帮|关注|重视|督促|尽快|出面|做主)"
)
_CHARGED = re.compile(r"(?:举报|投诉|控告|控诉|检举|揭发|曝光|状告|反映|关于|质疑)[^,。;!?\n]{0,6}$")
_DOES = re.compile(
    r"^[^,。;!?\n]{0,6}(?:拖欠|欠|克扣|承诺|答应|不|没|未|拒|违|推|骗|强|乱|侵|挪|贪|截|套|霸|滥|失|毁|敷衍|说|一直|至今|拖|围标|招标|采购|弄虚|造假|恶意|单方|收|以)"
)
_LEVELS = (
    (AdminLevel.VILLAGE, re.compile(r"村|居委会|居民委员会|社区|村民小组")),
    (AdminLevel.TOWNSHIP, re.compile(r"[镇乡](?!市)|街道|办事处")),
    (AdminLevel.COUNTY, re.compile(r"[县区旗](?!域)")),
    (AdminLevel.PREFECTURE, re.compile(r"[市州盟]|地区")),
    (AdminLevel.PROVINCE, re.compile(r"省|自治区|厅$")),
    (AdminLevel.NATIONAL, re.compile(r"国务院|国家|中华人民共和国|部委")),
)
_TOWN_NAME = re.compile(r"[镇乡]|街道")
_SCHOOL = re.compile(r"(?:医院|中学|小学|大学|学院|学校|幼儿园|[一二三四五六七八九十]中|附中)$")
_SECTOR_PLACES = re.compile(
    r"城乡|乡村振兴|农业农村|农村|城市管理|城市建设|市场监|市政(?!府)|社区矫正|街道口"
)
"""Words of a department's task that look like a level."""


class Body(NamedTuple):
    """A body named in the plain text."""

    name: str
    start: int
    end: int
    level: AdminLevel | None
    score: float


def level_of(name: str) -> AdminLevel | None:
    """By the words of the name; None when it does not tell."""
    if name.endswith(("派出所", "国土所", "财政所", "民政所", "工商所")) and _TOWN_NAME.search(name):
        return AdminLevel.TOWNSHIP
    name = _SECTOR_PLACES.sub("", name)
    school = _SCHOOL.search(name)
    for level, words in _LEVELS:
        if school and level in (AdminLevel.VILLAGE, AdminLevel.TOWNSHIP):
            continue
        if words.search(name):
            return level
    return None


def find_bodies(text: str, head_end: int) -> list[Body]:
    """Every body named, with how likely it is the one complained about."""
    found = []
    for suffix, end in _ends(text):
        start = _name_start(text, suffix)
        name = text[start:end]
        if len(name) < 3 and not _DOES.match(text[end : end + 16]):
            continue
        if text[suffix:end] == "村" and (len(name) < 4 or name.endswith(_NO_VILLAGE)):
            continue
        score = _likelihood(text, (start, suffix, end), head_end)
        if score > 0:
            found.append(Body(name, start, end, level_of(name), score))
    return found


def _ends(text: str) -> list[tuple[int, int]]:
    """Where the words for bodies begin and end; of two that share their beginning the longer."""
    found: list[tuple[int, int]] = []
    for ending in _ENDING.finditer(text):
        end = ending.start() + 2
        words = _ENDINGS.get(text[end - 2 : end], ())
        word = next((word for word in words if text.endswith(word, 0, end)), None)
        if word:
            while found and found[-1][0] >= end - len(word):
                found.pop()
            found.append((end - len(word), end))
    return found + [match.span() for match in _BARE.finditer(text)]


def _name_start(text: str, suffix: int) -> int:
    low = max(0, suffix - LONGEST_NAME)
    cut = _BEFORE_NAME.match(text[low:suffix].replace("\n", " "))
    start = low + cut.end() if cut else low
    if text.startswith("政府", suffix) and text.endswith(_MATTERS, start, suffix):
        return suffix
    return start


def _likelihood(text: str, place: tuple[int, int, int], head_end: int) -> float:
    start, suffix, end = place
    before, after = text[max(0, start - 12) : start], text[end : end + 16]
    addressee, addressed = _ADDRESSEE.search(before), _ADDRESSED.match(after)
    if addressee and addressed:
        return 0.0
    score = 1.0
    if addressee or addressed:
        score -= 0.7
    if start < head_end:
        score += 0.8
    if _CHARGED.search(before):
        score += 1.2
    if _DOES.match(after):
        score += 1.2
    if text[suffix:end] in ("村", "镇", "乡", "街道", "社区"):
        score -= 0.9
    if suffix == start:
        score -= 0.5
    return score


def main_body(text: str, head_end: int) -> Body | None:
    """The body most likely complained about, by its fullest name; repeated naming counts."""
    bodies = find_bodies(text, head_end)
    if not bodies:
        return None
    totals: dict[str, float] = {}
    for body in bodies:
        totals[body.name] = max(totals.get(body.name, 0.0), body.score) + (
            0.15 if body.name in totals else 0.0
        )
    best = max(bodies, key=lambda body: (totals[body.name] + 0.1 * (body.level is not None), len(body.name)))
    if totals[best.name] < 0.8:
        return None
    fuller = [body for body in bodies if body.name.endswith(best.name)]
    return max(fuller, key=lambda body: len(body.name))
