"""Every kind of file that is taken, with real ones: what betrays is gone, what is seen and heard is not."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Callable
from functools import partial
from typing import Any

import av
import openpyxl
import pikepdf
import pytest
from PIL import Image

from handlers.files import refusals
from handlers.files.cleaning import TREATMENTS, clean_file, treatment_of
from handlers.files.containers.boxes import strip_boxes
from handlers.files.kinds import recognise
from handlers.files.refusals import FileRefused
from handlers.files.traces import CleanFile, Trace
from tests.files.makers import DOCUMENTS, PICTURES, RECORDINGS, SECRETS, docx, packed, pdf, picture, types

ALL: dict[str, Callable[[], bytes]] = {f"a.{kind.lower()}": partial(picture, kind) for kind in PICTURES}
ALL |= {name: make for name, (_, make) in {**RECORDINGS, **DOCUMENTS}.items()}


def told(data: bytes) -> set[str]:
    """The secrets that can be read in a file, also in the parts of a zip file and the streams of a PDF."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            data = b"".join(name.encode() + archive.read(name) for name in archive.namelist())
    if data.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(data)) as read:
            streams = [thing.read_raw_bytes() for thing in read.objects if isinstance(thing, pikepdf.Stream)]
            plain = [zlib.decompressobj().decompress(raw) for raw in streams if raw[:1] == b"x"]
            data = b"".join([data, *streams, *plain, *(repr(thing).encode() for thing in read.objects)])
    return {secret for secret in SECRETS if secret.encode() in data or secret.encode("utf-16-be") in data}


def cleaned(name: str) -> tuple[bytes, CleanFile]:
    data = ALL[name]()
    return data, clean_file(data, name)


@pytest.mark.parametrize("name", ALL)
def test_nothing_that_betrays_is_left(name: str) -> None:
    data, clean = cleaned(name)
    assert told(data)
    assert told(clean.data) == set()
    assert clean.is_clean
    assert clean.removed
    again = clean_file(clean.data, name)
    assert again.removed == ()
    assert again.is_clean


@pytest.mark.parametrize(
    "name", ["a.jpeg", "a.heif", "a.avif", "film.mp4", "film.mov", "film.3gp", "voice.ogg"]
)
def test_the_place_is_named_among_what_went(name: str) -> None:
    assert Trace.PLACE in cleaned(name)[1].removed


def played(data: bytes) -> list[tuple[str, bytes]]:
    """What a player gets: the packets of picture and sound."""
    reading: Any = av.open(io.BytesIO(data))
    with reading as film:
        streams = [s for s in film.streams if s.type in {"video", "audio"}]
        return [(p.stream.type, bytes(p)) for p in film.demux(streams) if p.size]


@pytest.mark.parametrize("name", RECORDINGS)
def test_picture_and_sound_stay_byte_for_byte_and_play(name: str) -> None:
    data, clean = cleaned(name)
    assert clean.media_type == RECORDINGS[name][0]
    before, after = played(data), played(clean.data)
    assert len(after) >= 2
    assert after == before
    reading: Any = av.open(io.BytesIO(clean.data))
    with reading as film:
        assert not {key: value for key, value in film.metadata.items() if value.strip() and key not in BRANDS}
        assert sum(1 for _ in film.decode()) > 5


BRANDS = {"major_brand", "minor_version", "compatible_brands", "encoder"}


def test_a_track_of_places_goes_with_its_samples() -> None:
    film = RECORDINGS["film.mp4"][1]()
    sound = [packet for kind, packet in played(film) if kind == "audio" and len(packet) > 20]
    at = film.index(b"soun", film.index(b"moov"))
    disguised = film[:at] + b"meta" + film[at + 4 :]
    clean = strip_boxes(disguised)
    assert all(packet not in clean.data for packet in sound)
    assert [packet for kind, packet in played(clean.data)] == [
        p for kind, p in played(film) if kind == "video"
    ]


def test_what_no_track_refers_to_goes() -> None:
    film = RECORDINGS["film.mp4"][1]()
    behind = b"\0\0\0\x18mdatSecretPlaceABCD!"
    assert b"SecretPlace" not in strip_boxes(film + behind).data


def test_what_lies_between_and_after_frames_of_sound_goes() -> None:
    sound = RECORDINGS["sound.mp3"][1]()
    noise = random.Random(1).randbytes(2_000_000) + b"SecretPlace"
    clean = clean_file(sound + noise + b"TAG" + b"SecretAuthor".ljust(125, b"\0"), "a.mp3")
    assert told(clean.data) == set()
    assert len(clean.data) < len(sound) + 5_000
    assert len(played(clean.data)) >= len(played(sound)) - 1


@pytest.mark.parametrize("name", ["a.heif", "a.avif"])
def test_pictures_that_few_can_open_become_jpeg_of_the_same_size(name: str) -> None:
    _, clean = cleaned(name)
    assert clean.media_type == "image/jpeg"
    shown = Image.open(io.BytesIO(clean.data))
    assert (shown.format, shown.size) == ("JPEG", (64, 48))


