"""Exports of CRMs through a mapping: the shipped ones, and one's own with its mistakes."""

from __future__ import annotations

import pytest

from playbooks.imports.faults import FileRefusedError
from playbooks.imports.history import History
from playbooks.imports.mapping import Mapping, read_mapping, shipped_mapping, shipped_mappings
from tests.unit.imports.files import read

HUBSPOT = (
    'Deal Name,Deal owner,Original source,"Date entered ""Appointment Scheduled (Sales Pipeline)""",'
    '"Date entered ""Qualified To Buy (Sales Pipeline)""",'
    '"Date entered ""Presentation Scheduled (Sales Pipeline)""",'
    '"Date entered ""Closed Won (Sales Pipeline)""","Date entered ""Closed Lost (Sales Pipeline)""",Create Date'
)
SALESFORCE = "Opportunity Name,From Stage,To Stage,Last Modified,Opportunity Owner,Lead Source"
PIPEDRIVE = (
    "Deal - Title,Deal - Stage entered,Deal - Stage entry date,Deal - Owner,Deal - Won time,Deal - Lost time"
)


def shipped(name: str) -> Mapping:
    return read_mapping(shipped_mapping(name), f"{name}.yaml")


def shown(history: History) -> list[list[tuple[int, str, str]]]:
    assert [str(bad) for bad in history.bad] == []
    return [
        [
            (stay.step, stay.exit.name.lower() + ("?" if stay.inferred else ""), stay.entered_on.isoformat())
            for stay in run.stays
        ]
        for run in history.runs
    ]


def test_three_mappings_are_shipped_and_hold_no_mistake() -> None:
    assert shipped_mappings() == ("hubspot", "pipedrive", "salesforce")
    assert {shipped(name).name for name in shipped_mappings()} == {"HubSpot", "Pipedrive", "Salesforce"}


def test_hubspots_columns_of_dates_are_read_as_visits() -> None:
    history = read(
        "Acme,Kim,Fair,2026-01-05 09:30,2026-01-12 10:00,,,2026-01-20 10:00,2026-01-05",
        "Bolt,Sam,,2026-01-06 09:30,,2026-01-08 10:00,2026-01-09 11:00,,2026-01-06",
        "Care,,,,,,,,2026-01-07",
        header=HUBSPOT,
        steps=5,
        mapping=shipped("hubspot"),
    )
    assert shown(history) == [
        [(1, "advanced", "2026-01-05"), (2, "lost", "2026-01-12")],
        [
            (1, "advanced", "2026-01-06"),
            (2, "advanced?", "2026-01-08"),
            (3, "advanced", "2026-01-08"),
            (4, "advanced?", "2026-01-09"),
            (5, "won?", "2026-01-09"),
        ],
        [(1, "undecided", "2026-01-07")],
    ]
    assert [(run.source, run.stays[0].rep) for run in history.runs] == [("Fair", "Kim"), (None, "Sam"), (None, "")]


def test_a_stage_that_the_mapping_does_not_name_is_refused() -> None:
    with pytest.raises(
        FileRefusedError, match="has the column 'Date entered Haggling', a stage that the mapping Hub"
    ):
        read("Acme,2026-01-05", header="Deal Name,Date entered Haggling", mapping=shipped("hubspot"))


def test_salesforces_changes_of_stage_may_stand_in_any_order() -> None:
    history = read(
        "Acme,Needs Analysis,Closed Won,1/20/2026,Kim,Web",
        "Acme,Qualification,Needs Analysis,1/9/2026,Kim,Web",
        "Acme,Needs Analysis,Needs Analysis,1/10/2026,Kim,Web",
        "Acme,,Prospecting,1/5/2026,Kim,Web",
        "Acme,Prospecting,Qualification,1/6/2026,Kim,Web",
        header=SALESFORCE,
        steps=2,
        mapping=shipped("salesforce"),
    )
    assert shown(history) == [[(1, "advanced", "2026-01-05"), (2, "won", "2026-01-09")]]
    assert history.notes == ["Dates were read with the month first (12/31/2025)."]


