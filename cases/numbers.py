"""Case numbers and receipt codes: made from a keyed digest, read back leniently.

A number is `SX20261122-4839205-7`: filing date in China, seven digits, an ISO 7064 mod 11,10 check
digit. A receipt is 16 digits, the last one a check digit. A receipt never begins with 2 and a number's
date always does, so neither is taken for the other. Nothing here keeps secrets: callers pass a keyed
digest and store receipts hashed.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import date

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_11_10

_PREFIX = "SX"
_RECEIPT_FIRST = "13456789"
_GLUE = re.compile(r"[\s\-_.,:/·•\u2010-\u2015\u2212\u30fc\u200b-\u200d\ufeff]+")
_RUNNING = re.compile(
    r"(?<![0-9A-Za-z])(?:S\s?X[\s\-:]{0,3})?(?:[0-9][\s\-]{0,3}){15}[0-9](?![0-9])", re.IGNORECASE
)


def make_number(filing_key_digest: bytes, filed_on: date, attempt: int = 0, prefix: str = _PREFIX) -> str:
    """The same filing gives the same number; `attempt` moves on when the number is taken."""
    seed = hashlib.sha256(b"number:%d:" % attempt + filing_key_digest).digest()
    body = f"{filed_on:%Y%m%d}{int.from_bytes(seed[:8]) % 10**7:07d}"
    return _show_number(body + _check_digit(body), prefix)


def parse_number(text: str, prefix: str = _PREFIX) -> str | None:
    """The number in its canonical form, or None; spaces, dashes, width, case and prefix do not matter."""
    digits = _plain(text).removeprefix(prefix)
    return _show_number(digits, prefix) if _is_number(digits) else None


def find_number(text: str) -> str | None:
    """The first valid case number inside running text."""
    plain = _DASHES.sub("-", unicodedata.normalize("NFKC", text))
    return next(filter(None, (parse_number(match.group()) for match in _RUNNING.finditer(plain))), None)


def make_receipt(digest: bytes) -> str:
    """Sixteen digits, shown once to the citizen."""
    seed = hashlib.sha256(b"receipt:" + digest).digest()
    first = _RECEIPT_FIRST[seed[0] % len(_RECEIPT_FIRST)]
    body = f"{first}{int.from_bytes(seed[1:17]) % 10**14:014d}"
    return body + _check_digit(body)


def parse_receipt(text: str) -> str | None:
    """The sixteen digits, or None."""
    digits = _plain(text)
    if len(digits) != 16 or not _all_digits(digits) or digits[0] not in _RECEIPT_FIRST:
        return None
    return digits if _check_holds(digits) else None


def show_receipt(code: str) -> str:
    """Four groups of four, as printed and read aloud."""
    return " ".join(code[i : i + 4] for i in range(0, len(code), 4))


_DASHES = re.compile(r"[\u2010-\u2015\u2212\u30fc_]")


def _plain(text: str) -> str:
    return _GLUE.sub("", unicodedata.normalize("NFKC", text)).upper()


def _show_number(digits: str, prefix: str) -> str:
    return f"{prefix}{digits[:8]}-{digits[8:15]}-{digits[15]}"


def _is_number(digits: str) -> bool:
    if len(digits) != 16 or not _all_digits(digits) or digits[0] != "2":
        return False
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return _check_holds(digits)


def _all_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _check_digit(body: str) -> str:
    return str(mod_11_10.calc_check_digit(body))


def _check_holds(digits: str) -> bool:
    try:
        mod_11_10.validate(digits)
    except ValidationError:
        return False
    return True
