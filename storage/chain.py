"""Whether a history keeps the rules of a journey: the ones that the triggers hold, seen from outside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from playbooks.events import Advanced, Entry, Lost, NoDecision, NotNow, Started, Undone, Won


def mistakes(history: Sequence[Entry], last_step: int) -> Iterator[str]:
    """What is wrong, entry by entry, in words; `last_step` is the number of steps of the playbook."""
    if not history:
        yield "no event starts it"
    in_force: list[Entry] = []
    before: Entry | None = None
    for entry in history:
        yield from _numbering(entry, before)
        if isinstance(entry.event, Undone):
            if not in_force or in_force.pop().seq != entry.event.undoes:
                yield f"event {entry.seq} takes back {entry.event.undoes}, which is not the last in force"
        else:
            yield from _following(entry, in_force, last_step)
            in_force.append(entry)
        before = entry


def _numbering(entry: Entry, before: Entry | None) -> Iterator[str]:
    expected = before.seq + 1 if before else 1
    if entry.seq != expected:
        yield f"event {entry.seq} stands where {expected} should"
    if entry.change not in (entry.seq, before.change if before else entry.seq):
        yield f"event {entry.seq} belongs to change {entry.change}, which is not the one before"
    if isinstance(entry.event, Started) is not (before is None):
        yield f"event {entry.seq} is {entry.event.kind}; a journey starts once, with its first event"


def _following(entry: Entry, in_force: Sequence[Entry], last_step: int) -> Iterator[str]:
    step = 1 + sum(isinstance(earlier.event, Advanced) for earlier in in_force)
    if any(isinstance(earlier.event, Won | Lost | NoDecision | NotNow) for earlier in in_force):
        yield f"event {entry.seq} follows the end"
    match entry.event:
        case Advanced(step=entered) if entered != step + 1 or entered > last_step:
            yield f"event {entry.seq} enters step {entered} from step {step} of {last_step}"
        case Won() if step != last_step:
            yield f"event {entry.seq} wins from step {step} of {last_step}"
        case _:
            return
