"""The commands that bring history in and out: `import`, `export`."""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Final, NoReturn, TextIO

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

import storage
from bot import bootstrap
from bot.commands.collecting import not_collecting
from bot.commands.history_inputs import Place, bytes_of, mapping_of, place_of, playbook_of
from bot.commands.history_words import bad_rows, summary
from bot.settings import DatabaseSettings, read
from bot.usecases.export_history import COLUMNS, export_history
from bot.usecases.import_history import Contradicted, Imported, ImportHistory, import_history
from playbooks.imports.faults import FileRefusedError
from playbooks.imports.history import History, read_history
from playbooks.imports.mapping import Mapping, shipped_mappings
from playbooks.model import Playbook
from playbooks.ports import Busy
from playbooks.refusal import Refused

BAD_ROWS: Final = 1
_SHOWN_WHEN_SKIPPED: Final = 20
_PATIENCE: Final = 30.0
"""Seconds to wait for the database: nobody in Slack waits for an answer."""

Told = Callable[[int], None]
"""Hears how far something has come."""
out = Console(highlight=False, soft_wrap=True, emoji=False, markup=False)


def import_(  # noqa: PLR0917 - as a person types it
    file: Annotated[Path, typer.Argument(help="a CSV file: a row for each visit, or another form with --map")],
    playbook: Annotated[
        str | None, typer.Option(help="a key of the workspace, a shipped playbook's name or a YAML file")
    ] = None,
    map_: Annotated[
        str | None, typer.Option("--map", help=f"{', '.join(shipped_mappings())}, or a mapping of your own (YAML)")
    ] = None,
    zone: Annotated[
        str | None, typer.Option(help="the days of a new workspace are days there, as Europe/Amsterdam")
    ] = None,
    workspace: Annotated[str | None, typer.Option(help="its Slack id, where there are several")] = None,
    encoding: Annotated[str | None, typer.Option(help="of the file, as utf-8 or cp1252; else it is found")] = None,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="say what would happen and write nothing")] = False,
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help="leave prospects with bad rows out, into FILE.bad.csv")
    ] = False,
) -> None:
    """Bring the history of another system in: all of it or nothing, and twice is as good as once."""
    data, mapping = bytes_of(file), mapping_of(map_)
    with not_collecting(), _store() as store:
        place = place_of(store, workspace, zone)
        chosen = playbook_of(playbook, store, place)
        history = _read(file, data, place, chosen.playbook, mapping=mapping, encoding=encoding)
        if history.bad and not skip_bad:
            _stop_at(history)
        if skip_bad and not dry_run:
            _check_writable(_beside(file))
        command = ImportHistory(
            history.runs, chosen.playbook.key, publishes=chosen.publishes, reps=mapping.reps, skips_bad=skip_bad
        )
        try:
            imported = _imported(command, store, place, dry_run=dry_run)
        except Contradicted as contradicted:
            history.leave_out(contradicted.bad)
            _stop_at(history)
    history.leave_out(imported.bad, imported.left_out)
    if history.bad:
        _set_aside(history, file, dry_run=dry_run)
    for line in summary(history, imported, dry_run=dry_run):
        out.print(line)
    if place.is_usual_zone:
        out.print("Its days are days in UTC, for no --zone was given.")


def export(
    file: Annotated[Path | None, typer.Argument(help="where to write; without it, to the screen")] = None,
    playbook: Annotated[
        str | None, typer.Option(help="a key of the workspace; without it the default one")
    ] = None,
    workspace: Annotated[str | None, typer.Option(help="its Slack id, where there are several")] = None,
) -> None:
    """Write all visits as CSV, in the form that import reads."""
    with _store() as store:
        place = place_of(store, workspace, None)
        if place.workspace is None:
            raise FileRefusedError("There is nothing to export: this database has no workspace yet.")
        try:
            rows = export_history(playbook, store.reading(place.slack_team))
            # The first one before the file is opened: what cannot be exported leaves it as it was.
            rows = chain(list(islice(rows, 1)), rows)
            if file is None:
                _write(sys.stdout, rows)
                return
            with file.open("w", encoding="utf-8", newline="") as opened:
                count = _write(opened, rows)
        except Refused as refused:
            known = ", ".join(each.key for each in refused.details["playbooks"])
            raise FileRefusedError(f"There is no playbook {playbook} here; there is {known}.") from None
        except BrokenPipeError:  # whoever read it has seen enough, as `head` has
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return
        except OSError as error:
            raise FileRefusedError(f"{file} cannot be written: {error.strerror}.") from error
    out.print(f"Wrote {count:,} visits to {file}.")


