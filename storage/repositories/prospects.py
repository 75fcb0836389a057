"""Whom we sell to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from playbooks.names import KnownProspect, name_key
from playbooks.ports import NotHere
from playbooks.prospect import Person, Prospect
from storage.json_sql import listed, rows_in
from storage.rows import PersonRow, ProspectRow
from storage.scope import HERE, Scope

PEOPLE = listed(
    PersonRow.place,
    PersonRow.name,
    PersonRow.role,
    PersonRow.phone,
    PersonRow.email,
    PersonRow.decides,
    where=PersonRow.prospect_id == ProspectRow.id,
)
"""The people of the enclosing statement's prospect, for `people_in`."""

_KNOWN = select(ProspectRow.id, ProspectRow.name, ProspectRow.key).where(ProspectRow.workspace_id == HERE)
_BY_KEYS = _KNOWN.where(ProspectRow.key.in_(bindparam("keys", expanding=True)))
_STARTING_WITH = (
    _KNOWN.where(ProspectRow.key >= bindparam("beginning"), ProspectRow.key < bindparam("beyond"))
    .order_by(ProspectRow.key)
    .limit(bindparam("most"))
)
_HIGHEST = "\U0010ffff"
"""Comes after every other character."""
_ALL = _KNOWN.order_by(ProspectRow.id)
_BY_ID = select(
    ProspectRow.id,
    ProspectRow.workspace_id,
    ProspectRow.name,
    ProspectRow.source,
    ProspectRow.value,
    PEOPLE.label("people"),
).where(ProspectRow.workspace_id == HERE, ProspectRow.id == bindparam("id"))
_UPDATE = (
    update(ProspectRow)
    .where(ProspectRow.workspace_id == bindparam("here"), ProspectRow.id == bindparam("prospect_id"))
    .values({name: bindparam(name) for name in ("name", "key", "source", "value")})
)
_ADD = insert(ProspectRow).returning(ProspectRow.id)
_ADD_PEOPLE = insert(PersonRow)
_FORGET_PEOPLE = delete(PersonRow).where(PersonRow.prospect_id == bindparam("prospect"))


def people_in(text: str | None) -> tuple[Person, ...]:
    """The people that `PEOPLE` gave, in the order in which they were named."""
    return tuple(
        Person(name, role, phone, email, bool(decides))
        for _, name, role, phone, email, decides in sorted(rows_in(text), key=lambda listed: listed[0])
    )


class Prospects:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def by_keys(self, keys: Sequence[str]) -> Sequence[KnownProspect]:
        # Ordered here: asked for this order, SQLite would walk along the ids instead of looking up the keys.
        found = [KnownProspect(*row) for row in self._scope.read(_BY_KEYS, keys=list(keys))]
        return sorted(found, key=lambda known: known.id)

    def starting_with(self, beginning: str, limit: int) -> Sequence[KnownProspect]:
        values = {"beginning": beginning, "beyond": beginning + _HIGHEST, "most": limit}
        return [KnownProspect(*row) for row in self._scope.read(_STARTING_WITH, **values)]

    def all(self) -> Sequence[KnownProspect]:
        return [KnownProspect(*row) for row in self._scope.read(_ALL)]

    def get(self, prospect_id: int) -> Prospect:
        row = self._scope.read(_BY_ID, id=prospect_id).one_or_none()
        if row is None:
            raise NotHere(f"no prospect {prospect_id} in this workspace")
        return Prospect(row.id, row.workspace_id, row.name, row.source, row.value, people_in(row.people))

    def add(self, name: str, *, source: str | None, value: int | None, people: Sequence[Person]) -> Prospect:
        here = self._scope.workspace.id
        values = {"workspace_id": here, "name": name, "key": name_key(name), "source": source, "value": value}
        added = self._scope.write(_ADD, values).scalar_one()
        self._add_people(added, people)
        return Prospect(added, here, name, source, value, tuple(people))

    def update(self, prospect: Prospect) -> None:
        """Keeps its name, source, value and people."""
        values: dict[str, Any] = {
            "here": self._scope.workspace.id,
            "prospect_id": prospect.id,
            "name": prospect.name,
            "key": name_key(prospect.name),
            "source": prospect.source,
            "value": prospect.value,
        }
        if not self._scope.write(_UPDATE, values).rowcount:
            raise NotHere(f"no prospect {prospect.id} in this workspace")
        self._scope.write(_FORGET_PEOPLE, {"prospect": prospect.id})
        self._add_people(prospect.id, prospect.people)

    def _add_people(self, prospect_id: int, people: Sequence[Person]) -> None:
        rows = [
            {
                "workspace_id": self._scope.workspace.id,
                "prospect_id": prospect_id,
                "place": place,
                "name": person.name,
                "role": person.role,
                "phone": person.phone,
                "email": person.email,
                "decides": person.decides,
            }
            for place, person in enumerate(people, start=1)
        ]
        if rows:
            self._scope.write(_ADD_PEOPLE, rows)
