"""The order of the daily message: overdue, decision due, then what a step is worth."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from playbooks.history import Status
from playbooks.pipeline import Line
from playbooks.urgency import NO_WORTHS, Place, Worths, most_urgent_first, worth_most_first
from tests.builders import MONDAY, an_action

FRIDAY = date(2026, 2, 27)
WORTHS: Worths = {"b2b": (0.05, 0.3, 0.1)}


def a_line(
    name: str,
    *,
    on: date = MONDAY,
    step: int = 1,
    steps: int = 3,
    due: date = date(2026, 12, 1),
    playbook: str = "b2b",
) -> Line:
    return Line(
        prospect_id=1,
        journey_id=1,
        version=2,
        name=name,
        step_number=step,
        step_name="Intake",
        steps=steps,
        status=Status.OPEN,
        owner=1,
        next_action=an_action(on),
        stalls_on=date(2026, 12, 1),
        decision_due_on=due,
        waiting_until=None,
        exhausted=False,
        source=None,
        playbook=playbook,
    )


def names(lines: Sequence[Line], worths: Worths = WORTHS) -> list[str]:
    return [line.name for line in most_urgent_first(lines, MONDAY, worths)]


def test_overdue_comes_first_then_decisions_due_then_what_a_step_is_worth() -> None:
    lines = [
        a_line("first step"),
        a_line("second step", step=2),
        a_line("third step", step=3),
        a_line("decision", due=FRIDAY),
        a_line("overdue", on=FRIDAY),
        a_line("overdue, second step", on=FRIDAY, step=2),
    ]
    assert names(lines) == [
        "overdue, second step",
        "overdue",
        "decision",
        "second step",
        "third step",
        "first step",
    ]


def test_steps_of_different_playbooks_are_held_against_each_other() -> None:
    lines = [a_line("small", step=2), a_line("large", playbook="renewal", steps=1)]
    assert names(lines, {**WORTHS, "renewal": (0.6,)}) == ["large", "small"]


@pytest.mark.parametrize(
    "worths",
    [NO_WORTHS, {"other": (0.9, 0.1, 0.1)}, {"b2b": (0.9, 0.1)}],
    ids=["none", "of another playbook", "of a version with other steps"],
)
def test_where_a_worth_is_unknown_later_steps_come_first(worths: Worths) -> None:
    lines = [a_line("first step"), a_line("last step", step=3)]
    assert names(lines, worths) == ["last step", "first step"]


def test_one_unknown_worth_makes_the_later_steps_first_for_all() -> None:
    lines = [a_line("first step"), a_line("second step", step=2), a_line("new", step=3, playbook="new")]
    assert names(lines) == ["new", "second step", "first step"]


def test_the_same_worth_goes_by_date_and_then_by_name() -> None:
    tuesday = date(2026, 3, 3)
    lines = [a_line("later", on=tuesday), a_line("b"), a_line("a")]
    assert names(lines) == ["a", "b", "later"]


def test_places_are_ordered_the_same_way() -> None:
    early, middle, late = (Place("b2b", number, 3) for number in (1, 2, 3))
    keys = worth_most_first([early, middle, late], WORTHS)
    assert sorted(keys) == [keys[1], keys[2], keys[0]]
