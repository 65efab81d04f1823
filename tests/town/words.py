"""What is said in the town: complaints, an opinion letter, and what a number and a receipt look like."""

from __future__ import annotations

import re

NUMBER = re.compile(r"SX\d{8}-\d{7}-\d")
RECEIPT = re.compile(r"\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{4}")

STORY = (
    "青海省西宁市城东区住房和城乡建设局拖欠我公司道路工程款50万元，"
    "2023年5月竣工验收后至今没有支付，多次催要都说没有钱，希望尽快支付工程款。"
)
"""A story that needs no question: what, where, who, how much, since when, and what is wished."""

OPINION: dict[str, str] = {
    "outcome": "support",
    "request": "支付采购款八十万元",
    "facts": "经查，货物已于2025年4月验收，款项未付属实。",
    "opinion": "责成该单位于三十日内付清。",
    "legal_basis": "《保障中小企业款项支付条例》第八条",
}
"""The form of an answer that supports the complaint."""


WISH = "希望尽快付清采购款。"
"""With it, a purchase needs no question about what is wished."""


def purchase(body: str, *, goods: str = "办公设备", named: str = "") -> str:
    """A complaint about a purchase that this body has not paid for."""
    return (
        f"2025年3月，{body}发布{goods}政府采购公告，我公司中标并签订采购合同，货物早已验收，{body}{named}"
        "承诺三十日内付清八十万元采购款，至今一分未付，多次催问都说没有钱。"
    )
