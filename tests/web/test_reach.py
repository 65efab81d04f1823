"""A one-time code is demanded of who decides, publishes or administers where others can reach the pages."""

from __future__ import annotations

from typing import Any

import pytest

from bot.settings import Settings
from bot.wiring.pages import options_for
from cases.people import Role

THEY = {Role.SUPERVISOR, Role.ADMIN, Role.REGISTRAR, Role.CONFIRMER, Role.RELEASER}


def settings(**given: Any) -> Settings:
    return Settings(_env_file=None, **given)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_a_trial_on_one_machine_demands_no_code(host: str) -> None:
    assert options_for(settings(http_host=host)).second_factor_roles == set()


@pytest.mark.parametrize(
    "host",
    ["0.0.0.0", "::", "192.168.1.20", "10.0.0.1", "127.0.0.2", "example.org", "shouxin"],  # noqa: S104
)
def test_listening_anywhere_else_demands_it(host: str) -> None:
    assert options_for(settings(http_host=host)).second_factor_roles == THEY


@pytest.mark.parametrize(
    "url", ["https://shouxin.example.org", "http://localhost:8080", "http://127.0.0.1", "https://10.0.0.1"]
)
def test_any_public_address_demands_it_even_behind_a_loopback(url: str) -> None:
    assert options_for(settings(http_host="127.0.0.1", public_url=url)).second_factor_roles == THEY


def test_only_https_makes_cookies_secure() -> None:
    assert options_for(settings(public_url="https://shouxin.example.org")).secure_cookies
    assert not options_for(settings(public_url="http://shouxin.example.org")).secure_cookies
