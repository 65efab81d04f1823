"""Reports as they were handed in: one small document for each period and reader's department."""

from __future__ import annotations

from collections.abc import Callable

from cases.figures.reports import KeptReport, ReportContent, TypicalCase
from storage.database.connection import Database
from storage.database.encoding import Document
from storage.sealed.documents import RecordMapper
from storage.sealed.key_ring import KeyRing


class MongoReportStore:
    """Fulfils `cases.figures.reports.ReportStore`. The words of typical cases are sealed."""

    def __init__(self, database: Database, keys: KeyRing) -> None:
        self._reports = database["reports"]
        self._mapper = RecordMapper(keys)

    async def find(self, id: str) -> KeptReport:
        found = await self._reports.find_one({"_id": id})
        return self._read(found)[0] if found else KeptReport(id=id)

    async def freeze(self, id: str, content: ReportContent) -> KeptReport:
        return await self._change(
            id, lambda kept: kept if kept.content else kept.model_copy(update={"content": content})
        )

    async def choose(self, id: str, case: TypicalCase) -> None:
        def chosen(kept: KeptReport) -> KeptReport:
            others = tuple(one for one in kept.cases if one.number != case.number)
            return kept.model_copy(update={"cases": (*others, case)})

        await self._change(id, chosen)

    async def leave_out(self, id: str, number: str) -> None:
        def left_out(kept: KeptReport) -> KeptReport:
            return kept.model_copy(update={"cases": tuple(c for c in kept.cases if c.number != number)})

        await self._change(id, left_out)

    async def _change(self, id: str, make: Callable[[KeptReport], KeptReport]) -> KeptReport:
        """On the version read; whoever was slower reads again."""
        while True:
            first = {"_id": id, "version": 0, "cases": []}
            await self._reports.update({"_id": id}, {"$setOnInsert": first}, upsert=True)
            before, version = self._read(await self._reports.find_one({"_id": id}) or first)
            after = make(before)
            if after == before:
                return before
            document = self._mapper.to_document(after, id)
            document["_id"], document["version"] = document.pop("id"), version + 1
            if await self._reports.replace({"_id": id, "version": version}, document):
                return after

    def _read(self, document: Document) -> tuple[KeptReport, int]:
        fields = dict(document)
        fields["id"], version = fields.pop("_id"), int(fields.pop("version"))
        return self._mapper.to_record(KeptReport, fields, fields["id"]), version
