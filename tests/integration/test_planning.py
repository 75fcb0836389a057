"""What is owed by now, planned on both databases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import Engine, update

import storage
from bot.usecases.plan_deliveries import Planned, plan_deliveries
from playbooks.attempts import after_attempt
from playbooks.calendar import DaysOff
from playbooks.deliveries import USUAL, Delivery, Kind, Sent, State, Uncertain
from playbooks.history import Status
from playbooks.ports import Tracked
from playbooks.team import Rhythm
from storage.rows import MemberRow
from tests.builders import MONDAY, Office, a_member, a_playbook, an_office, told

AMSTERDAM_DAILY = time(7, 30)
"""08:30 there, in March before the clocks change, as UTC."""


def morning(day: date, at: time = AMSTERDAM_DAILY) -> datetime:
    return datetime.combine(day, at, tzinfo=UTC)


def day(number: int) -> date:
    """Days after the first Monday."""
    return MONDAY + timedelta(days=number)


class Clock:
    def __init__(self) -> None:
        self.at = morning(MONDAY) - timedelta(hours=2)

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(engine: Engine, clock: Clock) -> storage.Store:
    return storage.Store(engine, clock)


class Desk:
    """Ticks and deliveries at chosen instants, Slack being well."""

    def __init__(self, office: Office, clock: Clock) -> None:
        self.office = office
        self._clock = clock

    def tick(self, at: datetime, *, dry_run: bool = False) -> Planned:
        self._clock.at = at
        planned = plan_deliveries(self.office.units, at, dry_run=dry_run)
        assert planned.troubles == ()
        return planned

    def send_all(self) -> list[str]:
        """Everything that is due arrives; gives its keys."""
        ledger, sent = self.office.units.ledger(), []
        ledger.reconcile(USUAL)
        for due in ledger.due(100):
            claimed = ledger.claim(due.id, "one", USUAL)
            assert claimed is not None
            ledger.record(claimed, after_attempt(claimed, Sent("D1", f"{due.id}.0"), self._clock.at, 0.5))
            sent.append(due.owed.key)
        return sent

    def live_until(self, end: datetime) -> None:
        """Ticks at night, in the morning and in the afternoon of every day, sending what is due."""
        moments = (
            morning(day(number), at) for number in range(100) for at in (time(0, 30), time(7, 30), time(15))
        )
        for moment in (each for each in moments if self._clock.at < each <= end):
            self.tick(moment)
            self.send_all()

    def all(self, kind: Kind | None = None) -> Sequence[Delivery]:
        found = reversed(self.office.units.ledger().listed(limit=1000))
        return [one for one in found if kind in (None, one.owed.kind)]


@pytest.fixture
def desk(store: storage.Store, clock: Clock) -> Desk:
    """Robin and Sam, planned for: their first daily messages come on Monday at 08:30 in Amsterdam."""
    found = Desk(an_office(store, playbook=a_playbook(stalled_after=2, decision_due_after=4)), clock)
    found.tick(clock.at)
    return found


def test_a_working_day_has_one_daily_message_each(desk: Desk) -> None:
    assert desk.tick(morning(MONDAY) - timedelta(seconds=1)).plans == ()

    planned = desk.tick(morning(MONDAY))

    assert {plan.owed.recipient for plan in planned.plans} == {"U1REP", "U2COL"}
    assert all(plan.owed.kind is Kind.DAILY for plan in planned.plans)
    assert "08:30 in Europe/Amsterdam" in planned.plans[0].why
    assert desk.tick(morning(MONDAY)).plans == ()


def test_a_tick_that_runs_again_later_that_day_plans_nothing_more(desk: Desk) -> None:
    desk.tick(morning(MONDAY))

    assert desk.tick(morning(MONDAY) + timedelta(hours=5)).plans == ()
    assert len(desk.tick(morning(day(1))).plans) == 2


def test_a_machine_that_was_down_speaks_late_the_same_day_and_never_of_yesterday(desk: Desk) -> None:
    late = desk.tick(morning(day(2)) + timedelta(hours=6))

    assert {plan.owed.local_date for plan in late.plans} == {day(2)}
    assert {plan.owed.expires_at for plan in late.plans} == {datetime(2026, 3, 4, 23, tzinfo=UTC)}


def test_nobody_hears_from_us_at_the_weekend_after_a_week_of_outage(desk: Desk) -> None:
    assert desk.tick(morning(day(5)) + timedelta(hours=6)).plans == ()
    assert len(desk.tick(morning(day(7))).plans) == 2


def test_a_dry_run_says_what_it_would_plan_and_keeps_nothing(desk: Desk) -> None:
    would = desk.tick(morning(MONDAY), dry_run=True)

    assert len(would.plans) == 2
    assert desk.all() == []
    assert desk.tick(morning(MONDAY)).plans == would.plans


def test_days_off_pauses_and_holidays_bring_no_message(desk: Desk) -> None:
    with desk.office.units.writing(desk.office.slack_team) as uow:
        uow.members.set_days_off(desk.office.rep.id, [DaysOff(MONDAY, day(2))])
        uow.members.set_rhythm(desk.office.colleague.id, Rhythm(country="NL", paused_until=day(1)))
        uow.commit()
    heard = {}
    for number in range(40):
        heard[day(number)] = {plan.owed.recipient for plan in desk.tick(morning(day(number))).plans}

    assert heard[MONDAY] == heard[day(1)] == set()
    assert heard[day(2)] == {"U2COL"}
    assert heard[day(3)] == {"U1REP", "U2COL"}
    easter_monday = date(2026, 4, 6)
    assert heard[easter_monday] == {"U1REP"}


def test_a_member_who_travels_gets_no_second_message_that_day(desk: Desk) -> None:
    desk.tick(morning(MONDAY))
    with desk.office.units.writing(desk.office.slack_team) as uow:
        uow.members.update(replace(desk.office.rep, zone="America/Los_Angeles"))
        uow.commit()

    on_the_plane = desk.tick(morning(MONDAY) + timedelta(hours=1))
    at_half_past_eight_there = desk.tick(datetime(2026, 3, 2, 16, 30, tzinfo=UTC))
    next_day = desk.tick(datetime(2026, 3, 3, 16, 30, tzinfo=UTC))

    assert on_the_plane.plans == at_half_past_eight_there.plans == ()
    assert "U1REP" in {plan.owed.recipient for plan in next_day.plans}


def test_a_member_who_travels_east_past_the_hour_still_gets_todays(desk: Desk) -> None:
    with desk.office.units.writing(desk.office.slack_team) as uow:
        uow.members.update(replace(desk.office.rep, zone="Asia/Tokyo"))
        uow.commit()

    planned = desk.tick(morning(MONDAY) - timedelta(hours=1))

    assert {plan.owed.recipient for plan in planned.plans} == {"U1REP"}


def test_who_left_is_not_written_to(desk: Desk) -> None:
    with desk.office.units.writing(desk.office.slack_team) as uow:
        uow.members.update(replace(desk.office.rep, active=False))
        uow.commit()

    assert {plan.owed.recipient for plan in desk.tick(morning(MONDAY)).plans} == {"U2COL"}


def test_who_never_comes_back_stops_nobody_else(desk: Desk) -> None:
    with desk.office.units.writing(desk.office.slack_team) as uow:
        uow.members.set_days_off(desk.office.rep.id, [DaysOff(MONDAY, date(2090, 1, 1))])
        uow.commit()

    assert {plan.owed.recipient for plan in desk.tick(morning(MONDAY)).plans} == {"U2COL"}


def test_a_member_in_a_zone_that_this_machine_does_not_know_stops_nobody_else(desk: Desk, engine: Engine) -> None:
    with engine.begin() as connection:
        robin = update(MemberRow).where(MemberRow.id == desk.office.rep.id)
        connection.execute(robin.values(zone="Mars/Olympus"))

    planned = plan_deliveries(desk.office.units, morning(MONDAY))

    assert [plan.owed.recipient for plan in planned.plans] == ["U2COL"]
    (trouble,) = planned.troubles
    assert desk.office.rep.name in trouble.what
    assert desk.tick(morning(MONDAY) + timedelta(minutes=1)).plans == ()


def test_a_stall_is_told_once_as_a_section_of_the_days_message(desk: Desk) -> None:
    desk.office.start("Acme")
    desk.live_until(morning(day(4)))

    (stall,) = desk.all(Kind.STALL)

    assert stall.owed.carrier == f"daily:{desk.office.rep.id}:{day(2)}"
    assert (stall.state, stall.owed.local_date) == (State.SENT, day(2))


def test_a_section_waits_for_the_next_day_when_its_daily_did_not_arrive(desk: Desk) -> None:
    desk.office.start("Acme")
    desk.tick(morning(day(2)))

    desk.tick(morning(day(3)))

    (stall,) = desk.all(Kind.STALL)
    assert stall.owed.carrier == f"daily:{desk.office.rep.id}:{day(3)}"


def test_sections_stay_with_a_message_that_may_have_arrived(desk: Desk) -> None:
    desk.office.start("Acme")
    desk.tick(morning(day(2)))
    ledger = desk.office.units.ledger()
    for due in ledger.due(10):
        claimed = ledger.claim(due.id, "one", USUAL)
        assert claimed is not None
        ledger.record(claimed, after_attempt(claimed, Uncertain("timeout"), morning(day(2)), 0.5))

    desk.tick(morning(day(3)))

    (stall,) = desk.all(Kind.STALL)
    assert stall.owed.carrier == f"daily:{desk.office.rep.id}:{day(2)}"


def test_a_prospect_on_not_now_returns_once_on_its_date(desk: Desk) -> None:
    from playbooks import journey as rules

    tracked = desk.office.start("Acme")
    postponed = told(tracked.journey, rules.not_now(tracked.journey, returns_on=day(3), on=MONDAY))
    desk.office.save(tracked, postponed)
    desk.live_until(morning(day(4)) + timedelta(hours=1))

    (returning,) = desk.all(Kind.RETURNING)

    assert (returning.owed.local_date, returning.owed.journey_id) == (day(3), tracked.id)


# A decision that nobody takes.


def kinds_by_day(desk: Desk, tracked: Tracked) -> list[tuple[Kind, date | None, str]]:
    return [
        (one.owed.kind, one.owed.local_date, one.owed.recipient)
        for one in desk.all()
        if one.owed.journey_id == tracked.id and one.owed.kind is not Kind.STALL
    ]


def test_a_question_nobody_answers_goes_to_the_manager_is_announced_and_closes(desk: Desk) -> None:
    with desk.office.units.writing(desk.office.slack_team) as uow:
        boss = a_member(uow, "U3BOSS", "Bo")
        uow.update_team(replace(uow.team, manager_id=boss.id))
        uow.commit()
    tracked = desk.office.start("Acme")

    desk.live_until(morning(day(20)))

    assert kinds_by_day(desk, tracked) == [
        (Kind.DECISION, day(4), "U1REP"),  # Friday
        (Kind.ESCALATION, day(8), "U3BOSS"),  # two working days later: Tuesday
        (Kind.CLOSING, day(10), "U1REP"),  # a working day ahead: Thursday
        (Kind.CLOSED, day(11), "U1REP"),  # five working days after the question
    ]
    assert all(one.state is State.SENT for one in desk.all())
    assert closed(desk, tracked).journey.status is Status.NO_DECISION


def closed(desk: Desk, tracked: Tracked) -> Tracked:
    with desk.office.units.reading(desk.office.slack_team) as uow:
        return uow.journeys.get(tracked.id)


def test_an_outage_closes_nothing(desk: Desk) -> None:
    tracked = desk.office.start("Acme")
    desk.live_until(morning(day(5)))

    desk.tick(morning(day(60)))
    desk.tick(morning(day(60)) + timedelta(hours=1))

    assert closed(desk, tracked).journey.is_open
    assert [kind for kind, *_ in kinds_by_day(desk, tracked)] == [Kind.DECISION, Kind.ESCALATION]


def test_nothing_follows_while_the_question_has_not_arrived(desk: Desk) -> None:
    tracked = desk.office.start("Acme")
    for number in range(30):
        desk.tick(morning(day(number)))

    assert closed(desk, tracked).journey.is_open
    assert [kind for kind, *_ in kinds_by_day(desk, tracked)] == [Kind.DECISION]


def test_an_answer_ends_the_chain(desk: Desk) -> None:
    from playbooks import journey as rules

    tracked = desk.office.start("Acme")
    desk.live_until(morning(day(5)))
    journey = closed(desk, tracked).journey
    forced = rules.force_decision(journey, due_on=day(9), on=day(7), what="Decide")
    desk.office.save(closed(desk, tracked), told(journey, forced, on=day(7)))

    desk.live_until(morning(day(9)) + timedelta(hours=1))

    assert [(kind, on) for kind, on, _ in kinds_by_day(desk, tracked)] == [
        (Kind.DECISION, day(4)),
        (Kind.DECISION, day(9)),
    ]


# The digest.


def with_channel(desk: Desk) -> None:
    with desk.office.units.writing(desk.office.slack_team) as uow:
        uow.update_team(replace(uow.team, channel="C1SALES"))
        uow.commit()


def test_a_team_without_a_channel_has_no_digest_and_one_with_has_one_a_week(desk: Desk) -> None:
    desk.live_until(morning(day(1)))
    assert desk.all(Kind.DIGEST) == []
    with_channel(desk)

    desk.live_until(morning(day(15)))

    assert [(one.owed.recipient, one.owed.local_date) for one in desk.all(Kind.DIGEST)] == [
        ("C1SALES", MONDAY),
        ("C1SALES", day(7)),
        ("C1SALES", day(14)),
    ]


def test_a_digest_goes_out_up_to_two_working_days_late(desk: Desk) -> None:
    with_channel(desk)
    late = desk.tick(morning(day(2)) + timedelta(hours=10))
    assert [plan.owed.kind for plan in late.plans].count(Kind.DIGEST) == 1

    too_late = desk.tick(morning(day(10)))

    assert Kind.DIGEST not in [plan.owed.kind for plan in too_late.plans]
