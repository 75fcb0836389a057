"""YAML -> a playbook, or everything that is wrong with it: each with file, line and what would be right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from rapidfuzz import fuzz, process

from playbooks import model
from playbooks.check import check
from playbooks.defaults import default_lost_reasons, default_outcomes
from playbooks.fault_codes import FaultCode
from playbooks.faults import Fault, quoted
from playbooks.marked_yaml import Items, Keys, Node, Scalar, UnreadableError, read_tree

SCHEMA = "1"

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A playbook without faults, or its faults in the order of the file; never both, never neither."""

    playbook: model.Playbook | None
    faults: tuple[Fault, ...]


def read_playbook(text: str | bytes, file: str) -> Loaded:
    """Read a playbook from YAML; `file` is the name that its faults carry. Never raises."""
    try:
        root, faults = read_tree(text, file)
    except UnreadableError as error:
        return Loaded(None, (error.fault,))
    if root.text("schema") not in (SCHEMA, None):
        details = {"value": quoted(root.text("schema") or "")}
        return Loaded(None, (Fault(file, root.line_of("schema"), FaultCode.WRONG_SCHEMA, details=details),))
    playbook, mistakes = _validated(root, file)
    everything = {str(fault): fault for fault in (*faults, *mistakes, *check(root, file))}
    if everything:
        return Loaded(None, tuple(sorted(everything.values(), key=lambda fault: fault.line)))
    return Loaded(playbook, ())


def _validated(root: Keys, file: str) -> tuple[model.Playbook | None, list[Fault]]:
    content: dict[str, Any] = _plain(root)
    language = root.text("language") or "en"
    content.setdefault("outcomes", default_outcomes(language))
    content.setdefault("lost_reasons", default_lost_reasons(language))
    if content.get("schema") == SCHEMA:
        content["schema"] = int(SCHEMA)
    try:
        return model.Playbook.model_validate(content), []
    except ValidationError as error:
        return None, [fault for one in error.errors() if (fault := _fault(root, file, one)) is not None]


def _plain(node: Node) -> Any:
    """The tree as pydantic takes it; it turns the texts into numbers and true or false itself."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Items):
        return [_plain(item) for item in node.nodes]
    return {key: _plain(value) for key, value in node.nodes.items()}


def _fault(root: Keys, file: str, error: Mapping[str, Any]) -> Fault | None:
    """One of pydantic's errors in our words; None where check.py says it better."""
    kind, path = str(error["type"]), tuple(error["loc"])
    if kind in ("missing", "extra_forbidden"):
        return _key_fault(root, file, path, missing=kind == "missing")
    place = _Place.of(root, path)
    if place.is_told_by_check:
        return None
    details = _details(error, place.node)
    code = _code(kind, error.get("ctx", {}), place.node)
    return Fault(file, place.line, code, place.where, details)


def _key_fault(root: Keys, file: str, path: Path, *, missing: bool) -> Fault | None:
    """A key that is lacking or that nobody knows; None where check.py says it better."""
    place, key = _Place.of(root, path[:-1]), str(path[-1])
    if missing:
        if path == ("steps",) or not isinstance(place.node, Keys):
            return None
        return Fault(file, place.node.line_of(key), FaultCode.MISSING_KEY, place.where, {"key": key})
    line = place.node.line_of(key) if isinstance(place.node, Keys) else place.line
    known = _known_keys(path[:-1])
    details = {"key": quoted(key)[1:-1], "closest": _closest(key, known), "known": ", ".join(known)}
    return Fault(file, line, FaultCode.UNKNOWN_KEY, place.where, details)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where one of pydantic's paths ends in the file; `where` names it by its keys."""

    node: Node
    line: int
    where: str
    path: Path

    @classmethod
    def of(cls, root: Keys, path: Path) -> _Place:
        """Follow the path as far as the file goes: pydantic adds the names of alternatives to it."""
        node: Node = root
        line, names, followed = root.line, list[str](), list[str | int]()
        for part in path:
            if isinstance(node, Keys) and part in node.nodes:
                line, node = node.line_of(str(part)), node.nodes[str(part)]
            elif isinstance(node, Items) and isinstance(part, int) and part < len(node.nodes):
                node = node.nodes[part]
                line = node.line
            else:
                break
            followed.append(part)
            names = _named(names, part, node)
        return cls(node, line, "/".join(names) or "playbook", tuple(followed))

    @property
    def is_told_by_check(self) -> bool:
        """The keys of steps and what is asked: check.py knows which ones they have to be."""
        if not isinstance(self.node, Scalar):
            return False
        asked = self.path[-2:] in (("sells", "step"), ("ask", "step"))
        numbered = len(self.path) == 3 and self.path[0] == "steps" and self.path[2] == "key"  # noqa: PLR2004
        return asked or numbered


