"""Files from citizens: recognised by content, images without metadata, dangerous ones refused."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from cases.errors import Reason
from handlers.files import refusals
from handlers.files.cleaning import clean_file
from handlers.files.kinds import recognise
from handlers.files.names import clean_name
from handlers.files.refusals import FileRefused


def jpeg_with_gps(size: tuple[int, int] = (80, 40)) -> bytes:
    picture = Image.new("RGB", size, (200, 30, 30))
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif[0x0112] = 6
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N", (36.0, 37.0, 1.5)
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif, comment=b"secret comment")
    return out.getvalue()


def zip_with(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


def png_claiming(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def test_a_photo_loses_place_camera_and_comment_but_keeps_its_size_and_stands_upright() -> None:
    original = jpeg_with_gps()
    assert b"SecretCamera" in original
    clean = clean_file(original, "IMG_1.jpg")
    assert clean.stripped
    assert clean.media_type == "image/jpeg"
    assert b"SecretCamera" not in clean.data
    assert b"secret comment" not in clean.data
    picture = Image.open(io.BytesIO(clean.data))
    assert not dict(picture.getexif())
    assert picture.size == (40, 80)


@pytest.mark.parametrize("picture_format", ["PNG", "WEBP", "GIF", "BMP", "TIFF"])
def test_other_picture_formats_are_stripped_too(picture_format: str) -> None:
    picture = Image.new("RGB", (30, 20), (1, 2, 3))
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    out = io.BytesIO()
    extra = {"exif": exif} if picture_format in {"PNG", "WEBP", "TIFF"} else {}
    picture.save(out, picture_format, **extra)
    clean = clean_file(out.getvalue(), "a")
    assert clean.stripped
    assert b"SecretCamera" not in clean.data
    assert Image.open(io.BytesIO(clean.data)).size == (30, 20)


def test_text_hidden_in_a_png_is_gone() -> None:
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("Author", "SecretAuthor")
    out = io.BytesIO()
    Image.new("P", (5, 5)).save(out, "PNG", pnginfo=info)
    assert b"SecretAuthor" in out.getvalue()
    assert b"SecretAuthor" not in clean_file(out.getvalue(), "a.png").data


def test_an_animation_keeps_its_frames() -> None:
    frames = [Image.new("RGB", (8, 8), (i * 60, 0, 0)) for i in range(3)]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=50, comment=b"Secret")
    clean = clean_file(out.getvalue(), "a.gif")
    assert getattr(Image.open(io.BytesIO(clean.data)), "n_frames", 1) == 3
    assert b"Secret" not in clean.data


def test_a_decompression_bomb_is_refused_before_it_is_decoded() -> None:
    with pytest.raises(FileRefused) as refused:
        clean_file(png_claiming(60_000, 60_000), "bomb.png")
    assert refused.value.reason is refusals.PICTURE_TOO_LARGE


def test_a_damaged_picture_is_refused() -> None:
    with pytest.raises(FileRefused) as refused:
        clean_file(jpeg_with_gps((400, 400))[:200], "a.jpg")
    assert refused.value.reason is refusals.PICTURE_DAMAGED


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "a.exe", "application/pdf"),
        (b"OggS\x00\x02" + b"\0" * 20 + b"OpusHead", "voice", "audio/ogg"),
        (b"\x00\x00\x00\x18ftypmp42\0\0\0\0mp42isom", "v.mp4", "video/mp4"),
        (b"\x00\x00\x00\x18ftypqt  \0\0\0\0qt  ", "v.mov", "video/quicktime"),
        (b"\x00\x00\x00\x18ftypM4A \0\0\0\0M4A ", "v.m4a", "audio/mp4"),
        (b"\x00\x00\x00\x18ftypheic\0\0\0\0mif1heic", "p.heic", "image/heif"),
        (b"ID3\x03\x00\x00" + b"\0" * 60, "s.mp3", "audio/mpeg"),
        (b"\xff\xfb\x90\x00" + b"\0" * 60, "s.mp3", "audio/mpeg"),
        (b"#!AMR\n" + b"\x3c" * 30, "s.amr", "audio/amr"),
        (b"RIFF\x24\0\0\0WAVEfmt " + b"\0" * 20, "s.wav", "audio/wav"),
        (b"\x1aE\xdf\xa3" + b"\0" * 20 + b"webm", "s.webm", "video/webm"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "表.xls", "application/vnd.ms-excel"),
        ("欠款明细".encode(), "a.txt", "text/plain"),
        ("欠款明细".encode("gb18030"), "a.txt", "text/plain"),
        (
            zip_with("[Content_Types].xml", "word/document.xml"),
            "a.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
    ],
)
def test_the_type_is_told_by_content(data: bytes, name: str, media_type: str) -> None:
    clean = clean_file(data, name)
    assert clean.media_type == media_type
    assert not clean.stripped


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "a.pdf", refusals.EMPTY),
        (b"MZ\x90\x00" + b"\0" * 100, "a.pdf", refusals.UNKNOWN_TYPE),
        (b"\x7fELF" + b"\0" * 100, "a.pdf", refusals.UNKNOWN_TYPE),
        (b"<html><script>alert(1)</script>", "a.txt", refusals.UNKNOWN_TYPE),
        (b"\xef\xbb\xbf <svg onload=alert(1)>", "a.jpg", refusals.UNKNOWN_TYPE),
        (b"#!/bin/sh\nrm", "a.txt", refusals.UNKNOWN_TYPE),
        (zip_with("a.txt"), "a.docx", refusals.ARCHIVE),
        (b"Rar!\x1a\x07\x00", "a.rar", refusals.ARCHIVE),
        (b"PK\x03\x04broken", "a.docx", refusals.ARCHIVE),
        (zip_with("[Content_Types].xml", "word/vbaProject.bin"), "a.docx", refusals.MACROS),
        (b"%PDF" + b"\0" * (20 * 1024 * 1024), "a.pdf", refusals.TOO_LARGE),
    ],
)
def test_dangerous_and_unknown_files_are_refused(data: bytes, name: str, reason: Reason) -> None:
    with pytest.raises(FileRefused) as refused:
        clean_file(data, name)
    assert refused.value.reason is reason


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\合同.pdf", "合同.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"),
        ("evil\u202efdp.exe", "evilfdp.exe"),
        ("", "file"),
        ("...", "file"),
    ],
)
def test_file_names_cannot_carry_paths_headers_or_direction_marks(given_name: str, shown: str) -> None:
    assert clean_name(given_name) == shown


def test_a_long_name_keeps_its_ending() -> None:
    assert clean_name("证" * 300 + ".pdf").endswith(".pdf")
    assert len(clean_name("证" * 300 + ".pdf")) <= 120


@settings(max_examples=300)
@given(
    head=st.sampled_from(
        [b"", b"PK\x03\x04", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF", b"II*\0"]
    ),
    tail=st.binary(max_size=300),
    name=st.text(max_size=40),
)
def test_no_bytes_break_the_recogniser(head: bytes, tail: bytes, name: str) -> None:
    try:
        clean = clean_file(head + tail, name)
    except FileRefused:
        return
    assert recognise(clean.data, name) == clean.media_type