@contextmanager
def _store() -> Iterator[storage.Store]:
    engine = bootstrap.open_engine(read(DatabaseSettings).database_url, lock_seconds=_PATIENCE)
    try:
        yield storage.Store(engine)
    except Busy:
        raise bootstrap.DatabaseError(
            f"Somebody else has been writing to the database for {_PATIENCE:.0f} seconds: try again in a while."
        ) from None
    finally:
        engine.dispose()


def _read(
    file: Path, data: bytes, place: Place, playbook: Playbook, *, mapping: Mapping, encoding: str | None
) -> History:
    with _telling("reading", data.count(b"\n")) as told:
        return read_history(
            data,
            str(file),
            playbook=playbook,
            zone=place.zone,
            now=bootstrap.now(),
            mapping=mapping,
            encoding=encoding,
            told=told,
        )


def _write(to: TextIO, rows: Iterable[tuple[str, ...]]) -> int:
    writer = csv.writer(to, lineterminator="\n")
    writer.writerow(COLUMNS)
    count = 0
    for count, row in enumerate(rows, start=1):  # noqa: B007 - how many there were
        writer.writerow(row)
    return count


def _imported(command: ImportHistory, store: storage.Store, place: Place, *, dry_run: bool) -> Imported:
    """Imports into the workspace, which is made when there is none; a dry run makes it elsewhere."""
    with ExitStack() as ending:
        if place.workspace is None and dry_run:
            store = ending.enter_context(_elsewhere())
        founded = store.found(place.slack_team, place.slack_team, place.zone)
        if founded.zone != place.zone and not dry_run:
            store.move(place.slack_team, place.zone)
        told = ending.enter_context(_telling("writing", len(command.runs)))
        unit = store.writing(place.slack_team)
        return import_history(command, unit, bootstrap.now(), dry_run=dry_run, told=told)


@contextmanager
def _elsewhere() -> Iterator[storage.Store]:
    """A store that is gone afterwards."""
    with TemporaryDirectory() as folder:
        engine = storage.create_engine(f"sqlite:///{folder}/dry-run.sqlite3")
        storage.migrate(engine)
        yield storage.Store(engine)
        engine.dispose()


def _stop_at(history: History) -> NoReturn:
    """Lists every bad row, and ends."""
    for line in bad_rows(history.bad):
        out.print(line)
    out.print("Nothing was written. Correct these, or leave their prospects out with --skip-bad.")
    raise typer.Exit(BAD_ROWS)


def _set_aside(history: History, file: Path, *, dry_run: bool) -> None:
    """Shows some of what was left out; all of it goes into a file beside the one that was read."""
    beside = _beside(file)
    if not dry_run:
        try:
            beside.write_text(history.bad_csv(), encoding="utf-8")
        except OSError as error:
            raise FileRefusedError(f"{beside} cannot be written: {error.strerror}.") from error
    for line in bad_rows(history.bad, most=_SHOWN_WHEN_SKIPPED, rest=str(beside)):
        out.print(line)


def _beside(file: Path) -> Path:
    """Where the rows go that `--skip-bad` leaves out."""
    return file.with_name(f"{file.stem}.bad.csv")


def _check_writable(beside: Path) -> None:
    """Before anything is imported: what is left out has to be kept somewhere."""
    was_there = beside.exists()
    try:
        with beside.open("a", encoding="utf-8"):
            pass
        if not was_there:
            beside.unlink()
    except OSError as error:
        raise FileRefusedError(
            f"{beside} cannot be written: {error.strerror}; nothing was imported."
            " Leave --skip-bad out, or copy the file to a folder where you may write."
        ) from error


@contextmanager
def _telling(what: str, total: int) -> Iterator[Told]:
    """Shows how far it has come, to whoever waits at a terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=total)
        yield lambda done: bar.update(task, completed=done)
