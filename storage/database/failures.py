"""What can go wrong between us and the database, and the only place where the driver's errors are translated.

A failure to store is one of three things: an outage (try again later), a record that can never be stored
(a fault of ours or of its author), or a key that is there already, which is an answer and passes through.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bson.errors import BSONError
from gridfs.errors import GridFSError
from pymongo.errors import DocumentTooLarge, DuplicateKeyError, PyMongoError, WriteError

from cases import reasons
from cases.errors import InvalidInput, StorageUnavailable

REFUSED_BY_VALIDATOR = 121
TOO_LARGE = frozenset({10334, 17280, 17419, 17420})


class NoReplicaSet(Exception):
    """The deployment is a lone server: no majority, no change streams, so nothing could be promised."""


class RecordRefused(InvalidInput):
    """The record is too large, or does not have the shape its collection demands."""

    code = "record_refused"


class RecordUnreadable(Exception):
    """A stored record does not have the shape this version knows. Its text never quotes what is in it."""


@contextmanager
def driver_errors() -> Iterator[None]:
    """The only place where errors of the driver become errors of the domain."""
    try:
        yield
    except (DuplicateKeyError, GridFSError):
        raise
    except (DocumentTooLarge, BSONError, OverflowError) as error:
        raise RecordRefused(reasons.RECORD_REFUSED, fault=type(error).__name__) from error
    except WriteError as error:
        if error.code == REFUSED_BY_VALIDATOR or error.code in TOO_LARGE:
            raise RecordRefused(reasons.RECORD_REFUSED, fault=error.code) from error
        raise StorageUnavailable(reasons.NOT_CONFIRMED, fault=error.code) from error
    except PyMongoError as error:
        raise StorageUnavailable(reasons.NOT_CONFIRMED, fault=type(error).__name__) from error


class CommandRefused(Exception):
    """The server answered a set-up command with an error."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.code = code
