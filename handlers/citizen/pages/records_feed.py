"""Publications as an Atom feed (RFC 4287): ids that never change, days only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from xml.etree import ElementTree

from cases.integrity.publications import Publication
from cases.integrity.record_model import SEVERITY_NAMES

ATOM = "http://www.w3.org/2005/Atom"
TITLE = "失信记录公示"
NOTHING_YET = "1970-01-01"


def atom_of(publications: Sequence[Publication], home: str, path: str) -> bytes:
    """`home`: where people reach the pages, without a slash at its end; `path`: of this feed."""
    feed = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": "zh-Hans"})
    _add(feed, "id", f"{home}/records.atom")
    _add(feed, "title", TITLE)
    _add(feed, "updated", _instant(max((_changed(one) for one in publications), default=NOTHING_YET)))
    ElementTree.SubElement(feed, "link", {"rel": "self", "href": home + path})
    ElementTree.SubElement(feed, "link", {"rel": "alternate", "href": f"{home}/records"})
    _add(ElementTree.SubElement(feed, "author"), "name", "守信")
    for publication in publications:
        _entry(feed, publication, home)
    told: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return told


def _entry(feed: ElementTree.Element, publication: Publication, home: str) -> None:
    entry, shown = ElementTree.SubElement(feed, "entry"), publication.shown
    address = f"{home}/records/{publication.about}"
    _add(entry, "id", address)
    severity = f"（{SEVERITY_NAMES[shown.severity]}）" if shown else ""
    _add(entry, "title", f"{publication.subject.name}{severity}")
    _add(entry, "updated", _instant(_changed(publication)))
    ElementTree.SubElement(entry, "link", {"rel": "alternate", "href": address})
    _add(entry, "summary", str(shown.facts if shown else publication.tombstone or ""))


def _add(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = text


def _changed(publication: Publication) -> str:
    day: date | None = publication.gone_on or publication.released_on
    return day.isoformat() if day else NOTHING_YET


def _instant(day: str) -> str:
    """Midnight in China: a feed needs a time, and the hour of a release is nobody's business."""
    return f"{day}T00:00:00+08:00"
