"""One-time codes (RFC 6238): what a phone shows proves that it is with the person.

A code counts once. The secret of an enrolment not yet finished is derived from the session, so it is
stored nowhere until the first right code proves that the phone has it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
import string
import unicodedata
from dataclasses import replace
from datetime import datetime

import pyotp
import segno
from aiohttp import web

from cases.ports.accounts import Staff
from handlers.web.keys import HASH, SESSION_SECRET

ISSUER = "守信"
LAST_STEP = "totp_last_step"
"""Preference that remembers the time step of the last accepted code."""

_WINDOW = (0, -1, 1)


def secret_being_enrolled(request: web.Request) -> str:
    """The base32 secret offered to this session; the same on every page of the session."""
    seed = request.app[HASH]("totp-enrol:" + request[SESSION_SECRET])
    return base64.b32encode(hashlib.sha256(seed.encode()).digest()[:20]).decode()


def enrolment_picture(staff: Staff, secret: str) -> bytes:
    """QR code as SVG, for the authenticator on a phone to read."""
    link = pyotp.TOTP(secret).provisioning_uri(name=staff.login, issuer_name=ISSUER)
    out = io.BytesIO()
    segno.make(link, error="m").save(
        out, kind="svg", scale=5, border=3, dark="#111", light="#fff", xmldecl=False, svgclass=None
    )
    return out.getvalue()


def accept_code(staff: Staff, secret: str, code: str, now: datetime) -> Staff | None:
    """The account with the code's time step marked as used, or None when the code is wrong or used."""
    digits = "".join(ch for ch in unicodedata.normalize("NFKC", code) if ch in string.digits)
    totp = pyotp.TOTP(secret)
    last = int(staff.preferences.get(LAST_STEP, 0))
    current = totp.timecode(now)
    accepted = None
    for offset in _WINDOW:
        step = current + offset
        if hmac.compare_digest(totp.generate_otp(step), digits) and step > last:
            accepted = step
    if accepted is None:
        return None
    return replace(staff, preferences={**staff.preferences, LAST_STEP: accepted})
