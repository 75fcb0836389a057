"""Whose rows are whose: names that differ in case, accents or a legal form are one company."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from playbooks.imports.rows import Row
from playbooks.names import legal_forms, name_key, same_company


class Company(NamedTuple):
    """A prospect under the first of its names in the file, and what that name is compared by."""

    name: str
    key: str
    legal_forms: tuple[str, ...]


def _company(names: Sequence[str], key: str) -> Company:
    return Company(names[0], key, tuple(sorted(frozenset().union(*map(legal_forms, names)))))


def by_company(rows: Iterable[Row]) -> Iterator[tuple[Company, list[Row]]]:
    """The rows of each company under the first of its names; `Acme BV` and `ACME B.V.` are one."""
    by_name: dict[str, list[Row]] = {}
    for row in rows:
        own = by_name.get(row.prospect)
        if own is None:
            by_name[row.prospect] = [row]
        else:
            own.append(row)
    by_key: dict[str, list[str]] = {}
    for name in by_name:
        by_key.setdefault(name_key(name), []).append(name)
    for key, names in by_key.items():
        if len(names) == 1:
            yield _company(names, key), by_name[names[0]]
            continue
        for group in _companies(sorted(names, key=lambda name: by_name[name][0].line)):
            yield _company(group, key), [row for name in group for row in by_name[name]]


def _companies(names: Sequence[str]) -> list[list[str]]:
    """Names with one key, parted where their legal forms differ."""
    groups: list[list[str]] = []
    for name in names:
        own = next((group for group in groups if same_company(group[0], name)), None)
        if own is None:
            groups.append([name])
        else:
            own.append(name)
    return groups
