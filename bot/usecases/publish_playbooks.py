"""The playbooks that a workspace is given from outside: at its founding, and when their files changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from playbooks.model import Playbook
from playbooks.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class PlaybookFile:
    """A checked playbook with the YAML it was read from."""

    text: str
    playbook: Playbook


def publish_playbooks(files: Sequence[PlaybookFile], uow: UnitOfWork, *, at: datetime, by: int | None) -> None:
    """Publishes each as a new version unless the newest of its key says the same already.

    The transaction is the caller's. Open journeys keep their steps; new words reach them at once.
    """
    newest = {published.key: published.id for published in uow.playbooks.current()}
    for file in files:
        published = newest.get(file.playbook.key)
        if published is None or not _same(uow.playbooks.get(published), file.playbook):
            uow.playbooks.publish(file.text, file.playbook, at=at, by=by)


def _same(left: Playbook, right: Playbook) -> bool:
    return (left.steps_revision, left.scripts_revision) == (right.steps_revision, right.scripts_revision)
