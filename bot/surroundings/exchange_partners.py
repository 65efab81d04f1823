"""Whose letters count in the exchange between levels: the file EXCHANGE_PARTNERS names.

[upper]
key = "…"                # public key of the level above: hex digits or PEM, as `exchange keys` prints it
[senders.huicheng]
key = "…"
regions = ["441302"]     # what this deployment of the level below may report
"""

from __future__ import annotations

import tomllib
from typing import Any

from bot.faults import SettingsFault
from bot.settings import Settings
from cases.service.credit.exchange import Partners, Sender
from cases.service.public.proofs import read_public_key


def load_partners(settings: Settings) -> Partners:
    """Raises SettingsFault."""
    if settings.exchange_partners is None:
        return Partners(settings.exchange_name)
    try:
        written = tomllib.loads(settings.exchange_partners.read_text("utf-8"))
        senders = {name: _sender(about) for name, about in written.get("senders", {}).items()}
        upper = _key(written["upper"]) if "upper" in written else None
        if strange := written.keys() - {"upper", "senders"}:
            raise ValueError(f"{', '.join(strange)}?")
        if settings.exchange_upper and upper is None:
            raise ValueError("[upper] key?")
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise SettingsFault(
            f"EXCHANGE_PARTNERS 指定的文件有误：{error} The file EXCHANGE_PARTNERS names is wrong."
        ) from None
    return Partners(settings.exchange_name, senders, upper)


def _sender(about: dict[str, Any]) -> Sender:
    regions = tuple(about["regions"])
    if not regions or not all(isinstance(one, str) and len(one) >= 6 and one.isdigit() for one in regions):
        raise ValueError(f"regions = {list(regions)}")
    return Sender(_key(about), regions)


def _key(about: dict[str, Any]) -> bytes:
    return read_public_key(str(about["key"]).encode())
