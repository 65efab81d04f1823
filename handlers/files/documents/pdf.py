"""PDF (ISO 32000-1) written anew: pages stay; information, earlier versions, attachments and names go."""

from __future__ import annotations

import io
import zlib
from typing import Any

import pikepdf

from handlers.files import refusals
from handlers.files.documents.inner_pictures import strip_jpeg
from handlers.files.refusals import FileRefused
from handlers.files.traces import Stripped, Trace, Unreadable

MOST_EXPANDED = 64 * 1024 * 1024
MOST_TIMES = 200
"""A stream that expands beyond the first by more than the second is made to harm."""
MOST_IN_ALL = 1024 * 1024 * 1024
_SAID = {
    "/CreationDate": Trace.TIME,
    "/ModDate": Trace.TIME,
    "/Producer": Trace.DEVICE,
    "/Creator": Trace.DEVICE,
}
_ANYWHERE = ("/Metadata", "/PieceInfo", "/LastModified", "/Thumb")
_OF_NOTES = ("/T", "/M", "/CreationDate", "/NM", "/RC", "/Subj")


def strip_pdf(data: bytes) -> Stripped:
    """Raises FileRefused for bombs, Unreadable for what is broken or opens with a password only."""
    removed: set[Trace] = set()
    remains: set[Trace] = set()
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            _check_expansion(pdf)
            _forget_information(pdf, removed)
            _forget_signatures(pdf, removed)
            _forget_attachments(pdf, removed)
            for thing in list(pdf.objects):
                _strip_object(thing, removed, remains)
            if pdf.trailer.get("/Prev") is not None or _versions(data) > 1:
                removed.add(Trace.CHANGES)
            out = io.BytesIO()
            pdf.save(
                out,
                deterministic_id=True,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
            )
    except (
        pikepdf.PdfError,
        pikepdf.PasswordError,
        pikepdf.DependencyError,
        ValueError,
        TypeError,
        KeyError,
        RuntimeError,
        RecursionError,
    ):
        raise Unreadable("the PDF cannot be read") from None
    return Stripped(out.getvalue(), frozenset(removed), frozenset(remains))


def _versions(data: bytes) -> int:
    """How often it was saved on: each time adds an end; one made for the web has one more."""
    return data.count(b"startxref") - (1 if b"/Linearized" in data[:2048] else 0)


def _check_expansion(pdf: pikepdf.Pdf) -> None:
    in_all = 0
    for thing in pdf.objects:
        times = (
            str(thing.get("/Filter", "")).count("/FlateDecode") if isinstance(thing, pikepdf.Stream) else 0
        )
        if not times:
            continue
        raw = thing.read_raw_bytes()
        most = max(MOST_EXPANDED, len(raw) * MOST_TIMES)
        for left in range(times, 0, -1):
            size, raw = _expand(raw, most, keep=left > 1)
            in_all += size
            if size > most or in_all > MOST_IN_ALL:
                raise FileRefused(refusals.EXPANDS)


def _expand(raw: bytes, most: int, *, keep: bool) -> tuple[int, bytes]:
    """How large a stream becomes, and what it becomes if asked; counting ends a little beyond `most`."""
    inflate, size, rest, out = zlib.decompressobj(), 0, raw, bytearray()
    try:
        while rest and size <= most and not inflate.eof:
            piece = inflate.decompress(rest, 1 << 20)
            size += len(piece)
            rest = inflate.unconsumed_tail
            if keep:
                out += piece
    except zlib.error:
        pass
    return size, bytes(out)


def _forget_information(pdf: pikepdf.Pdf, removed: set[Trace]) -> None:
    if "/Info" in pdf.trailer:
        said = {str(key) for key, value in pdf.docinfo.items() if str(value)}
        removed |= {_SAID.get(key, Trace.AUTHOR) for key in said}
        del pdf.trailer["/Info"]
    if "/Metadata" in pdf.Root:
        del pdf.Root["/Metadata"]
        removed.add(Trace.AUTHOR)


def _forget_signatures(pdf: pikepdf.Pdf, removed: set[Trace]) -> None:
    """A signature names who signed, and would not fit what is written anew."""
    for key in ("/Perms", "/DSS"):
        if key in pdf.Root:
            del pdf.Root[key]
            removed.add(Trace.SIGNATURE)
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/FT") == "/Sig" and "/V" in thing:
            del thing["/V"]
            removed.add(Trace.SIGNATURE)
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and "/SigFlags" in form:
        del form["/SigFlags"]


def _forget_attachments(pdf: pikepdf.Pdf, removed: set[Trace]) -> None:
    names = pdf.Root.get("/Names")
    if isinstance(names, pikepdf.Dictionary) and "/EmbeddedFiles" in names:
        del names["/EmbeddedFiles"]
        removed.add(Trace.ATTACHED)
    if "/Collection" in pdf.Root:
        del pdf.Root["/Collection"]
    for page in pdf.pages:
        notes = page.get("/Annots")
        if isinstance(notes, pikepdf.Array):
            kept = [
                note for note in notes if note.get("/Subtype") not in {"/FileAttachment", "/Sound", "/Movie"}
            ]
            if len(kept) != len(notes):
                page["/Annots"] = pikepdf.Array(kept)
                removed.add(Trace.ATTACHED)
            for note in kept:  # those that are no objects of their own are not among pdf.objects
                _strip_note(note, removed)


def _strip_note(note: pikepdf.Object, removed: set[Trace]) -> None:
    if not isinstance(note, pikepdf.Dictionary) or note.get("/Subtype") in {"/Link", "/Widget", None}:
        return
    for key in _OF_NOTES:
        if key in note:
            removed.add(Trace.COMMENTERS)
            del note[key]


def _strip_object(thing: pikepdf.Object, removed: set[Trace], remains: set[Trace]) -> None:
    if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        return
    for key in _ANYWHERE:
        if key in thing:
            del thing[key]
            removed.add(Trace.DETAILS)
    if "/AF" in thing:
        del thing["/AF"]
        removed.add(Trace.ATTACHED)
    if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Annot":
        _strip_note(thing, removed)
    if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image":
        _strip_image(thing, removed, remains)


def _strip_image(image: pikepdf.Stream, removed: set[Trace], remains: set[Trace]) -> None:
    kind = image.get("/Filter")
    if isinstance(kind, pikepdf.Array) and len(kind) == 1:
        kind = kind[0]
    if kind == "/DCTDecode":
        raw = image.read_raw_bytes()
        try:
            clean = strip_jpeg(raw)
        except Unreadable:
            remains.add(Trace.PICTURES)
            return
        if clean != raw:
            removed.add(Trace.PICTURES)
            parms: Any = image.get("/DecodeParms")
            image.write(clean, filter=pikepdf.Name.DCTDecode, decode_parms=parms)
    elif "/DCTDecode" in str(kind) or "/JPXDecode" in str(kind):
        remains.add(Trace.PICTURES)
