"""A workspace with as many prospects as a bench asks for, each with a real history.

A thousand lives at most are lived through the rules, and kept by the store's own repositories. More prospects
than that are copies: of every row of a life under other ids, and under a name of their own.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, insert, literal, select, update
from sqlalchemy.orm import aliased

from bot import playbook_files
from bot.usecases.members import Profile, meet_member
from playbooks import journey as rules
from playbooks import next_action
from playbooks.calendar import Calendar
from playbooks.events import Event
from playbooks.history import Journey, record
from playbooks.model import Playbook
from playbooks.names import name_key
from playbooks.prospect import Person
from storage import Store
from storage.engine import WRITING
from storage.rows import EventRow, JourneyRow, PersonRow, ProspectRow, Row, VisitCountRow

ZONE = "Europe/Amsterdam"
PLAYBOOK = "b2b-saas"
_MOST_LIVES = 1_000
_SOURCES = ("fair", "website", "referral", "partner", None)
_DAYS_BACK = 75
_SYLLABLES = ("ba", "del", "fin", "gor", "hal", "kem", "lun", "mar", "nov", "per", "ros", "tel", "vir", "zon")
_TRADES = ("Logistics", "Software", "Advies", "Foods", "Energy", "Bouw", "Media", "Care")


@dataclass(frozen=True, slots=True)
class Team:
    """The workspace that is asked about: its Slack id, and the Slack ids of its members."""

    slack_id: str
    users: Sequence[str]


def load(engine: Engine, team: Team, prospects: int, at: datetime, *, seed: int = 1) -> None:
    """Fills a migrated, empty database. `at` (aware) is now: every history ends before its day.

    Raises ValueError for more than a thousand prospects that are not whole thousands.
    """
    if prospects > _MOST_LIVES and prospects % _MOST_LIVES:
        raise ValueError(f"{prospects} prospects: above {_MOST_LIVES} only whole multiples of it")
    dice = random.Random(seed)
    store = Store(engine)
    owners = [_meet(store, team, user, at) for user in team.users]
    lives = min(prospects, _MOST_LIVES)
    today = Calendar(ZONE).today(at)
    with store.writing(team.slack_id) as uow:
        published = uow.playbooks.current()[0].id
        book = uow.playbooks.get(published)
        for number, name in enumerate(itertools.islice(names(), lives)):
            owner = owners[number % len(owners)]
            calendar = uow.members.calendar(owner)
            people = (Person(f"Kim {name.split()[0]}", role="Director", phone="+31201234567", decides=True),)
            prospect = uow.prospects.add(name, source=dice.choice(_SOURCES), value=5_000, people=people)
            uow.journeys.start(prospect, published, _life(dice, book, owner, calendar, today), calendar)
        uow.commit()
    with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        _multiply(connection, lives, prospects)


def names() -> Iterator[str]:
    """Different names, as companies have: `Badel Logistics`, `Badelfin Care`..."""
    for length in itertools.count(2):
        for syllables in itertools.product(_SYLLABLES, repeat=length):
            for trade in _TRADES:
                yield f"{''.join(syllables).capitalize()} {trade}"


def _meet(store: Store, team: Team, user: str, at: datetime) -> int:
    profile = Profile(slack_id=user, name=user.title(), locale="en-GB", zone=ZONE)
    starters = playbook_files.starters(PLAYBOOK)
    return meet_member(profile, team.slack_id, "Bench", units=store, starters=starters, at=at).id


def _life(dice: random.Random, book: Playbook, owner: int, calendar: Calendar, today: date) -> Journey:
    """What became of one prospect until yesterday."""
    on = calendar.add(today - timedelta(days=dice.randint(3, _DAYS_BACK)), 0)
    first = next_action.on_entering(book.step(1), calendar, on)
    journey = _told(Journey(book), rules.start(owner=owner, next_action=first, on=on), on, owner)
    while journey.is_open and (on := calendar.add(on, dice.randint(2, 9))) < today:
        journey = _told(journey, _happening(dice, journey, calendar, on), on, owner)
    return journey


def _told(journey: Journey, events: Sequence[Event], on: date, by: int) -> Journey:
    return record(journey, events, at=datetime.combine(on, time(12), tzinfo=UTC), on=on, by=by)


def _happening(dice: random.Random, journey: Journey, calendar: Calendar, on: date) -> Sequence[Event]:
    chance = dice.random()
    if chance < 0.05:
        return rules.lose(journey, reason=dice.choice(journey.playbook.lost_reasons[:2]).key)
    if chance < 0.25:
        return advance(journey, calendar, on)
    outcome = dice.choice(journey.playbook.outcomes)
    proposed = next_action.after_contact(journey, outcome, calendar, on)
    return rules.log(journey, outcome=outcome.key, next_action=proposed, on=on, minutes=dice.choice((None, 5, 20)))


def advance(journey: Journey, calendar: Calendar, on: date) -> tuple[Event, ...]:
    """One step on, with all the evidence of the step and the playbook's next action."""
    following = journey.next_step
    return rules.advance(
        journey,
        decided=[frozenset(evidence.key for evidence in journey.step.evidence)],
        next_action=next_action.on_entering(following, calendar, on) if following else None,
        on=on,
    )


def _multiply(connection: Connection, lives: int, prospects: int) -> None:
    if connection.dialect.name == "postgresql":
        # A trigger for each of a million events takes minutes, and these are copies of events that passed it.
        # SQLite's are quick enough to stay.
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
    unused = itertools.islice(names(), lives, prospects)
    originals = connection.execute(select(ProspectRow.__table__).order_by(ProspectRow.id)).mappings().all()
    for copy in range(1, prospects // lives):
        shift = copy * lives
        renamed = [
            {**row, "id": row["id"] + shift, "name": name, "key": name_key(name)}
            for row, name in zip(originals, unused, strict=False)
        ]
        connection.execute(insert(ProspectRow), renamed)
        _copy(connection, PersonRow, ("id", "prospect_id"), shift, lives)
        _copy(connection, JourneyRow, ("id", "prospect_id"), shift, lives, step=1)
        _copy(connection, EventRow, ("journey_id",), shift, lives)
    if prospects > lives:
        connection.execute(_STEP_AS_LIVED, {"lives": lives})
        connection.execute(_COUNTED_AS_OFTEN, {"times": prospects // lives})


_LIVED = aliased(JourneyRow)
_STEP_AS_LIVED = (
    update(JourneyRow)
    .where(JourneyRow.id > bindparam("lives"), _LIVED.id == (JourneyRow.id - 1) % bindparam("lives") + 1)
    .values(step=_LIVED.step)
)
"""A journey begins at step 1, also for the database: a copy moves on once its events are in."""


_COUNTED_AS_OFTEN = update(VisitCountRow).values(count=VisitCountRow.count * bindparam("times"))
"""A copy visits the same steps on the same days."""


def _copy(
    connection: Connection, kind: type[Row], ids: tuple[str, ...], shift: int, lives: int, **instead: Any
) -> None:
    """Once more the rows of the first `lives`, with these ids shifted and these columns given."""
    table = Row.metadata.tables[kind.__tablename__]
    order = list(table.primary_key)
    columns = [
        column + shift if column.key in ids else literal(instead[column.key]) if column.key in instead else column
        for column in table.c
    ]
    rows = select(*columns).where(table.c[ids[0]] <= lives).order_by(*order)
    connection.execute(insert(table).from_select(list(table.c), rows))
