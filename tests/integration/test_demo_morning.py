"""What comes by itself on the first morning of the demo."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine

import storage
from bot.demo.colleague import meets_prospects
from bot.demo.team import settle
from bot.demo.workspace import ONE_CONTACT_LEFT, SALES_CHANNEL_ID, WORKSPACE_ID
from bot.seed import SeedOptions, seed_workspace
from bot.usecases.plan_deliveries import plan_deliveries
from playbooks.deliveries import Delivery, Kind

MORNING = datetime(2026, 3, 16, 8, 30, tzinfo=UTC)
SOON = MORNING + timedelta(seconds=20)


def planned(store: storage.Store) -> list[Delivery]:
    return list(store.ledger().listed(limit=100))


def test_the_first_morning_has_the_day_the_week_and_later_a_stall_of_its_own(sqlite_engine: Engine) -> None:
    store = storage.Store(sqlite_engine, lambda: SOON)
    seed_workspace(store, SeedOptions(), MORNING)
    settle(store, MORNING)
    assert planned(store) == []

    plan_deliveries(store, MORNING)
    meets_prospects(store, SOON)
    meets_prospects(store, SOON)  # as at a second start: it happens once

    owed = [delivery.owed for delivery in planned(store)]
    emma = [each for each in owed if each.recipient == "U0EMMA"]
    assert {Kind.DAILY, Kind.STALL, Kind.DECISION} == {each.kind for each in emma}
    assert [each.recipient for each in owed if each.kind is Kind.DIGEST] == [SALES_CHANNEL_ID]
    with store.reading(WORKSPACE_ID) as uow:
        alone = [each for each in owed if each.kind is Kind.STALL and not each.with_daily]
        names = {uow.journeys.get(each.journey_id or 0).prospect.name for each in alone}
    assert names == set(ONE_CONTACT_LEFT.values())
    assert Counter(each.recipient for each in alone) == {"U0EMMA": 1, "U0SANNE": 1}
