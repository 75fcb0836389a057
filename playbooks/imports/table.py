"""A CSV file as a header and records with their lines, whatever Excel made of it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from playbooks.imports.faults import BadRow, FileRefusedError, shown
from playbooks.imports.text import encoding_of

MOST_ROWS: Final = 1_000_000
"""What an import keeps of a row until all are there takes about a kilobyte and a half."""

_DELIMITERS: Final = (",", ";", "\t", "|")
_SAMPLE: Final = 65_536
_SAYS_DELIMITER: Final = re.compile(r"\s*\"?sep=(?P<sign>[,;|\t])[\",;|\s]*$", re.IGNORECASE)
_BETWEEN_WORDS: Final = re.compile(r"[\W_]+")


def folded(name: str) -> str:
    """A column's name as names are compared: `Entered at` is `entered_at`."""
    return _BETWEEN_WORDS.sub("_", name.casefold()).strip("_")


@dataclass(frozen=True, slots=True)
class Table:
    """The bytes of a file and how to read them; `header` as written, without empty names at its end."""

    file: str
    data: bytes
    encoding: str
    delimiter: str
    header: tuple[str, ...]

    @classmethod
    def of(cls, data: bytes, file: str, encoding: str | None = None) -> Table:
        """Raises `FileRefusedError` for what is no CSV file with a header."""
        if data.count(b"\n") > MOST_ROWS + 1 and b'"' not in data:
            raise FileRefusedError(_too_many(file))  # at once; with quotes a row may have several lines
        found = encoding_of(data, file, encoding)
        delimiter = _delimiter(data[:_SAMPLE].decode(found, errors="ignore"))
        bare = cls(file, data, found, delimiter, ())
        _, names = next(bare._lines(), (1, []))
        header = tuple(name.strip() for name in _trimmed(names))
        if not header:
            raise FileRefusedError(
                f"{file} has no header line; right is prospect,step,entered_at,left_at,exit,..."
            )
        twice = {name for name in header if name and [folded(each) for each in header].count(folded(name)) > 1}
        if twice:
            raise FileRefusedError(f"{file} has the column {shown(min(twice))} twice: keep one of them.")
        return cls(file, data, found, delimiter, header)

    @property
    def places(self) -> dict[str, int]:
        """Where each column stands, by its folded name."""
        return {folded(name): place for place, name in enumerate(self.header)}

    def records(self, bad: list[BadRow]) -> Iterator[tuple[int, list[str]]]:
        """Each record with the line on which it begins, as wide as the header; blank ones are left out.

        What has more cells than the header goes to `bad`. Raises `FileRefusedError` for quotes that do not
        close and for more than `MOST_ROWS`.
        """
        width = len(self.header)
        rows = self._lines()
        next(rows)
        for count, (line, cells) in enumerate(rows):
            if count >= MOST_ROWS:
                raise FileRefusedError(_too_many(self.file))
            if len(cells) == width:
                yield line, cells
            elif len(cells) < width:
                yield line, cells + [""] * (width - len(cells))
            elif extra := [cell for cell in cells[width:] if cell.strip()]:
                right = f"the header has {width} columns, this row {len(cells)}: put a value that holds a"
                bad.append(BadRow(line, "row", extra[0], f"{right} '{self.delimiter}' in quotes"))
            else:
                yield line, cells[:width]

    def all_records(self) -> Iterator[tuple[int, list[str]]]:
        """Each record as it stands, with its line; for showing what is wrong."""
        rows = self._lines()
        next(rows)
        yield from rows

    def _lines(self) -> Iterator[tuple[int, list[str]]]:
        """Header and records, without blank ones and Excel's `sep=`."""
        text = io.TextIOWrapper(io.BytesIO(self.data), encoding=self.encoding, newline="")
        reader = csv.reader(text, delimiter=self.delimiter, strict=True)
        first, line = True, 1
        try:
            for cells in reader:
                begins, line = line, reader.line_num + 1
                if first and _SAYS_DELIMITER.match(self.delimiter.join(cells)):
                    first = False
                elif cells and any(cells) and (cells[0].strip() or any(cell.strip() for cell in cells)):
                    first = False
                    yield begins, cells
        except csv.Error as error:
            raise FileRefusedError(
                f"{self.file}, line {line}: the quotes of this row do not fit ({error});"
                ' a value in quotes ends with one, and a quote within it is written "".'
            ) from None


def _too_many(file: str) -> str:
    return (
        f"{file} has more than {MOST_ROWS:,} rows: split it by prospect (all rows of a prospect in one part,"
        " the header line in each) and import the parts one after the other."
    )


def _delimiter(sample: str) -> str:
    """What Excel says it is, else what parts the header into most columns."""
    sample = sample.removeprefix("\ufeff")
    lines = [line for line in sample.splitlines() if line.strip()]
    if lines and (said := _SAYS_DELIMITER.match(lines[0])):
        return said["sign"]
    return max(_DELIMITERS, key=lambda sign: _columns(sample, sign))


def _columns(sample: str, sign: str) -> int:
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=sign)
    try:
        return next((len(cells) for cells in reader if any(cells)), 0)
    except csv.Error:
        return 0


def _trimmed(names: Sequence[str]) -> list[str]:
    """Without the empty names that Excel leaves at the end."""
    kept = list(names)
    while kept and not kept[-1].strip():
        kept.pop()
    return kept
