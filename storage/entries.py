"""An entry of a history and its row in `event`."""

from __future__ import annotations

from datetime import date
from typing import Any

from playbooks.events import EVENT, Advanced, Entry, Event, Started, Undone
from storage.json_sql import Document
from storage.rows import EventRow
from storage.types import instant

COLUMNS: tuple[Any, ...] = (
    EventRow.seq,
    EventRow.change,
    EventRow.occurred_at,
    EventRow.known_at,
    EventRow.on_day,
    EventRow.by_member,
    EventRow.kind,
    EventRow.step,
    EventRow.undoes,
    EventRow.imported,
    Document(EventRow.payload),
)
"""What `entry_from` reads, in its order."""

_IN_COLUMNS = frozenset({"kind", "step", "undoes"})
"""Parts of an event that have a column: said once, so that payload and column cannot disagree."""


def row_of(
    entry: Entry, *, workspace_id: int, journey_id: int, payload: dict[str, Any] | None = None
) -> dict[str, Any]:
    """`payload` is that of the event where somebody made it already."""
    event = entry.event
    return {
        "workspace_id": workspace_id,
        "journey_id": journey_id,
        "seq": entry.seq,
        "change": entry.change,
        "kind": event.kind,
        "step": _step_entered(entry),
        "undoes": event.undoes if isinstance(event, Undone) else None,
        "occurred_at": entry.occurred_at,
        "known_at": entry.known_at,
        "on_day": entry.on,
        "by_member": entry.by,
        "imported": entry.imported,
        "payload": payload or _payload(event),
    }


def entry_from(listed: list[Any]) -> Entry:
    """The entry that a JSON list of `COLUMNS` holds."""
    seq, change, occurred_at, known_at, on, by, kind, step, undoes, imported, payload = listed
    said = {"kind": kind, **payload}
    if kind == "advanced":
        said["step"] = step
    elif kind == "undone":
        said["undoes"] = undoes
    return Entry(
        seq=seq,
        change=change,
        occurred_at=instant(occurred_at),
        known_at=instant(known_at),
        on=date.fromisoformat(on),
        by=by,
        event=EVENT.validate_python(said),
        imported=bool(imported),
    )


def _step_entered(entry: Entry) -> int | None:
    match entry.event:
        case Started():
            return 1
        case Advanced(step=step):
            return step
        case _:
            return None


def _payload(event: Event) -> dict[str, Any]:
    return event.model_dump(mode="json", exclude=set(_IN_COLUMNS), exclude_none=True)
