"""What is filled in: per opening and per move of each object."""

from __future__ import annotations

from typing import Any

from cases.integrity.vocabulary import Kind
from tests.town.clock import MONDAY

FILE = {
    "id": "e-1",
    "name": "凭证.pdf",
    "media_type": "application/pdf",
    "size": 1,
    "sha256": "0",
    "added_at": MONDAY,
}
BODY = {"body": "630000:省教育厅", "code": "11630000015000453N"}

OPENINGS: dict[Kind, dict[str, Any]] = {
    Kind.ORDER: {
        **BODY,
        "facts": "经查，合同约定的款项至今未付。",
        "required": "三十日内付清合同款项。",
        "legal_basis": "合同第五条",
    },
}
ARGS: dict[tuple[Kind, str], dict[str, Any]] = {
    (Kind.ORDER, "revise"): {
        "facts": "经查，款项未付。",
        "required": "付清款项。",
        "legal_basis": "合同第五条",
    },
    (Kind.ORDER, "cancel"): {"reason": "另案处理"},
    (Kind.ORDER, "explain"): {"excuse": "funds", "explanation": "资金正在调度，月底拨付。"},
    (Kind.ORDER, "prove"): {"note": "已经付清", "proof": [FILE]},
    (Kind.ORDER, "return"): {"reason": "凭证不清楚"},
    (Kind.ORDER, "extend"): {"days": 10, "reason": "手续正在办理"},
    (Kind.ORDER, "refuse"): {"reason": "期满仍不履行"},
}
