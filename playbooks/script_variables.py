"""What scripts know: the variables, their parts and the filters. docs/playbooks.md lists them for authors."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from enum import Enum


class Kind(Enum):
    """What a variable is, and so what may be done with it."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    FLAG = "flag"
    THING = "thing"
    LIST = "list"


PERSON = {
    "name": Kind.TEXT,
    "first_name": Kind.TEXT,
    "role": Kind.TEXT,
    "phone": Kind.TEXT,
    "email": Kind.TEXT,
    "decides": Kind.FLAG,
}
_THINGS: Mapping[str, Mapping[str, Kind]] = {
    "prospect": {"name": Kind.TEXT, "source": Kind.TEXT, "value": Kind.NUMBER},
    "person": PERSON,
    "me": {"name": Kind.TEXT, "first_name": Kind.TEXT},
    "step": {"name": Kind.TEXT},
    "next_step": {"name": Kind.TEXT},
}
LOOP = {"first": Kind.FLAG, "last": Kind.FLAG}
_WHOLE = {"today": Kind.DATE, "people": Kind.LIST}
OUR = "our"
NEXT_STEP = "next_step"
FILTERS = ("default", "first_name", "upper", "lower", "title")
DEFAULT = "default"

VARIABLE_NAME = re.compile(r"^[a-z][a-z0-9_]{0,39}$")
"""What a playbook's own variable is called, so that a script can use it."""

Known = Kind | Mapping[str, Kind]
"""A variable without parts, or the parts of one."""

RESERVED = frozenset({"loop", "self", "super", "caller", "varargs", "kwargs", OUR, *_THINGS, *_WHOLE}) - {"person"}
"""What a loop may not call its people: names that mean something already; `person` is the natural one."""


def variables(our: Collection[str]) -> dict[str, Known]:
    """Every variable of a script; `our` names the playbook's own."""
    return {**_THINGS, **_WHOLE, OUR: dict.fromkeys(our, Kind.TEXT)}
