"""The identities of the steps of a version."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import bindparam, insert, select

from playbooks.identities import identities
from playbooks.model import Playbook, Step
from playbooks.ports import NotHere
from storage.rows import PlaybookRow, StepRow, VersionStepRow
from storage.scope import HERE, Scope

_OF_VERSION = (
    select(VersionStepRow.step_id)
    .where(VersionStepRow.workspace_id == HERE, VersionStepRow.playbook_id == bindparam("playbook"))
    .order_by(VersionStepRow.number)
)
_VERSIONS = (
    select(PlaybookRow.id, PlaybookRow.content)
    .where(PlaybookRow.workspace_id == HERE, PlaybookRow.key == bindparam("key"))
    .order_by(PlaybookRow.number.desc())
)
_OF_KEY = select(StepRow.id).where(StepRow.workspace_id == HERE, StepRow.playbook_key == bindparam("key"))
_NEW = insert(StepRow).returning(StepRow.id)
_IDENTIFY = insert(VersionStepRow)


def steps_of(scope: Scope, playbook_id: int) -> tuple[int, ...]:
    """From step 1 on; they never change, so the process keeps them. Raises `NotHere`."""
    key = (scope.workspace.id, playbook_id)
    known = scope.memory.steps.get(key)
    if known is None:
        known = tuple(scope.read(_OF_VERSION, playbook=playbook_id).scalars())
        if not known:
            raise NotHere(f"no playbook {playbook_id} in this workspace")
        if playbook_id not in scope.published:  # after a rollback SQLite gives its id to another version
            scope.memory.steps[key] = known
    return known


def identify(scope: Scope, playbook_id: int, playbook: Playbook, same: Mapping[int, int]) -> None:
    """Gives the steps of a new version their identities. Raises `NotHere` for one that this playbook has not."""
    here, key = scope.workspace.id, playbook.key
    if unknown := set(same.values()) - set(scope.read(_OF_KEY, key=key).scalars()):
        raise NotHere(f"the playbook {key} has no step with the identity {min(unknown)}")
    found = identities(playbook.steps, _earlier(scope, key, but=playbook_id), same)
    rows = [
        {
            "playbook_id": playbook_id,
            "number": number,
            "workspace_id": here,
            "step_id": identity or scope.write(_NEW, {"workspace_id": here, "playbook_key": key}).scalar_one(),
        }
        for number, identity in enumerate(found, start=1)
    ]
    scope.write(_IDENTIFY, rows)


def _earlier(scope: Scope, key: str, *, but: int) -> list[tuple[Step, int]]:
    return [
        known
        for version, content in scope.read(_VERSIONS, key=key).all()
        if version != but
        for known in zip(Playbook.model_validate(content).steps, steps_of(scope, version), strict=True)
    ]
