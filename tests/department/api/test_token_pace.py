"""A department's system that has run wild is told to wait, and for how long."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.settings import Settings
from handlers.web.access.token_pace import MOST_KEPT, TokenPace, TooManyCalls
from tests.department.api.test_open311 import FORM, key_of
from tests.town.clock import Watch
from tests.town.live.deployment import town_settings
from tests.town.live.town import Town


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return town_settings(tmp_path, token_per_minute=2)


async def test_both_faces_say_when_to_come_again(town: Town, watch: Watch) -> None:
    person = await town.person("接口账号")
    header = await town.token(person, "cases:read")
    for expected in (200, 200, 429, 429):
        answer = await town.client.get("/api/v1/cases", headers=header)
        assert answer.status == expected
    assert answer.headers["Retry-After"] == "30"
    form = {**FORM, "api_key": await key_of(town)}
    for expected in (201, 201, 429):
        filed = await town.client.post("/open311/v2/requests.json", data=form)
        assert filed.status == expected, "another token has a pace of its own"
    assert filed.headers["Retry-After"] == "30"
    assert (await filed.json())[0]["code"] == 429
    watch.now += timedelta(seconds=30)
    assert (await town.client.get("/api/v1/cases", headers=header)).status == 200


def test_a_bucket_fills_with_time_and_not_beyond_a_minute() -> None:
    now = datetime(2026, 12, 1, tzinfo=UTC)
    pace = TokenPace(3, lambda: now)
    for _ in range(3):
        pace.take("a")
    with pytest.raises(TooManyCalls) as refused:
        pace.take("a")
    assert refused.value.headers["Retry-After"] == "20"
    now += timedelta(hours=1)
    for _ in range(3):
        pace.take("a")
    now -= timedelta(minutes=10)
    with pytest.raises(TooManyCalls):
        pace.take("a")


def test_no_limit_and_many_tokens() -> None:
    now = datetime(2026, 12, 1, tzinfo=UTC)
    free = TokenPace(0, lambda: now)
    for _ in range(10):
        free.take("a")
    pace = TokenPace(60, lambda: now)
    for number in range(MOST_KEPT * 2):
        pace.take(str(number))
