"""What steps are worth, from the store: the team's own numbers, else what the playbook expects."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine

import storage
from bot.content import Contents
from bot.usecases.weigh_steps import StepWorths
from playbooks.deliveries import Kind, Owed
from playbooks.model import Expectation, Playbook
from playbooks.urgency import NO_WORTHS
from tests.builders import MONDAY, Office, a_playbook, advanced, an_office, lost, noon
from tests.integration.test_cost import statements

DAY = timedelta(days=1)
TUESDAY = MONDAY + DAY


def expecting(*shares: float) -> Playbook:
    book = a_playbook(steps=len(shares))
    steps = [
        step.model_copy(update={"expects": Expectation(conversion=share, days=5)})
        for step, share in zip(book.steps, shares, strict=True)
    ]
    return book.model_copy(update={"steps": tuple(steps)})


@pytest.fixture
def hopeful(store: storage.Store) -> Office:
    """A team without history whose playbook expects most decisions to fail in step 2."""
    return an_office(store, playbook=expecting(50, 20, 60))


def test_a_team_without_history_goes_by_what_its_playbook_expects(hopeful: Office) -> None:
    with hopeful.units.reading(hopeful.slack_team) as uow:
        worths = StepWorths()(uow, noon(MONDAY))
    first, second, third = worths[hopeful.playbook.key]
    assert second > third
    assert second > first


def test_without_data_and_expectations_nothing_is_worth_more_or_less(office: Office) -> None:
    with office.units.reading(office.slack_team) as uow:
        assert StepWorths()(uow, noon(MONDAY)) == NO_WORTHS


def test_the_teams_own_numbers_take_the_place_of_expectations(hopeful: Office) -> None:
    for number in range(24):
        tracked = hopeful.start(f"Prospect {number}")
        hopeful.save(tracked, advanced(tracked.journey) if number % 8 else lost(tracked.journey))
    with hopeful.units.reading(hopeful.slack_team) as uow:
        before, after = (StepWorths()(uow, noon(day))[hopeful.playbook.key][0] for day in (MONDAY, TUESDAY))
    assert after < before  # seven of eight go on: little is left to win there


def test_worths_are_read_once_a_day_however_many_members_ask(hopeful: Office, engine: Engine) -> None:
    worths = StepWorths()
    with statements(engine) as sent:
        for _ in range(3):
            with hopeful.units.reading(hopeful.slack_team) as uow:
                worths(uow, noon(MONDAY))
        once = len([said for said, _ in sent if "visit_count" in said])
        with hopeful.units.reading(hopeful.slack_team) as uow:
            worths(uow, noon(TUESDAY))
    assert len([said for said, _ in sent if "visit_count" in said]) == 2 * once


def test_a_version_that_is_published_weighs_anew(hopeful: Office) -> None:
    worths = StepWorths()
    with hopeful.units.writing(hopeful.slack_team) as uow:
        before = worths(uow, noon(MONDAY))
        uow.playbooks.publish("schema: 1", expecting(90, 90, 10), at=noon(MONDAY), by=None)
        uow.commit()
    with hopeful.units.writing(hopeful.slack_team) as uow:
        assert worths(uow, noon(MONDAY)) != before


def test_the_daily_message_begins_with_what_is_worth_most(hopeful: Office, store: storage.Store) -> None:
    late = hopeful.start("Late step")
    hopeful.save(late, advanced(late.journey, times=2))
    middle = hopeful.start("Middle step")
    hopeful.save(middle, advanced(middle.journey))
    hopeful.start("First step")
    rep = hopeful.rep
    owed = Owed("daily:1", Kind.DAILY, rep.slack_id, noon(TUESDAY), member_id=rep.id, local_date=TUESDAY)
    with store.writing(hopeful.slack_team) as uow:
        uow.deliveries.plan([owed])
        uow.commit()
    delivery = next(iter(store.ledger().listed()))
    with store.reading(hopeful.slack_team) as uow:
        post = Contents()(delivery, uow, noon(TUESDAY))
    assert post is not None
    assert post.text.endswith("Middle step, Late step, First step")
