"""Ready sentences for messages to citizens, in the language the citizen chose."""

from __future__ import annotations

from typing import NamedTuple

from cases.vocabulary import Language

_HANS, _HANT, _EN = Language.ZH_HANS, Language.ZH_HANT, Language.EN


class Template(NamedTuple):
    label: str
    text: str


_TEMPLATES: tuple[tuple[str, dict[Language, str]], ...] = (
    (
        "正在核实",
        {
            _HANS: "您好，您反映的事情我们正在向有关单位核实。有进展会在这里告诉您，请您放心。",
            _HANT: "您好，您反映的事情我們正在向有關單位核實。有進展會在這裡告訴您，請您放心。",
            _EN: "Hello. We are checking what you told us with the bodies concerned and will write here "
            "as soon as there is news.",
        },
    ),
    (
        "请补充一个细节",
        {
            _HANS: "您好，为了尽快办理，请告诉我们：合同或者文件是哪一年签的，对方单位的全称是什么？"
            "不清楚的可以不写。",
            _HANT: "您好，為了盡快辦理，請告訴我們：合同或者文件是哪一年簽的，對方單位的全稱是什麼？"
            "不清楚的可以不寫。",
            _EN: "Hello. To move faster, please tell us in which year the contract or document was signed "
            "and the full name of the body. Leave out what you do not know.",
        },
    ),
    (
        "已联系被投诉单位",
        {
            _HANS: "您好，我们已经联系被投诉的单位，要求其书面说明情况。您的身份没有告诉对方。",
            _HANT: "您好，我們已經聯繫被投訴的單位，要求其書面說明情況。您的身份沒有告訴對方。",
            _EN: "Hello. We have asked the body you complained about for a written account. "
            "We did not tell them who you are.",
        },
    ),
    (
        "即将答复",
        {
            _HANS: "您好，调查已经基本完成，我们正在起草书面答复，会在承诺的期限内送达。",
            _HANT: "您好，調查已經基本完成，我們正在起草書面答覆，會在承諾的期限內送達。",
            _EN: "Hello. The inquiry is nearly complete. A written answer is being drafted and will reach "
            "you within the promised time.",
        },
    ),
    (
        "致歉",
        {
            _HANS: "您好，办理时间比预计的长，我们向您致歉。现在的进展和下一步安排如下：",
            _HANT: "您好，辦理時間比預計的長，我們向您致歉。現在的進展和下一步安排如下：",
            _EN: "Hello. This is taking longer than expected and we are sorry. "
            "Where things stand and what comes next:",
        },
    ),
)


def templates_in(language: Language) -> tuple[Template, ...]:
    return tuple(Template(label, texts[language]) for label, texts in _TEMPLATES)
