"""What becomes of a claimed delivery after an attempt, a look-up, a failed writing, a lease that ran out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from playbooks.attempts import (
    MOST_LAPSES,
    MOST_LOOK_UPS,
    MOST_WRITINGS,
    after_attempt,
    after_failed_writing,
    after_lapse,
    after_look_up,
    backoff,
)
from playbooks.deliveries import (
    ENDED,
    USUAL,
    Absent,
    Delivery,
    Faulty,
    Found,
    Kind,
    Limited,
    LookUp,
    LookUpAgain,
    LookUpFailed,
    NoMetadata,
    Outcome,
    Owed,
    Refused,
    Sent,
    State,
    Uncertain,
)

NOW = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)


def a_claim(kind: Kind = Kind.DAILY, **changes: object) -> Delivery:
    owed = Owed(key="daily:1:2026-03-02", kind=kind, recipient="U1", due_at=NOW)
    claim = Delivery(1, 1, "T1", owed, State.CLAIMED, attempt=1, owner="one", lease_until=NOW + USUAL.lease)
    return replace(claim, **changes)


@pytest.mark.parametrize(
    ("outcome", "state", "uncertain"),
    [
        (Sent("D1", "1.2"), State.SENT, False),
        (Limited(timedelta(seconds=3)), State.DUE, False),
        (Faulty("connection refused"), State.DUE, False),
        (Refused("channel_not_found"), State.FAILED, False),
        (Uncertain("timeout"), State.DUE, True),
    ],
)
def test_an_attempt_ends_in_one_state(outcome: Outcome, state: State, uncertain: bool) -> None:
    after = after_attempt(a_claim(), outcome, NOW, 0.5)

    assert (after.state, after.uncertain) == (state, uncertain)
    assert after.owner is None
    assert after.lease_until is None


def test_a_limit_is_kept_to_the_second() -> None:
    assert after_attempt(a_claim(), Limited(timedelta(seconds=7)), NOW, 0.9).not_before == NOW + timedelta(
        seconds=7
    )


def test_an_uncertain_attempt_is_not_looked_at_before_it_can_have_landed() -> None:
    after = after_attempt(a_claim(), Uncertain("timeout", "D1"), NOW, 0.0)

    assert after.not_before == NOW + USUAL.settle
    assert after.channel == "D1"


def test_what_may_have_arrived_stays_uncertain_through_limits_and_faults_of_the_look_up() -> None:
    claim = a_claim(uncertain=True)
    for found in (Limited(timedelta(seconds=1)), LookUpAgain("503")):
        after = after_look_up(claim, found, NOW, 0.5)
        assert (after.state, after.uncertain) == (State.DUE, True)


@pytest.mark.parametrize("found", [LookUpFailed("missing_scope"), NoMetadata()])
def test_when_nobody_can_tell_it_is_unknown_and_never_sent_blindly(found: LookUp) -> None:
    after = after_look_up(a_claim(uncertain=True), found, NOW, 0.5)

    assert after.state is State.UNKNOWN
    assert after.uncertain
    assert after.error


def test_what_is_absent_is_still_claimed_and_may_be_sent() -> None:
    after = after_look_up(a_claim(uncertain=True), Absent(), NOW, 0.5)

    assert (after.state, after.owner, after.uncertain) == (State.CLAIMED, "one", False)


def test_what_is_found_arrived() -> None:
    after = after_look_up(a_claim(uncertain=True), Found("D1", "1.2"), NOW, 0.5)

    assert (after.state, after.ts, after.sent_at) == (State.SENT, "1.2", NOW)


def test_a_look_up_that_never_answers_ends_as_unknown() -> None:
    struck = a_claim(uncertain=True, strikes=MOST_LOOK_UPS - 1)

    assert after_look_up(struck, LookUpAgain("503"), NOW, 0.5).state is State.UNKNOWN


def test_many_limits_do_not_count_as_look_ups_that_failed() -> None:
    patient = a_claim(uncertain=True, attempt=500)

    assert after_look_up(patient, LookUpAgain("503"), NOW, 0.5).state is State.DUE


def test_a_message_that_cannot_be_written_fails_after_some_tries() -> None:
    delivery = a_claim()
    for _ in range(MOST_WRITINGS - 1):
        delivery = replace(after_failed_writing(delivery, "KeyError: x", NOW, 0.5), state=State.CLAIMED)

    assert after_failed_writing(delivery, "KeyError: x", NOW, 0.5).state is State.FAILED


def test_a_worker_that_never_comes_back_stops_being_tried() -> None:
    delivery = a_claim()
    for _ in range(MOST_LAPSES - 1):
        delivery = replace(after_lapse(delivery), state=State.CLAIMED, lease_until=NOW)

    assert after_lapse(delivery).state is State.UNKNOWN


def test_only_what_can_go_unanswered_is_followed() -> None:
    followed = {kind for kind in Kind if after_attempt(a_claim(kind), Sent("D", "1"), NOW, 0.5).follow_at == NOW}

    assert followed == {Kind.DECISION, Kind.ESCALATION, Kind.CLOSING}


@pytest.mark.parametrize("jitter", [0.0, 0.5, 1.0])
def test_backoff_grows_and_has_a_limit(jitter: float) -> None:
    waits = [backoff(attempt, jitter) for attempt in range(1, 40)]

    assert waits == sorted(waits)
    assert waits[0] >= USUAL.backoff / 2
    assert waits[-1] <= USUAL.most_backoff


def test_a_lease_leaves_room_for_a_call_and_settling_outlasts_one() -> None:
    assert USUAL.lease > 3 * USUAL.http_timeout
    assert USUAL.settle > USUAL.http_timeout


def test_a_long_error_is_cut() -> None:
    assert len(after_attempt(a_claim(), Refused("x" * 9999), NOW, 0.5).error or "") == 500


def test_every_state_but_two_is_an_end() -> None:
    assert set(State) - ENDED == {State.DUE, State.CLAIMED}
