"""MP4, MOV, M4A and 3GP (ISO/IEC 14496-12, QuickTime): what is not needed to play is blanked in place.

Only named boxes stay; any other becomes free space of the same size, so that no offset changes. Tracks that
are neither picture nor sound go with their samples, and so does what no track refers to.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from handlers.files.traces import Stripped, Trace, Unreadable, traces_in

_OPENED = frozenset(
    {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"dinf", b"moof", b"traf", b"mvex", b"mfra"}
)
_KEPT = frozenset(
    b"ftyp styp sidx ssix mdat mvhd iods tkhd mdhd hdlr vmhd smhd nmhd elst stsd stts stss stps ctts "
    b"cslg stsz stz2 stsc stco co64 sdtp sgpd sbgp subs saiz saio mehd trex "
    b"mfhd tfhd tfdt trun tfra mfro".split()
)
_PLAYED = frozenset({b"vide", b"soun"})


@dataclass(frozen=True, slots=True)
class _Box:
    kind: bytes
    start: int
    body: int
    end: int


def strip_boxes(data: bytes) -> Stripped:
    """Raises Unreadable."""
    film = bytearray(data)
    removed: set[Trace] = set()
    remains: set[Trace] = set()
    top = list(_boxes(film, 0, len(film)))
    if not any(box.kind in {b"moov", b"moof"} for box in top):
        raise Unreadable("nothing to play")
    dropped = sum(_drop_tracks(film, box, removed) for box in top if box.kind == b"moov")
    if any(box.kind == b"moof" for box in top):
        if dropped:  # its samples lie among those of the other tracks
            remains.add(Trace.UNSEEN)
    else:
        _blank_unused(film, top, removed)
    for box in top:
        _strip(film, box, removed)
    return Stripped(bytes(film), frozenset(removed), frozenset(remains))


def _boxes(film: bytearray, start: int, end: int) -> Iterator[_Box]:
    while start < end:
        if end - start < 8:
            if any(film[start:end]):
                raise Unreadable("bytes after the last box")
            return
        size, kind = struct.unpack_from(">I4s", film, start)
        body = start + 8
        if size == 1 and end - start >= 16:
            size, body = struct.unpack_from(">Q", film, start + 8)[0], start + 16
        stop = end if size == 0 else start + size
        if stop > end and kind == b"mdat":  # cut off while it was sent; what is there may play
            stop = end
        if stop < body or stop > end:
            raise Unreadable("a box leaves its place")
        yield _Box(kind, start, body, stop)
        start = stop


def _strip(film: bytearray, box: _Box, removed: set[Trace]) -> None:
    if box.kind in _OPENED:
        handler = _handler(film, box) if box.kind == b"mdia" else b""
        for inner in list(_boxes(film, box.body, box.end)):
            _strip(film, inner, removed)
        if handler in _PLAYED:
            _forget_makers(film, box, handler)
    elif box.kind in {b"mvhd", b"tkhd", b"mdhd"}:
        _forget_times(film, box, removed)
    elif box.kind == b"hdlr":
        film[box.body + 24 : box.end] = bytes(max(box.end - box.body - 24, 0))
    elif box.kind == b"dref":
        _forget_places(film, box, removed)
    elif box.kind not in _KEPT:
        _blank(film, box, removed)


def _blank(film: bytearray, box: _Box, removed: set[Trace]) -> None:
    removed |= traces_in(film[box.body : box.end])
    film[box.start + 4 : box.start + 8] = b"free"
    film[box.body : box.end] = bytes(box.end - box.body)


def _forget_times(film: bytearray, box: _Box, removed: set[Trace]) -> None:
    """When it was made and changed (8.2.2, 8.3.2, 8.4.2)."""
    if box.end - box.body < 20:
        raise Unreadable("a header is too short")
    times = slice(box.body + 4, box.body + (20 if film[box.body] == 1 else 12))
    if any(film[times]):
        removed.add(Trace.TIME)
    film[times] = bytes(times.stop - times.start)


def _forget_places(film: bytearray, box: _Box, removed: set[Trace]) -> None:
    """Where a part of it lay on the maker's disk (8.7.2); what is played lies in the file itself."""
    for entry in _boxes(film, box.body + 8, box.end):
        removed |= traces_in(film[entry.body + 4 : entry.end])
        film[entry.body + 4 : entry.end] = bytes(max(entry.end - entry.body - 4, 0))


