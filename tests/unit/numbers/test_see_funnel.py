"""What somebody who asks for the funnel gets to see."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.usecases.see_funnel import SeeFunnel, see_funnel
from playbooks.funnel.conversion import Conversion
from playbooks.funnel.histogram import Dimension
from playbooks.refusal import Refusal, Refused
from playbooks.team import Team
from tests.builders import noon
from tests.fake_numbers import BEGIN, MANAGER, ROBIN, SAM, Room, a_room, weeks_of_selling

TODAY = BEGIN + timedelta(weeks=20)
AT = noon(TODAY)
BY_REP = SeeFunnel(by=Dimension.REP)


@pytest.fixture
def room() -> Room:
    return a_room(weeks_of_selling(20))


def test_it_is_as_of_today_in_the_workspaces_zone(room: Room) -> None:
    assert see_funnel(room.uow, SeeFunnel(), AT, MANAGER).funnel.as_of == TODAY


def test_an_earlier_day_shows_what_was_known_before_it(room: Room) -> None:
    seen = see_funnel(room.uow, SeeFunnel(weeks=None, as_of=BEGIN + timedelta(days=1)), AT, MANAGER)
    assert [each.tally.entered for each in seen.funnel.steps] == [16, 0]
    assert seen.funnel.steps[0].tally.open == 16


def test_a_rep_sees_no_others_slices_and_is_told_so(room: Room) -> None:
    seen = see_funnel(room.uow, BY_REP, AT, ROBIN)
    assert {key for each in seen.funnel.steps for key in each.slices} == {str(ROBIN.id)}
    assert seen.hidden_reps


@pytest.mark.parametrize("reader", [MANAGER, None])
def test_a_manager_and_whoever_has_the_database_see_all_slices(room: Room, reader: object) -> None:
    seen = see_funnel(room.uow, BY_REP, AT, MANAGER if reader else None)
    assert set(seen.funnel.steps[0].slices) == {str(ROBIN.id), str(SAM.id)}
    assert seen.names[str(SAM.id)] == "Sam"
    assert not seen.hidden_reps


def test_a_team_that_opened_its_slices_shows_them_to_every_rep(room: Room) -> None:
    room.team = Team(1, 1, "Team", open_slices=True)
    assert set(see_funnel(room.uow, BY_REP, AT, ROBIN).funnel.steps[0].slices) == {str(ROBIN.id), str(SAM.id)}


def test_slices_by_source_are_the_same_for_all(room: Room) -> None:
    seen = see_funnel(room.uow, SeeFunnel(by=Dimension.SOURCE), AT, ROBIN)
    assert set(seen.funnel.steps[0].slices) == {"fair"}
    assert not seen.hidden_reps


def test_without_any_visit_the_playbooks_expectation_stands_in() -> None:
    seen = see_funnel(a_room().uow, SeeFunnel(), AT, MANAGER)
    assert seen.first_day is None
    assert seen.funnel.is_assumed
    assert [each.tally.entered for each in seen.funnel.steps] == [0, 0]


def test_enough_data_are_used_alone(room: Room) -> None:
    seen = see_funnel(room.uow, SeeFunnel(), AT, MANAGER)
    assert all(isinstance(each.found, Conversion) for each in seen.funnel.steps)
    assert not seen.funnel.is_assumed


@pytest.mark.parametrize("weeks", [0, -3, 521])
def test_a_window_that_makes_no_sense_is_refused(room: Room, weeks: int) -> None:
    with pytest.raises(Refused) as refused:
        see_funnel(room.uow, SeeFunnel(weeks=weeks), AT, MANAGER)
    assert refused.value.code is Refusal.WEEKS_OUT_OF_RANGE


@pytest.mark.parametrize("certainty", [0.0, 0.3, 1.0])
def test_a_certainty_that_makes_no_sense_is_refused(room: Room, certainty: float) -> None:
    with pytest.raises(Refused) as refused:
        see_funnel(room.uow, SeeFunnel(certainty=certainty), AT, MANAGER)
    assert refused.value.code is Refusal.CERTAINTY_OUT_OF_RANGE


def test_an_unknown_playbook_is_refused_and_the_known_ones_named(room: Room) -> None:
    with pytest.raises(Refused) as refused:
        see_funnel(room.uow, SeeFunnel(playbook="nope"), AT, MANAGER)
    assert [each.key for each in refused.value.details["playbooks"]] == ["services"]
