"""What citizens are told: every template in every language, within the limits, and never in the way."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from aiogram.methods import SendMessage

import cases.integrity
import cases.lifecycle.effects
from cases.vocabulary import Language
from handlers.citizen.notifications import render_notification
from tests.town.live.chats import check_call

NUMBER = "SX20261122-4839205-7"
FULL: dict[str, Any] = {
    "number": NUMBER,
    "department": "某某局<b>",
    "due": "2026-12-07T15:59:59.999000+00:00",
    "until": "2026-12-01",
    "reason": "not_competent",
    "basis": "《信访工作条例》",
    "explanation": "请向<住建局>反映。" * 500,
    "items": ["合同", "<结算单>"],
    "text": "您好 & 谢谢。" * 600,
    "outcome": "support",
    "opinion": "支付工程款。" * 800,
    "serial": "城东信〔2026〕1号",
    "verification": "ABCDEF123456",
    "into": "SX20261122-1111111-1",
    "children": ["SX20261122-1111111-1", "SX20261122-2222222-2"],
}


def templates() -> set[str]:
    """Every template the core uses, plus those the relay may."""
    rooms = (cases.lifecycle.effects, cases.integrity)
    paths = [path for room in rooms for path in Path(str(room.__file__)).parent.rglob("*.py")]
    source = "".join(path.read_text("utf-8") for path in paths)
    return set(re.findall(r'"(told-[a-z-]+)"', source)) | {
        "told-registered",
        "told-claimed",
        "told-withdrawn",
    }


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("template", sorted(templates()))
def test_each_notice_can_be_sent(template: str, language: Language) -> None:
    for params in (FULL, FULL | {"final": True}, {"number": NUMBER}):
        payloads = render_notification(template, params, language)
        assert payloads
        for payload in payloads:
            check_call(SendMessage.model_validate({"chat_id": 1, **payload}))
        assert NUMBER in payloads[0]["text"]
        assert "reply_markup" in payloads[-1]


def test_dates_in_notices_are_days_in_china() -> None:
    text = render_notification("told-accepted", FULL, Language.ZH_HANS)[0]["text"]
    assert "2026年12月7日" in text
    assert "某某局&lt;b&gt;" in text


def test_a_long_message_is_told_whole_over_several() -> None:
    payloads = render_notification("told-message", FULL, Language.ZH_HANS)
    assert len(payloads) > 2
    assert sum(payload["text"].count("谢谢") for payload in payloads) == 600


def test_a_reason_code_becomes_words() -> None:
    text = render_notification("told-declined", FULL, Language.EN)[0]["text"]
    assert "powers" in text
    assert "not_competent" not in text


def test_an_unknown_template_still_tells_that_something_happened() -> None:
    payloads = render_notification("told-something-new", {"number": NUMBER}, Language.ZH_HANT)
    assert NUMBER in payloads[0]["text"]


def test_the_list_of_documents_is_numbered() -> None:
    payloads = render_notification("told-supplement-asked", FULL, Language.ZH_HANS)
    assert payloads[-1]["text"] == "1. 合同\n2. &lt;结算单&gt;"
