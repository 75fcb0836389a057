"""Which steps of a new version of a playbook are steps that were there before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from playbooks.model import Step


def identities(
    steps: Sequence[Step], earlier: Iterable[tuple[Step, int]], same: Mapping[int, int]
) -> tuple[int | None, ...]:
    """The identity of each of these steps; None: it is a new one.

    `earlier` are the steps of the versions before, the newest first, each with its identity: a step with the same
    decision and evidence counts on. `same` says so, by number, of steps whose words changed. No two steps of one
    version share an identity. Raises `ValueError` when `same` makes them, or names a step that is not there.
    """
    if len(set(same.values())) < len(same):
        raise ValueError("two steps of one version cannot count on as the same step")
    if beyond := sorted(number for number in same if not 1 <= number <= len(steps)):
        raise ValueError(f"there is no step {beyond[0]}: this version has {len(steps)}")
    known = [(_meaning(step), identity) for step, identity in earlier]
    taken, found = set(same.values()), []
    for number, step in enumerate(steps, start=1):
        identity = same.get(number) or _first(known, _meaning(step), taken)
        if identity is not None:
            taken.add(identity)
        found.append(identity)
    return tuple(found)


def _first(known: Sequence[tuple[object, int]], meaning: object, taken: set[int]) -> int | None:
    return next((identity for other, identity in known if other == meaning and identity not in taken), None)


def _meaning(step: Step) -> object:
    return step.decision, tuple((item.key, item.text) for item in step.evidence)
