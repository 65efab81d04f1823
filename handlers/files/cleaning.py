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
    note: str = ""
    """What is taken out, for the documentation."""
    left: str = ""
    """What may be left, and is told then; for the documentation."""


_PICTURE = "EXIF, GPS, XMP, IPTC, comments, text chunks, thumbnails, films and pictures appended to it"
_AS_JPEG = _PICTURE + "; becomes JPEG"
_FILM = "place, device, author, times, tags, covers, subtitles and tracks of places, unused bytes"
_IN_PIECES = "in a film sent in pieces: what a dropped track held"
_SOUND = "tags, covers, times, whatever is neither picture nor sound"
_MATROSKA = "place, device, author, times, tags, chapters, attachments, names of tracks"
_PAPER = (
    "author, firm, times, printer, paths, custom data, session numbers, names of who commented and changed, "
    "tracked changes, signatures, thumbnail, data in pictures"
)
_PDF = (
    "information, XMP, earlier versions, attachments, thumbnails, names of who commented, signatures, "
    "data in pictures"
)
_IN_PAPER = "embedded objects, pictures of unusual kinds"
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OLD_OFFICE = (Trace.AUTHOR, Trace.TIME, Trace.COMMENTERS, Trace.CHANGES, Trace.PICTURES)
TREATMENTS: dict[str, Treatment] = {
    "image/jpeg": Treatment("JPEG", _strip_shown, note=_PICTURE),
    "image/png": Treatment("PNG", _strip_shown, note=_PICTURE),
    "image/webp": Treatment("WEBP", _strip_shown, note=_PICTURE),
    "image/gif": Treatment("GIF", _strip_shown, note=_PICTURE),
    "image/bmp": Treatment("BMP", _strip_shown, note=_PICTURE),
    "image/tiff": Treatment("TIFF", _strip_shown, note=_PICTURE),
    "image/heif": Treatment(
        "HEIC, HEIF", _strip_converted, becomes="image/jpeg", note=_PICTURE + "; becomes JPEG"
    ),
    "image/avif": Treatment("AVIF", _strip_converted, becomes="image/jpeg", note=_AS_JPEG),
    "video/mp4": Treatment("MP4", strip_boxes, note=_FILM, left=_IN_PIECES),
    "video/quicktime": Treatment("MOV", strip_boxes, note=_FILM, left=_IN_PIECES),
    "video/3gpp": Treatment("3GP", strip_boxes, note=_FILM, left=_IN_PIECES),
    "audio/mp4": Treatment("M4A", strip_boxes, note=_FILM, left=_IN_PIECES),
    "video/webm": Treatment("WEBM", strip_matroska, note=_MATROSKA, left="subtitles"),
    "video/x-matroska": Treatment("MKV", strip_matroska, note=_MATROSKA, left="subtitles"),
    "video/x-msvideo": Treatment("AVI", strip_chunks, note=_SOUND),
    "audio/wav": Treatment("WAV", strip_chunks, note=_SOUND),
    "audio/ogg": Treatment("OGG, OPUS", strip_ogg, note=_SOUND, left="codecs that are not known"),
    "audio/mpeg": Treatment("MP3", strip_mp3, note=_SOUND),
    "audio/aac": Treatment("AAC", strip_aac, note=_SOUND),
    "audio/amr": Treatment("AMR", strip_amr, note=_SOUND),
    "audio/flac": Treatment("FLAC", strip_flac, note=_SOUND),
    "application/pdf": Treatment("PDF", strip_pdf, note=_PDF, left=_IN_PAPER),
    f"{_OFFICE}wordprocessingml.document": Treatment("DOCX", strip_office, note=_PAPER, left=_IN_PAPER),
    f"{_OFFICE}spreadsheetml.sheet": Treatment("XLSX", strip_office, note=_PAPER, left=_IN_PAPER),
    f"{_OFFICE}presentationml.presentation": Treatment("PPTX", strip_office, note=_PAPER, left=_IN_PAPER),
    "application/vnd.oasis.opendocument": Treatment(
        "ODT, ODS, ODP", strip_opendocument, note=_PAPER, left=_IN_PAPER
    ),
    "text/plain": Treatment("TXT", _keep_words, note="nothing: there is nothing but the words"),
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
