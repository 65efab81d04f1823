"""Every Python process under faketime starts with this: its `time.sleep` would fail there.

Debian's libfaketime 0.9.10 breaks sleeping until a moment of the monotonic clock when that clock is left
alone, and leaving it alone is a must: waits of threads would never end otherwise.
"""

from __future__ import annotations

import select
import time
from typing import SupportsIndex


def sleep(seconds: SupportsIndex | float, /) -> None:
    if float(seconds) < 0:
        raise ValueError("sleep length must be non-negative")
    select.select((), (), (), float(seconds))


time.sleep = sleep
