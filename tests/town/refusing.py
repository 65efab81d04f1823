"""That something is refused, and for which reason: the sentence a person reads hangs on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from cases.errors import DomainError, InvalidInput, Reason


@contextmanager
def refused(
    reason: Reason, error: type[DomainError] = InvalidInput
) -> Iterator[pytest.ExceptionInfo[DomainError]]:
    with pytest.raises(error) as raised:
        yield raised
    assert raised.value.reason is reason
