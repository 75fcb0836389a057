"""Rows become journeys under the rules that hold for everyone."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbooks.funnel.visits import Exit
from playbooks.imports.history import History
from tests.unit.imports.files import HEADER, read, the_run


def shown(run: object) -> list[tuple[int, str, bool]]:
    return [(stay.step, stay.exit.name.lower(), stay.inferred) for stay in run.stays]


def test_visits_follow_each_other_in_time_whatever_their_order_in_the_file() -> None:
    run = the_run("Acme,step2,2026-01-09,,,Kim,fair", "Acme,step1,2026-01-05,2026-01-09,advanced,Kim,fair")
    assert shown(run) == [(1, "advanced", False), (2, "undecided", False)]


def test_a_skipped_step_becomes_an_inferred_visit_of_no_length() -> None:
    run = the_run("Acme,step1,2026-01-05,2026-01-09,advanced,Kim,", "Acme,step3,2026-01-09,,,Kim,")
    assert shown(run) == [(1, "advanced", False), (2, "advanced", True), (3, "undecided", False)]
    assert run.stays[1].entered_on == run.stays[1].left_on == date(2026, 1, 9)


def test_a_history_that_begins_further_on_infers_the_steps_before() -> None:
    assert shown(the_run("Acme,step3,2026-01-05,,,Kim,")) == [
        (1, "advanced", True),
        (2, "advanced", True),
        (3, "undecided", False),
    ]


def test_a_win_from_an_earlier_step_infers_the_steps_between() -> None:
    run = the_run("Acme,step1,2026-01-05,2026-01-09,won,Kim,")
    assert shown(run) == [(1, "advanced", False), (2, "advanced", True), (3, "won", True)]
    assert run.exit is Exit.WON


def test_a_win_from_the_last_step_infers_nothing() -> None:
    assert shown(the_run("Acme,step1,2026-01-05,2026-01-09,won,Kim,", steps=1)) == [(1, "won", False)]


def test_advancing_without_a_next_visit_enters_the_next_step() -> None:
    run = the_run("Acme,step1,2026-01-05,2026-01-09,advanced,Kim,")
    assert shown(run) == [(1, "advanced", False), (2, "undecided", False)]
    assert run.stays[-1].entered_on == date(2026, 1, 9)


def test_a_prospect_that_comes_again_starts_a_new_journey() -> None:
    first, second = read("Acme,step1,2026-01-05,2026-01-09,lost,Kim,fair", "Acme,step1,2026-02-05,,,Kim,fair").runs
    assert (first.exit, first.returned) == (Exit.LOST, False)
    assert (second.exit, second.returned, second.source) == (Exit.UNDECIDED, False, "fair")


def test_after_not_now_the_source_says_that_it_returned() -> None:
    _, second = read("Acme,step1,2026-01-05,2026-01-09,not_now,Kim,fair", "Acme,step1,2026-02-05,,,Kim,fair").runs
    assert (second.returned, second.source) == (True, "returned:fair")


def test_one_company_under_two_spellings_is_one_prospect() -> None:
    runs = read("Acme B.V.,step1,2026-01-05,2026-01-09,lost,Kim,", "ACME bv,step1,2026-02-05,,,Kim,").runs
    assert [(run.prospect, run.key) for run in runs] == [("Acme B.V.", "acme"), ("Acme B.V.", "acme")]


def test_a_bv_and_an_nv_are_two_prospects() -> None:
    runs = read("Acme BV,step1,2026-01-05,,,Kim,", "Acme NV,step1,2026-01-05,,,Kim,").runs
    assert [run.prospect for run in runs] == ["Acme BV", "Acme NV"]


def test_who_leaves_and_is_back_on_one_day_has_two_journeys_whatever_their_order_in_the_file() -> None:
    rows = ("Acme,step1,2026-01-05,,,Kim,", "Acme,step1,2026-01-05,2026-01-05,not_now,Kim,")
    for few in (rows, rows[::-1]):
        runs = read(*few).runs
        assert [run.exit for run in runs] == [Exit.NOT_NOW, Exit.UNDECIDED]
        assert [run.nth for run in runs] == [1, 2]


@pytest.mark.parametrize("left", ["2026-01-05", "2026-01-09"])
def test_a_doubled_row_of_a_closed_journey_is_refused_as_such(left: str) -> None:
    row = f"Acme,step1,2026-01-05,{left},lost,Kim,"
    assert [str(bad) for bad in read(row, row).bad] == [
        "line 3, row 'Acme': is the same as line 2; right is one of them"
    ]


def test_a_day_between_two_visits_counts_for_the_first_and_is_told() -> None:
    history = read("Acme,step1,2026-01-05,2026-01-09,advanced,Kim,", "Acme,step2,2026-01-12,,,Kim,")
    assert history.runs[0].stays[1].entered_on == date(2026, 1, 9)
    assert history.notes == [
        "1 visit begins days after the step before was left: the day of leaving counts for both."
    ]


def test_hours_do_not_contradict_dates() -> None:
    run = the_run("Acme,step1,2026-01-05T14:00,2026-01-05,advanced,Kim,", "Acme,step2,2026-01-05,,,Kim,")
    assert [stay.entered_on for stay in run.stays] == [date(2026, 1, 5)] * 2


def seen(history: History) -> set[object]:
    return {(run.prospect, run.source, run.returned, run.stays) for run in history.runs}


_ROWS = tuple(
    f"{name},step{step},2026-01-{day:02},{f'2026-01-{day + 3:02}' if exit_ else ''},{exit_},{rep},fair"
    for name, rep in (("Acme", "Kim"), ("Bolt", "Sam"), ("Café", ""))
    for step, day, exit_ in ((1, 5, "advanced"), (2, 8, "not_now"), (1, 12, "advanced"), (3, 15, ""))
)


@given(st.permutations(_ROWS))
def test_the_order_of_rows_makes_no_difference(rows: list[str]) -> None:
    assert seen(read(*rows, header=HEADER)) == seen(read(*_ROWS, header=HEADER))
