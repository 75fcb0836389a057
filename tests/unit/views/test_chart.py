"""The digest's chart is a picture that any name passes into."""

from __future__ import annotations

import pytest

from bot.views.chart import Bar, stacked

PNG = b"\x89PNG\r\n\x1a\n"
SERIES = ["went on", "still open", "left"]


@pytest.mark.parametrize("name", ["1 Intake", "2 $x_2$ & <b>", "3 👩‍👩‍👧‍👦 شركة", "4 " + "long" * 60])
def test_any_name_can_be_drawn(name: str) -> None:
    assert stacked([Bar(name, (7, 9, 3)), Bar("empty", (0, 0, 0))], SERIES).startswith(PNG)


def test_a_chart_of_many_steps_is_a_picture_too() -> None:
    assert stacked([Bar(f"{number} Step", (number, 1, 0)) for number in range(20)], SERIES).startswith(PNG)


def test_a_chart_without_bars_or_with_other_parts_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="series"):
        stacked([], SERIES)
    with pytest.raises(ValueError, match="series"):
        stacked([Bar("1 Intake", (1, 2))], SERIES)
