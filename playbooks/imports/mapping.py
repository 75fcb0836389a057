"""How the columns and words of another system's export are to be read: a small YAML file.

```yaml
name: Our CRM
one_row_per: deal          # visit (a row each visit to a step), deal (a date column each stage), change
columns:
  prospect: [Deal name]    # ours: what it may be called in the file
  rep: Deal owner
entered: 'Date entered "{stage}"'
stages:
  Appointment: step1       # a step of the playbook, an exit, or ignore
  Closed won: won
dates: day-first           # month-first, excel; left out: as the file itself shows
```
"""

from __future__ import annotations

import re
from collections.abc import Mapping as Map
from enum import StrEnum
from importlib.resources import files
from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator, Field, ValidationError

from playbooks.funnel.visits import Exit
from playbooks.imports.dates import Order
from playbooks.imports.faults import FileRefusedError, shown
from playbooks.imports.table import folded
from playbooks.marked_yaml import Items, Keys, Node, Scalar, UnreadableError, read_tree
from playbooks.model import Line, Value

IGNORE: Final = "ignore"
EXCEL: Final = "excel"
EXITS: Final = {exit_.name.lower(): exit_ for exit_ in Exit if exit_ is not Exit.UNDECIDED}
"""The words for the ways in which a visit ends."""
STAGE: Final = "{stage}"
_ENDING: Final = ".yaml"
_SHIPPED: Final = "mappings"


class RowPer(StrEnum):
    """What one row of the file stands for."""

    VISIT = "visit"
    DEAL = "deal"
    CHANGE = "change"


Column = Literal[
    "prospect",
    "step",
    "entered_at",
    "left_at",
    "exit",
    "rep",
    "source",
    "variant",
    "contacts",
    "minutes",
    "stage",
    "changed_at",
    "created_at",
    "won_at",
    "lost_at",
]

NEEDED: Final[Map[RowPer, tuple[Column, ...]]] = {
    RowPer.VISIT: ("prospect", "step", "entered_at", "left_at", "exit"),
    RowPer.DEAL: ("prospect",),
    RowPer.CHANGE: ("prospect", "stage", "changed_at"),
}
OPTIONAL: Final[Map[RowPer, tuple[Column, ...]]] = {
    RowPer.VISIT: ("rep", "source", "variant", "contacts", "minutes"),
    RowPer.DEAL: ("rep", "source", "created_at", "won_at", "lost_at"),
    RowPer.CHANGE: ("rep", "source", "won_at", "lost_at"),
}


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Names = Annotated[tuple[Line, ...], BeforeValidator(_listed), Field(min_length=1, max_length=30)]
Target = Annotated[str, Field(pattern=r"^(step[1-9][0-9]?|won|lost|no_decision|not_now|ignore)$")]
ExitWord = Literal["advanced", "won", "lost", "no_decision", "not_now"]


class Mapping(Value):
    """One such file. `stages`, `exits` and `reps` turn their words into ours, `reps` into Slack ids or names."""

    name: Line = "long form"
    one_row_per: RowPer = RowPer.VISIT
    columns: dict[Column, Names] = Field(default_factory=dict)
    entered: Annotated[str, Field(pattern=re.escape(STAGE))] | None = None
    stages: dict[Line, Target] = Field(default_factory=dict)
    exits: dict[Line, ExitWord] = Field(default_factory=dict)
    reps: dict[Line, Line] = Field(default_factory=dict)
    dates: Order | Literal["excel"] | None = None

    @property
    def order(self) -> Order | None:
        return self.dates if isinstance(self.dates, Order) else None

    def names(self, column: Column) -> tuple[str, ...]:
        """What this column of ours may be called in the file, folded."""
        return tuple(folded(name) for name in self.columns.get(column, (column,)))


LONG_FORM: Final = Mapping()
"""The form of `nextstep export`, which needs no mapping."""


def shipped_mappings() -> tuple[str, ...]:
    """The names of the mappings that come with Nextstep, in alphabetical order."""
    entries = (entry.name for entry in files(__package__).joinpath(_SHIPPED).iterdir())
    return tuple(sorted(name.removesuffix(_ENDING) for name in entries if name.endswith(_ENDING)))


def shipped_mapping(name: str) -> str:
    """The YAML of a shipped mapping."""
    return files(__package__).joinpath(_SHIPPED).joinpath(name + _ENDING).read_text(encoding="utf-8")


def read_mapping(text: str | bytes, file: str) -> Mapping:
    """Raises `FileRefusedError` with a line for each mistake."""
    try:
        root, faults = read_tree(text, file)
    except UnreadableError as error:
        raise FileRefusedError(str(error.fault)) from error
    found = [(fault.line, str(fault)) for fault in faults]
    try:
        mapping = Mapping.model_validate(_plain(root))
    except ValidationError as error:
        found += [_mistake(root, file, dict(one)) for one in error.errors()]
    else:
        found += [(root.line_of(key), f"{file}:{root.line_of(key)}: {said}") for key, said in _lacking(mapping)]
    if found:
        raise FileRefusedError("\n".join(sentence for _, sentence in sorted(set(found))))
    return mapping


def _lacking(mapping: Mapping) -> list[tuple[str, str]]:
    """What a form needs and does not have."""
    form = mapping.one_row_per
    known = NEEDED[form] + OPTIONAL[form]
    odd = [column for column in mapping.columns if column not in known]
    found = [
        ("columns", f"columns: {', '.join(odd)} has no use with one_row_per: {form}; right are {', '.join(known)}")
    ]
    lacking = found if odd else []
    if form is RowPer.DEAL and mapping.entered is None:
        lacking.append(
            ("entered", "entered is missing; right is the name of the date columns, as 'Date entered {stage}'")
        )
    if form is not RowPer.VISIT and not any(target.startswith("step") for target in mapping.stages.values()):
        lacking.append(("stages", "stages names no step; right is a line for each stage, as 'Appointment: step1'"))
    return lacking


def _plain(node: Node) -> Any:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Items):
        return [_plain(item) for item in node.nodes]
    return {key: _plain(value) for key, value in node.nodes.items()}


_RIGHT: Final = {
    "extra_forbidden": "is no key of a mapping; right are {keys}",
    "missing": "is missing",
    "string_type": "has to be a text",
    "dict_type": "has to be keys with a value each",
    "tuple_type": "has to be a text or a list of texts",
}


def _mistake(root: Keys, file: str, error: dict[str, Any]) -> tuple[int, str]:
    """One of pydantic's errors with its line, in our words where we have better ones."""
    node: Node = root
    line, where = root.line, list[str]()
    for part in error["loc"]:
        if isinstance(node, Keys) and part in node.lines:
            line = node.line_of(str(part))
            node = node.nodes.get(str(part), node)
        elif isinstance(node, Items) and isinstance(part, int) and part < len(node.nodes):
            node = node.nodes[part]
            line = node.line
        else:
            continue
        where.append(str(part))
    value = f" {shown(node.text or '')}" if isinstance(node, Scalar) else ""
    right = _RIGHT.get(error["type"], "cannot stand: " + str(error["msg"])[:200])
    if error["type"] == "string_pattern_mismatch":
        right = "cannot stand: " + _PATTERNS.get(where[0] if where else "", str(error["msg"]))
    named, keys = "/".join(where) or error["loc"][0], ", ".join(Mapping.model_fields)
    return line, f"{file}:{line}: {named}{value} {right.replace('{keys}', keys)}"


_PATTERNS: Final = {
    "stages": "right is step1, step2..., won, lost, no_decision, not_now or ignore",
    "entered": "right is the name of the date columns with {stage} in it",
}
