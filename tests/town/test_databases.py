"""A test's database holds nothing of the test before, and everything that a prepared one has."""

from __future__ import annotations

from storage.database.connection import Database
from storage.schema.collections import LAYOUTS
from tests.town.live.databases import clear


async def test_whatever_a_test_left_is_gone_and_indexes_stay(database: Database) -> None:
    for name in LAYOUTS:
        left = {"insert": name, "documents": [{"_id": "left"}], "bypassDocumentValidation": True}
        assert (await database.command(left))["n"] == 1, name
    await clear(database)
    assert await database["settings"].find_one({"_id": "schema"}), "it is prepared still"
    for name, layout in LAYOUTS.items():
        assert await database[name].find_one({"_id": "left"}) is None, name
        wanted = {model.document["name"] for model in layout.indexes}
        assert await database[name].index_names() == wanted | {"_id_"}, name
