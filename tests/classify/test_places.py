"""Regions by code, resolved by their superiors, and never guessed."""

from __future__ import annotations

import pytest

from classify import Classifier
from classify.places.regions import Gazetteer
from classify.places.whereabouts import Whereabouts

GAZETTEER = Gazetteer.load()
WHEREABOUTS = Whereabouts(GAZETTEER)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("哈尔滨市道里区政府拖欠工程款", "230102"),
        ("哈市南岗区拆迁办不给安置", "230103"),
        ("通河林业局欠木材款", "230128"),
        ("宾县宾西开发区招商不认账", "230125"),
        ("五常市教育局", "230184"),
        ("双城市的村干部", "230113"),
        ("青海省海东市互助县", "630223"),
        ("海南州共和县政府", "632521"),
        ("西宁城东区住建局", "630102"),
        ("吉林长春朝阳区", "220104"),
        ("延边州延吉市", "222401"),
        ("前郭县", "220721"),
        ("惠城区水口街道办答应的补偿", "441302010"),
        ("惠州市惠阳区", "441303"),
        ("博罗县公安局", "441322"),
        ("湖南省长沙市的事", "430100"),
        ("成都市武侯区", "510107"),
        ("牡丹江西安区", "231005"),
        ("呼兰区住建局", "230111"),
        ("西宁城东教育局", "630102"),
        ("白山市浑江区政府欠款", "220602"),
        ("原浑江市的老厂", "220600"),
        ("大庆让胡路的拆迁", "230604"),
        ("齐市建华区", "230203"),
        ("哈市道外", "230104"),
        ("冰城的公交", "230100"),
        ("佳木斯郊区", "230811"),
        ("鹤岗市东山区", "230406"),
        ("伊春市美溪区的林场", "230717"),
        ("加格达奇的供暖", "232700"),
        ("原怀德县供销社", "220184"),
        ("海龙县改制企业", "220581"),
        ("四平铁西区", "220302"),
        ("吉林市船营区", "220204"),
        ("长白山管委会", "220000"),
        ("德令哈的光伏项目", "632802"),
        ("大柴旦行委", "632800"),
        ("大通县城关", "630121"),
        ("仲恺高新区管委会", "441300"),
        ("惠城区汝湖镇", "441302100"),
        ("小金口街道办", "441302006"),
        ("惠东县平山街道", "441323001"),
        ("广东沃达科技公司在宝鸡的厂欠我们工资", "610300"),
        ("祁阳县教育局欠薪", "431181"),
        ("天府新区拆迁办不兑现", "510100"),
        ("丹凤县政府拖欠工程款", "611022"),
        ("丹风县政府拖欠工程款", "611022"),
        ("商洛丹凤的事", "611022"),
        ("富水镇修路的钱没给", "611023101"),
        ("哈尔滨市巴彦县兴隆镇政府", "230126101"),
        ("共和县恰卜恰镇", "632521100"),
        ("敦化市官地镇", "222403102"),
        ("惠州市城投公司欠款", "441300"),
        ("我是河南的,在哈尔滨松北区干活没拿到工资", "230109"),
        ("宝青县的水稻补贴没发", "230523"),
        ("昆山商务局不认账", "320583"),
        ("人在兰州,老家会宁,村里欠账不还", "620422"),
        ("我是灵寿人,村里低保不给", "130126"),
        ("老南汇那片的园区", "310115"),
        ("天水市交通投资公司的商票不兑付", "620500"),
        ("博罗公庄那边的补偿没给", "441322104"),
    ],
)
def test_a_place_is_found_with_its_code(text: str, code: str) -> None:
    located = WHEREABOUTS.locate(text)
    assert located is not None
    assert located.place is not None
    assert located.place.code == code


@pytest.mark.parametrize(
    "text",
    [
        "哈尔滨市惠城区财政局欠我钱",
        "朝阳区拆迁",
        "西安区政府",
        "吉林的招商局",
        "宝山区",
        "铁西区",
        "和平区",
        "向阳区政府",
    ],
)
def test_an_ambiguous_place_is_asked_not_guessed(classifier: Classifier, text: str) -> None:
    result = classifier.classify(text)
    assert result.region is None
    assert len(result.region_options) >= 2


@pytest.mark.parametrize(
    "text",
    [
        "A市E5县的事",
        "长春镇的村民",
        "北京路太堵",
        "为人方正平安",
        "吃五常大米",
        "幸福建立在奋斗上",
        "做到一视同仁,不要区别对待",
        "日照采光受影响",
        "矿区道路坏了",
        "重庆建工集团欠我工资",
        "西气东输管道经过我村",
        "川气东送武汉至宜昌管道施工",
        "我在深圳打工,老家村里的补贴没给",
        "张延安书记不作为",
        "城镇化建设,城镇居民医保",
        "美丽乡村建设",
        "参考广州、杭州、成都的做法",
        "根据《湖南省信访条例》",
        "还城市一个好环境",
        "中国建设银行湖南省分行",
        "北京时间8点",
        "直接定给县长老乡",
        "北京现代的4S店骗我定金",
        "我买了贵州茅台是假的",
        "哈尔滨啤酒厂的经销商骗我货款",
        "南京西路那家店不退押金",
        "新疆棉花厂家骗我货款",
    ],
)
def test_what_only_looks_like_a_place_is_none(text: str) -> None:
    assert WHEREABOUTS.locate(text) is None


def test_the_full_name_has_all_superiors(classifier: Classifier) -> None:
    region = classifier.classify("西宁市城东区教育局拖欠工资").region
    assert region is not None
    assert region.name == "青海省西宁市城东区"
    assert region.level == "county"


def test_all_townships_of_huicheng_are_known() -> None:
    towns = [place for place in GAZETTEER.places.values() if place.level == "township"]
    assert len(towns) == 21
    assert all(GAZETTEER.full_name(town.code).startswith("广东省惠州市惠城区") for town in towns)


@pytest.mark.parametrize(("prefix", "counties"), [("2301", 18), ("4413", 5)])
def test_the_home_prefectures_are_complete_to_county_level(prefix: str, counties: int) -> None:
    found = [
        place
        for place in GAZETTEER.places.values()
        if place.level == "county" and place.code.startswith(prefix)
    ]
    assert len(found) == counties


@pytest.mark.parametrize("answer", ["黑龙江省哈尔滨市", "朝阳区", "月亮背面", "", "西宁城东区住建局"])
def test_an_answer_to_where_is_read_like_a_message(classifier: Classifier, answer: str) -> None:
    told = classifier.classify(answer)
    assert classifier.read_place(answer) == ((told.region,) if told.region else told.region_options)
