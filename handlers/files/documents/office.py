"""DOCX, XLSX and PPTX (ECMA-376) without who wrote, changed and commented, where and when.

Words stay as they stand after all changes; comments stay without names. What is embedded and cannot be looked
into is said.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable

from lxml import etree

from handlers.files.documents.inner_pictures import strip_media
from handlers.files.documents.packages import drop, pack, parse, unpack, unwrap, written
from handlers.files.traces import Stripped, Trace, Unreadable

_CORE = (
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
_APP = b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
_CUSTOM = b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>'
_EMPTIED = {"docProps/core.xml": _CORE, "docProps/app.xml": _APP, "docProps/custom.xml": _CUSTOM}

_DROPPED: tuple[tuple[re.Pattern[str], Trace], ...] = (
    (re.compile(r"docProps/(?!core|app|custom).*|docMetadata/.*"), Trace.DETAILS),
    (re.compile(r"customXml/.*"), Trace.DETAILS),
    (re.compile(r"_xmlsignatures/.*"), Trace.SIGNATURE),
    (re.compile(r"xl/revisions/.*"), Trace.CHANGES),
    (re.compile(r"word/(people|commentsExtensible|commentsIds)\.xml"), Trace.COMMENTERS),
    (re.compile(r".*/printerSettings/.*"), Trace.DEVICE),
)
_CHANGE_MARKS = re.compile(
    r"(rPr|pPr|sectPr|tblPr|tblGrid|tblPrEx|trPr|tcPr)Change|numberingChange|cell(Ins|Del|Merge)"
    r"|(moveFrom|moveTo|customXml\w+)Range(Start|End)"
)
_PEOPLE = frozenset({"author", "initials", "displayName", "userId", "providerId", "userName"})
_TIMED = frozenset({"comment", "cm", "threadedComment"})
_TIMES = frozenset({"date", "dt", "dT", "dateUtc", "created"})
_NAMED = frozenset({"cmAuthor", "author"})
_HOMES = frozenset({"absPath", "fileSharing", "rsids", "attachedTemplate", "docVars", "userInfo"})
_PATH = re.compile(r"[\\/]|\.(jpe?g|png|heic|gif|bmp|tiff?|webp)$", re.IGNORECASE)
_NESTED = 3


def strip_office(data: bytes, depth: int = 0) -> Stripped:
    """Raises FileRefused for what expands too far, Unreadable for what is broken."""
    parts = unpack(data)
    removed: set[Trace] = set()
    remains: set[Trace] = set()
    _empty_properties(parts, removed)
    gone = {name for name in parts for pattern, _ in _DROPPED if pattern.fullmatch(name)}
    removed |= {trace for name in gone for pattern, trace in _DROPPED if pattern.fullmatch(name)}
    parts = {name: content for name, content in parts.items() if name not in gone}
    for name in list(parts):
        parts[name] = _strip_part(name, parts[name], gone, depth, removed, remains)
    return Stripped(pack(parts, first="[Content_Types].xml"), frozenset(removed), frozenset(remains))


def _empty_properties(parts: dict[str, bytes], removed: set[Trace]) -> None:
    for name, empty in _EMPTIED.items():
        if name not in parts:
            continue
        facts = [fact for fact in parse(parts[name]).iter(etree.Element) if (fact.text or "").strip()]
        removed |= {_SAID[_name(fact)] for fact in facts if _name(fact) in _SAID}
        if facts and name.endswith("custom.xml"):
            removed.add(Trace.DETAILS)
        parts[name] = empty


_SAID = {
    **dict.fromkeys(("created", "modified", "lastPrinted", "TotalTime"), Trace.TIME),
    **dict.fromkeys(("Application", "AppVersion", "Template"), Trace.DEVICE),
    **dict.fromkeys(("creator", "lastModifiedBy", "Company", "Manager"), Trace.AUTHOR),
    **dict.fromkeys(("title", "subject", "description", "keywords", "category"), Trace.DETAILS),
}


def _strip_part(
    name: str, content: bytes, gone: set[str], depth: int, removed: set[Trace], remains: set[Trace]
) -> bytes:
    if "/media/" in name:
        return strip_media(content, removed, remains)
    if "/embeddings/" in name or "/activeX/" in name:
        return _strip_embedded(content, depth, removed, remains)
    if not name.endswith((".xml", ".rels", ".vml")):
        if not name.endswith((".fntdata", ".odttf")):
            remains.add(Trace.UNSEEN)
        return content
    try:
        root = parse(content)
    except Unreadable:
        if not name.endswith(".vml"):  # old drawings are often no sound XML
            raise
        remains.add(Trace.UNSEEN)
        return content
    if name.endswith(".rels"):
        _strip_links(root, name, gone, removed)
    elif name == "[Content_Types].xml":
        for entry in list(root):
            if (entry.get("PartName") or "").lstrip("/") in gone:
                root.remove(entry)
    else:
        _strip_words(root, removed)
    return written(root)


def _strip_embedded(content: bytes, depth: int, removed: set[Trace], remains: set[Trace]) -> bytes:
    """Tables behind a chart are documents themselves; of other things nobody knows."""
    if content.startswith(b"PK") and depth < _NESTED:
        try:
            inner = strip_office(content, depth + 1)
        except Unreadable:
            pass
        else:
            removed |= inner.removed
            remains |= inner.remains
            return inner.data
    remains.add(Trace.ATTACHED)
    return content


def _strip_links(root: etree._Element, name: str, gone: set[str], removed: set[Trace]) -> None:
    base = posixpath.dirname(posixpath.dirname(name))
    for link in list(root):
        target = link.get("Target") or ""
        if link.get("TargetMode") == "External":
            outside = not link.get("Type", "").endswith("/hyperlink")
            if target.lower().startswith("file:") or (outside and not target.lower().startswith("http")):
                removed.add(Trace.DETAILS)
                link.set("Target", "about:blank")
        elif posixpath.normpath(posixpath.join("/", base, target)).lstrip("/") in gone:
            root.remove(link)


def _strip_words(root: etree._Element, removed: set[Trace]) -> None:
    people: set[str] = set()
    for element in list(root.iter(etree.Element)):
        kind = _name(element)
        rule = _rule_for(element, kind)
        if kind in _HOMES:
            drop(element)
            removed.add(Trace.DETAILS)
        elif rule is not None:
            rule(element, removed)
        _strip_attributes(element, kind, removed)
        if kind == "author" and element.text and element.text.strip():
            people.add(element.text)  # of a sheet's comments: their text begins with it, too
            element.text = ""
            removed.add(Trace.COMMENTERS)
    if people:
        for element in root.iter(etree.Element):
            if _name(element) == "t" and element.text:
                for person in people:
                    element.text = element.text.replace(person, "")
    for note in list(root.iter(etree.Comment, etree.ProcessingInstruction)):
        drop(note)


def _strip_attributes(element: etree._Element, kind: str, removed: set[Trace]) -> None:
    for key in list(element.attrib):
        attribute = etree.QName(key).localname
        if attribute.startswith("rsid") or (kind in _TIMED and attribute in _TIMES):
            del element.attrib[key]
        elif attribute in _PEOPLE or (kind in _NAMED and attribute == "name"):
            if element.get(key):
                removed.add(Trace.COMMENTERS)
            element.set(key, "0" if attribute == "userId" else "")
        elif kind in {"docPr", "cNvPr"} and attribute in {"name", "descr", "title"}:
            if _PATH.search(element.get(key) or ""):
                removed.add(Trace.DETAILS)
                element.set(key, "")
        elif kind == "pageSetup" and attribute == "id":
            del element.attrib[key]
        elif kind == "person" and attribute == "displayName":
            element.set(key, "")


def _remove_change(element: etree._Element, removed: set[Trace]) -> None:
    """A deletion: the words go, a row goes whole, and the mark of a paragraph's end only loses its mark."""
    removed.add(Trace.CHANGES)
    parent = element.getparent()
    if parent is not None and _name(parent) == "trPr" and parent.getparent() is not None:
        drop(parent.getparent())
    else:
        drop(element)


def _accept_change(element: etree._Element, removed: set[Trace]) -> None:
    removed.add(Trace.CHANGES)
    unwrap(element)


def _forget_change(element: etree._Element, removed: set[Trace]) -> None:
    removed.add(Trace.CHANGES)
    drop(element)


def _rule_for(element: etree._Element, kind: str) -> Callable[[etree._Element, set[Trace]], None] | None:
    if "/wordprocessingml/" not in (etree.QName(element).namespace or ""):
        return None  # drawings know a moveTo, too
    if _CHANGE_MARKS.fullmatch(kind):
        return _forget_change
    return {
        "del": _remove_change,
        "moveFrom": _remove_change,
        "ins": _accept_change,
        "moveTo": _accept_change,
    }.get(kind)


def _name(element: etree._Element) -> str:
    return str(etree.QName(element).localname)
