"""How the bytes of a file are to be read as text: what Excel, CRMs and editors write.

UTF-8 with or without a mark, UTF-16 ("Unicode text"), and Windows-1252 where nothing else can be meant. What
cannot be told for sure is refused with the line at fault: a wrong letter in a name would stay for good.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import Final

from playbooks.imports.faults import FileRefusedError

MOST_BYTES: Final = 200 * 1024**2
"""A file is held in memory as a whole; this much of it together with what is made of it fits a small machine."""

WINDOWS: Final = "cp1252"
_UTF16_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NO_TEXT: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How .xlsx (and every zip) and .xls begin."""
_SEVERAL_BYTES: Final = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")
_UNUSED_BY_WINDOWS: Final = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_USUAL_SIGNS: Final = frozenset("€‘’“”–—•…°´·«»£§©®²³½¼¾¿¡ \u00a0")
_SAMPLE: Final = 4096


def check_size(size: int, file: str) -> None:
    """Refuses a file that is too large before anybody reads it."""
    if size > MOST_BYTES:
        raise FileRefusedError(
            f"{file} is {size / 1024**2:,.0f} MB; the most is {MOST_BYTES // 1024**2} MB:"
            " split it by prospect (all rows of a prospect in one part, the header line in each)"
            " and import the parts one after the other."
        )


def encoding_of(data: bytes, file: str, told: str | None = None) -> str:
    """The name of the encoding to read these bytes in. Raises `FileRefusedError` when there is none.

    `told` is what somebody said it is; nothing is guessed then.
    """
    check_size(len(data), file)
    if not data.strip(b"\0 \t\r\n"):
        kind = "is empty" if not data.strip() else "holds only zeros, no text"
        raise FileRefusedError(f"{file} {kind}; right is a CSV file with a header line and a row for each visit.")
    if data.startswith(_WORKBOOKS):
        raise FileRefusedError(
            f"{file} is a workbook or a zip, not a CSV file: save the sheet as CSV UTF-8 first."
        )
    encoding = _told(data, file, told) if told else _found(data, file)
    # In UTF-16 every other byte may be zero: there it is the characters that count.
    _refuse_what_is_no_text(data.decode(encoding).encode() if encoding.startswith("utf-16") else data, file)
    return encoding


def _told(data: bytes, file: str, told: str) -> str:
    try:
        name = codecs.lookup(told).name
        data.decode(name)
    except LookupError:
        raise FileRefusedError(
            f"'{told}' is no encoding that is known here; try utf-8, utf-16 or cp1252."
        ) from None
    except UnicodeDecodeError as error:
        line = _line(data, error.start)
        raise FileRefusedError(
            f"{file} is not {told}: line {line} has a byte that it does not know;"
            " leave --encoding out to have it found."
        ) from None
    marked = name == "utf-8" and data.startswith(codecs.BOM_UTF8)
    return "utf-8-sig" if marked else name


def _found(data: bytes, file: str) -> str:
    if data.startswith(codecs.BOM_UTF8):
        return _checked(data, file, "utf-8-sig")
    if data.startswith(_UTF16_MARKS):
        return _checked(data, file, "utf-16")
    if zeros := _without_mark(data[:_SAMPLE]):
        return _checked(data, file, zeros)
    if data.isascii():
        return "utf-8"
    try:
        data.decode()
    except UnicodeDecodeError as error:
        if _is_windows(data):
            return WINDOWS
        line = _line(data, error.start)
        raise FileRefusedError(
            f"{file} is not UTF-8: line {line} has the byte 0x{data[error.start]:02x}; save it as CSV UTF-8,"
            " or say what it is with --encoding (cp1252 is what Excel writes as plain CSV)."
        ) from None
    return "utf-8"


def _checked(data: bytes, file: str, encoding: str) -> str:
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        name = "UTF-16" if encoding.startswith("utf-16") else "UTF-8"
        line = data[: error.start].decode(encoding, errors="ignore").count("\n") + 1
        raise FileRefusedError(
            f"{file} begins as {name} but line {line} is not: save it as CSV UTF-8 once more."
        ) from None
    return encoding


def _without_mark(sample: bytes) -> str | None:
    """UTF-16 that does not say so: of plain letters every other byte is zero."""
    half = len(sample) // 2
    if half and sample[1::2].count(0) > half * 0.7 and not sample[::2].count(0):
        return "utf-16-le"
    if half and sample[::2].count(0) > half * 0.7 and not sample[1::2].count(0):
        return "utf-16-be"
    return None


def _is_windows(data: bytes) -> bool:
    """Whether every byte beyond ASCII makes a letter or a usual sign, and none would be UTF-8."""
    if _SEVERAL_BYTES.search(data) or _UNUSED_BY_WINDOWS.search(data):
        return False
    beyond = bytes(byte for byte in set(data) if byte > 0x7F)  # noqa: PLR2004 - ASCII ends there
    letters = beyond.decode(WINDOWS)
    return all(sign in _USUAL_SIGNS or unicodedata.category(sign).startswith("L") for sign in letters)


def _refuse_what_is_no_text(data: bytes, file: str) -> None:
    if found := _NO_TEXT.search(data):
        line = _line(data, found.start())
        raise FileRefusedError(
            f"{file} is no text: line {line} holds the byte 0x{found.group()[0]:02x}; right is a CSV file."
        )


def _line(data: bytes, place: int) -> int:
    return data.count(b"\n", 0, place) + 1
