"""The numbers of all playbooks on one day, from the store: what the digest and a manager's Home tell."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from sqlalchemy import Engine

import storage
from bot.usecases.my_steps import look_at_my_steps
from bot.usecases.numbers_of_the_day import AHEAD, PlaybookNumbers, look_at_numbers
from playbooks.funnel.forecast import FORECAST_WEEKS, Forecast, Wins
from playbooks.numbers import Target
from tests.builders import MONDAY, Office, a_playbook, advanced, an_office, lost, noon
from tests.integration.test_cost import statements

WEEK = timedelta(weeks=1)
BEFORE = MONDAY - 2 * WEEK


@pytest.fixture
def selling(store: storage.Store) -> Office:
    """Two reps; of each one's prospects some went on, some were lost, one is open still."""
    office = an_office(store, playbook=a_playbook(steps=2))
    for owner in (office.rep, office.colleague):
        sells(office, owner.id)
    return office


def sells(office: Office, owner: int, times: int = 1, batch: str = "first") -> None:
    for number in range(times):
        for outcome in ("won", "went on", "lost", "lost", "open"):
            tracked = office.start(f"{batch} {owner} {number} {outcome}", owner=owner, on=BEFORE)
            if outcome in ("won", "went on"):
                then = BEFORE + timedelta(days=1)
                office.save(
                    tracked, advanced(tracked.journey, on=then, times=2 if outcome == "won" else 1, by=owner)
                )
            elif outcome == "lost":
                office.save(tracked, lost(tracked.journey, on=BEFORE + timedelta(days=2)))


def numbers_of(office: Office) -> tuple[PlaybookNumbers, ...]:
    with office.units.reading(office.slack_team) as uow:
        return look_at_numbers(uow, noon(MONDAY))


def test_a_playbook_that_nobody_uses_is_left_out(selling: Office) -> None:
    with selling.units.writing(selling.slack_team) as uow:
        uow.playbooks.publish("schema: 1", a_playbook("renewal"), at=noon(MONDAY), by=None)
        uow.commit()
    assert [each.playbook.key for each in numbers_of(selling)] == ["services"]


def test_nobody_in_any_playbook_is_no_numbers(office: Office) -> None:
    assert numbers_of(office) == ()


def test_intake_is_told_only_against_a_target(selling: Office) -> None:
    sells(selling, selling.rep.id, times=10, batch="more")
    assert numbers_of(selling)[0].intake is None
    with selling.units.writing(selling.slack_team) as uow:
        uow.targets.set("services", Target(1, 0.8, noon(MONDAY), selling.rep.id))
        uow.commit()
    selling.start("This week", on=MONDAY - timedelta(days=1))
    intake = numbers_of(selling)[0].intake
    assert intake is not None
    assert intake.came == 1
    assert intake.needed is not None
    assert intake.needed > 1


def test_the_last_forecast_whose_time_is_over_is_told(selling: Office) -> None:
    made_on = MONDAY - AHEAD * WEEK
    first = MONDAY - 20 * WEEK
    long_ago = selling.start("Long ago", on=first)
    selling.save(long_ago, lost(long_ago.journey, on=first))
    said = Wins(np.array([0.1, 0.2, 0.4, 0.2, 0.1]))
    with selling.units.writing(selling.slack_team) as uow:
        for day in (made_on, made_on + WEEK):
            uow.forecasts.keep("services", day, [Forecast(weeks, said, said) for weeks in FORECAST_WEEKS])
        uow.commit()
    last = numbers_of(selling)[0].last
    assert last is not None
    assert (last.made_on, last.weeks, last.outcome, last.inside) == (made_on, AHEAD, 2, True)


def test_what_is_read_does_not_grow_with_the_prospects(selling: Office, engine: Engine) -> None:
    sent = []
    for more in (10, 20):
        sells(selling, selling.rep.id, times=more, batch=f"{more} more")
        with statements(engine) as read:
            numbers_of(selling)
        sent.append(len(read))
    assert sent[1] <= sent[0]
    assert len([said for said, _ in read if "visit_count" in said]) <= 8


def test_a_rep_is_set_beside_the_team_with_enough_prospects_of_their_own(selling: Office) -> None:
    sells(selling, selling.rep.id, times=3, batch="more")
    sells(selling, selling.colleague.id, times=5, batch="more")
    with selling.units.reading(selling.slack_team) as uow:
        mine = look_at_my_steps(uow, noon(MONDAY), selling.rep.id)
        nobody = look_at_my_steps(uow, noon(MONDAY), selling.rep.id + 1_000)
    assert [step.number for step in mine[0].steps] == [1]
    assert 0 < mine[0].steps[0].mine.low < mine[0].steps[0].mine.high < 1
    assert nobody == ()
