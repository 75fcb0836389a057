"""The ways in which Slack fails, one class each, and the plan that says which call fails how."""

import threading
from collections import defaultdict, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, Protocol

EVERY_METHOD = "*"


@dataclass(frozen=True)
class Reply:
    """An HTTP answer: status, JSON body, extra headers."""

    status: int
    body: Any
    headers: Mapping[str, str] = field(default_factory=dict)


class Exchange(Protocol):
    """One request in progress, as a fault may play with it."""

    def work(self) -> Reply:
        """Does what was asked, and gives the answer that a healthy Slack would send."""

    def send(self, reply: Reply) -> None:
        """Answers the caller."""

    def drop(self) -> None:
        """Cuts the connection without an answer."""


class Fault(Protocol):
    """One way to fail."""

    def play(self, exchange: Exchange) -> None:
        """Handles the request in this faulty way."""


@dataclass(frozen=True)
class RateLimited:
    """429: nothing done, come back after so many seconds."""

    retry_after: int = 1

    def play(self, exchange: Exchange) -> None:
        headers = {"Retry-After": str(self.retry_after)}
        exchange.send(Reply(429, {"ok": False, "error": "ratelimited"}, headers))


@dataclass(frozen=True)
class ServerError:
    """5xx: nothing done, though the caller cannot know."""

    status: int = 503

    def play(self, exchange: Exchange) -> None:
        exchange.send(Reply(self.status, "upstream connect error"))


@dataclass(frozen=True)
class AcceptedThenServerError:
    """Done, and then 5xx."""

    status: int = 500

    def play(self, exchange: Exchange) -> None:
        exchange.work()
        exchange.send(Reply(self.status, "upstream connect error"))


@dataclass(frozen=True)
class DroppedBefore:
    """The connection breaks, nothing done."""

    def play(self, exchange: Exchange) -> None:
        exchange.drop()


@dataclass(frozen=True)
class DroppedAfter:
    """Done, and then the connection breaks."""

    def play(self, exchange: Exchange) -> None:
        exchange.work()
        exchange.drop()


@dataclass(frozen=True)
class Refused:
    """`ok: false` with this error, nothing done: `ratelimited`, `channel_not_found`, `account_inactive`..."""

    error: str

    def play(self, exchange: Exchange) -> None:
        exchange.send(Reply(200, {"ok": False, "error": self.error}))


@dataclass(frozen=True)
class Hang:
    """Holds the request for some seconds, or until `release` is set, and only then does it and answers.

    The caller has mostly gone by then: the request lands late. `holding` is set while Slack holds a request.
    """

    seconds: float = 30
    release: threading.Event = field(default_factory=threading.Event, compare=False)
    holding: threading.Event = field(default_factory=threading.Event, compare=False)

    def play(self, exchange: Exchange) -> None:
        self.holding.set()
        self.release.wait(self.seconds)
        exchange.send(exchange.work())


@dataclass(frozen=True)
class AcceptedThenHang:
    """Does the request at once, but holds its answer back for some seconds or until `release` is set."""

    seconds: float = 30
    release: threading.Event = field(default_factory=threading.Event, compare=False)
    holding: threading.Event = field(default_factory=threading.Event, compare=False)

    def play(self, exchange: Exchange) -> None:
        reply = exchange.work()
        self.holding.set()
        self.release.wait(self.seconds)
        exchange.send(reply)


KINDS: dict[str, Callable[..., Fault]] = {
    kind.__name__: kind
    for kind in (
        RateLimited,
        ServerError,
        AcceptedThenServerError,
        DroppedBefore,
        DroppedAfter,
        Refused,
        Hang,
        AcceptedThenHang,
    )
}


def from_json(body: Mapping[str, Any]) -> Fault:
    """Makes a fault of `{"kind": "RateLimited", "retry_after": 2}`. KeyError on a kind that does not exist."""
    return KINDS[body["kind"]](**{name: value for name, value in body.items() if name != "kind"})


Rates = Mapping[str, Sequence[tuple[float, Fault]]]
"""Method (or `*`) -> how likely each fault is, as shares that add up to at most 1."""


class FaultPlan:
    """Which call fails how: queued faults first, in order; then by chance, the same for the same seed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._queues: dict[str, deque[Fault]] = defaultdict(deque)
        self._rates: Rates = {}
        self._random = Random(0)
        self._held: list[Hang | AcceptedThenHang] = []

    def queue(self, method: str, fault: Fault, times: int = 1) -> None:
        with self._lock:
            self._queues[method].extend([fault] * times)

    def at_random(self, seed: int, rates: Rates) -> None:
        """From now on calls fail by chance. Sequences repeat for the same seed and the same order of calls."""
        with self._lock:
            self._random, self._rates = Random(seed), rates

    def clear(self) -> None:
        """Back to health; what hangs is released."""
        with self._lock:
            self._queues.clear()
            self._rates = {}
            for fault in self._held:
                fault.release.set()

    def next_for(self, method: str) -> Fault | None:
        """The fault of the call that comes in now, if it has one."""
        with self._lock:
            fault = self._queued(method) or self._by_chance(method)
            if isinstance(fault, Hang | AcceptedThenHang):
                self._held.append(fault)
            return fault

    def _queued(self, method: str) -> Fault | None:
        for name in (method, EVERY_METHOD):
            if self._queues[name]:
                return self._queues[name].popleft()
        return None

    def _by_chance(self, method: str) -> Fault | None:
        rates = self._rates.get(method, self._rates.get(EVERY_METHOD, ()))
        drawn = self._random.random() if rates else 1.0
        for share, fault in rates:
            if drawn < share:
                return fault
            drawn -= share
        return None
