"""Bytes to text: UTF-8, UTF-16 with its mark, Windows-1252 where nothing else can be meant."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MAX_LINE = 1_000_000
_MAX_HIGH_SHARE = 0.15
_SIGNATURES = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a ZIP archive (or an Office document)",
    b"\x1f\x8b": "a gzip archive",
    b"\xd0\xcf\x11\xe0": "an old Office document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"{\\rtf": "an RTF file",
}
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
# Typographic signs, or a letter inside a word of ASCII letters: what an old English text has beyond ASCII.
_WINDOWS = re.compile(
    rb"[\x80\x82\x84\x85\x91-\x97\x99\xa0\xa2\xa3\xa5\xa7\xa9\xab\xad\xae\xb0\xb1\xb7\xbb]"
    rb"|(?<=[A-Za-z])[\xc0-\xd6\xd8-\xf6\xf8-\xff](?![\x80-\xff])"
    rb"|(?<![\x80-\xff])[\xc0-\xd6\xd8-\xf6\xf8-\xff](?=[A-Za-z])"
)
_HIGH = re.compile(rb"[\x80-\xff]")


class Refused(NamedTuple):
    """Why bytes are not taken as text, and how to mend it."""

    reason: str
    fix: str


class Decoded(NamedTuple):
    """A text and the encoding it was read from."""

    text: str
    encoding: str


def decode(data: bytes, *, max_line: int = _MAX_LINE) -> Decoded | Refused:
    r"""Return the text of a file, every character kept (a byte order mark of UTF-8 and line ends too).

    Refuses empty, binary and unreadable input and lines of more than ``max_line`` bytes.

    >>> decode(b"Trade in caf\xe9 goods rose again").text
    'Trade in café goods rose again'
    >>> decode(b"")
    Refused(reason='it is empty', fix='remove it or save the report again')
    """
    if not data.strip():
        return Refused("it is empty", "remove it or save the report again")
    if refused := _binary(data) or _overlong(data, max_line):
        return refused
    try:
        if data.startswith(_UTF16):
            return Decoded(data.decode("utf-16"), "utf-16")
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        if not data.startswith(_UTF16) and _is_windows_1252(data):
            return Decoded(data.decode("cp1252"), "windows-1252")
        place = f"byte {data[error.start]:#04x} at offset {error.start}"
        return Refused(f"it is not UTF-8 text ({place})", "save it as UTF-8")


def _binary(data: bytes) -> Refused | None:
    for signature, kind in _SIGNATURES.items():
        if data.startswith(signature):
            return Refused(f"it is {kind}, not text", "export its text as UTF-8 and read that")
    if not data.startswith(_UTF16) and _CONTROL.search(data[:65536]):
        return Refused("it is binary, not text", "export its text as UTF-8 and read that")
    return None


def _overlong(data: bytes, max_line: int) -> Refused | None:
    if len(data) <= max_line:
        return None
    number, start = 1, 0
    while start < len(data):
        end = data.find(b"\n", start)
        end = len(data) if end < 0 else end
        if end - start > max_line:
            reason = f"line {number} has {end - start:,} bytes, and no line of a report has over {max_line:,}"
            return Refused(reason, "break the text into lines or split the file")
        number, start = number + 1, end + 1
    return None


def _is_windows_1252(data: bytes) -> bool:
    high = len(_HIGH.findall(data))
    signs = sum(len(m) for m in _WINDOWS.findall(data))
    return not _MULTIBYTE.search(data) and signs == high and high / len(data) <= _MAX_HIGH_SHARE
