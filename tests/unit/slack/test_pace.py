"""Each place at its own pace."""

from __future__ import annotations

from datetime import timedelta

from bot.slack.pace import Pace

HERE, THERE = ("T1", "D1"), ("T2", "D1")


class Watch:
    def __init__(self) -> None:
        self.seconds = 50.0

    def __call__(self) -> float:
        return self.seconds


def test_a_turn_frees_a_place_only_after_a_second() -> None:
    watch = Watch()
    pace = Pace(watch)
    assert pace.take(HERE) is None
    watch.seconds += 0.25
    assert pace.take(HERE) == timedelta(seconds=0.75)
    watch.seconds += 0.75
    assert pace.take(HERE) is None


def test_asking_takes_no_turn() -> None:
    pace = Pace(Watch())
    assert pace.wait(HERE) is None
    assert pace.take(HERE) is None


def test_a_hold_is_of_one_place_and_never_shortened() -> None:
    pace = Pace(Watch())
    pace.hold(HERE, timedelta(seconds=30))
    pace.hold(HERE, timedelta(seconds=2))
    assert pace.take(HERE) == timedelta(seconds=30)
    assert pace.take(THERE) is None


def test_places_that_are_free_again_are_forgotten() -> None:
    watch = Watch()
    pace = Pace(watch)
    for number in range(10_000):
        pace.take(("T1", str(number)))
    watch.seconds += 1
    pace.take(HERE)
    assert len(pace._free_at) == 1
