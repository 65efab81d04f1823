"""The composition, as far as it can be read: limits, an account that is not root, no port but our own."""

from __future__ import annotations

import re
from typing import Any

import yaml

from tests.town.live.running import ROOT

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "deploy" / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]


def test_every_service_has_limits_and_logs_that_end() -> None:
    for name, service in SERVICES.items():
        assert service["mem_limit"], name
        assert service["pids_limit"], name
        assert service["logging"]["options"]["max-size"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name


def test_shouxin_uses_an_account_of_its_own_and_never_the_root_of_the_database() -> None:
    for name in ("shouxin", "backup"):
        assert set(SERVICES[name]["secrets"]) == {"secret_key", "app_password", "mongo_ca"}
        assert "authSource=shouxin" in SERVICES[name]["entrypoint"][2]
    assert 'roles: ["readWrite", "dbAdmin"]' in SERVICES["replica-set"]["entrypoint"][2]


def test_the_database_is_a_pinned_patch_release_that_nobody_reaches_from_outside() -> None:
    for name in ("db1", "db2", "db3", "replica-set"):
        assert re.fullmatch(r"mongo:7\.0\.(2[89]|[3-9]\d)", SERVICES[name]["image"])
        assert SERVICES[name]["networks"] == ["database"]
        assert "ports" not in SERVICES[name]
    assert COMPOSE["networks"]["database"] == {"internal": True}
    assert SERVICES["shouxin"]["ports"] == ["127.0.0.1:8080:8080"]


def test_every_secret_named_is_made_by_the_readme() -> None:
    readme = (ROOT / "deploy" / "README.md").read_text()
    assert all(re.search(rf"(> |-out )secrets/{name}\b", readme) for name in COMPOSE["secrets"])
