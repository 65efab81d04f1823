"""What can go wrong between us and the database, and the only place where the driver's errors are translated.

A failure to store is one of three things: an outage (try again later), a record that can never be stored
(a fault of ours or of its author), or a key that is there already, which is an answer and passes through.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bson.errors import BSONError
from pymongo.errors import (
    DocumentTooLarge,
    DuplicateKeyError,
    NetworkTimeout,
    OperationFailure,
    PyMongoError,
    WriteError,
)

from cases import reasons
from cases.errors import InvalidInput, StorageUnavailable

__all__ = [
    "CommandRefused",
    "DuplicateKeyError",
    "NoReplicaSet",
    "Overtaken",
    "RecordRefused",
    "RecordUnreadable",
    "StillWorking",
    "WrongAddress",
    "driver_errors",
]

REFUSED_BY_VALIDATOR = 121
WRITE_CONFLICT = 112
TOO_LARGE = frozenset({10334, 17280, 17419, 17420})


class NoReplicaSet(Exception):
    """The deployment is a lone server: no majority, no change streams, so nothing could be promised."""


class WrongAddress(Exception):
    """The address of the database cannot be one, or a file it names is of no use. Repeats none of it."""


class RecordRefused(InvalidInput):
    """The record is too large, or does not have the shape its collection demands."""

    code = "record_refused"


class CommandRefused(Exception):
    """The server answered a set-up command with an error."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.code = code


class StillWorking(StorageUnavailable):
    """No answer within the time a connection waits; the server goes on with what it was asked for."""


class Overtaken(StorageUnavailable):
    """Another transaction changed one of the documents first; nothing of this one was written."""


class RecordUnreadable(Exception):
    """A stored record does not have the shape this version knows. Its text never quotes what is in it."""


@contextmanager
def driver_errors(passing: tuple[type[PyMongoError], ...] = ()) -> Iterator[None]:
    """The only place where errors of the driver become errors of the domain; answers in `passing` do not."""
    try:
        yield
    except DuplicateKeyError:
        raise
    except passing:
        raise
    except (DocumentTooLarge, BSONError, OverflowError) as error:
        raise not_storable(error) from error
    except WriteError as error:
        if error.code == REFUSED_BY_VALIDATOR or error.code in TOO_LARGE:
            raise RecordRefused(reasons.RECORD_REFUSED, fault=error.code) from error
        raise StorageUnavailable(reasons.NOT_CONFIRMED, fault=error.code) from error
    except OperationFailure as error:
        kind = Overtaken if error.code == WRITE_CONFLICT else StorageUnavailable
        raise kind(reasons.NOT_CONFIRMED, fault=error.code) from error
    except NetworkTimeout as error:
        raise StillWorking(reasons.NOT_CONFIRMED, fault=type(error).__name__) from error
    except PyMongoError as error:
        raise StorageUnavailable(reasons.NOT_CONFIRMED, fault=type(error).__name__) from error


def not_storable(error: Exception) -> RecordRefused:
    """For a record that no database could hold."""
    return RecordRefused(reasons.RECORD_REFUSED, fault=type(error).__name__)
