"""Writes the pages of `docs/` that nobody writes by hand: `python -m tools.written_pages`.

Tests compare the pages with what they are made from. Needs a `mongod` (the embedded one will do); nothing of
the deployment is touched.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import SecretStr

from bot.settings import Settings
from bot.wiring import build_core, compose, load_rules, open_database, utc_now
from cases.lifecycle.diagram import LIFECYCLE_PAGE
from cases.lifecycle.letters.diagram import LETTERS_PAGE
from handlers.web.signing_in.passwords import Passwords
from tools.access_page import access_table
from tools.documents_page import documents
from tools.files_page import with_table
from tools.glossary_page import glossary
from tools.house_page import house
from tools.integrity_page import with_tables
from tools.privacy_table import with_plain_fields

DOCS = Path(__file__).parents[1] / "docs"


async def access_page() -> str:
    """Of the product with everything switched on, over a database that is gone afterwards."""
    with TemporaryDirectory() as folder:
        settings = Settings(
            _env_file=None,
            mongodb_uri=None,
            data_dir=Path(folder),
            bot_token=SecretStr("7000000001:AA-not-a-real-token-0123456789"),
            webhook_url="https://example.org",
        )
        async with open_database(settings, utc_now) as storage:
            parts = compose(await build_core(storage, load_rules(settings), utc_now), settings, Passwords())
            table = access_table(parts.pages)
            await parts.close()
    return table


def main() -> None:
    (DOCS / "house.md").write_text(house(), encoding="utf-8")
    files = DOCS / "files.md"
    files.write_text(with_table(files.read_text("utf-8")), encoding="utf-8")
    integrity = DOCS / "integrity.md"
    integrity.write_text(with_tables(integrity.read_text("utf-8")), encoding="utf-8")
    privacy = DOCS / "privacy.md"
    privacy.write_text(with_plain_fields(privacy.read_text("utf-8")), encoding="utf-8")
    (DOCS / "documents.md").write_text(documents(), encoding="utf-8")
    (DOCS / "glossary.md").write_text(glossary(), encoding="utf-8")
    (DOCS / "lifecycle.md").write_text(LIFECYCLE_PAGE.text(), encoding="utf-8")
    (DOCS / "letters.md").write_text(LETTERS_PAGE.text(), encoding="utf-8")
    (DOCS / "access.md").write_text(asyncio.run(access_page()), encoding="utf-8")


if __name__ == "__main__":
    main()
