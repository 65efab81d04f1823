"""What every move of every object does stays as it was read: see `courses.py`."""

from __future__ import annotations

from itertools import zip_longest

from tests.integrity.courses import KEPT, lines


def test_every_course_is_as_it_was_read() -> None:
    """What differs is shown with its line; changed on purpose: `python -m tests.integrity.courses`."""
    kept = KEPT.read_text("utf-8").splitlines()
    differ = [
        (number, was, now)
        for number, (was, now) in enumerate(zip_longest(kept, lines()), start=1)
        if was != now
    ]
    assert not differ[:3]
