"""What Excel, editors and systems make of a file."""

from __future__ import annotations

import pytest

from playbooks.imports import table, text
from playbooks.imports.faults import FileRefusedError
from tests.unit.imports.files import HEADER, a_file, read

ROW = "Café Zürich,step1,2026-01-05,,,Kim,"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_file_is_read_as_it_was_written(encoding: str, delimiter: str, ending: str) -> None:
    written = f"{HEADER}\n{ROW}\n".replace(",", delimiter).replace("\n", ending).encode(encoding)
    assert [run.prospect for run in read(data=written).runs] == ["Café Zürich"]


def test_windows_1252_is_told() -> None:
    assert read(data=f"{HEADER}\n{ROW}\n".encode("cp1252")).notes == [
        "The file was read as Windows-1252 (cp1252), for it is not UTF-8."
    ]


def test_excels_habits_make_no_difference() -> None:
    written = (
        'sep=;\r\n"Prospect";Step;"Entered at";Left At;EXIT;rep;source;;\r\n\r\n'
        '"Acme; the\r\none";step1;2026-01-05;;;Kim;;;\r\nBolt;step1;2026-01-06\r\n;;;;;;;;\r\n'
    )
    assert [run.prospect for run in read(data=written.encode()).runs] == ["Acme; the one", "Bolt"]


def test_lines_are_those_of_the_file_also_after_a_value_of_two_lines() -> None:
    history = read('"Ac\nme",step1,2026-01-05,,,,', "Bolt,step9,2026-01-05,,,,")
    assert [bad.line for bad in history.bad] == [4]


def test_unused_columns_are_told() -> None:
    history = read("Acme,step1,2026-01-05,,,Kim,,900", header=f"{HEADER},Deal value")
    assert history.notes == ["Columns that are not used: Deal value."]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "h.csv is empty; right is a CSV file with a header line and a row for each visit."),
        (b" \n\n", "h.csv is empty; right is a CSV file with a header line and a row for each visit."),
        (
            bytes(1000),
            "h.csv holds only zeros, no text; right is a CSV file with a header line and a row for each",
        ),
        (b"PK\x03\x04rest", "h.csv is a workbook or a zip, not a CSV file: save the sheet as CSV UTF-8 first."),
        (b"prospect,step\nAc\x00me,1\n", "h.csv is no text: line 2 holds the byte 0x00; right is a CSV file."),
        (
            b"prospect\nAcm\xc3\xa9\nZ\xfcrich\n",
            (
                "h.csv is not UTF-8: line 3 has the byte 0xfc; save it as CSV UTF-8, or say what it"
                " is with --encoding"
                " (cp1252 is what Excel writes as plain CSV)."
            ),
        ),
        (
            b"prospect\nA\x81\n",
            (
                "h.csv is not UTF-8: line 2 has the byte 0x81; save it as CSV UTF-8, or say what it"
                " is with --encoding"
                " (cp1252 is what Excel writes as plain CSV)."
            ),
        ),
        (
            "prospect\nAcme\n".encode("utf-32"),
            "h.csv is no text: line 1 holds the byte 0x00; right is a CSV file.",
        ),
        (
            b"\xff\xfea\x00\n\x00b",
            "h.csv begins as UTF-16 but line 2 is not: save it as CSV UTF-8 once more.",
        ),
    ],
)
def test_what_is_no_text_is_refused_in_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(FileRefusedError) as refused:
        text.encoding_of(data, "h.csv")
    assert str(refused.value).startswith(sentence)


def test_an_encoding_that_was_told_is_taken_or_refused() -> None:
    data = "Zürich".encode("cp1252")
    assert text.encoding_of(data, "h.csv", "windows-1252") == "cp1252"
    with pytest.raises(FileRefusedError, match=r"h\.csv is not utf-8: line 1 has a byte that it does not know"):
        text.encoding_of(data, "h.csv", "utf-8")
    with pytest.raises(FileRefusedError, match="'klingon' is no encoding that is known here"):
        text.encoding_of(data, "h.csv", "klingon")


def test_a_file_of_a_gigabyte_is_refused_before_it_is_read() -> None:
    with pytest.raises(FileRefusedError, match=r"h.csv is 1,024 MB; the most is 200 MB: split it by prospect"):
        text.check_size(1024**3, "h.csv")


def test_more_rows_than_fit_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MOST_ROWS", 2)
    with pytest.raises(FileRefusedError, match="more than 2 rows: split it by prospect"):
        read(*[f"P{n},step1,2026-01-05,,,," for n in range(3)])


def test_a_header_alone_has_nothing_to_import() -> None:
    with pytest.raises(FileRefusedError, match="has a header and no rows"):
        read(data=a_file())


def test_quotes_that_do_not_close_name_the_line() -> None:
    with pytest.raises(FileRefusedError, match=r"history\.csv, line 3: the quotes of this row do not fit"):
        read("Acme,step1,2026-01-05,,,,", '"Bolt,step1,2026-01-05,,,,')


def test_a_column_that_stands_twice_is_refused() -> None:
    with pytest.raises(FileRefusedError, match="has the column 'Step' twice"):
        read("a", header="prospect,step,Step")