def test_pipedrives_changes_may_bring_their_end_along() -> None:
    history = read(
        "Acme,Qualified,2026-01-05 10:00:00,Kim,,2026-01-12 09:00:00",
        "Acme,Contact Made,2026-01-08 10:00:00,Kim,,2026-01-12 09:00:00",
        header=PIPEDRIVE,
        mapping=shipped("pipedrive"),
    )
    assert shown(history) == [[(1, "advanced", "2026-01-05"), (2, "lost", "2026-01-08")]]


def test_going_back_is_a_bad_row_in_every_form() -> None:
    history = read(
        "Acme,,Needs Analysis,2026-01-05,Kim,", "Acme,,Prospecting,2026-01-09,Kim,",
        header=SALESFORCE, steps=5, mapping=shipped("salesforce"),
    )  # fmt: skip
    assert [str(bad) for bad in history.bad] == [
        (
            "line 3, step 'step1': comes after step2 (line 2); a journey never"
            " goes back: keep the furthest step, or"
            " close that visit and begin anew"
        )
    ]


def test_an_unknown_stage_names_those_of_the_mapping() -> None:
    history = read("Acme,,Haggling,2026-01-05,Kim,", header=SALESFORCE, steps=5, mapping=shipped("salesforce"))
    assert str(history.bad[0]).startswith(
        "line 2, stage 'Haggling': the mapping Salesforce does not name this stage; right is one of: Prospecting, "
    )


def test_a_step_that_the_playbook_lacks_is_a_bad_row() -> None:
    history = read("Acme,,Negotiation/Review,2026-01-05,Kim,", header=SALESFORCE, mapping=shipped("salesforce"))
    assert [str(bad) for bad in history.bad] == ["line 2, step 'step5': the playbook Services has step1 to step3"]


def test_words_of_the_long_form_can_be_mapped_too() -> None:
    mapping = read_mapping(
        "name: Eigen CRM\ncolumns:\n  prospect: Bedrijf\n  step: Fase\n  entered_at: Begin\n  left_at: Eind\n"
        "  exit: Uitkomst\nstages:\n  Interesse: step1\nexits:\n  Verloren: lost\nreps:\n  KJ: U1REP\n",
        "eigen.yaml",
    )
    history = read("Acme,interesse,05-01-2026,12-01-2026,VERLOREN",
                   header="Bedrijf,Fase,Begin,Eind,Uitkomst", mapping=mapping)  # fmt: skip
    assert shown(history) == [[(1, "lost", "2026-01-05")]]
    assert mapping.reps == {"KJ": "U1REP"}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "one_row_per: deal\nstages:\n  A: step1\n",
            "m.yaml:1: entered is missing; right is the name of the date columns, as 'Date entered {stage}'",
        ),
        (
            "one_row_per: change\n",
            "m.yaml:1: stages names no step; right is a line for each stage, as 'Appointment: step1'",
        ),
        (
            "name: X\nstages:\n  A: phase1\n",
            (
                "m.yaml:3: stages/A 'phase1' cannot stand: right is step1, step2...,"
                " won, lost, no_decision, not_now or"
                " ignore"
            ),
        ),
        (
            "name: X\nstage:\n  A: step1\n",
            (
                "m.yaml:2: stage is no key of a mapping; right are name, one_row_per,"
                " columns, entered, stages, exits,"
                " reps, dates"
            ),
        ),
        (
            "columns:\n  prospect: A\n  stage: B\n",
            (
                "m.yaml:1: columns: stage has no use with one_row_per: visit; right"
                " are prospect, step, entered_at,"
                " left_at, exit, rep, source, variant, contacts, minutes"
            ),
        ),
    ],
)
def test_a_mistake_in_a_mapping_is_named_with_its_line(text: str, sentence: str) -> None:
    with pytest.raises(FileRefusedError) as refused:
        read_mapping(text, "m.yaml")
    assert str(refused.value) == sentence
