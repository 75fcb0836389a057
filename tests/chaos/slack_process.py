"""A fake Slack in a process of its own, and the ways to prepare it, break it and look into it."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class SlackProcess:
    """`address`, `url`, `token` and `team_id` are as the process tells them."""

    address: str
    url: str
    token: str
    team_id: str

    def adds_user(self, name: str) -> str:
        return str(self._asked("users", {"name": name})["id"])

    def adds_channel(self, name: str) -> str:
        return str(self._asked("channels", {"name": name})["id"])

    def fails_at_random(self, seed: int, rates: Mapping[str, list[tuple[float, dict[str, Any]]]]) -> None:
        """From now on calls of these methods fail by chance: shares and faults."""
        chances = {
            method: [{"share": share, "fault": fault} for share, fault in faults]
            for method, faults in rates.items()
        }
        self._asked("chaos", {"seed": seed, "rates": chances})

    def arrived(self) -> Counter[str]:
        """How often each delivery is there, by its key."""
        keys = (
            message.get("metadata", {}).get("event_payload", {}).get("key") for message in self._asked("messages")
        )
        return Counter(key for key in keys if key)

    def calls_of(self, method: str) -> int:
        """How often it was called."""
        return sum(call["method"] == method for call in self._asked("calls"))

    def faults(self) -> Counter[str]:
        """How often each fault happened."""
        return Counter(call["fault"] for call in self._asked("calls") if call["fault"])

    def refusals(self) -> Counter[str]:
        """What Slack refused by its own rules."""
        return Counter(call["error"] for call in self._asked("calls") if call["error"])

    def _asked(self, page: str, body: dict[str, Any] | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(f"{self.address}_fake/{page}", data, timeout=10) as answer:
            return json.load(answer)


@contextmanager
def slack_process() -> Iterator[SlackProcess]:
    command = [sys.executable, "-m", "tests.fake_slack", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            told = json.loads(process.stdout.readline())
            yield SlackProcess(told["address"], told["url"], told["token"], told["team_id"])
        finally:
            process.kill()
