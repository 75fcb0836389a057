"""Two processes that tick at the same instant: each thing is planned once, and neither is in the other's way."""

from __future__ import annotations

import multiprocessing
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from multiprocessing.synchronize import Barrier
from typing import Any

from sqlalchemy import Engine

import storage
from bot.usecases.plan_deliveries import plan_deliveries
from playbooks.deliveries import Kind
from tests.builders import MONDAY, a_member, a_playbook, an_office

MEMBERS = 60
TICKERS = 2
PATIENCE = 60
"""Seconds."""
MORNINGS = [datetime.combine(MONDAY + timedelta(days=each), time(8), tzinfo=UTC) for each in range(5)]


@dataclass
class Hands:
    """The clock that all look at."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at


def tick_every_morning(url: str, together: Barrier, told: Any) -> None:
    """One ticker. Tells how many messages it planned, and what it could not plan."""
    clock = Hands(MORNINGS[0])
    units = storage.Store(storage.create_engine(url), clock)
    for clock.at in MORNINGS:
        together.wait(PATIENCE)
        planned = plan_deliveries(units, clock.at)
        told.put((planned.messages, planned.troubles))


def test_two_tickers_at_the_same_instant_plan_each_thing_once(engine: Engine) -> None:
    night = Hands(MORNINGS[0] - timedelta(hours=4))
    store = storage.Store(engine, night)
    office = an_office(store, playbook=a_playbook(stalled_after=2, decision_due_after=4))
    with store.writing(office.slack_team) as uow:
        for number in range(MEMBERS):
            a_member(uow, f"U{number:03}", f"Rep {number}")
        uow.commit()
    for number in range(MEMBERS):
        office.start(f"Prospect {number}")
    plan_deliveries(store, night.at)
    context = multiprocessing.get_context("forkserver")
    together, told = context.Barrier(TICKERS), context.Queue()
    arguments = (engine.url.render_as_string(hide_password=False), together, told)
    tickers = [context.Process(target=tick_every_morning, args=arguments) for _ in range(TICKERS)]

    for each in tickers:
        each.start()
    planned = [told.get(timeout=PATIENCE) for _ in range(TICKERS * len(MORNINGS))]
    for each in tickers:
        each.join(PATIENCE)
        assert each.exitcode == 0

    ledger = store.ledger().listed(limit=10_000)
    dailies = Counter((one.owed.member_id, one.owed.local_date) for one in ledger if one.owed.kind is Kind.DAILY)
    stalls = Counter(one.owed.journey_id for one in ledger if one.owed.kind is Kind.STALL)
    assert [troubles for _, troubles in planned if troubles] == []
    assert sum(messages for messages, _ in planned) == len(ledger)
    assert set(dailies.values()) == set(stalls.values()) == {1}
    assert len(dailies) == (MEMBERS + 2) * len(MORNINGS)
    assert len(stalls) == MEMBERS
