"""The JSON of the numbers is what `docs/json.md` says, field by field."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.commands.numbers_json import VERSION, forecast_json, funnel_json, plan_json
from bot.usecases.backtest_forecast import backtest_forecast
from bot.usecases.keep_forecasts import monday_of
from bot.usecases.make_plan import MakePlan, make_plan
from bot.usecases.see_forecast import SeeForecast, see_forecast
from bot.usecases.see_funnel import SeeFunnel, see_funnel
from playbooks.funnel.histogram import Dimension
from playbooks.numbers import Target
from tests.builders import noon
from tests.fake_numbers import BEGIN, PLACE, ROBIN, People, Room, Targets, a_room, two_steps, weeks_of_selling

PAGE = Path(__file__).parents[3] / "docs" / "json.md"
TODAY = BEGIN + timedelta(weeks=30)
AT = noon(TODAY)
ROW = re.compile(r"^\| `(?P<field>[^`]+)` \| (?P<type>[^|]+) \|", re.MULTILINE)


def fields(told: Any, way: str = "") -> Iterator[str]:
    """All fields with the way to them, as the page writes them."""
    if isinstance(told, Mapping):
        for key, value in told.items():
            here = f"{way}.{key}" if way else key
            if not isinstance(value, list):
                yield here
            yield from fields(value, here)
    elif isinstance(told, list):
        yield f"{way}[]"
        for value in told:
            yield from fields(value, f"{way}[]")


def documented(section: str) -> dict[str, str]:
    """The fields of a section with their types, those of all three included."""
    text = PAGE.read_text(encoding="utf-8")
    parts = {part.split("\n")[0]: part for part in text.split("\n## ")[1:]}
    rows = [*ROW.finditer(parts["In all three"]), *ROW.finditer(parts[section])]
    return {row["field"]: row["type"] for row in rows}


def a_team(**parts: Any) -> Room:
    """One whose first step has a target that stands out, and whose second one has none."""
    book = two_steps()
    first, second = book.steps
    book = book.model_copy(update={"steps": (first.model_copy(update={"target": 90}), second)})
    return a_room(weeks_of_selling(30), book, **parts)


@pytest.fixture(scope="module")
def room() -> Room:
    room = a_team(members=People({ROBIN.id: 600}), targets=Targets(Target(3, 0.8, AT, None)))
    for weeks in (4, 8, 14):
        monday = monday_of(TODAY - timedelta(weeks=weeks))
        made = see_forecast(room.uow, SeeForecast(as_of=monday), AT).made
        assert made is not None
        room.forecasts.keep("services", monday, made)
    return room


def funnels(room: Room) -> list[dict[str, Any]]:
    """As much as can be told, and as little."""
    asked = (SeeFunnel(by=Dimension.REP), SeeFunnel(as_of=BEGIN))
    return [funnel_json(see_funnel(room.uow, each, AT, None), PLACE) for each in asked]


def plans(room: Room) -> list[dict[str, Any]]:
    asked = (MakePlan(wins=4, what_if={2: 5}), MakePlan(wins=4))
    return [plan_json(make_plan(room.uow, each, AT, None), PLACE) for each in asked]


def forecasts(room: Room) -> list[dict[str, Any]]:
    seen, tested = (ask(room.uow, SeeForecast(), AT) for ask in (see_forecast, backtest_forecast))
    return [forecast_json(seen, PLACE, tested)]


@pytest.mark.parametrize(("section", "outputs"), [("funnel", funnels), ("plan", plans), ("forecast", forecasts)])
def test_every_field_is_documented_and_every_documented_field_is_there(
    room: Room, section: str, outputs: Any
) -> None:
    there = {field for told in outputs(room) for field in fields(told)}
    # The plan without the what-if is documented once, as `plan`.
    there = {field for field in there if not re.match(r"without_what_if[.]", field)}
    assert there == set(documented(section))


@pytest.mark.parametrize(("section", "outputs"), [("funnel", funnels), ("plan", plans), ("forecast", forecasts)])
def test_only_what_may_be_null_is_null_and_every_value_has_its_type(
    room: Room, section: str, outputs: Any
) -> None:
    types = documented(section)
    for told in outputs(room):
        for field, value in values(told):
            assert fits(value, types[field]), (field, types[field], value)


def values(told: Any, way: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in told.items():
        here = f"{way}.{key}" if way else key
        if here.startswith("without_what_if."):
            continue
        field = f"{here}[]" if isinstance(value, list) else here
        yield (field, value) if not (value is None and f"{here}[]" in _LISTS) else (f"{here}[]", value)
        if isinstance(value, Mapping):
            yield from values(value, here)
        elif isinstance(value, list):
            for each in value:
                if isinstance(each, Mapping):
                    yield from values(each, field)


_LISTS = ("plan.steps[]", "forecasts[]")


def fits(value: Any, said: str) -> bool:
    said = said.strip()
    if value is None:
        return said.endswith("or null")
    kind = said.removesuffix(" or null").split()[0]
    if kind == "share":
        return isinstance(value, float) and 0 <= value <= 1
    if kind == "number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    if kind == "day":
        return re.fullmatch(r"\d{4}-\d\d-\d\d", value) is not None
    if kind == "step":
        return re.fullmatch(r"step[1-9]\d?", value) is not None
    expected = {"string": str, "boolean": bool, "list": list, "object": dict}[kind]
    return isinstance(value, expected)


def test_the_version_is_the_one_that_the_page_names() -> None:
    assert f"`version` is {VERSION}." in PAGE.read_text(encoding="utf-8")


def test_counts_add_up(room: Room) -> None:
    for told in funnels(room):
        for step in told["steps"]:
            assert step["entered"] == step["advanced"] + step["closed"] + step["open"]


def test_without_any_visit_all_that_cannot_be_told_is_null() -> None:
    told = funnel_json(see_funnel(a_room([], two_steps(expects=None)).uow, SeeFunnel(), AT, None), PLACE)
    assert (told["overall"], told["bottleneck"], told["first_day"]) == (None, None, None)
    for step in told["steps"]:
        assert (step["conversion"], step["assumption"], step["days"], step["gain"]) == (None,) * 4
        assert step["entered"] == 0


def test_what_cannot_be_planned_names_the_steps_that_are_missing() -> None:
    told = plan_json(make_plan(a_room([], two_steps(expects=None)).uow, MakePlan(wins=4), AT, None), PLACE)
    assert (told["plan"], told["missing"]) == (None, ["step1", "step2"])


def test_it_is_json_without_infinities(room: Room) -> None:
    for told in (*funnels(room), *plans(room), *forecasts(room)):
        json.dumps(told, allow_nan=False)
