"""Every start of the demo is a morning at which messages have just fallen due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.demo.clock import DemoClock, from_environment, next_morning, shown

TUESDAY_NIGHT = datetime(2026, 11, 24, 22, 30, tzinfo=UTC)
SUNDAY = datetime(2026, 11, 29, 12, tzinfo=UTC)


def starts(home: Path, *instants: datetime) -> list[str]:
    """What the clock shows at each start."""
    return [shown(at + next_morning(home, at).ahead) for at in instants]


@pytest.mark.parametrize("real", [TUESDAY_NIGHT, SUNDAY])
def test_the_first_start_is_monday_when_everybodys_message_is_due(tmp_path: Path, real: datetime) -> None:
    assert starts(tmp_path, real) == ["Monday 23 November, 09:30"]


def test_a_monday_on_which_somebody_has_a_public_holiday_is_no_first_day(tmp_path: Path) -> None:
    spring_bank_holiday = datetime(2026, 5, 26, 12, tzinfo=UTC)  # that Monday is one in England, and Whit Monday
    assert starts(tmp_path, spring_bank_holiday) == ["Monday 18 May, 09:30"]


def test_each_start_is_the_next_working_morning(tmp_path: Path) -> None:
    instants = [TUESDAY_NIGHT + timedelta(minutes=minute) for minute in range(6)]
    assert [shown_at.split()[0] for shown_at in starts(tmp_path, *instants)] == [
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Monday"
    ]  # fmt: skip


def test_the_clock_goes_on_while_the_demo_is_stopped(tmp_path: Path) -> None:
    assert starts(tmp_path, TUESDAY_NIGHT, TUESDAY_NIGHT + timedelta(days=8)) == [
        "Monday 23 November, 09:30",
        "Wednesday 2 December, 09:30",
    ]


def test_the_bots_process_has_the_same_clock() -> None:
    clock = DemoClock(timedelta(days=-1, seconds=0.25))
    assert from_environment(clock.environment()) == clock
    assert from_environment({}) == DemoClock()