def _forget_makers(film: bytearray, media: _Box, handler: bytes) -> None:
    """Vendor and compressor in the sample descriptions (8.5.2, 12.1.3)."""
    table = _find(film, media, b"minf", b"stbl", b"stsd")
    if table is None:
        return
    for entry in _boxes(film, table.body + 8, table.end):
        if entry.end - entry.start >= 24:
            film[entry.start + 20 : entry.start + 24] = bytes(4)
        if handler == b"vide" and entry.end - entry.start >= 86:
            film[entry.start + 50 : entry.start + 82] = bytes(32)


def _find(film: bytearray, box: _Box, *path: bytes) -> _Box | None:
    for kind in path:
        found = next((inner for inner in _boxes(film, box.body, box.end) if inner.kind == kind), None)
        if found is None:
            return None
        box = found
    return box


def _handler(film: bytearray, media: _Box) -> bytes:
    box = _find(film, media, b"hdlr")
    return bytes(film[box.body + 8 : box.body + 12]) if box is not None else b""


def _drop_tracks(film: bytearray, movie: _Box, removed: set[Trace]) -> int:
    """Tracks of places, times, subtitles: what is neither seen nor heard. How many there were."""
    dropped = 0
    for track in list(_boxes(film, movie.body, movie.end)):
        media = _find(film, track, b"mdia") if track.kind == b"trak" else None
        if track.kind == b"trak" and (media is None or _handler(film, media) not in _PLAYED):
            for start, end in _samples(film, track):
                removed |= traces_in(film[start:end])
                film[start:end] = bytes(len(film[start:end]))
            _blank(film, track, removed)
            removed.add(Trace.DETAILS)
            dropped += 1
    return dropped


def _samples(film: bytearray, track: _Box) -> list[tuple[int, int]]:
    """Where the chunks of a track lie; the end is 0 where only the next chunk tells it."""
    table = _find(film, track, b"mdia", b"minf", b"stbl")
    if table is None:
        return []
    parts = {box.kind: box for box in _boxes(film, table.body, table.end)}
    try:
        offsets = (
            _numbers(film, parts[b"co64"], ">Q") if b"co64" in parts else _numbers(film, parts[b"stco"], ">I")
        )
        runs = list(struct.iter_unpack(">3I", _entries(film, parts[b"stsc"], 12)))
        sizes = parts.get(b"stsz")
        constant = sizes is None or struct.unpack_from(">I", film, sizes.body + 4)[0] != 0
        each = [] if sizes is None or constant else _numbers(film, sizes, ">I", at=8)
    except (KeyError, struct.error):
        raise Unreadable("a sample table is missing") from None
    if constant:
        return [(offset, 0) for offset in offsets]
    spans, sample, run = [], 0, 0
    for chunk, offset in enumerate(offsets, 1):
        while run + 1 < len(runs) and runs[run + 1][0] <= chunk:
            run += 1
        count = runs[run][1] if runs else 0
        spans.append((offset, offset + sum(each[sample : sample + count])))
        sample += count
    return spans


def _entries(film: bytearray, box: _Box, width: int, at: int = 4) -> bytes:
    count = struct.unpack_from(">I", film, box.body + at)[0]
    begin = box.body + at + 4
    if begin + count * width > box.end:
        raise Unreadable("a table is longer than its box")
    return bytes(film[begin : begin + count * width])


def _numbers(film: bytearray, box: _Box, kind: str, at: int = 4) -> list[int]:
    return [number for (number,) in struct.iter_unpack(kind, _entries(film, box, struct.calcsize(kind), at))]


def _blank_unused(film: bytearray, top: list[_Box], removed: set[Trace]) -> None:
    """Bytes among the samples that no track refers to."""
    spans = sorted(
        span
        for movie in top
        if movie.kind == b"moov"
        for track in _boxes(film, movie.body, movie.end)
        if track.kind == b"trak"
        for span in _samples(film, track)
    )
    for box in top:
        if box.kind != b"mdat":
            continue
        at = box.body
        for n, (start, end) in enumerate(spans):
            if not box.body <= start < box.end:
                continue
            if end == 0:
                end = spans[n + 1][0] if n + 1 < len(spans) else box.end
            _blank_gap(film, at, min(start, box.end), removed)
            at = max(at, min(end, box.end))
        _blank_gap(film, at, box.end, removed)


def _blank_gap(film: bytearray, start: int, end: int, removed: set[Trace]) -> None:
    if end > start and any(film[start:end]):
        removed |= traces_in(film[start:end])
        film[start:end] = bytes(end - start)
