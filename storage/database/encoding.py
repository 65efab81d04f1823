"""Documents as the database keeps them, and how they become bytes outside of it."""

from __future__ import annotations

from datetime import UTC
from typing import Any

import bson
from bson.codec_options import CodecOptions
from bson.errors import BSONError

from storage.database.failures import not_storable

Document = dict[str, Any]

CODEC: CodecOptions[Document] = CodecOptions(tz_aware=True, tzinfo=UTC)


def encode(document: Document) -> bytes:
    """Raises RecordRefused."""
    try:
        return bson.encode(document)
    except (BSONError, OverflowError) as error:
        raise not_storable(error) from error


def decode(data: bytes) -> Document:
    """Times come back as aware UTC."""
    return bson.decode(data, codec_options=CODEC)
