"""The numbers by walking over single visits and single days: slow, plain, and with nothing of the engine in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from typing import Any

from playbooks.events import (
    Advanced,
    Assigned,
    Contacted,
    Entry,
    Event,
    Lost,
    NoDecision,
    NotNow,
    Started,
    Undone,
    Won,
)
from playbooks.model import Counts

EPOCH = date(2026, 1, 1)

CLOSINGS: dict[str, Event] = {
    "won": Won(),
    "lost": Lost(reason="price"),
    "no_decision": NoDecision(),
    "not_now": NotNow(returns_on=date(2027, 1, 1)),
}


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)


@dataclass(frozen=True)
class Seen:
    """A visit as the walk sees it."""

    step: int
    entered: date
    exit: str | None
    left: date | None
    rep: int
    source: str
    variant: str
    inferred: bool


def entry(seq: int, on: date, event: Event, known: date | None = None) -> Entry:
    return Entry(seq=seq, change=seq, occurred_at=noon(on), known_at=noon(known or on), on=on, by=1, event=event)


def visits_known_before(history: Sequence[Entry], day: date) -> list[Seen]:
    """The visits of one journey as they were known before `day` began."""
    known = [e for e in history if e.known_at.date() < day]
    undone = {e.event.undoes for e in known if isinstance(e.event, Undone)}
    visits: list[dict[str, Any]] = []
    owner, source, touched = 0, "", False
    for each in known:
        event = each.event
        if each.seq in undone or isinstance(event, Undone):
            continue
        new = None
        if isinstance(event, Started):
            owner = event.owner
            source = (event.source or "") if not event.returned else f"returned:{event.source or ''}"
            new = {"step": 1, "inferred": False}
        elif isinstance(event, Advanced):
            visits[-1] |= {"exit": "advanced", "left": each.on}
            new = {"step": event.step, "inferred": event.inferred}
        elif isinstance(event, Contacted):
            touched = True
            visits[-1]["variant"] = visits[-1]["variant"] or event.script or ""
        elif isinstance(event, Assigned):
            owner = event.owner
            if not touched:
                visits[-1]["rep"] = owner
        elif event.kind in CLOSINGS:
            visits[-1] |= {"exit": event.kind, "left": each.on}
        if new:
            touched = False
            rest = {"exit": None, "left": None, "variant": "", "rep": owner, "source": source}
            visits.append(rest | {"entered": each.on} | new)
    return [Seen(**visit) for visit in visits]


@dataclass(frozen=True)
class Walked:
    at_risk: list[int]
    advances: list[int]
    others: list[int]


def walk(visits: Iterable[Seen], step: int, first: date, last: date, limit: int) -> Walked:
    """Day by day through the window: who is there in the morning, and who leaves that day."""
    at_risk, advances, others = ([0] * (limit + 1) for _ in range(3))
    for visit in visits:
        day = max(first, visit.entered)
        while visit.step == step and not visit.inferred and day <= last:
            age = (day - visit.entered).days
            if age > limit or (visit.left is not None and visit.left < day):
                break
            at_risk[age] += 1
            if visit.left == day:
                (advances if visit.exit in {"advanced", "won"} else others)[age] += 1
            day += timedelta(days=1)
    return Walked(at_risk, advances, others)


def incidence(walked: Walked, horizon: int) -> Fraction:
    """F(h) in exact fractions."""
    share, still_there = Fraction(0), Fraction(1)
    for age in range(horizon + 1):
        n, moved, left = walked.at_risk[age], walked.advances[age], walked.others[age]
        if n:
            share += still_there * Fraction(moved, n)
            still_there *= 1 - Fraction(moved + left, n)
    return share


def horizon(walked: Walked, fewest: int = 10) -> int:
    age = 0
    while age < len(walked.at_risk) and walked.at_risk[age] >= fewest:
        age += 1
    return age - 1


def touch(script: str | None) -> Contacted:
    return Contacted(outcome="talked", counts=Counts.CONTACT, script=script)
