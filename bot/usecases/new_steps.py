"""Which steps of a playbook's versions began numbers of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from playbooks.pipeline import PlaybookVersion
from playbooks.ports import UnitOfWork


def steps_that_began(uow: UnitOfWork, versions: Sequence[PlaybookVersion]) -> Mapping[int, tuple[int, ...]]:
    """The numbers of the steps that no earlier version had, by the id of the version; of the first one none.

    `versions` are all of one playbook, the newest first. The unit of work is open already.
    """
    found: dict[int, tuple[int, ...]] = {}
    seen: set[int] = set()
    for version in reversed(versions):
        steps = uow.visits.steps(version.published.id)
        if seen:
            found[version.published.id] = tuple(n for n, step in enumerate(steps, start=1) if step not in seen)
        seen.update(steps)
    return found
