"""What `nextstep import` says: what was wrong, what it did, what to do next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from bot.usecases.import_history import Imported
from playbooks.funnel.visits import Exit
from playbooks.imports.faults import BadRow
from playbooks.imports.history import History

_MOST_NAMED: Final = 8
_EXITS: Final = {
    Exit.WON: "won",
    Exit.LOST: "lost",
    Exit.NO_DECISION: "no decision",
    Exit.NOT_NOW: "not now",
    Exit.UNDECIDED: "open",
}


def bad_rows(bad: Sequence[BadRow], *, most: int | None = None, rest: str = "") -> Iterator[str]:
    """A line each; past `most` only how many more there are, and where."""
    for row in bad[:most]:
        yield str(row)
    if most is not None and len(bad) > most:
        yield f"and {len(bad) - most:,} more, all in {rest}"
    elif rest and bad:
        yield f"All rows of these prospects are in {rest}."


def summary(history: History, imported: Imported, *, dry_run: bool) -> Iterator[str]:
    """The import in a few sentences."""
    yield from history.notes
    book = f"{imported.playbook.name} ({imported.playbook.key}, version {imported.playbook.number})"
    would = "Would import" if dry_run else "Imported"
    journeys, prospects = _count(imported.journeys, "journey"), _count(imported.prospects, "new prospect")
    if imported.journeys or not imported.here_already:
        yield f"{would} {journeys} of {prospects} into {book}."
    if imported.here_already:
        yield f"{imported.journeys:,} new, {imported.here_already:,} already here."
    yield from _what_came(imported)
    yield from _who(imported)
    if left_out := len(history.left_out):
        yield f"{_count(left_out, 'prospect')} with bad rows {'was' if left_out == 1 else 'were'} left out."
    if imported.differing:
        named = _named([f"{run.prospect} (line {run.line})" for run in imported.differing])
        came = f"{_count(len(imported.differing), 'journey')} that came with an earlier import"
        told = (
            "differs in this file and stays as it is"
            if len(imported.differing) == 1
            else "differ in this file and stay as they are"
        )
        yield f"{came} {told}: {named}."
    if dry_run:
        yield "Nothing was written; leave --dry-run out to import."
    elif imported.journeys:
        yield "Next: nextstep funnel"


def _what_came(imported: Imported) -> Iterator[str]:
    if not imported.journeys:
        return
    ends = ", ".join(f"{imported.exits.get(exit_, 0):,} {word}" for exit_, word in _EXITS.items())
    yield f"{ends}; {_count(imported.visits, 'visit')} to steps."
    if imported.inferred:
        skipped = _count(imported.inferred, "visit")
        yield f"{skipped} of these to a step that the file skips: marked as inferred, and left out of estimates."
    if imported.returned:
        yield f"{_count(imported.returned, 'journey')} of prospects that came back after not now: no new intake."
    yield _sources(imported.sources)


def _who(imported: Imported) -> Iterator[str]:
    if not imported.journeys:
        return
    if imported.reps:
        yield f"{_count(imported.reps, 'rep')}."
    if imported.unknown_reps:
        names = [
            f"{rep.name} (did you mean {rep.meant}?)" if rep.meant else rep.name for rep in imported.unknown_reps
        ]
        are = (
            "1 of them is no member here and was"
            if len(names) == 1
            else f"{len(names)} of them are no members here and were"
        )
        yield f"{are} added as somebody who left: {_named(names)}."
    if imported.unassigned:
        yield f"{_count(imported.unassigned, 'journey')} without a rep: Unassigned has them."


def _sources(sources: Mapping[str, int]) -> str:
    known = sorted(((count, name) for name, count in sources.items() if name), reverse=True)
    said = [f"{name} {count:,}" for count, name in known]
    if none := sources.get(""):
        said.append(f"none {none:,}")
    return f"Sources: {_named(said)}."


def _named(names: Sequence[str]) -> str:
    """The first of them, and how many more."""
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {more:,} more" if more > 0 else "")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
