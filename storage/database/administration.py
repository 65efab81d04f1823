"""Commands to one server or set while it is being set up (see `storage.server`)."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from motor.motor_asyncio import AsyncIOMotorClient
from pymongo.errors import OperationFailure

from cases.errors import StorageUnavailable
from storage.database.encoding import Document
from storage.database.failures import CommandRefused, driver_errors


class Admin:
    """`run` commands, within an `async with`."""

    def __init__(self, uri: str) -> None:
        self._client: AsyncIOMotorClient[Document] = AsyncIOMotorClient(
            uri, serverSelectionTimeoutMS=10_000, connectTimeoutMS=5_000, appname="shouxin-setup"
        )

    async def run(self, command: Document) -> Document:
        """Raises CommandRefused with the server's code."""
        try:
            with driver_errors():
                return dict(await self._client.admin.command(command))
        except StorageUnavailable as error:
            if isinstance(error.__cause__, OperationFailure):
                raise CommandRefused(str(error.__cause__), error.__cause__.code or 0) from error
            raise

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()
