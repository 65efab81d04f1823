"""Listens to every command of the test session and finds those that would read a whole collection."""

from __future__ import annotations

import re
from typing import Any

from pymongo import monitoring

from storage.database.connection import Database
from storage.schema.collections import LAYOUTS

OPERATORS = ("$and", "$or", "$nor", "$elemMatch", "$not")


class QueryRecorder(monitoring.CommandListener):
    """Keeps one command of every shape."""

    def __init__(self) -> None:
        self.queries: dict[str, tuple[str, dict[str, Any]]] = {}

    def started(self, event: monitoring.CommandStartedEvent) -> None:
        if event.database_name in {"admin", "local", "config"}:
            return
        for collection, query in _queries_of(event.command_name, dict(event.command)):
            if collection in LAYOUTS:
                self.queries.setdefault(f"{collection} {_shape(query)}", (collection, query))

    def succeeded(self, event: monitoring.CommandSucceededEvent) -> None:
        return

    def failed(self, event: monitoring.CommandFailedEvent) -> None:
        return

    async def collection_scans(self, database: Database) -> list[str]:
        """Explain each recorded shape on an empty database with all indexes; those that scan, as text."""
        scans = []
        for shape, (collection, query) in sorted(self.queries.items()):
            if collection in {"evidence.files", "evidence.chunks"} and query == {"filter": {}}:
                continue  # the driver itself asks once, for one document, whether the bucket is empty
            command = (
                {"aggregate": collection, "cursor": {}, **query}
                if "pipeline" in query
                else {"find": collection, **query}
            )
            plan = await database.command({"explain": command, "verbosity": "queryPlanner"})
            if re.search(r"'stage': 'COLLSCAN'", str(plan)):
                scans.append(shape)
        return scans


def _queries_of(name: str, command: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    collection: Any = command.get(name)
    if name == "find":
        return [(collection, {key: command[key] for key in ("filter", "sort") if key in command})]
    if name == "aggregate" and isinstance(collection, str):
        changes = any("$changeStream" in stage for stage in command["pipeline"])
        return [] if changes else [(collection, {"pipeline": command["pipeline"]})]
    if name == "findAndModify":
        query = {"filter": command["query"]}
        return [(collection, query | ({"sort": command["sort"]} if command.get("sort") else {}))]
    if name == "update":
        return [(collection, {"filter": each["q"]}) for each in command["updates"]]
    if name == "delete":
        return [(collection, {"filter": each["q"]}) for each in command["deletes"]]
    return []


def _shape(value: Any) -> str:
    """The same for queries that differ in values only."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{key}:{_shape(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(dict.fromkeys(map(_shape, value))) + "]"
    return "?"
