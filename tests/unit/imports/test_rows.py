"""Each bad row is named with line, column, value and what would be right."""

from __future__ import annotations

import pytest

from playbooks.imports.faults import FileRefusedError
from tests.unit.imports.files import HEADER, read, the_run, wrong

GOOD = "Acme,step1,2026-01-05,2026-01-09,advanced,Kim,fair"


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            "Acme,step9,2026-01-05,,,Kim,fair",
            "line 2, step 'step9': the playbook Services has step1 to step3",
        ),
        (
            "Acme,step1,2026-01-05,2026-01-06,vanished,Kim,fair",
            (
                "line 2, exit 'vanished': right is advanced, won, lost, no_decision, not_now, or"
                " nothing while it is"
                " undecided"
            ),
        ),
        (
            "Acme,step1,2026-01-05,2026-01-06,advance,Kim,fair",
            (
                "line 2, exit 'advance': right is advanced, won, lost, no_decision, not_now, or"
                " nothing while it is"
                " undecided (did you mean advanced?)"
            ),
        ),
        (
            "Acme,step1,2026-01-05,2026-01-04,lost,Kim,fair",
            "line 2, left_at '2026-01-04': lies before entered_at (2026-01-05); right is that day or a later one",
        ),
        (
            "Acme,step1,2026-01-05,,lost,Kim,fair",
            "line 2, left_at (empty): the exit lost needs the date on which it left the step",
        ),
        (
            "Acme,step1,2026-01-05,2026-01-06,,Kim,fair",
            (
                "line 2, exit (empty): left_at is 2026-01-06, so say how it left: advanced, won,"
                " lost, no_decision,"
                " not_now; or leave both empty"
            ),
        ),
        (
            "Acme,step1,2026-01-05,2026-03-03,lost,Kim,fair",
            "line 2, left_at '2026-03-03': lies after today (2026-03-02); an import brings what has happened",
        ),
        (
            "Acme,step1,soon,,,Kim,fair",
            (
                "line 2, entered_at 'soon': write a date as 2025-12-31 or 31-12-2025, with a time behind it if you"
                " have one"
            ),
        ),
        (
            "Acme,step1,1999-12-31,,,Kim,fair",
            (
                "line 2, entered_at '1999-12-31': the year 1999 lies outside 2000 to 2099; write a"
                " date as 2025-12-31"
                " or 31-12-2025, with a time behind it if you have one"
            ),
        ),
        (
            "Acme,step1,45291,,,Kim,fair",
            (
                "line 2, entered_at '45291': this looks like one of Excel's day numbers: give the"
                " column the format of"
                " a date, or say 'dates: excel' in a mapping"
            ),
        ),
        (" ,step1,2026-01-05,,,Kim,fair", "line 2, prospect (empty): a prospect needs a name that can be seen"),
        (
            f"{'A' * 201},step1,2026-01-05,,,Kim,fair",
            f"line 2, prospect '{'A' * 59}…': has 201 characters; at most 200 fit",
        ),
        (
            f"Acme,step1,2026-01-05,,,Kim,{'s' * 201}",
            f"line 2, source '{'s' * 59}…': has 201 characters; at most 200 fit",
        ),
        (
            "Acme,step1,2026-01-05,,,Kim,fair,more",
            "line 2, row 'more': the header has 7 columns, this row 8: put a value that holds a ',' in quotes",
        ),
    ],
)
def test_a_bad_row_says_where_it_is_and_what_would_be_right(row: str, sentence: str) -> None:
    assert wrong(row) == [sentence]


@pytest.mark.parametrize(
    ("end", "sentence"),
    [
        (",2.5,", "line 2, contacts '2.5': right is a whole number from 0 to 200, or nothing"),
        (",-1,", "line 2, contacts '-1': right is a whole number from 0 to 200, or nothing"),
        (",1,481", "line 2, minutes '481': right is a whole number from 0 to 480, or nothing"),
        (
            ",0,20",
            (
                "line 2, contacts '0': a variant or minutes were noted, so there was a contact; right"
                " is 1 or more, or"
                " nothing"
            ),
        ),
        (
            "Z,1,",
            (
                "line 2, variant 'Z': step1 has no script of that variant; right is a letter of the"
                " playbook, or nothing"
            ),
        ),
    ],
)
def test_contacts_minutes_and_variants_are_checked(end: str, sentence: str) -> None:
    row = f"Acme,step1,2026-01-05,,,Kim,fair,{end}"
    assert wrong(row, header=f"{HEADER},variant,contacts,minutes") == [sentence]


