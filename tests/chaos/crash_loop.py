"""Workers that are killed again and again while deliveries go out to a Slack that fails in every way."""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from multiprocessing.process import BaseProcess
from random import Random
from typing import Any

import storage
from playbooks.deliveries import Kind, Owed, State
from tests.chaos import worker
from tests.chaos.slack_process import SlackProcess

RECIPIENTS = 40
"""Members and channels: each gets several messages, about one a second."""
CHANNELS = 4
_ALL = 1_000_000


def fault(kind: str, **traits: Any) -> dict[str, Any]:
    return {"kind": kind, **traits}


HANGS = fault("Hang", seconds=worker.HANG)
LATE = [(0.06, fault("RateLimited")), (0.06, fault("ServerError")), (0.03, fault("DroppedBefore")), (0.02, HANGS)]
RATES = {
    "chat.postMessage": [
        (0.07, fault("RateLimited", retry_after=1)),
        (0.07, fault("ServerError")),
        (0.10, fault("AcceptedThenServerError")),
        (0.06, HANGS),
        (0.05, fault("AcceptedThenHang", seconds=worker.HANG)),
        (0.05, fault("DroppedBefore")),
        (0.08, fault("DroppedAfter")),
        (0.03, fault("Refused", error="internal_error")),
    ],
    "conversations.history": LATE,
    "conversations.open": LATE,
    "auth.test": LATE,
}


@dataclass
class CrashLoop:
    """One run. `looks=False` takes the look-up out of the workers. `kills` counts how often one was killed."""

    slack: SlackProcess
    engine: storage.Engine
    seed: int
    deliveries: int = 150
    workers: int = 3
    looks: bool = True
    seconds: float = 240
    most_kills: int = 30
    kills: int = 0
    keys: list[str] = field(default_factory=list)
    _running: list[BaseProcess] = field(default_factory=list)

    def run(
        self, until: Callable[[], object] = lambda: False, meanwhile: Callable[[], None] | None = None
    ) -> None:
        """Until nothing is left to send, or something is so; `meanwhile` happens once some have arrived.

        TimeoutError when that takes too long.
        """
        chance = Random(self.seed)
        self._owe(chance)
        self.slack.fails_at_random(self.seed, RATES)
        self._running = [self._started() for _ in range(self.workers)]
        end = time.monotonic() + self.seconds
        try:
            while self._unsent() and not until():
                if time.monotonic() > end:
                    raise TimeoutError(f"{self._unsent()} unsent after {self.seconds} s: {self.states()}")
                time.sleep(chance.uniform(0.3, 1.5))  # the time of a crash is what is tested
                if meanwhile is not None and self.slack.arrived():
                    meanwhile()
                    meanwhile = None
                if self.kills < self.most_kills:
                    self._kill(chance.randrange(self.workers))
            time.sleep(2 * worker.HANG)  # what Slack still holds lands now
        finally:
            for each in self._running:
                each.kill()
                each.join()

    def fills_the_disk(self, seconds: float) -> None:
        """For so long no worker can write to any file."""
        unlimited = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
        for limit in ((0, resource.RLIM_INFINITY), unlimited):
            for each in self._running:
                assert each.pid is not None
                resource.prlimit(each.pid, resource.RLIMIT_FSIZE, limit)
            if limit != unlimited:
                time.sleep(seconds)

    def freezes(self, seconds: float) -> None:
        """All workers but one stand still where they are, and go on after so long."""
        for number in (signal.SIGSTOP, signal.SIGCONT):
            for each in self._running[1:]:
                _tell(each, number)
            if number is signal.SIGSTOP:
                time.sleep(seconds)

    def loses(self) -> None:
        """All workers but one are gone for good, and nobody takes their place."""
        for each in self._running[1:]:
            _tell(each, signal.SIGKILL)

    def states(self) -> Counter[State]:
        listed = storage.Store(self.engine).ledger().listed(slack_team=self.slack.team_id, limit=_ALL)
        keys = set(self.keys)
        return Counter(each.state for each in listed if each.owed.key in keys)

    def duplicates(self) -> dict[str, int]:
        """What arrived more than once, and how often."""
        return {key: times for key, times in self.slack.arrived().items() if times > 1}

    def missing(self) -> set[str]:
        return set(self.keys) - set(self.slack.arrived())

    def _owe(self, chance: Random) -> None:
        store, team = storage.Store(self.engine), self.slack.team_id
        people = [self.slack.adds_user(f"rep{number}") for number in range(RECIPIENTS - CHANNELS)]
        channels = [self.slack.adds_channel(f"team{number}") for number in range(CHANNELS)]
        due = datetime.now(UTC) - timedelta(seconds=1)
        self.keys = [f"chaos:{self.seed}:{number}" for number in range(self.deliveries)]
        store.found(team, "Chaos", "Europe/Amsterdam")
        with store.writing(team) as uow:
            uow.deliveries.plan(
                [Owed(key, Kind.NOTICE, chance.choice(people + channels), due) for key in self.keys]
            )
            uow.commit()

    def _unsent(self) -> int:
        counts = storage.Store(self.engine).ledger().counts(self.slack.team_id).by_state
        return counts.get(State.DUE, 0) + counts.get(State.CLAIMED, 0)

    def _kill(self, number: int) -> None:
        """Without a word, wherever it is; another takes its place."""
        victim = self._running[number]
        _tell(victim, signal.SIGKILL)
        victim.join()
        assert victim.exitcode == -signal.SIGKILL, f"a worker ended by itself: {victim.exitcode}"
        self.kills += 1
        self._running[number] = self._started()

    def _started(self) -> BaseProcess:
        return started_worker(self.slack, self.engine, looks=self.looks)


def started_worker(
    slack: SlackProcess, engine: storage.Engine, work: Callable[..., None] = worker.main, **traits: Any
) -> BaseProcess:
    """A process of its own that does one of the works of `worker`; `traits` as that takes them."""
    # A server that has everything imported forks them: a worker lives long enough to do something.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([worker.__name__])
    url = engine.url.render_as_string(hide_password=False)
    process = context.Process(target=work, args=(url, slack.url, slack.token), kwargs=traits)
    process.start()
    return process


def _tell(process: BaseProcess, number: int) -> None:
    assert process.pid is not None
    os.kill(process.pid, number)
