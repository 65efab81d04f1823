"""Logs of the process: one sink, text or JSON, and nothing about people or keys at any level.

Every line passes `redact` as its very last step, exceptions included, so that no caller has to remember it.
Local variables are never printed. Drivers that would log commands are kept at WARNING.
"""

from __future__ import annotations

import json
import logging
import re
import secrets
import sys
import traceback
from types import FrameType
from typing import TYPE_CHECKING, Any, TextIO

from aiohttp import web
from aiohttp.abc import AbstractAccessLogger
from aiohttp.http_exceptions import HttpProcessingError
from loguru import logger

if TYPE_CHECKING:
    from loguru import Message, Record

REDACTIONS: tuple[tuple[re.Pattern[str], str], ...] = (
    # user:password@ of any address
    (re.compile(r"(?<=://)[^\s/@]+:[^\s/@]+(?=@)"), "‹login›"),
    # Bot API token, also inside an address
    (re.compile(r"\d{3,20}:[A-Za-z0-9_-]{20,100}"), "‹token›"),
    # what pydantic repeats of a value it refused
    (re.compile(r"input_value=.*?(?=, input_type=)", re.DOTALL), "input_value=‹left out›"),
    (re.compile(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9+/=._~-]{8,}"), r"\1 ‹secret›"),
    (
        re.compile(
            r"(?i)(['\"]?\b(?:password|passwd|secret|secret_key|token|receipt|authorization|cookie)\b['\"]?\s*[=:]\s*)"
            r"(['\"]?)[^\s'\",;}]{4,}\2"
        ),
        r"\1‹secret›",
    ),
    (re.compile(r"(?i)\b(chat(?:_id)?['\"]?(?:\s*[=:]\s*|\s+))-?\d+"), r"\1‹chat›"),
    (re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+"), "‹mail›"),
    # receipt as shown, 4×4
    (re.compile(r"(?<!\w)\d{4}(?:[ -]\d{4}){3}(?!\w)"), "‹number›"),
    # phones, identity cards, bank cards, chat ids: any run of nine digits or more that stands alone
    (re.compile(r"(?<![\w.])[-+]?\d{9,}[Xx]?(?!\w)"), "‹number›"),
    (re.compile(r"(?<![A-Za-z0-9_.])1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![0-9])"), "‹number›"),
)

TALKATIVE = ("pymongo", "motor", "asyncio", "aiogram", "fontTools", "fpdf", "PIL")


def redact(line: str) -> str:
    """Take out of a line what may identify a person or open a door."""
    for pattern, replacement in REDACTIONS:
        line = pattern.sub(replacement, line)
    return line


def set_up_logs(level: str, form: str, stream: TextIO | None = None) -> None:
    """Send everything, the standard library's logging included, through one redacting sink."""
    target = stream or sys.stderr
    write = _json_line if form == "json" else _text_line

    def sink(message: Message) -> None:
        target.write(write(message.record) + "\n")
        target.flush()

    logger.remove()
    logger.add(sink, level=level, format="{message}", backtrace=False, diagnose=False, catch=True)
    logging.basicConfig(handlers=[_ToLoguru()], level=level, force=True)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("aiohttp.server").addFilter(_is_ours)


def _is_ours(record: logging.LogRecord) -> bool:
    """What a stranger sent broken was refused; a line of the log would quote it, cookies included."""
    return record.exc_info is None or not isinstance(record.exc_info[1], HttpProcessingError)


def new_correlation() -> str:
    """A short random mark that ties the lines of one piece of work together."""
    return secrets.token_hex(4)


def _text_line(record: Record) -> str:
    marks = "".join(f" {key}={value}" for key, value in record["extra"].items())
    line = f"{record['time']:%Y-%m-%d %H:%M:%S.%f%z} {record['level'].name:<8} {record['message']}{marks}"
    trace = _trace(record)
    return redact(f"{line}\n{trace}" if trace else line)


def _json_line(record: Record) -> str:
    entry: dict[str, Any] = {
        "time": record["time"].isoformat(),
        "level": record["level"].name,
        "message": redact(record["message"]),
        "where": f"{record['name']}:{record['line']}",
    }
    entry.update({key: redact(str(value)) for key, value in record["extra"].items()})
    trace = _trace(record)
    if trace:
        entry["exception"] = redact(trace)
    return json.dumps(entry, ensure_ascii=False)


def _trace(record: Record) -> str:
    exception = record["exception"]
    if exception is None or exception.value is None:
        return ""
    return "".join(traceback.format_exception(exception.value)).rstrip()


class _ToLoguru(logging.Handler):
    """Hands lines of the standard library's logging to loguru."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            level: str | int = logger.level(record.levelname).name
        except ValueError:
            level = record.levelno
        frame: FrameType | None = sys._getframe(1)
        depth = 1
        while frame is not None and frame.f_code.co_filename == logging.__file__:
            frame, depth = frame.f_back, depth + 1
        logger.opt(depth=depth, exception=record.exc_info).log(level, "{}", record.getMessage())


class AccessLog(AbstractAccessLogger):
    """One line per request, without query and without the visitor's address."""

    def log(self, request: web.BaseRequest, response: web.StreamResponse, time: float) -> None:
        logger.info("{} {} {} {:.0f} ms", request.method, request.rel_url.path, response.status, time * 1000)
