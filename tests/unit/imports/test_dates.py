"""Dates as people and Excel write them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from playbooks.imports.dates import DateError, Dates, Order
from tests.unit.imports.files import read, wrong


def dates(
    *written: str, zone: str = "Europe/Amsterdam", order: Order | None = None, serial: bool = False
) -> Dates:
    return Dates(zone, lambda: written, order, serial=serial)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2025-12-31", datetime(2025, 12, 30, 23, tzinfo=UTC)),
        ("2025-12-31T14:05", datetime(2025, 12, 31, 13, 5, tzinfo=UTC)),
        ("2025-12-31 14:05:06", datetime(2025, 12, 31, 13, 5, 6, tzinfo=UTC)),
        ("2025-12-31T14:05:00-03:00", datetime(2025, 12, 31, 17, 5, tzinfo=UTC)),
        ("2025-12-31T14:05:00Z", datetime(2025, 12, 31, 14, 5, tzinfo=UTC)),
        ("2025-1-5", datetime(2025, 1, 4, 23, tzinfo=UTC)),
        ("31-12-2025", datetime(2025, 12, 30, 23, tzinfo=UTC)),
        ("31/12/2025 14:05", datetime(2025, 12, 31, 13, 5, tzinfo=UTC)),
        ("31.12.25", datetime(2025, 12, 30, 23, tzinfo=UTC)),
        ("31 dec 2025", datetime(2025, 12, 30, 23, tzinfo=UTC)),
        ("31 december 2025 9:05", datetime(2025, 12, 31, 8, 5, tzinfo=UTC)),
        ("1 mrt. 2025", datetime(2025, 2, 28, 23, tzinfo=UTC)),
        ("woensdag 31 december 2025", datetime(2025, 12, 30, 23, tzinfo=UTC)),
        ("Dec 31, 2025", datetime(2025, 12, 30, 23, tzinfo=UTC)),
        ("31-12-2025 2:05 PM", datetime(2025, 12, 31, 13, 5, tzinfo=UTC)),
        ("31-12-2025 12:05 am", datetime(2025, 12, 30, 23, 5, tzinfo=UTC)),
    ],
)
def test_a_date_is_read_in_the_zone_of_the_workspace(text: str, at: datetime) -> None:
    assert dates().read(text).at == at


def test_the_local_day_is_that_of_the_workspace() -> None:
    assert dates(zone="America/Sao_Paulo").read("2025-12-31T01:00:00Z").on == date(2025, 12, 30)


@pytest.mark.parametrize("text", ["31-02-2025", "2025-13-01", "31-12-2025 25:00", "3 foo 2025", "", "12-12"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(DateError):
        dates().read(text)


def test_excel_numbers_are_read_where_the_mapping_says_so() -> None:
    assert dates(serial=True).read("45291.5").at == datetime(2023, 12, 31, 11, tzinfo=UTC)


def test_an_ambiguous_column_is_read_day_first_and_says_so() -> None:
    history = read("Acme,step1,03-02-2026,,,Kim,")
    assert history.runs[0].stays[0].entered_on == date(2026, 2, 3)
    assert history.notes == [
        (
            "Dates were read with the day first (31-12-2025). Nothing in the file proves it: a mapping with"
            " 'dates: month-first' reads them the other way."
        )
    ]


def test_one_date_proves_the_order_of_all() -> None:
    history = read("Acme,step1,02/03/2026,,,Kim,", "Bolt,step1,01/20/2026,,,Kim,")
    assert [run.stays[0].entered_on for run in history.runs] == [date(2026, 1, 20), date(2026, 2, 3)]
    assert history.notes == ["Dates were read with the month first (12/31/2025)."]


def test_two_orders_in_one_file_are_bad_rows() -> None:
    (sentence,) = wrong("Acme,step1,20-01-2026,,,Kim,", "Bolt,step1,01/20/2026,,,Kim,")
    assert sentence.startswith("line 3, entered_at '01/20/2026': there is no such day or time")


def test_the_mapping_decides_the_order() -> None:
    assert dates("20-01-2026", order=Order.MONTH_FIRST).read("02-03-2026").on == date(2026, 2, 3)
