"""Requests that are broken on the wire: what no client library sends, and every server is sent all day.

Each is the end of a head and the body after it; the request line, the host and whoever asks are put before.
"""

from __future__ import annotations

BOUNDARY = b"Content-Type: multipart/form-data; boundary=a"
FORM = b"Content-Type: application/x-www-form-urlencoded"
CHUNKED = b"Transfer-Encoding: chunked"


def whole(kind: bytes, body: bytes) -> bytes:
    return kind + b"\r\nContent-Length: %d\r\n\r\n" % len(body) + body


def in_chunks(kind: bytes, *pieces: bytes) -> bytes:
    return kind + b"\r\n" + CHUNKED + b"\r\n\r\n" + b"".join(pieces)


BODIES: dict[str, bytes] = {
    "chunks without a boundary": in_chunks(b"Content-Type: multipart/form-data", b"1\r\nx\r\n0\r\n\r\n"),
    "chunks of no size": in_chunks(BOUNDARY, b"zz\r\nx\r\n0\r\n\r\n"),
    "a chunk longer than it says": in_chunks(BOUNDARY, b"1\r\nxyz\r\n0\r\n\r\n"),
    "no boundary": whole(b"Content-Type: multipart/form-data", b"x"),
    "an empty boundary": whole(b"Content-Type: multipart/form-data; boundary=", b"x"),
    "a boundary of 80 signs": whole(b"Content-Type: multipart/form-data; boundary=" + b"a" * 80, b"x"),
    "a part without a head": whole(BOUNDARY, b"--a\r\nno header"),
    "a part without a name": whole(BOUNDARY, b"--a\r\nContent-Disposition: form-data\r\n\r\nx\r\n--a--"),
    "parts within parts": whole(BOUNDARY, b"--a\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"),
    "an encoding of a part that is none": whole(
        BOUNDARY,
        b"--a\r\nContent-Disposition: form-data; name=x\r\nContent-Transfer-Encoding: no\r\n\r\nx\r\n--a--",
    ),
    "a part of an unknown charset": whole(
        BOUNDARY,
        b"--a\r\nContent-Disposition: form-data; name=x\r\n"
        b"Content-Type: text/plain; charset=no\r\n\r\nx\r\n--a--",
    ),
    "no end": whole(BOUNDARY, b"--a\r\nContent-Disposition: form-data; name=x\r\n\r\nx"),
    "an unknown charset": whole(FORM + b"; charset=no-such", b"a=b"),
    "a charset that is no text": whole(FORM + b"; charset=base64", b"a=b"),
    "bytes of no charset": whole(FORM + b"; charset=utf-8", b"a=\xff\xfe"),
    "a packed body that is not packed": whole(FORM + b"\r\nContent-Encoding: gzip", b"a=b"),
}
"""Refused by every route that reads a body."""

JSON = b"Content-Type: application/json"
DOCUMENTS: dict[str, bytes] = {
    "an unknown charset of JSON": whole(JSON + b"; charset=no-such", b"{}"),
    "a charset of JSON that is no text": whole(JSON + b"; charset=hex", b"{}"),
    "JSON of no charset": whole(JSON, b'{"a": "\xff"}'),
    "half of JSON": whole(JSON, b'{"a":'),
    "JSON without a bottom": whole(JSON, b"[" * 100_000),
    "a number of 5,000 digits": whole(JSON, b"1" * 5_000),
    "half a surrogate": whole(JSON, b'"\\ud800"'),
    "packed JSON that is not packed": whole(JSON + b"\r\nContent-Encoding: deflate", b"{}"),
    "JSON in chunks of no size": in_chunks(JSON, b"zz\r\n{}\r\n0\r\n\r\n"),
}
"""Refused by every route that reads JSON."""

HEADS: dict[str, bytes] = {
    "a cookie of 20 KB": b"Cookie: session=" + b"x" * 20_000 + b"\r\n\r\n",
    "20 KB of cookies": b"Cookie: " + (b"c=" + b"x" * 900 + b"; ") * 22 + b"\r\n\r\n",
    "a NUL in a cookie": b"Cookie: session=a\x00b\r\n\r\n",
    "a bare return in a cookie": b"Cookie: session=a\rb\r\n\r\n",
    "a control sign in a name": b"X-\x07: x\r\n\r\n",
    "two lengths": b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nx",
    "a length and chunks": b"Content-Length: 4\r\n" + CHUNKED + b"\r\n\r\n0\r\n\r\n",
    "a length below nothing": b"Content-Length: -1\r\n\r\n",
    "a length that is no number": b"Content-Length: 1_0\r\n\r\nx",
    "two hosts": b"Host: another.example\r\n\r\n",
    "a continued line": b"X-A: b\r\n c\r\n\r\n",
    "a head without a colon": b"nothing\r\n\r\n",
}
"""Refused wherever they arrive."""