def test_a_document_reads_as_it_stood_after_all_changes() -> None:
    _, clean = cleaned("a.docx")
    with zipfile.ZipFile(io.BytesIO(clean.data)) as archive:
        words = archive.read("word/document.xml").decode()
        assert "县政府承诺" in words
        assert "三年免租" in words
        assert "请看这里" in archive.read("word/comments.xml").decode()
        assert "<w:tr>" not in words
        assert not {"word/people.xml", "customXml/item1.xml", "docProps/thumbnail.jpeg"} & set(
            archive.namelist()
        )
        links = archive.read("word/_rels/document.xml.rels").decode()
        assert "people" not in links
        assert "media/image1.jpeg" in links
        Image.open(io.BytesIO(archive.read("word/media/image1.jpeg"))).load()
    assert {Trace.AUTHOR, Trace.COMMENTERS, Trace.CHANGES, Trace.PICTURES} <= set(clean.removed)
    assert clean.is_missed


def test_a_table_keeps_its_cells_and_its_comments() -> None:
    _, clean = cleaned("a.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(clean.data)).active
    assert sheet is not None
    assert (sheet["A1"].value, sheet["B1"].value) == ("欠款", 350000)
    assert "请核对" in sheet["A1"].comment.text


@pytest.mark.parametrize(
    ("attached", "earlier", "found"),
    [(False, False, set()), (True, False, {Trace.ATTACHED}), (False, True, {Trace.CHANGES})],
)
def test_a_pdf_keeps_its_pages_and_loses_what_lies_behind(
    attached: bool, earlier: bool, found: set[Trace]
) -> None:
    data = pdf(attached=attached, earlier=earlier)
    clean = clean_file(data, "a.pdf")
    assert told(clean.data) == set()
    assert set(clean.removed) & {Trace.ATTACHED, Trace.CHANGES} == found
    with pikepdf.open(io.BytesIO(clean.data)) as read:
        assert b"promise" in read.pages[0].Contents.read_bytes()
        assert clean.data.count(b"%%EOF") == 1
        assert [note.get("/Contents") for note in read.pages[0].Annots] == ["please look here"]


def bomb_in_pdf() -> bytes:
    with pikepdf.new() as made:
        made.add_blank_page()
        made.Root.Bomb = pikepdf.Stream(made, b"")
        made.Root.Bomb.write(zlib.compress(bytes(80 << 20)), filter=pikepdf.Name.FlateDecode)
        out = io.BytesIO()
        made.save(out)
    return out.getvalue()


def bomb_in_png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (6000, 5000)).save(out, "PNG")
    return out.getvalue()


BOMBS = {
    "a.docx": lambda: docx(word__bomb=bytes(80 << 20)),
    "a.xlsx": lambda: packed({"[Content_Types].xml": types(), "xl/workbook.xml": bytes(80 << 20)}),
    "a.odt": lambda: packed({"mimetype": "application/vnd.oasis.opendocument.text", "x": bytes(80 << 20)}),
    "a.pdf": bomb_in_pdf,
    "a.png": bomb_in_png,
}


@pytest.mark.parametrize("name", BOMBS)
def test_what_expands_to_eighty_megabytes_is_refused(name: str) -> None:
    with pytest.raises(FileRefused) as refused:
        clean_file(BOMBS[name](), name)
    assert refused.value.reason is refusals.EXPANDS


def deep_xml() -> bytes:
    return docx(word__document__xml="<a>" * 20_000 + "</a>" * 20_000)


def entities() -> bytes:
    lines = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 9 if n else "x"}">' for n in range(12))
    return packed({"[Content_Types].xml": f"<!DOCTYPE a [{lines}]><a>&e11;</a>", "word/document.xml": "<a/>"})


def nested() -> bytes:
    inner = docx()
    for _ in range(6):
        inner = docx(word__embeddings__a=inner)
    return inner


@pytest.mark.parametrize(
    ("data", "remains"),
    [
        (deep_xml, Trace.UNSEEN),
        (entities, Trace.UNSEEN),
        (nested, Trace.ATTACHED),
        (lambda: docx(word__embeddings__oleObject1=b"\xd0\xcf\x11\xe0"), Trace.ATTACHED),
        (lambda: docx(word__media__image2=b"\1\0\0\0emf"), Trace.PICTURES),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), Trace.AUTHOR),
        (lambda: b"{\\rtf1{\\info{\\author x}}}", Trace.AUTHOR),
        (lambda: b"%PDF-1.7\n" + b"x" * 100, Trace.UNSEEN),
        (lambda: RECORDINGS["film.mp4"][1]()[:4000], Trace.UNSEEN),
    ],
)
def test_what_cannot_be_taken_out_is_said(data: Callable[[], bytes], remains: Trace) -> None:
    clean = clean_file(data(), "a.doc")
    assert not clean.is_clean
    assert remains in clean.remains


def test_a_password_keeps_us_out_and_that_is_said() -> None:
    with pikepdf.open(io.BytesIO(pdf())) as made:
        out = io.BytesIO()
        made.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    clean = clean_file(out.getvalue(), "a.pdf")
    assert (clean.stripped, clean.remains) == (False, (Trace.UNSEEN,))


@pytest.mark.parametrize("name", ALL)
def test_the_content_tells_the_kind_whatever_the_name_says(name: str) -> None:
    data, _ = cleaned(name)
    assert recognise(data, "a.txt") == recognise(data, name)
    assert treatment_of(recognise(data, "a.exe")) in TREATMENTS.values()


@pytest.mark.parametrize("name", ALL)
def test_broken_files_are_refused_or_said_to_be_unseen(name: str) -> None:
    data, _ = cleaned(name)
    dice = random.Random(name)
    for _ in range(25):
        broken = bytearray(data)
        for _ in range(dice.randint(1, 30)):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        if dice.random() < 0.5:
            del broken[dice.randrange(len(broken)) :]
        try:
            clean_file(bytes(broken), name)
        except FileRefused:
            continue
