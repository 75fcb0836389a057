"""Journeys as hypothesis makes them: quick and slow, undone, corrected late, imported with gaps."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st

from playbooks.events import Advanced, Assigned, Entry, Event, Started, Undone
from tests.unit.funnel.oracle import CLOSINGS, EPOCH, entry, touch

STEPS = 3
SPAN = 260
"""Days over which journeys begin."""

_KINDS = st.sampled_from(
    ["touch", "assign", "advance", "advance", "advance", "lost", "no_decision", "not_now", "undo", "skip"]
)


@st.composite
def histories(draw: st.DrawFn) -> tuple[Entry, ...]:
    """One journey: its entries in order, some of them known only later, some taken back."""
    day = EPOCH + timedelta(days=draw(st.integers(0, SPAN)))
    known = day
    late = draw(st.booleans())
    started = Started(
        owner=draw(st.integers(1, 2)), source=draw(st.sampled_from([None, "fair"])), returned=draw(st.booleans())
    )
    history = [entry(1, day, started)]
    standing: list[tuple[int, Event]] = [(1, started)]
    for kind in draw(st.lists(_KINDS, max_size=7)):
        day += timedelta(days=draw(st.integers(0, 9)))
        known = max(known, day) + timedelta(days=draw(st.integers(0, 6)) if late else 0)
        for event in _events(draw, kind, standing):
            history.append(entry(len(history) + 1, day, event, known))
            if isinstance(event, Undone):
                standing.pop()
            else:
                standing.append((len(history), event))
    return tuple(history)


def _events(draw: st.DrawFn, kind: str, standing: list[tuple[int, Event]]) -> list[Event]:
    """What this kind of act does to a journey that stands so; nothing where it cannot happen."""
    if kind == "undo":
        return [Undone(undoes=standing[-1][0])] if len(standing) > 1 else []
    if standing[-1][1].kind in CLOSINGS:
        return []
    step = max([event.step for _, event in standing if isinstance(event, Advanced)], default=1)
    skip: list[Event] = [Advanced(step=2, inferred=True), Advanced(step=3)] if step == 1 else []
    events: dict[str, list[Event]] = {
        "touch": [touch(draw(st.sampled_from([None, "A", "B"])))],
        "assign": [Assigned(owner=draw(st.integers(1, 2)))],
        "skip": skip,
        "advance": [Advanced(step=step + 1) if step < STEPS else CLOSINGS["won"]],
    }
    return events.get(kind) or ([] if kind == "skip" else [CLOSINGS[kind]])
