"""The histogram of visits in the database is what the events say, after every commit, for every day."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine

import storage
from playbooks import journey as rules
from playbooks.events import Event
from playbooks.funnel.forecast import weekly_entries
from playbooks.funnel.histogram import Dimension, Histogram, Known
from playbooks.funnel.visits import Exit, Visit, visits_of
from playbooks.history import Journey, record
from playbooks.model import Playbook
from playbooks.ports import Tracked
from playbooks.refusal import Refused
from tests.builders import (
    MONDAY,
    WEEK,
    ZONE,
    Office,
    an_action,
    noon,
)

DAY = timedelta(days=1)


@dataclass(slots=True)
class Walk:
    """What a team does over some weeks, at random, each act with a commit of its own."""

    office: Office
    dice: random.Random
    now: datetime = field(default_factory=lambda: noon(MONDAY))
    tracked: dict[int, Tracked] = field(default_factory=dict)
    books: list[int] = field(default_factory=list)

    @property
    def today(self) -> date:
        return self.now.astimezone(ZoneInfo(ZONE)).date()

    def act(self) -> None:
        # By hours, through midnight here and midnight in London alike.
        self.now += timedelta(hours=self.dice.choice((0, 1, 5, 13, 30)))
        open_ones = [tracked for tracked in self.tracked.values() if tracked.journey.is_open]
        if not open_ones or self.dice.random() < 0.3:
            self.start(self.dice.choice((None, "fair", "website")))
        else:
            self.change(self.dice.choice(list(self.tracked.values())))

    def start(self, source: str | None) -> None:
        owner = self.dice.choice((self.office.rep.id, self.office.colleague.id))
        # What is imported was known when it happened, however long ago.
        imported = self.dice.random() < 0.3
        at = self.now - timedelta(days=self.dice.randint(0, 40)) if imported else self.now
        on = at.astimezone(ZoneInfo(ZONE)).date()
        events = rules.start(
            owner=owner,
            source=source,
            on=on,
            next_action=an_action(on + DAY),
            returned=self.dice.random() < 0.2,
        )
        playbook_id = self.dice.choice(self.books)
        with self.office.units.writing(self.office.slack_team) as uow:
            book = uow.playbooks.get(playbook_id)
            journey = record(Journey(book), events, at=at, on=on, by=owner, imported=imported)
            prospect = uow.prospects.add(f"P{len(self.tracked)}", source=source, value=None, people=())
            tracked = uow.journeys.start(prospect, playbook_id, journey, uow.members.calendar(owner))
            uow.commit()
        self.tracked[tracked.id] = tracked

    def change(self, tracked: Tracked) -> None:
        journey = tracked.journey
        try:
            events = self.dice.choice(
                (*[self.advance] * 4, *[self.touch] * 3, self.lose, self.later, self.hand_over, self.undo)
            )(journey)
        except Refused:
            return
        by, at = journey.owner, max(self.now, journey.history[-1].known_at)
        changed = record(journey, events, at=at, on=at.astimezone(ZoneInfo(ZONE)).date(), by=by)
        self.tracked[tracked.id] = self.office.save(tracked, changed)

    def advance(self, journey: Journey) -> Sequence[Event]:
        needed = [frozenset({f"need{journey.step_number}"})]
        return rules.advance(journey, decided=needed, next_action=an_action(self.today + DAY), on=self.today)

    def touch(self, journey: Journey) -> Sequence[Event]:
        variant = self.dice.choice((None, "A"))
        return rules.log(
            journey, outcome="talked", next_action=an_action(self.today + DAY), on=self.today, variant=variant
        )

    def lose(self, journey: Journey) -> Sequence[Event]:
        return rules.lose(journey, reason="price")

    def later(self, journey: Journey) -> Sequence[Event]:
        return rules.not_now(journey, returns_on=self.today + 30 * DAY, on=self.today)

    def hand_over(self, journey: Journey) -> Sequence[Event]:
        owners = {self.office.rep.id, self.office.colleague.id} - {journey.owner}
        return rules.assign(journey, owner=owners.pop())

    def undo(self, journey: Journey) -> Sequence[Event]:
        return rules.undo(journey, by=journey.owner, leads=True, on=self.today, calendar=WEEK)

    def histogram(self) -> Histogram:
        """Everything counted anew."""
        return Histogram.of(visit for tracked in self.tracked.values() for visit in self.visits(tracked))

    def visits(self, tracked: Tracked) -> Sequence[Visit]:
        with self.office.units.reading(self.office.slack_team) as uow:
            steps = uow.visits.steps(tracked.playbook_id)
        return visits_of(tracked.journey.history, zone=ZoneInfo(ZONE), identity=lambda number: steps[number - 1])

    def steps(self) -> list[int]:
        with self.office.units.reading(self.office.slack_team) as uow:
            return sorted({step for book in self.books for step in uow.visits.steps(book)})


@pytest.fixture(params=range(3))
def walk(office: Office, request: pytest.FixtureRequest) -> Walk:
    """Two versions of the playbook, which share the steps 1 and 3."""
    changed = with_other_words(office.playbook, 2)
    with office.units.writing(office.slack_team) as uow:
        newer = uow.playbooks.publish("", changed, at=noon(MONDAY), by=None)
        uow.commit()
    return Walk(office, random.Random(request.param), books=[office.playbook_id, newer.id])


def with_other_words(book: Playbook, number: int) -> Playbook:
    steps = list(book.steps)
    steps[number - 1] = steps[number - 1].model_copy(update={"decision": "Something else"})
    return book.model_copy(update={"steps": tuple(steps)})


def counted(known: Known, *, since: date | None = None, by: Dimension | None = None) -> Counter[Any]:
    """The cells without what is summed away, as plain numbers."""
    cells: Counter[Any] = Counter()
    for name, part in (known.by(by) if by else {"": known}).items():
        left = part.entered + part.age
        wanted = (part.exit == Exit.UNDECIDED) | (left >= (since.toordinal() if since else 0))
        columns = (part.step, part.entered, part.age, part.exit, part.inferred, part.count)
        for *cell, count in zip(*(column[wanted].tolist() for column in columns), strict=True):
            cells[name, *cell] += count
    return cells


def test_after_every_commit_it_is_what_counting_everything_anew_gives(walk: Walk, engine: Engine) -> None:
    for _ in range(40):
        walk.act()
        assert storage.verify(engine) == []
    assert len(walk.histogram().count) > 12


def test_every_day_is_seen_as_the_engine_sees_it(walk: Walk) -> None:
    for _ in range(60):
        walk.act()
    whole, steps = walk.histogram(), walk.steps()
    with walk.office.units.reading(walk.office.slack_team) as uow:
        for days in range(-40, (walk.today - MONDAY).days + 3, 3):
            day = MONDAY + days * DAY
            expected = whole.as_of(day)
            assert counted(uow.visits.known(steps, day)) == counted(expected)
            assert uow.visits.entries(steps[0], day, 4).tolist() == weekly_entries(expected, steps[0], 4).tolist()
            for since in (day - 3 * DAY, day - 14 * DAY):
                found = uow.visits.known(steps, day, since=since)
                assert counted(found) == counted(expected, since=since)
                for by in Dimension:
                    sliced = uow.visits.known(steps, day, since=since, by=by)
                    assert counted(sliced, by=by) == counted(expected, since=since, by=by)


def test_a_read_of_one_step_gives_that_step_alone(walk: Walk) -> None:
    for _ in range(30):
        walk.act()
    expected = walk.histogram().as_of(walk.today + DAY)
    with walk.office.units.reading(walk.office.slack_team) as uow:
        for step in walk.steps():
            assert counted(uow.visits.known([step], walk.today + DAY)) == counted(
                expected.only(expected.step == step)
            )


def test_counting_anew_mends_whatever_was_wrong(walk: Walk, engine: Engine) -> None:
    for _ in range(25):
        walk.act()
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE visit_count SET count = count + 2 WHERE exit <> 0")
        connection.exec_driver_sql("DELETE FROM visit_count WHERE exit = 0")
    wrong = storage.verify(engine)

    assert wrong
    assert storage.recount(engine) == len(wrong)
    assert storage.verify(engine) == []
    assert storage.recount(engine) == 0
