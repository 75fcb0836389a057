"""The inbox's turns: the oldest first, each let go or put off, and a busy database is no accident."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.jobs.inbox import InboxJob
from playbooks.ports import Busy, Claimed, Request
from tests.builders import MONDAY, noon

NOW = noon(MONDAY)


def asked(name: str, *, age: timedelta = timedelta(seconds=5)) -> Request:
    return Request("T1", "U1", name, "command", {}, NOW - age)


@dataclass
class Shelf:
    """Saved requests in memory."""

    waiting: list[Request] = field(default_factory=list)
    put_off_until: dict[str, datetime] = field(default_factory=dict)
    is_busy: bool = False

    def save(self, request: Request, free_at: datetime) -> None:
        self.put_off_until[request.id] = free_at
        self.waiting.append(request)

    def claim(self, now: datetime, until: datetime) -> Claimed | None:
        if self.is_busy:
            raise Busy
        free = [each for each in self.waiting if self.put_off_until.get(each.id, now) <= now]
        return Claimed(min(free, key=lambda each: each.at), until) if free else None

    def put_off(self, claimed: Claimed, until: datetime) -> None:
        self.put_off_until[claimed.request.id] = until

    def let_go(self, claimed: Claimed) -> None:
        self.waiting.remove(claimed.request)


def test_all_that_waits_is_worked_on_the_oldest_first() -> None:
    shelf = Shelf([asked("young"), asked("old", age=timedelta(hours=1))])
    done: list[str] = []
    InboxJob(shelf, lambda request: not done.append(request.id), lambda: NOW).run()
    assert done == ["old", "young"]
    assert shelf.waiting == []


def test_what_cannot_be_done_now_does_not_keep_the_others_waiting() -> None:
    shelf = Shelf([asked("stuck", age=timedelta(hours=1)), asked("fine")])
    InboxJob(shelf, lambda request: request.id == "fine", lambda: NOW).run()
    assert [request.id for request in shelf.waiting] == ["stuck"]


def test_the_pause_grows_with_the_age_up_to_five_minutes() -> None:
    for age, pause in ((1, 5), (60, 60), (3600, 300)):
        shelf = Shelf([asked("stuck", age=timedelta(seconds=age))])
        InboxJob(shelf, lambda _: False, lambda: NOW).run()
        assert shelf.put_off_until["stuck"] == NOW + timedelta(seconds=pause)


def test_a_busy_database_is_tried_again_at_the_next_turn() -> None:
    shelf = Shelf([asked("waiting")], is_busy=True)
    job = InboxJob(shelf, lambda _: True, lambda: NOW)
    job.run()
    assert len(shelf.waiting) == 1
    shelf.is_busy = False
    job.run()
    assert shelf.waiting == []
