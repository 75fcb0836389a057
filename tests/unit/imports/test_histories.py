"""Imported history through the gate: the events of a run, and all that is derived from them."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.views import happenings
from bot.views.limits import BlockMode
from bot.views.reader import Reader
from bot.views.words import Words
from playbooks import journey as rules
from playbooks.events import Assigned, Contacted, NextActionSet, NotNow, Started
from playbooks.exported import Exporting
from playbooks.funnel.visits import Exit, visits_of
from playbooks.history import Journey, Status, replay
from playbooks.imported import REVIEW_WITHIN, Teller, reviews
from playbooks.imports.runs import Run
from playbooks.refusal import Refusal, Refused
from storage.chain import mistakes
from tests.builders import WEEK, a_playbook
from tests.unit.imports.files import HEADER, NOW, ZONE, read, the_run

PLAYBOOK = a_playbook()
TODAY = date(2026, 3, 2)
MEMBERS = {"": 1, "Kim": 2, "Sam": 3}
LONG = f"{HEADER},variant,contacts,minutes"


def teller() -> Teller:
    return Teller(PLAYBOOK, MEMBERS, at=NOW, today=TODAY)


def told(run: Run, review_on: date = TODAY) -> Journey:
    return replay(PLAYBOOK, teller().history(run, review_on))


def test_every_entry_is_known_when_it_happened_and_marked_as_imported() -> None:
    journey = told(the_run("Acme,step1,2026-01-05,2026-01-09,lost,Kim,fair"))
    assert all(entry.imported and entry.known_at == entry.occurred_at for entry in journey.history)
    assert [entry.on for entry in journey.history] == [date(2026, 1, 5), date(2026, 1, 9)]
    assert (journey.status, journey.reason, journey.owner) == (Status.LOST, "other", 2)


def test_an_open_prospect_gets_a_review_as_its_next_action() -> None:
    journey = told(the_run("Acme,step2,2026-01-05,,,Kim,fair"), TODAY + timedelta(days=3))
    assert journey.next_action is not None
    assert (journey.next_action.what, journey.next_action.on) == ("Review", TODAY + timedelta(days=3))
    assert journey.history[-1].known_at == NOW
    first = journey.history[0].event
    assert isinstance(first, Started)
    assert first.inferred


def test_another_rep_takes_over_with_the_step() -> None:
    journey = told(the_run("Acme,step1,2026-01-05,2026-01-09,advanced,Kim,", "Acme,step2,2026-01-09,,,Sam,"))
    assert [entry.event.owner for entry in journey.history if isinstance(entry.event, Assigned)] == [3]
    assert [visit.rep for visit in visits_of(journey.history, zone=ZoneInfo(ZONE))] == [2, 3]


def test_contacts_and_minutes_stand_at_the_entry_and_add_up() -> None:
    (run,) = read("Acme,step1,2026-01-05,,,Kim,,A,3,50", header=LONG).runs
    contacts = [entry.event for entry in told(run).history if isinstance(entry.event, Contacted)]
    assert [contact.minutes for contact in contacts] == [17, 17, 16]
    assert {contact.moment for contact in contacts} == {"call"}


def test_not_now_comes_back_after_a_quarter_and_not_before_the_review() -> None:
    (run,) = read("Acme,step1,2024-01-05,2024-01-09,not_now,Kim,").runs
    event = told(run, TODAY + timedelta(days=4)).history[-1].event
    assert isinstance(event, NotNow)
    assert event.returns_on == TODAY + timedelta(days=4)


def test_reviews_are_spread_over_ten_working_days_of_their_owner() -> None:
    days = reviews([1] * 40 + [2], lambda _: WEEK, TODAY)
    workdays = [WEEK.add(TODAY, number) for number in range(1, REVIEW_WITHIN + 1)]
    assert [days[:40].count(day) for day in workdays] == [4] * 10
    assert days[:40] == sorted(days[:40])
    assert days[40] == workdays[0]


def test_what_was_imported_cannot_be_undone_and_what_follows_it_can() -> None:
    journey = told(the_run("Acme,step1,2026-01-05,,,Kim,"))
    with pytest.raises(Refused) as refused:
        rules.undo(journey, by=2, leads=True, on=TODAY, calendar=WEEK)
    assert refused.value.code is Refusal.IMPORTED


@pytest.mark.parametrize(("locale", "word"), [("en-GB", "imported"), ("nl-NL", "geïmporteerd")])
def test_the_timeline_says_that_it_was_imported(locale: str, word: str) -> None:
    journey = told(the_run("Acme,step1,2026-01-05,2026-01-09,lost,Kim,fair"))
    reader = Reader(words=Words(locale), blocks=BlockMode.FULL, today=TODAY)
    lines = [str(line) for act in happenings.acts(journey) for line in happenings.lines(act, PLAYBOOK, {}, reader)]
    assert len(lines) == 2
    assert all(line.endswith(f" · {word}") for line in lines)


_FIRST = date(2025, 6, 2)


@st.composite
def histories(draw: st.DrawFn) -> list[str]:
    """The rows of one prospect: some journeys, each from some step on, with jumps, gaps and all ends."""
    rows, day = [], _FIRST
    for _ in range(draw(st.integers(1, 3))):
        step, source = draw(st.integers(1, 3)), draw(st.sampled_from(["", "fair"]))
        while True:
            left = day + timedelta(days=draw(st.integers(0, 9)))
            how = draw(st.sampled_from(["advanced", "advanced", "won", "lost", "no_decision", "not_now", ""]))
            how = "won" if how == "advanced" and step == 3 else how
            rep, contacts = draw(st.sampled_from(sorted(MEMBERS))), draw(st.sampled_from(["", "1", "2"]))
            minutes = draw(st.sampled_from(["", "30"])) if contacts else ""
            variant = draw(st.sampled_from(["", "A"])) if contacts else ""
            shown = left.isoformat() if how else ""
            rows.append(
                f"Acme,step{step},{day.isoformat()},{shown},{how},{rep},{source},{variant},{contacts},{minutes}"
            )
            day = left
            if how != "advanced":
                break
            step = draw(st.integers(step + 1, 3))
        if not how:
            break
        day += timedelta(days=draw(st.integers(1, 5)))
    return rows


@given(histories())
def test_what_is_told_keeps_the_rules_and_makes_the_visits_that_the_import_counts(rows: list[str]) -> None:
    history = read(*rows, header=LONG)
    assert history.bad == []
    for run in history.runs:
        entries = teller().history(run, TODAY)
        assert list(mistakes(entries, PLAYBOOK.last)) == []
        assert teller().visits(run, (1, 2, 3)) == visits_of(entries, zone=ZoneInfo(ZONE))
        assert replay(PLAYBOOK, entries).is_open is (run.exit is Exit.UNDECIDED)
        assert sum(isinstance(entry.event, NextActionSet) for entry in entries) == (run.exit is Exit.UNDECIDED)


@given(histories())
def test_importing_an_export_gives_the_same_visits(rows: list[str]) -> None:
    names = {number: name for name, number in MEMBERS.items()}
    before = read(*rows, header=LONG).runs
    exporting = Exporting(ZONE, names)
    written = [row for run in before for row in exporting.rows("Acme", told(run))]
    after = read(*(",".join(row) for row in written), header=LONG).runs
    assert [teller().visits(run, (1, 2, 3)) for run in after] == [
        teller().visits(run, (1, 2, 3)) for run in before
    ]
