"""What `nextstep import` is given: a file, a workspace, a playbook, a mapping; a sentence for each wrong one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import storage
from bot import playbook_files
from bot.playbook_files import PlaybookFileError
from bot.settings import StarterSettings, read
from bot.usecases.publish_playbooks import PlaybookFile
from playbooks.imports.faults import FileRefusedError
from playbooks.imports.mapping import LONG_FORM, Mapping, read_mapping, shipped_mapping, shipped_mappings
from playbooks.imports.text import check_size
from playbooks.library import shipped
from playbooks.model import Playbook
from playbooks.team import Workspace

_ENGLISH: Final = "en-GB"
_USUAL_ZONE: Final = "UTC"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The playbook to import into, and the files to publish before."""

    playbook: Playbook
    publishes: tuple[PlaybookFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where an import goes: the workspace, None while the database has none, and the zone of its days."""

    workspace: Workspace | None
    slack_team: str
    zone: str
    is_usual_zone: bool


def bytes_of(file: Path) -> bytes:
    """The whole file. One sentence for whatever is no file that can be read."""
    try:
        if file.is_dir():
            raise FileRefusedError(f"{file} is a folder; give the CSV file in it.")
        if not file.exists():
            raise FileRefusedError(f"There is no file {file}; right is the path of a CSV file.")
        if not file.is_file():
            raise FileRefusedError(f"{file} is no ordinary file; right is the path of a CSV file.")
        check_size(file.stat().st_size, str(file))
        return file.read_bytes()
    except OSError as error:
        raise FileRefusedError(f"{file} cannot be read: {error.strerror}.") from error


def place_of(store: storage.Store, said: str | None, zone: str | None) -> Place:
    """Raises `FileRefusedError` where the workspace is not clear, and for another zone than its own."""
    known = {workspace.slack_id: workspace for workspace in store.workspaces()}
    if zone is not None:
        _check_zone(zone)
    if not known:
        return Place(None, said or storage.LOCAL, zone or _USUAL_ZONE, is_usual_zone=zone is None)
    if said is None and len(known) > 1:
        raise FileRefusedError(
            f"There are {len(known)} workspaces; say which with --workspace: {', '.join(known)}."
        )
    found = known.get(said) if said else next(iter(known.values()))
    if found is None:
        raise FileRefusedError(f"There is no workspace {said}; there is {', '.join(known)}.")
    if zone not in (None, found.zone) and not _is_empty(store, found):
        raise FileRefusedError(
            f"The days of this workspace are days in {found.zone}, and stay so: leave --zone {zone} out."
        )
    return Place(found, found.slack_id, zone or found.zone, is_usual_zone=False)


def _is_empty(store: storage.Store, workspace: Workspace) -> bool:
    """Whether nothing was ever brought in: what an import that was broken off leaves behind."""
    with store.reading(workspace.slack_id) as uow:
        return not uow.playbooks.current()


def _check_zone(zone: str) -> None:
    try:
        ZoneInfo(zone)
    except (ValueError, LookupError, OSError):
        raise FileRefusedError(
            f"'{zone}' is no time zone; right is a name such as Europe/Amsterdam or UTC."
        ) from None


def playbook_of(said: str | None, store: storage.Store, place: Place) -> Chosen:
    """A published one by its key, a shipped one, a file; the default one when none is named."""
    if place.workspace is not None:
        with store.reading(place.slack_team) as uow:
            current = uow.playbooks.current()
            for known in current:
                if said in (None, known.key):
                    return Chosen(uow.playbooks.get(known.id))
    if said is None:
        files = tuple(playbook_files.starters(read(StarterSettings).playbooks)(_ENGLISH))
        return Chosen(files[0].playbook, files)
    if said not in shipped() and not Path(said).is_file():
        keys = f", a key of this workspace ({', '.join(each.key for each in current)})" if place.workspace else ""
        raise PlaybookFileError(
            f"There is no playbook {said}: give a YAML file{keys} or one of {', '.join(shipped())}."
        )
    text, loaded = playbook_files.load(said)
    if loaded.playbook is None:
        faults = "\n".join(str(fault) for fault in loaded.faults)
        raise PlaybookFileError(f"The playbook {said} has mistakes:\n{faults}")
    return Chosen(loaded.playbook, (PlaybookFile(text, loaded.playbook),))


def mapping_of(said: str | None) -> Mapping:
    if said is None:
        return LONG_FORM
    if said.casefold() in shipped_mappings():
        return read_mapping(shipped_mapping(said.casefold()), f"{said.casefold()}.yaml")
    path = Path(said)
    if not path.is_file():
        raise FileRefusedError(
            f"There is no mapping {said}: give a YAML file or one of {', '.join(shipped_mappings())}."
        )
    try:
        return read_mapping(path.read_bytes(), said)
    except OSError as error:
        raise FileRefusedError(f"{said} cannot be read: {error.strerror}.") from error
