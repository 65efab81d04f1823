"""ODT, ODS and ODP (OASIS OpenDocument 1.3) without author, times, printer and tracked changes."""

from __future__ import annotations

from lxml import etree

from handlers.files.documents.inner_pictures import strip_media
from handlers.files.documents.packages import drop, pack, parse, unpack, written
from handlers.files.traces import Stripped, Trace

_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_META = f'<office:document-meta xmlns:office="{_OFFICE}" office:version="1.3"/>'.encode()
_SETTINGS = f'<office:document-settings xmlns:office="{_OFFICE}" office:version="1.3"/>'.encode()
_EMPTIED = {"meta.xml": (_META, Trace.AUTHOR), "settings.xml": (_SETTINGS, Trace.DEVICE)}
_PLAIN = frozenset({"content.xml", "styles.xml", "manifest.rdf", "META-INF/manifest.xml"})


def strip_opendocument(data: bytes) -> Stripped:
    """Raises FileRefused, Unreadable."""
    parts = unpack(data)
    removed: set[Trace] = set()
    remains: set[Trace] = set()
    for name, content in list(parts.items()):
        if name.endswith(tuple(_EMPTIED)):
            empty, trace = _EMPTIED[name.rpartition("/")[2]]
            if list(parse(content)):
                removed.add(trace)
            parts[name] = empty
        elif name.startswith("Thumbnails/"):
            del parts[name]
            removed.add(Trace.DETAILS)
        elif name.endswith(("content.xml", "styles.xml")):
            parts[name] = _strip_words(content, removed)
        elif name == "META-INF/documentsignatures.xml":
            del parts[name]
            removed.add(Trace.SIGNATURE)
        elif name.startswith("Pictures/") or "/Pictures/" in name:
            parts[name] = strip_media(content, removed, remains)
        elif name not in _PLAIN and name != "mimetype" and not name.startswith("Configurations2/"):
            remains.add(Trace.ATTACHED)
    manifest = parse(parts.get("META-INF/manifest.xml", b""))
    for entry in list(manifest):
        path = next((value for key, value in entry.attrib.items() if key.endswith("}full-path")), "")
        if path and not path.endswith("/") and path not in parts:
            manifest.remove(entry)
    parts["META-INF/manifest.xml"] = written(manifest)
    return Stripped(pack(parts, first="mimetype"), frozenset(removed), frozenset(remains))


def _strip_words(content: bytes, removed: set[Trace]) -> bytes:
    root = parse(content)
    for element in list(root.iter(etree.Element)):
        name = etree.QName(element).localname
        if name in {"tracked-changes", "change", "change-start", "change-end"}:
            drop(element)
            removed.add(Trace.CHANGES)
        elif name in {"creator", "creator-initials", "initial-creator", "sender-name", "author-name"}:
            if element.text:
                removed.add(Trace.COMMENTERS)
            element.text = ""
        elif name == "date" and etree.QName(element).namespace == "http://purl.org/dc/elements/1.1/":
            drop(element)
    return written(root)
