"""An Open311 client that others wrote: it finds the services, files, files again, and reads, as it is.

`three` was written for Python 2; the one import that is gone since is put back while it is loaded.
"""

from __future__ import annotations

import asyncio
import importlib
import itertools
from typing import Any

import pytest

from tests.department.api.test_open311 import FORM, key_of
from tests.town.live.town import Town


@pytest.fixture
def client_of(town: Town, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Makes a client for the running service; `api_key` as an app would be given it."""
    monkeypatch.setattr(itertools, "ifilter", filter, raising=False)
    three = importlib.import_module("three")
    return lambda **more: three.Three(town.address + "open311/v2", **more)


async def test_an_existing_client_reads_files_and_files_again(town: Town, client_of: Any) -> None:
    def use(key: str) -> dict[str, Any]:
        """What an app does in a day, in the client's own words; it knows no other way than to wait."""
        client = client_of(api_key=key)
        report = {
            name: value for name, value in FORM.items() if name not in {"service_code", "address_string"}
        }
        filed = [
            client.post(FORM["service_code"], address=FORM["address_string"], **report) for _ in range(2)
        ]
        return {
            "discovery": client.discovery(),
            "services": client.services(),
            "one": client.services("procurement"),
            "filed": filed,
            "token": client.token(filed[0][0]["service_request_id"]),
            "request": client.request(filed[0][0]["service_request_id"]),
            "requests": client.requests(count=10),
            "refused": client_of(api_key="wrong").post("procurement", address="青海省西宁市", **report),
        }

    seen = await asyncio.to_thread(use, await key_of(town))
    assert seen["discovery"]["endpoints"]
    assert "procurement" in {one["service_code"] for one in seen["services"]}
    assert seen["one"]["service_code"] == "procurement"
    (first,), (again,) = seen["filed"]
    assert first["service_request_id"] == again["service_request_id"], "a retry is one case"
    number = first["service_request_id"]
    assert seen["token"][0]["service_request_id"] == number
    assert seen["request"][0]["status"] == "open"
    assert seen["request"][0]["service_code"] == "procurement"
    assert isinstance(seen["requests"], list)
    assert "13900000000" not in str(seen["request"])
    assert seen["refused"][0]["code"] == 403
    assert (await town.storage.cases.get(number)).channel == "open311"
