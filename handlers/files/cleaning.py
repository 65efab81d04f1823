"""A file made ready for storage, or refused: by size, by what it really is, without what betrays its sender.

Pure functions over bytes, so that every face can use them; `apart` runs them in a process of their own.
Nothing here stores, sends or trusts a name. What is done with which type is one table, `TREATMENTS`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cases.ports.evidence import MOST_BYTES
from handlers.files import refusals
from handlers.files.containers.boxes import strip_boxes
from handlers.files.containers.chunks import strip_chunks
from handlers.files.containers.frames import strip_aac, strip_amr, strip_flac, strip_mp3
from handlers.files.containers.matroska import strip_matroska
from handlers.files.containers.ogg import strip_ogg
from handlers.files.documents.office import strip_office
from handlers.files.documents.opendocument import strip_opendocument
from handlers.files.documents.pdf import strip_pdf
from handlers.files.kinds import recognise
from handlers.files.names import clean_name
from handlers.files.pictures import strip_picture
from handlers.files.refusals import FileRefused
from handlers.files.traces import CleanFile, Stripped, Trace, Unreadable


def _strip_converted(data: bytes) -> Stripped:
    """A picture that becomes a JPEG; one that nothing here can open is not refused but said to be unseen."""
    try:
        stripped, _, found = strip_picture(data)
    except FileRefused as refused:
        if refused.reason is refusals.PICTURE_DAMAGED:
            raise Unreadable("the picture cannot be opened") from None
        raise
    return Stripped(stripped, found)


def _strip_shown(data: bytes) -> Stripped:
    stripped, _, found = strip_picture(data)
    return Stripped(stripped, found)


def _keep_words(data: bytes) -> Stripped:
    return Stripped(data)


@dataclass(frozen=True, slots=True)
class Treatment:
    """What is done with a type. `strip` is None where nothing can be taken out."""

    names: str
    """As people call it, in the documentation."""
    strip: Callable[[bytes], Stripped] | None
    tells: tuple[Trace, ...] = ()
    """What may be in it then."""
    becomes: str | None = None


_OFFICE = "application/vnd.openxmlformats-officedocument."
_OLD_OFFICE = (Trace.AUTHOR, Trace.TIME, Trace.COMMENTERS, Trace.CHANGES, Trace.PICTURES)
TREATMENTS: dict[str, Treatment] = {
    "image/jpeg": Treatment("JPEG", _strip_shown),
    "image/png": Treatment("PNG", _strip_shown),
    "image/webp": Treatment("WEBP", _strip_shown),
    "image/gif": Treatment("GIF", _strip_shown),
    "image/bmp": Treatment("BMP", _strip_shown),
    "image/tiff": Treatment("TIFF", _strip_shown),
    "image/heif": Treatment("HEIC, HEIF", _strip_converted, becomes="image/jpeg"),
    "image/avif": Treatment("AVIF", _strip_converted, becomes="image/jpeg"),
    "video/mp4": Treatment("MP4", strip_boxes),
    "video/quicktime": Treatment("MOV", strip_boxes),
    "video/3gpp": Treatment("3GP", strip_boxes),
    "audio/mp4": Treatment("M4A", strip_boxes),
    "video/webm": Treatment("WEBM", strip_matroska),
    "video/x-matroska": Treatment("MKV", strip_matroska),
    "video/x-msvideo": Treatment("AVI", strip_chunks),
    "audio/wav": Treatment("WAV", strip_chunks),
    "audio/ogg": Treatment("OGG, OPUS", strip_ogg),
    "audio/mpeg": Treatment("MP3", strip_mp3),
    "audio/aac": Treatment("AAC", strip_aac),
    "audio/amr": Treatment("AMR", strip_amr),
    "audio/flac": Treatment("FLAC", strip_flac),
    "application/pdf": Treatment("PDF", strip_pdf),
    f"{_OFFICE}wordprocessingml.document": Treatment("DOCX", strip_office),
    f"{_OFFICE}spreadsheetml.sheet": Treatment("XLSX", strip_office),
    f"{_OFFICE}presentationml.presentation": Treatment("PPTX", strip_office),
    "application/vnd.oasis.opendocument": Treatment("ODT, ODS, ODP", strip_opendocument),
    "text/plain": Treatment("TXT", _keep_words),
    "application/msword": Treatment("DOC", None, _OLD_OFFICE),
    "application/vnd.ms-excel": Treatment("XLS, ET", None, _OLD_OFFICE),
    "application/vnd.ms-powerpoint": Treatment("PPT, DPS", None, _OLD_OFFICE),
    "application/vnd.ms-works": Treatment("WPS", None, _OLD_OFFICE),
    "application/rtf": Treatment("RTF", None, (Trace.AUTHOR, Trace.TIME, Trace.CHANGES, Trace.PICTURES)),
    "video/mpeg": Treatment("MPG", None, (Trace.TIME, Trace.DETAILS)),
}
"""Every type that is taken, by media type; those of OpenDocument by what they begin with."""


def treatment_of(media_type: str) -> Treatment:
    open_document = media_type.startswith("application/vnd.oasis.opendocument")
    return TREATMENTS["application/vnd.oasis.opendocument" if open_document else media_type]


def clean_file(data: bytes, name: str) -> CleanFile:
    """The file ready for storage. Raises FileRefused. May take seconds of CPU for a large picture."""
    if not data:
        raise FileRefused(refusals.EMPTY)
    if len(data) > MOST_BYTES:
        raise FileRefused(refusals.TOO_LARGE)
    media_type = recognise(data, name)
    name = clean_name(name)
    treatment = treatment_of(media_type)
    if treatment.strip is None:
        return CleanFile(data, media_type, name, stripped=False, remains=treatment.tells)
    try:
        stripped = treatment.strip(data)
    except Unreadable:
        return CleanFile(data, media_type, name, stripped=False, remains=(Trace.UNSEEN,))
    if len(stripped.data) > MOST_BYTES:
        raise FileRefused(refusals.PICTURE_TOO_LARGE)
    return CleanFile(
        stripped.data,
        treatment.becomes or media_type,
        name,
        stripped=treatment.strip is not _keep_words,
        removed=_in_order(stripped.removed),
        remains=_in_order(stripped.remains),
    )


def _in_order(traces: frozenset[Trace]) -> tuple[Trace, ...]:
    return tuple(trace for trace in Trace if trace in traces)
