"""The pictures of the numbers: drawn whatever the names are, with words beside them that say the same."""

from __future__ import annotations

import struct

import pytest

from bot.views import number_pictures
from bot.views.charts import conversion, fan, pipeline
from bot.views.limits import BlockMode
from bot.views.number_pictures import Drawing
from bot.views.reader import Reader
from bot.views.words import Words
from tests.fake_slack.surfaces import check_message
from tests.unit.views.numbers_world import AS_OF, a_new_team, a_small_team, a_team, some_scores

READERS = [Reader(Words(locale, "UTC"), BlockMode.FULL, AS_OF) for locale in ("en-GB", "nl-NL")]
READER = READERS[0]
PNG = b"\x89PNG\r\n\x1a\n"
NAMES = ["1 Intake", "2 $x_2$ & <b>", "3 👩‍👩‍👧‍👦 شركة", "4 " + "long" * 60]
OF_STEPS = conversion.Labels("of 100", "seen", "assumed", "target")
OF_FAN = fan.Labels("wins", "today", "happened", "expected", "held", "missed", "weeks")
OF_PIPELINE = pipeline.Labels("now", "needed")


def width(png: bytes) -> int:
    assert png.startswith(PNG)
    return int(struct.unpack(">I", png[16:20])[0])


def drawings(reader: Reader) -> list[Drawing | None]:
    scores, earlier = some_scores(4)
    return [
        number_pictures.of_funnel(a_team().funnel_seen(), reader),
        number_pictures.of_funnel(a_small_team().funnel_seen(), reader),
        number_pictures.of_funnel(a_new_team(assumes=False).funnel_seen(), reader),
        number_pictures.of_plan(a_team().plan_seen(), reader),
        number_pictures.of_forecast(a_team().forecast_seen(scores=scores, earlier=earlier), reader),
    ]


@pytest.mark.parametrize("reader", READERS)
def test_every_picture_is_drawn_and_has_words_beside_it_that_slack_takes(reader: Reader) -> None:
    for drawing in drawings(reader):
        assert drawing is not None
        assert width(drawing.draw()) == 960
        check_message(number_pictures.beside(drawing).payload())


@pytest.mark.parametrize("name", NAMES)
def test_any_name_can_be_drawn(name: str) -> None:
    steps = [conversion.Row(name, "7 of 19", 31, 21, 34, target=40), conversion.Row(name, "", None)]
    assert conversion.drawn(steps, OF_STEPS).startswith(PNG)
    assert pipeline.drawn([pipeline.Row(name, 3, 7.5, 6, 9, "8")], OF_PIPELINE).startswith(PNG)


def test_many_steps_make_a_picture_too() -> None:
    steps = [
        conversion.Row(f"{n} Step", "7 of 19", 5 * n, 5 * n - 3, 5 * n + 4, is_assumed=True) for n in range(20)
    ]
    assert conversion.drawn(steps, OF_STEPS).startswith(PNG)


def test_a_forecast_without_a_past_is_a_picture_too() -> None:
    assert fan.drawn((), [fan.Ahead(1, 0.4, 0, 1), fan.Ahead(13, 4, 2, 7)], (), OF_FAN).startswith(PNG)


def test_a_picture_of_nothing_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="at least one"):
        conversion.drawn([], OF_STEPS)
    with pytest.raises(ValueError, match="at least one"):
        pipeline.drawn([], OF_PIPELINE)
    with pytest.raises(ValueError, match="weeks ahead"):
        fan.drawn((3, 4), (), (), OF_FAN)


def test_without_a_plan_or_a_forecast_there_is_nothing_to_draw() -> None:
    team = a_new_team(assumes=False)
    assert number_pictures.of_plan(team.plan_seen(), READER) is None
    assert number_pictures.of_forecast(team.forecast_seen(), READER) is None


def test_the_words_beside_a_picture_say_what_it_shows() -> None:
    funnel, small, _, plan, forecast = [drawing.alt if drawing else "" for drawing in drawings(READER)]
    assert "2 Demo: 26 of 100 go on within 20 days, between 22 and 29; target 40 of 100" in funnel
    assert "too few to tell: 4 of 5 went on, the playbook expects 60 of 100" in small
    assert "2 Demo: 3 stand there, the plan needs 52" in plan
    assert "The next 4 weeks: some 3 new customers, between 1 and 5." in forecast
    assert "Over 4 weeks: 9 of 11 held" in forecast
