"""Visits, histograms and what was known when, against the walk."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbooks.events import Advanced, Entry, Lost, Started, Undone
from playbooks.funnel.histogram import Histogram
from playbooks.funnel.visits import Exit, Visit, changes, visits_of
from playbooks.funnel.windows import risks, tallies, window
from tests.unit.funnel.journeys import SPAN, STEPS, histories
from tests.unit.funnel.oracle import EPOCH, Seen, entry, visits_known_before, walk

JOURNEYS = st.lists(histories(), max_size=15)
DAYS = st.integers(0, SPAN + 60).map(lambda days: EPOCH + timedelta(days=days))
FEW = settings(max_examples=25)
LIMITS = {1: 30, 2: 9, 3: 60}


def histogram(journeys: list[tuple[Entry, ...]]) -> Histogram:
    return Histogram.of([visit for history in journeys for visit in visits_of(history, zone=UTC)])


def walked(journeys: list[tuple[Entry, ...]], day: date) -> list[Seen]:
    return [seen for history in journeys for seen in visits_known_before(history, day)]


@FEW
@given(JOURNEYS, DAYS)
def test_as_of_a_day_shows_what_was_known_before_it(journeys: list[tuple[Entry, ...]], day: date) -> None:
    known = histogram(journeys).as_of(day)
    shown = Counter[Seen]()
    for row in range(len(known.count)):
        entered = date.fromordinal(int(known.entered[row]))
        how = Exit(int(known.exit[row]))
        seen = Seen(
            step=int(known.step[row]),
            entered=entered,
            exit=None if how is Exit.UNDECIDED else how.name.lower(),
            left=None if how is Exit.UNDECIDED else entered + timedelta(days=int(known.age[row])),
            rep=int(known.rep[row]),
            source=known.sources[known.source[row]],
            variant=known.variants[known.variant[row]],
            inferred=bool(known.inferred[row]),
        )
        shown[seen] += int(known.count[row])
    assert shown == Counter(walked(journeys, day))


@FEW
@given(JOURNEYS, DAYS, st.sampled_from([1, 2, 13, None]))
def test_who_is_at_risk_is_what_the_walk_finds(
    journeys: list[tuple[Entry, ...]], day: date, weeks: int | None
) -> None:
    within = window(day, weeks)
    tables = risks(histogram(journeys).as_of(day), within, LIMITS)
    seen = walked(journeys, day)
    for step, limit in LIMITS.items():
        expected = walk(seen, step, max(within.first, EPOCH), within.last, limit)
        assert tables[step].at_risk.tolist() == expected.at_risk
        assert tables[step].advances.tolist() == expected.advances
        assert tables[step].others.tolist() == expected.others


@FEW
@given(JOURNEYS, DAYS)
def test_exits_undecided_and_inferred_add_up_to_all(journeys: list[tuple[Entry, ...]], day: date) -> None:
    known = histogram(journeys).as_of(day)
    counts = tallies(known, window(day, None), range(1, STEPS + 1)).values()
    for tally in counts:
        assert tally.entered == tally.advanced + tally.closed + tally.open
    assert sum(tally.entered + tally.inferred for tally in counts) == len(walked(journeys, day))


@FEW
@given(JOURNEYS, DAYS)
def test_slices_add_up_to_the_team(journeys: list[tuple[Entry, ...]], day: date) -> None:
    known = histogram(journeys).as_of(day)
    within = window(day, 13)
    team = risks(known, within, LIMITS)
    reps = [risks(known.of_rep(rep), within, LIMITS) for rep in (1, 2)]
    for step in LIMITS:
        assert (reps[0][step] + reps[1][step]).at_risk.tolist() == team[step].at_risk.tolist()
        assert (reps[0][step] + reps[1][step]).exits.tolist() == team[step].exits.tolist()


@FEW
@given(JOURNEYS, st.integers(0, 25))
def test_histograms_add_exactly_in_any_order(journeys: list[tuple[Entry, ...]], cut: int) -> None:
    shuffled = list(journeys)
    Random(cut).shuffle(shuffled)
    parts = histogram(shuffled[:cut]) + histogram(shuffled[cut:])
    assert parts.cells() == histogram(journeys).cells()


@given(histories())
def test_the_changes_of_each_entry_make_the_histogram_of_the_whole(history: tuple[Entry, ...]) -> None:
    counted = Counter[Visit]()
    for length in range(len(history)):
        then, now = (visits_of(history[:end], zone=UTC) for end in (length, length + 1))
        counted.update(changes(then, now))
    assert {visit: count for visit, count in counted.items() if count} == histogram([history]).cells()


@given(histories(), DAYS)
def test_what_becomes_known_later_leaves_a_past_day_as_it_was(history: tuple[Entry, ...], day: date) -> None:
    at_the_time = tuple(each for each in history if each.known_at.date() < day)
    then, now = (histogram([entries]).as_of(day) for entries in (at_the_time, history))
    for step, risk in risks(then, window(day, None), LIMITS).items():
        assert risk.at_risk.tolist() == risks(now, window(day, None), LIMITS)[step].at_risk.tolist()


def test_an_advance_undone_on_its_own_day_leaves_no_trace() -> None:
    plain = [entry(1, EPOCH, Started(owner=1))]
    undone = [*plain, entry(2, EPOCH, Advanced(step=2)), entry(3, EPOCH, Undone(undoes=2))]
    assert visits_of(undone, zone=UTC) == visits_of(plain, zone=UTC)


def test_an_exit_undone_later_is_still_shown_on_the_days_between() -> None:
    later = EPOCH + timedelta(days=5)
    history = [
        entry(1, EPOCH, Started(owner=1)),
        entry(2, EPOCH, Lost(reason="price")),
        entry(3, later, Undone(undoes=2)),
    ]
    kept = histogram([tuple(history)])
    tally_on = {
        day: tallies(kept.as_of(day), window(day, None), (1,))[1] for day in (later, later + timedelta(days=1))
    }
    assert [tally.closed for tally in tally_on.values()] == [1, 0]
    assert [tally.open for tally in tally_on.values()] == [0, 1]


def test_versions_of_a_playbook_share_a_step_only_by_its_identity() -> None:
    history = [entry(1, EPOCH, Started(owner=1)), entry(2, EPOCH, Advanced(step=2))]
    first = visits_of(history, zone=UTC)
    second = visits_of(history, zone=UTC, identity={1: 1, 2: 7}.__getitem__)
    counts = tallies(
        Histogram.of([*first, *second]).as_of(date(2027, 1, 1)), window(date(2027, 1, 1), None), (1, 2, 7)
    )
    assert [tally.entered for tally in counts.values()] == [2, 1, 1]


def test_a_visit_that_leaves_before_it_enters_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot have left"):
        Visit(1, EPOCH, EPOCH, exit=Exit.LOST, left=EPOCH - timedelta(days=1), left_known=EPOCH)


def test_a_window_of_no_week_is_refused() -> None:
    with pytest.raises(ValueError, match="one week or more"):
        window(EPOCH, 0)
