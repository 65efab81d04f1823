"""What the citizen wants, and how urgent the matter is, each with the words that say so."""

from __future__ import annotations

import re

from classify.types import Severity

_WISH = re.compile(
    r"(?:请求|恳请|恳求|要求|希望|盼望?|望|期望|期盼|诉求|请)(?:是|:|,)?"
    r"(?P<what>[^。;!?\n]{0,10}(?:支付|付清|发放|补发|归还|退还|退|兑现|落实|解决|查处|彻查|严查|调查|核查|查清|公开|公示|安置|补偿|赔偿|交付|交房|履行|办理|给予|给|追究|处理|纠正|停止|恢复|验收|结算|答复|回复|说法|公道|做主)[^。;!?\n]{0,24})"
)
_URGENT = re.compile(
    r"自杀|跳楼|轻生|活不下去|喝农药|同归于尽|自焚|绝食|堵路|堵门|围堵|群体性事件|聚众|拉横幅|打死|砍伤|生命危险|危及生命|人身安全|威胁恐吓|被打住院|强拆现场|正在强拆|马上强拆|断粮|没饭吃|吃不上饭|揭不开锅|救命"
)
_SERIOUS = re.compile(
    r"农民工工资|血汗钱|民工|养老钱|救命钱|看病|重病|癌症|尿毒症|残疾|孤寡|老人去世|去世|无家可归|危房|坍塌|倒塌|强拆|暴力|殴打|打击报复|威胁|恐吓|贪污|受贿|行贿|套取|挪用|侵吞|围标|串标|涉黑|黑恶势力|村霸|保护伞|倒闭|破产|血本无归|集体上访|几百户|上百户|上百人|几百人|全村|数百名"
)
MANY_YUAN = 1_000_000


def find_wish(text: str) -> tuple[int, int] | None:
    """Where the plain text says what is asked for; the last such sentence, since letters end with it."""
    wishes = [match.span("what") for match in _WISH.finditer(text)]
    return wishes[-1] if wishes else None


def find_severity(text: str, amount_yuan: int | None) -> tuple[Severity, str]:
    """Severity and the word that shows it; a sum from a million yuan on is serious."""
    urgent = _URGENT.search(text)
    if urgent:
        return Severity.URGENT, urgent.group()
    serious = _SERIOUS.search(text)
    if serious:
        return Severity.SERIOUS, serious.group()
    if amount_yuan and amount_yuan >= MANY_YUAN:
        return Severity.SERIOUS, ""
    return Severity.NORMAL, ""
