"""The periods that people count wins in."""

from __future__ import annotations

from enum import StrEnum


class Period(StrEnum):
    """A year is taken as 52 weeks, so that a quarter is the 13 weeks that a plan is made for."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def weeks(self) -> float:
        return {Period.WEEK: 1.0, Period.MONTH: 52 / 12, Period.QUARTER: 13.0, Period.YEAR: 52.0}[self]
