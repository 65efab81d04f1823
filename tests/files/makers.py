"""Real files of every kind, each with secrets where programs and phones put them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import av
import openpyxl
import pikepdf
import pillow_heif
from fpdf import FPDF
from openpyxl.comments import Comment
from PIL import Image
from PIL.PngImagePlugin import PngInfo

VideoFrame: Any = av.VideoFrame
SECRETS = ("SecretCamera", "SecretAuthor", "SecretPlace", "SecretFirm", "SecretNote")
"""What must be found in a file before it is cleaned, at least one of them, and none of them after."""

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
P = "http://schemas.openxmlformats.org/package/2006"
CORE = (
    f'<cp:coreProperties xmlns:cp="{P}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:dcterms="http://purl.org/dc/terms/"><dc:creator>SecretAuthor</dc:creator>'
    "<cp:lastModifiedBy>SecretAuthor</cp:lastModifiedBy><dcterms:created>2026-11-03T10:00:00Z"
    "</dcterms:created></cp:coreProperties>"
)
APP = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>SecretCamera</Application><Company>SecretFirm</Company></Properties>"
)


XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:rights>SecretFirm</dc:rights>'
    "</rdf:Description></rdf:RDF></x:xmpmeta>"
)


def exif() -> Image.Exif:
    made = Image.Exif()
    made[0x010F], made[0x013B], made[0x0132] = "SecretCamera", "SecretAuthor", "2026:11:03 10:00:00"
    gps = made.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (36.0, 37.0, 1.5), "E", (101.0, 46.0, 2.5)
    return made


def picture(kind: str, mode: str = "RGB") -> bytes:
    image = Image.effect_noise((64, 48), 60).convert(mode)
    out = io.BytesIO()
    if kind == "HEIF":
        heif = pillow_heif.from_pillow(image)
        heif.save(out, quality=90, exif=exif().tobytes(), xmp=b"<x>SecretPlace</x>")
        return out.getvalue()
    extra: dict[str, object] = {} if kind in {"GIF", "BMP"} else {"exif": exif()}
    if kind == "GIF":
        extra["comment"] = b"SecretNote"
    if kind == "PNG":
        info = PngInfo()
        info.add_text("Author", "SecretAuthor")
        info.add_itxt("XML:com.adobe.xmp", "<x>SecretPlace</x>")
        extra["pnginfo"] = info
    if kind == "JPEG":
        extra["comment"] = b"SecretNote"
        extra["xmp"] = b"<x>SecretPlace</x>"
    image.save(out, kind, **extra)
    return out.getvalue()


def recording(container: str, video: str | None, audio: str | None, **options: str) -> bytes:
    """A second of sound, of film, or both."""
    out = io.BytesIO()
    writing: Any = av.open(out, "w", format=container, options=options)
    with writing as film:
        film.metadata.update(
            {
                "title": "SecretNote",
                "artist": "SecretAuthor",
                "comment": "SecretNote",
                "location": "+36.6170+101.7670/SecretPlace",
                "make": "SecretCamera",
                "com.apple.quicktime.model": "SecretCamera",
                "creation_time": "2026-11-03T10:00:00Z",
            }
        )
        if video is not None:
            pictures = film.add_stream(video, rate=10)
            pictures.width, pictures.height, pictures.pix_fmt = 64, 48, "yuv420p"
            pictures.metadata["handler_name"] = "SecretCamera"
        if audio is not None:
            rate = 8000 if "amr" in audio else 48000
            sound = film.add_stream(audio, rate=rate, layout="stereo" if audio == "vorbis" else "mono")
            if audio == "vorbis":
                sound.codec_context.options = {"strict": "experimental"}
        if video is not None:
            for n in range(10):
                frame = VideoFrame.from_image(Image.new("RGB", (64, 48), (n * 20, 90, 30)))
                frame.pts, frame.time_base = n, Fraction(1, 10)
                film.mux(pictures.encode(frame))
            film.mux(pictures.encode(None))
        if audio is not None:
            for n in range(10):
                samples = av.AudioFrame(format="s16", layout=sound.layout.name, samples=rate // 10)
                samples.planes[0].update(bytes((n * k) % 251 for k in range(samples.planes[0].buffer_size)))
                samples.rate, samples.pts, samples.time_base = rate, n * (rate // 10), Fraction(1, rate)
                film.mux(sound.encode(samples))
            film.mux(sound.encode(None))
    return out.getvalue()


def packed(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def relations(*links: tuple[str, str]) -> str:
    each = "".join(
        f'<Relationship Id="r{n}" Type="{R}/{kind}" Target="{to}"/>' for n, (kind, to) in enumerate(links)
    )
    return f'<Relationships xmlns="{P}/relationships">{each}</Relationships>'


def types(*parts: str) -> str:
    each = "".join(f'<Override PartName="/{part}" ContentType="application/xml"/>' for part in parts)
    return (
        f'<Types xmlns="{P}/content-types"><Default Extension="jpeg" ContentType="image/jpeg"/>{each}</Types>'
    )


def docx(**more: str | bytes) -> bytes:
    body = (
        f'<w:document xmlns:w="{W}"><w:body><w:p w:rsidR="00SecretNote"><w:r><w:t>县政府承诺</w:t></w:r>'
        '<w:del w:id="1" w:author="SecretAuthor" w:date="2026-11-03T10:00:00Z"><w:r><w:delText>SecretNote'
        '</w:delText></w:r></w:del><w:ins w:id="2" w:author="SecretAuthor"><w:r><w:t>三年免租</w:t></w:r>'
        "</w:ins></w:p>"
        '<w:p><w:pPr><w:rPr><w:ins w:id="3" w:author="SecretAuthor"/></w:rPr></w:pPr></w:p>'
        "<w:tbl><w:tr><w:trPr><w:del w:id='4' w:author='SecretAuthor'/></w:trPr><w:tc><w:p><w:r>"
        "<w:t>SecretNote</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>"
    )
    comments = (
        f'<w:comments xmlns:w="{W}"><w:comment w:id="0" w:author="SecretAuthor" w:initials="SecretAuthor" '
        'w:date="2026-11-03T10:00:00Z"><w:p><w:r><w:t>请看这里</w:t></w:r></w:p></w:comment></w:comments>'
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": types("word/document.xml", "word/people.xml", "customXml/item1.xml"),
        "_rels/.rels": relations(
            ("officeDocument", "word/document.xml"), ("thumbnail", "docProps/thumbnail.jpeg")
        ),
        "docProps/core.xml": CORE,
        "docProps/app.xml": APP,
        "docProps/custom.xml": '<Properties xmlns="urn:x"><property>SecretFirm</property></Properties>',
        "docProps/thumbnail.jpeg": picture("JPEG"),
        "word/document.xml": body,
        "word/comments.xml": comments,
        "word/people.xml": f'<w:people xmlns:w="{W}"><w:person w:author="SecretAuthor"/></w:people>',
        "word/_rels/document.xml.rels": relations(
            ("comments", "comments.xml"), ("people", "people.xml"), ("image", "media/image1.jpeg"),
            ("customXml", "../customXml/item1.xml"),
        ),
        "word/media/image1.jpeg": picture("JPEG"),
        "customXml/item1.xml": "<a>SecretFirm</a>",
    }  # fmt: skip
    return packed(parts | {name.replace("__", "/"): content for name, content in more.items()})


def xlsx() -> bytes:
    book = openpyxl.Workbook()
    book.properties.creator = book.properties.lastModifiedBy = "SecretAuthor"
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["B1"] = "欠款", 350000
    sheet["A1"].comment = Comment("SecretAuthor:\n请核对", "SecretAuthor")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def pptx() -> bytes:
    a = "http://schemas.openxmlformats.org/presentationml/2006/main"
    return packed(
        {
            "[Content_Types].xml": types("ppt/presentation.xml"),
            "_rels/.rels": relations(("officeDocument", "ppt/presentation.xml")),
            "docProps/core.xml": CORE,
            "docProps/app.xml": APP,
            "ppt/presentation.xml": f'<p:presentation xmlns:p="{a}"/>',
            "ppt/commentAuthors.xml": f'<p:cmAuthorLst xmlns:p="{a}"><p:cmAuthor id="0" name="SecretAuthor" '
            'initials="SecretAuthor"/></p:cmAuthorLst>',
            "ppt/slides/slide1.xml": f'<p:sld xmlns:p="{a}"><p:cNvPr id="1" name="图 1" '
            'descr="C:\\Users\\SecretAuthor\\IMG_1.jpg"/></p:sld>',
        }
    )


def odt() -> bytes:
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    dc = "http://purl.org/dc/elements/1.1/"
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "meta.xml": f'<office:document-meta xmlns:office="{office}" xmlns:dc="{dc}"><office:meta>'
            "<dc:creator>SecretAuthor</dc:creator></office:meta></office:document-meta>",
            "settings.xml": f'<office:document-settings xmlns:office="{office}"><a>SecretCamera</a>'
            "</office:document-settings>",
            "content.xml": f'<office:document-content xmlns:office="{office}" xmlns:dc="{dc}">'
            "<office:body>承诺<office:annotation><dc:creator>SecretAuthor</dc:creator></office:annotation></office:body>"
            "</office:document-content>",
            "Thumbnails/thumbnail.png": picture("PNG"),
            "META-INF/manifest.xml": f'<m:manifest xmlns:m="{manifest}"><m:file-entry m:full-path='
            '"Thumbnails/thumbnail.png"/></m:manifest>',
        }
    )


def pdf(*, attached: bool = False, earlier: bool = False) -> bytes:
    page = FPDF()
    page.set_compression(False)
    page.add_page()
    page.set_font("helvetica")
    page.cell(text="promise of three years")
    page.set_author("SecretAuthor")
    page.set_creator("SecretCamera")
    page.set_xmp_metadata(XMP)
    page.image(io.BytesIO(picture("JPEG")), x=10, y=40, w=40)
    page.text_annotation(10, 10, "please look here", title="SecretAuthor")
    if attached:
        page.embed_file(basename="SecretFirm.txt", bytes=b"SecretNote")
    with pikepdf.open(io.BytesIO(bytes(page.output()))) as made:
        for thing in made.objects:
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image":
                thing.write(picture("JPEG"), filter=pikepdf.Name.DCTDecode)
        out = io.BytesIO()
        made.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)
    return out.getvalue() + (_an_update(out.getvalue()) if earlier else b"")


def _an_update(before: bytes) -> bytes:
    """As programs save on: new objects, a new table, and everything of before still there."""
    start = before.rindex(b"startxref")
    where = int(before[start:].split()[1])
    root = before[before.rindex(b"/Root") :].split()[1]
    text = b"\n1000 0 obj\n(new)\nendobj\n"
    table = len(before) + len(text)
    return (
        text + b"xref\n1000 1\n%010d 00000 n \n" % (len(before) + 1)
        + b"trailer\n<< /Size 1001 /Root %s 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (root, where, table)
    )  # fmt: skip


PICTURES = ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "HEIF", "AVIF")
RECORDINGS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "film.mp4": ("video/mp4", lambda: recording("mp4", "mpeg4", "aac", movflags="use_metadata_tags")),
    "place.mp4": ("video/mp4", lambda: recording("mp4", "mpeg4", "aac")),
    "pieces.mp4": (
        "video/mp4",
        lambda: recording("mp4", "mpeg4", "aac", movflags="frag_keyframe+empty_moov"),
    ),
    "film.mov": ("video/quicktime", lambda: recording("mov", "mpeg4", "pcm_s16le")),
    "film.3gp": ("video/3gpp", lambda: recording("3gp", "mpeg4", "aac")),
    "sound.m4a": ("audio/mp4", lambda: recording("ipod", None, "aac")),
    "film.webm": ("video/webm", lambda: recording("webm", "libvpx", "libopus")),
    "film.mkv": ("video/x-matroska", lambda: recording("matroska", "mpeg4", "aac")),
    "film.avi": ("video/x-msvideo", lambda: recording("avi", "mpeg4", "mp2")),
    "sound.wav": ("audio/wav", lambda: recording("wav", None, "pcm_s16le")),
    "voice.ogg": ("audio/ogg", lambda: recording("ogg", None, "libopus")),
    "sound.ogg": ("audio/ogg", lambda: recording("ogg", None, "vorbis")),
    "sound.mp3": ("audio/mpeg", lambda: recording("mp3", None, "libmp3lame")),
    "sound.flac": ("audio/flac", lambda: recording("flac", None, "flac")),
}
OFFICE = "application/vnd.openxmlformats-officedocument."
DOCUMENTS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a.docx": (f"{OFFICE}wordprocessingml.document", docx),
    "a.xlsx": (f"{OFFICE}spreadsheetml.sheet", xlsx),
    "a.pptx": (f"{OFFICE}presentationml.presentation", pptx),
    "a.odt": ("application/vnd.oasis.opendocument.text", odt),
    "a.pdf": ("application/pdf", pdf),
}
