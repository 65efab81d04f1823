"""Invented messages for domains that are rare in real collections, long and chat-short."""

from __future__ import annotations

import pytest

from classify import Classifier, Domain

PROCUREMENT = """
我公司参加县医院彩超采购,技术参数只有一个牌子满足,采购代理机构对质疑避而不答
区教育局采购校服,供应商早就内定了,我们去磋商就是陪跑
给县档案馆供了密集架,政府采购合同约定三十天付款,验收单签了一年还不付
采购人擅自改变成交结果,把第二名换成了第一名
市政采网公告的保洁服务采购项目要求供应商在本区注册满五年,明显限制外地企业
单一来源采购公示期只有一天,价格高出市场三倍
民政局采购救灾棉被以次充好,验收人员收了回扣
政府采购投诉交到财政局四十天没有处理决定
街道办采购监控设备没有走政府采购程序,直接给了熟人
我们是成交供应商,采购单位拒签合同还没收保证金
询价采购只问了一家,价格虚高
学校食堂食材采购换了供应商,没有公告也没有评审
政府采购内定供应商
采购中心不答复质疑
采购不验收不付款
图书馆设备采购参数指定品牌
县水利局采购水泵,到货跟样品不一致还给验收合格
"""
PPP = """
我司作为社会资本方与县政府签订污水处理PPP合同,运营两年政府付费一直没列入预算
县里垃圾处理BOT项目保底量不足,应补的差额不补
特许经营协议约定三十年供水,县政府提前终止不给补偿
政府方出资代表的资本金迟迟不到位,项目公司贷不到款
停车场特许经营权给了我们又重复授权给别家
可行性缺口补助拖了三年
ppp合同政府不认账
管廊项目可用性付费财政说没钱
社会资本方被政府拖垮了
我们投资建设的天然气管道有特许经营权,住建局又批了新公司
综合医院PPP退库之后,前期投入几千万没有人管
供热特许经营期没到,区政府强行接管了热力公司
绩效考核做完一年,运营补贴还没拨
政府和社会资本合作的学校项目,教育局不履行回购
旅游公路BOT协议政府违约不配套征拆
tot项目移交时政府隐瞒债务
河道治理ppp项目已经运营,实施机构拒绝确认运维绩效付费
"""
INVESTMENT = """
招商时说给三百亩工业用地,厂房都设计好了,地却卖给了别人
县政府招商引资承诺前三年税收地方留成全额返还,交了两百万税一分没返
我们响应返乡创业号召办厂,镇里承诺的贴息和补贴都没兑现
管委会招商合同写明厂房免租三年,现在追着要租金还断电
新官不理旧账,上届政府签的投资协议现任县长不承认
企业退城进园签了搬迁补偿协议,老厂拆了补偿款不到位
市里公布的企业技改奖补,公示半年多没到账
外商投资的农业项目,土地手续答应办一直不给办
招商引资骗我们投资
园区答应的配套设施全没有
开发区收回我公司土地不补偿
投资协议政府单方面毁约
招商局答应的装修补贴没给
引进企业的时候求着来,来了以后证办不下来,关门打狗
承诺的税收返还换领导就不认
公司落户三年,固投奖励五百万一直拖,找经信局说没预算
县委书记亲自请来的项目,建到一半不给供电供水,企业快倒闭了
"""
CASES = [
    (message, domain)
    for block, domain in (
        (PROCUREMENT, Domain.PROCUREMENT),
        (PPP, Domain.PPP),
        (INVESTMENT, Domain.INVESTMENT),
    )
    for message in block.strip().splitlines()
]


@pytest.mark.parametrize(("message", "domain"), CASES)
def test_an_invented_message_of_a_rare_domain_is_understood(
    classifier: Classifier, message: str, domain: Domain
) -> None:
    assert classifier.classify(message).domain is domain


def test_each_rare_domain_has_at_least_fifteen_messages() -> None:
    counts = {domain: sum(d is domain for _, d in CASES) for _, domain in CASES}
    assert min(counts.values()) >= 15
