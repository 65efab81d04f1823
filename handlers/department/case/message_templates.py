"""Ready sentences for messages to citizens, in the language the citizen chose."""

from __future__ import annotations

from typing import NamedTuple

from cases.vocabulary import Language
from handlers.languages.spoken import Spoken


class Template(NamedTuple):
    label: str
    text: str


_TEMPLATES: tuple[tuple[str, Spoken], ...] = (
    (
        "正在核实",
        Spoken(
            "您好，您反映的事情我们正在向有关单位核实。有进展会在这里告诉您，请您放心。",
            "Hello. We are checking what you told us with the bodies concerned and will write here "
            "as soon as there is news.",
        ),
    ),
    (
        "请补充一个细节",
        Spoken(
            "您好，为了尽快办理，请告诉我们：合同或者文件是哪一年签的，对方单位的全称是什么？"
            "不清楚的可以不写。",
            "Hello. To move faster, please tell us in which year the contract or document was signed "
            "and the full name of the body. Leave out what you do not know.",
        ),
    ),
    (
        "已联系被投诉单位",
        Spoken(
            "您好，我们已经联系被投诉的单位，要求其书面说明情况。您的身份没有告诉对方。",
            "Hello. We have asked the body you complained about for a written account. "
            "We did not tell them who you are.",
        ),
    ),
    (
        "即将答复",
        Spoken(
            "您好，调查已经基本完成，我们正在起草书面答复，会在承诺的期限内送达。",
            "Hello. The inquiry is nearly complete. A written answer is being drafted and will reach "
            "you within the promised time.",
        ),
    ),
    (
        "致歉",
        Spoken(
            "您好，办理时间比预计的长，我们向您致歉。现在的进展和下一步安排如下：",
            "Hello. This is taking longer than expected and we are sorry. "
            "Where things stand and what comes next:",
        ),
    ),
)


def templates_in(language: Language) -> tuple[Template, ...]:
    return tuple(Template(label, said.told(language)) for label, said in _TEMPLATES)
