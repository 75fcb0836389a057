"""Writes down what is owed by now: rows of the ledger, each once, however often and wherever it runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from playbooks.deliveries import Owed


@dataclass(frozen=True, slots=True)
class Plan:
    """One message that was planned, and why, in one English sentence; `slack_team` is its workspace in Slack."""

    slack_team: str
    owed: Owed
    why: str


@dataclass(frozen=True, slots=True)
class Skip:
    """A message that was due and will not be: such as a daily one on a day off, or on a day that is over."""

    slack_team: str
    recipient: str
    why: str


@dataclass(frozen=True, slots=True)
class Planned:
    """What one planning made. `at` is the instant it planned for."""

    at: datetime
    plans: tuple[Plan, ...] = ()
    skips: tuple[Skip, ...] = ()
