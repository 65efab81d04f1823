"""Published records and notices as an Atom feed (RFC 4287): ids that never change, days only."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

from cases.instants import local_date
from cases.integrity.breaches.record_model import SEVERITY_NAMES
from cases.service.credit.public_records import PublicEntry

ATOM = "http://www.w3.org/2005/Atom"
TITLE = "失信记录公示"
NOTHING_YET = "1970-01-01"


def atom_of(entries: Sequence[PublicEntry], home: str, path: str) -> bytes:
    """`home`: where people reach the pages, without a slash at its end; `path`: of this feed."""
    feed = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": "zh-Hans"})
    _add(feed, "id", f"{home}/records.atom")
    _add(feed, "title", TITLE)
    _add(feed, "updated", _instant(max((_changed(one) for one in entries), default=NOTHING_YET)))
    ElementTree.SubElement(feed, "link", {"rel": "self", "href": home + path})
    ElementTree.SubElement(feed, "link", {"rel": "alternate", "href": f"{home}/records"})
    _add(ElementTree.SubElement(feed, "author"), "name", "守信")
    for entry in entries:
        _entry(feed, entry, home)
    told: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return told


def _entry(feed: ElementTree.Element, entry: PublicEntry, home: str) -> None:
    item, shown = ElementTree.SubElement(feed, "entry"), entry.shown
    address = f"{home}/records/{entry.id}"
    _add(item, "id", address)
    said = SEVERITY_NAMES[shown.severity] if shown else "" if entry.stands else entry.status
    _add(item, "title", f"{entry.subject.name}（{said}）" if said else entry.subject.name)
    _add(item, "updated", _instant(_changed(entry)))
    ElementTree.SubElement(item, "link", {"rel": "alternate", "href": address})
    _add(item, "summary", str(shown.facts) if shown else entry.facts or entry.tombstone)


def _add(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = text


def _changed(entry: PublicEntry) -> str:
    return local_date(entry.updated_at).isoformat()


def _instant(day: str) -> str:
    """Midnight in China: a feed needs a time, and the hour of a release is nobody's business."""
    return f"{day}T00:00:00+08:00"