_NAMED_BY = ("key", "variant")
_DROPPED = {"steps", "moments", "scripts"}


def _named(names: list[str], part: str | int, node: Node) -> list[str]:
    """The path in the author's words: `step2/intro/B/ask`, with [2] for the second item without a key."""
    if isinstance(part, str):
        return [*names, part]
    own = next((node.text(key) for key in _NAMED_BY if isinstance(node, Keys) and node.text(key)), None)
    if own is None:
        return [*names[:-1], f"{names[-1]}[{part + 1}]"]
    kept = names[:-1] if names[-1] in _DROPPED else names
    return [*kept, quoted(own)[1:-1]]


_BLOCKS: Mapping[str, type[model.Value]] = {
    "steps": model.Step,
    "evidence": model.Evidence,
    "sells": model.Ask,
    "ask": model.Ask,
    "waiting": model.Waiting,
    "when_due": model.WhenDue,
    "decision_script": model.DecisionScript,
    "moments": model.Moment,
    "scripts": model.Script,
    "objections": model.Objection,
    "expects": model.Expectation,
    "outcomes": model.Outcome,
    "lost_reasons": model.LostReason,
}


def _known_keys(path: Path) -> list[str]:
    """The keys of the block at this path, as one writes them."""
    name = next((part for part in reversed(path) if isinstance(part, str)), "")
    fields = _BLOCKS.get(name, model.Playbook).model_fields
    return [field.alias or key for key, field in fields.items()]


def _closest(key: str, known: list[str]) -> str:
    found = process.extractOne(key, known, scorer=fuzz.ratio)
    return found[0] if found else ""


_CODES: Mapping[str, FaultCode] = {
    "string_type": FaultCode.EXPECTED_TEXT,
    "int_type": FaultCode.EXPECTED_NUMBER,
    "int_parsing": FaultCode.EXPECTED_NUMBER,
    "int_parsing_size": FaultCode.EXPECTED_NUMBER,
    "int_from_float": FaultCode.EXPECTED_NUMBER,
    "bool_type": FaultCode.EXPECTED_YES_NO,
    "bool_parsing": FaultCode.EXPECTED_YES_NO,
    "tuple_type": FaultCode.EXPECTED_LIST,
    "dict_type": FaultCode.EXPECTED_KEYS,
    "model_type": FaultCode.EXPECTED_KEYS,
    "model_attributes_type": FaultCode.EXPECTED_KEYS,
    "enum": FaultCode.NOT_ONE_OF,
    "literal_error": FaultCode.NOT_ONE_OF,
    "greater_than_equal": FaultCode.TOO_LOW,
    "less_than_equal": FaultCode.TOO_HIGH,
    "string_too_short": FaultCode.EMPTY_TEXT,
    "string_too_long": FaultCode.TEXT_TOO_LONG,
    "too_long": FaultCode.TOO_MANY,
}


def _code(kind: str, context: Mapping[str, Any], node: Node) -> FaultCode:
    if kind == "string_pattern_mismatch":
        return FaultCode.BAD_VARIANT if context.get("pattern") == model.VARIANT else FaultCode.BAD_NAME
    code = _CODES.get(kind, FaultCode.BAD_VALUE)
    if code is FaultCode.NOT_ONE_OF and not isinstance(node, Scalar):
        return FaultCode.EXPECTED_TEXT
    return code


def _details(error: Mapping[str, Any], node: Node) -> dict[str, str]:
    """What the sentences name: the value as it was written, the limit, the choices."""
    context = error.get("ctx", {})
    limit = next((context[key] for key in ("ge", "le", "max_length") if key in context), "")
    written = (node.text or "") if isinstance(node, Scalar) else ""
    length = len(node.nodes) if isinstance(node, Items) else len(written.strip())
    known = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
    return {"value": quoted(written), "limit": str(limit), "length": str(length), "known": known}
