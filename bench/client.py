"""The load: signed requests over connections that stay open, from a process of its own.

Only the standard library is imported here, so that the process starts quickly.
"""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field

PATH = "/slack/events"
CONNECTIONS = 8
_TIMEOUT = 10.0


@dataclass(frozen=True, slots=True)
class Asking:
    """One request, signed; `shows` are bytes that only the right answer holds."""

    body: bytes
    headers: Mapping[str, str]
    shows: bytes


@dataclass(slots=True)
class Fired:
    """How a round went: seconds in all, seconds each, the share of its time that this process was busy.

    `wrong` holds answers that were not what was asked for.
    """

    seconds: float = 0.0
    each: list[float] = field(default_factory=list)
    busy: float = 0.0
    wrong: list[str] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Requests answered in a second."""
        return len(self.each) / self.seconds


def fire(port: int, askings: Sequence[Asking], *, strict: bool) -> Fired:
    """Sends them all, in this order, over eight connections. `strict` looks at what the answers show."""
    fired, rest, ready = Fired(), iter(askings), threading.Barrier(CONNECTIONS + 1)
    threads = [
        threading.Thread(target=_one_connection, args=(port, rest, ready, fired, strict), daemon=True)
        for _ in range(CONNECTIONS)
    ]
    for thread in threads:
        thread.start()
    ready.wait(_TIMEOUT)
    started, worked = time.perf_counter(), time.process_time()
    for thread in threads:
        thread.join()
    fired.seconds = time.perf_counter() - started
    fired.busy = (time.process_time() - worked) / fired.seconds
    return fired


def _one_connection(
    port: int, rest: Iterator[Asking], ready: threading.Barrier, fired: Fired, strict: bool
) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT)) as connection:
        connection.connect()
        ready.wait(_TIMEOUT)
        for asking in rest:
            sent = time.perf_counter()
            try:
                connection.request("POST", PATH, asking.body, dict(asking.headers))
                answer = connection.getresponse()
                said = answer.read()
            except (OSError, http.client.HTTPException) as error:
                fired.wrong.append(repr(error))
                return
            fired.each.append(time.perf_counter() - sent)
            if answer.status != http.client.OK or (strict and asking.shows not in said):
                fired.wrong.append(f"{answer.status} {said[:300]!r}")