def test_minutes_without_a_count_are_those_of_one_contact() -> None:
    history = read("Acme,step1,2026-01-05,,,Kim,,A,,30", header=f"{HEADER},variant,contacts,minutes")
    (stay,) = history.runs[0].stays
    assert (stay.contacts, stay.minutes) == (1, 30)
    assert stay.variant.startswith("step1/call/A@")


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            (GOOD, GOOD),
            "line 3, row 'Acme': is the same as line 2; right is one of them",
        ),
        (
            (GOOD, "Acme,step1,2026-01-12,,,Kim,fair"),
            "line 3, step 'step1': line 2 is a visit to step1 already; a journey passes each step once",
        ),
        (
            ("Acme,step2,2026-01-05,2026-01-06,advanced,Kim,fair", "Acme,step1,2026-01-06,,,Kim,fair"),
            (
                "line 3, step 'step1': comes after step2 (line 2); a journey never goes back: keep"
                " the furthest step,"
                " or close that visit and begin anew"
            ),
        ),
        (
            (GOOD, "Acme,step2,2026-01-08,,,Kim,fair"),
            (
                "line 3, entered_at '2026-01-08': lies before line 2 was left (2026-01-09); right is"
                " that day or later"
            ),
        ),
        (
            ("Acme,step1,2026-01-05,,,Kim,fair", "Acme,step2,2026-01-08,,,Kim,fair"),
            "line 3, prospect 'Acme': line 2 has them in step1 without an exit: give that visit its exit",
        ),
        (
            ("Acme,step1,2026-01-05,2026-01-09,lost,Kim,fair", "Acme,step1,2026-01-08,,,Kim,fair"),
            (
                "line 3, entered_at '2026-01-08': lies before line 2 was left (2026-01-09); right is"
                " that day or later"
            ),
        ),
        (
            (GOOD, "Acme,step2,2026-01-09,,,Kim,web"),
            "line 3, source 'web': line 2 has fair; a journey has the source it began with",
        ),
        (
            ("Acme,step3,2026-01-05,2026-01-09,advanced,Kim,fair",),
            "line 2, exit 'advanced': step3 is the playbook's last; right is won",
        ),
    ],
)
def test_rows_that_contradict_each_other_name_both_lines(rows: tuple[str, ...], sentence: str) -> None:
    assert wrong(*rows) == [sentence]


def test_all_bad_rows_are_listed_by_line() -> None:
    found = wrong(
        "A,step9,2026-01-05,,,,", "B,step1,2026-01-05,,,,", "C,step1,never,,,,", "D,step1,2026-01-05,,won,,"
    )
    assert [sentence.partition(":")[0] for sentence in found] == [
        "line 2, step 'step9'",
        "line 4, entered_at 'never'",
        "line 5, left_at (empty)",
    ]


def test_of_a_prospect_with_an_unreadable_row_nothing_else_is_said() -> None:
    assert len(wrong("Acme,step1,2026-01-05,oops,advanced,Kim,", "Acme,step1,2026-01-09,,,Kim,")) == 1


def test_the_rows_of_prospects_left_out_are_written_with_what_is_wrong() -> None:
    history = read(GOOD, "Acme,step9,2026-01-09,,,Kim,fair", "Bolt,step1,2026-01-05,,,Kim,")
    assert [run.prospect for run in history.runs] == ["Bolt"]
    lines = history.bad_csv().splitlines()
    assert lines[0] == f"{HEADER},line,wrong"
    assert lines[1] == f"{GOOD},2,"
    assert lines[2].startswith("Acme,step9,2026-01-09,,,Kim,fair,3,step: the playbook Services has")


@pytest.mark.parametrize("said", ["step2", "Step 2", "STEP2", "2", "step 2"])
def test_a_step_may_be_written_in_several_ways(said: str) -> None:
    assert the_run(f"Acme,{said},2026-01-05,,,Kim,").stays[-1].step == 2


def test_a_header_that_lacks_columns_says_which_and_what_is_there() -> None:
    with pytest.raises(
        FileRefusedError, match="lacks the columns step, left_at, exit; its header has: prospect, ent"
    ):
        read("Acme,2026-01-05", header="prospect,entered_at")
