"""A document that is a zip file: opened within limits, and packed anew without times."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from handlers.files import refusals
from handlers.files.kinds import NO_ARCHIVE
from handlers.files.refusals import FileRefused
from handlers.files.traces import Unreadable

MOST_EXPANDED = 64 * 1024 * 1024
"""Bytes of all parts of a document together; more is refused before it is expanded."""
MOST_PARTS = 5000
_PARSER = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def unpack(data: bytes) -> dict[str, bytes]:
    """The parts by name. Raises FileRefused when they are too large, Unreadable when they cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_EXPANDED:
                raise FileRefused(refusals.EXPANDS)
            parts = {entry.filename: archive.read(entry) for entry in entries}
    except NO_ARCHIVE:
        raise Unreadable("the parts cannot be read") from None
    if len(parts) != len(entries):
        raise Unreadable("two parts of one name")
    return parts


def pack(parts: dict[str, bytes], *, first: str) -> bytes:
    """`first` stands at the beginning, as the formats ask."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda name: name != first):
            entry = zipfile.ZipInfo(name, _NO_TIME)
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(entry, parts[name])
    return out.getvalue()


def parse(data: bytes) -> etree._Element:
    """Raises Unreadable, also for a document type of its own: entities have no place in a document."""
    try:
        root = etree.fromstring(data, etree.XMLParser(**_PARSER))
    except (etree.XMLSyntaxError, ValueError):
        raise Unreadable("a part is no XML") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable("a part declares a type of its own")
    return root


def written(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def drop(element: etree._Element) -> None:
    """Take an element out; the words after it stay."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def unwrap(element: etree._Element) -> None:
    """Put an element's children in its place."""
    parent = element.getparent()
    if parent is None:
        return
    place = parent.index(element)
    for n, child in enumerate(list(element)):
        parent.insert(place + n, child)
    drop(element)
