"""YAML read with its lines: text -> a tree of keys, lists and texts that know where they stand.

Stricter than YAML: every value is a text (so `no` stays the word no), and there are no anchors, aliases,
tags or second documents. Nothing here knows what a playbook is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from playbooks.fault_codes import FaultCode
from playbooks.faults import Fault, quoted

MAX_BYTES = 500_000
MAX_DEPTH = 12

_UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_NULLS = {"", "~", "null", "Null", "NULL"}


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text, or None where nothing is filled in. `block` marks a text kept line by line (`|`)."""

    line: int
    text: str | None
    block: bool = False

    def line_within(self, line: int) -> int:
        """The file's line for a line (from 1) of this text; the first one where lines were folded."""
        return self.line + line if self.block else self.line


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    line: int
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Keys:
    """A block of keys; one without a value counts as absent, but keeps its line."""

    line: int
    nodes: dict[str, Node]
    lines: dict[str, int]

    def line_of(self, key: str) -> int:
        """Where this key stands, or would."""
        return self.lines.get(key, self.line)

    def text(self, key: str) -> str | None:
        node = self.nodes.get(key)
        return node.text if isinstance(node, Scalar) else None

    def number(self, key: str) -> int | None:
        text = (self.text(key) or "").strip()
        return int(text) if re.fullmatch(r"[+-]?[0-9]{1,9}", text) else None

    def items(self, key: str) -> tuple[Node, ...]:
        node = self.nodes.get(key)
        return node.nodes if isinstance(node, Items) else ()

    def blocks(self, key: str) -> tuple[Keys, ...]:
        """The items of a list that are blocks of keys."""
        return tuple(node for node in self.items(key) if isinstance(node, Keys))

    def block(self, key: str) -> Keys | None:
        node = self.nodes.get(key)
        return node if isinstance(node, Keys) else None

    def is_empty(self, key: str) -> bool:
        """Whether nothing stands there: no key, no value, or an empty list."""
        node = self.nodes.get(key)
        return node is None or (isinstance(node, Items) and not node.nodes)


Node = Scalar | Items | Keys


class UnreadableError(Exception):
    """The text is no YAML that we read; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


def read_tree(source: str | bytes, file: str) -> tuple[Keys, tuple[Fault, ...]]:
    """The tree of a file that holds keys, and the faults that did not stop the reading.

    Raises:
        UnreadableError: when there is nothing to go on with.

    """
    text = _decoded(source, file)
    try:
        reading = _Reading(file, _events(text))
        root = reading.document()
    except yaml.YAMLError as error:
        raise UnreadableError(_syntax_fault(error, text, file)) from error
    if root is None or (isinstance(root, Scalar) and root.text is None):
        raise UnreadableError(Fault(file, 1, FaultCode.EMPTY_FILE))
    if not isinstance(root, Keys):
        raise UnreadableError(Fault(file, root.line, FaultCode.NOT_KEYS))
    return root, tuple(reading.faults)


def _decoded(source: str | bytes, file: str) -> str:
    """The text without a byte order mark; raises UnreadableError for what no editor would show."""
    size = len(source)
    if size > MAX_BYTES:
        details = {"size": str(size), "limit": str(MAX_BYTES)}
        raise UnreadableError(Fault(file, 1, FaultCode.FILE_TOO_LARGE, details=details))
    try:
        text = source if isinstance(source, str) else source.decode()
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise UnreadableError(Fault(file, line, FaultCode.NOT_UTF8)) from error
    text = text.removeprefix("\ufeff")
    if found := _UNREADABLE.search(text):
        line = text.count("\n", 0, found.start()) + 1
        details = {"character": f"U+{ord(found.group()):04X}"}
        raise UnreadableError(Fault(file, line, FaultCode.BAD_CHARACTER, details=details))
    return text


def _events(text: str) -> Iterator[yaml.Event]:
    """The parser's events; libyaml's where it is built in, it is ten times as quick."""
    loader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
    return iter(yaml.parse(text, Loader=loader))


class _Reading:
    """Builds the tree out of events, with a limit to the depth, so that no input can exhaust us."""

    def __init__(self, file: str, events: Iterator[yaml.Event]) -> None:
        self.faults: list[Fault] = []
        self._file = file
        self._events = events

    def document(self) -> Node | None:
        root: Node | None = None
        for event in self._events:
            if not isinstance(event, yaml.DocumentStartEvent):
                continue
            if root is not None:
                raise UnreadableError(self._fault(event, FaultCode.SECOND_DOCUMENT))
            root = self._node(next(self._events), 0, "playbook")
        return root

    def _node(self, event: yaml.Event, depth: int, where: str) -> Node:
        line = _line(event)
        if depth > MAX_DEPTH:
            raise UnreadableError(self._fault(event, FaultCode.TOO_DEEP, limit=str(MAX_DEPTH)))
        self._refuse_decoration(event)
        if isinstance(event, yaml.ScalarEvent):
            absent = not event.style and event.value in _NULLS  # a plain text, without quotes or | before it
            return Scalar(line, None if absent else event.value, block=event.style == "|")
        if isinstance(event, yaml.SequenceStartEvent):
            return Items(line, tuple(self._items(depth, where)))
        if isinstance(event, yaml.MappingStartEvent):
            return self._keys(line, depth, where)
        return Scalar(line, None)

    def _items(self, depth: int, where: str) -> Iterator[Node]:
        for number, event in enumerate(self._events, start=1):
            if isinstance(event, yaml.SequenceEndEvent):
                return
            yield self._node(event, depth + 1, f"{where}[{number}]")

    def _keys(self, line: int, depth: int, where: str) -> Keys:
        keys = Keys(line, {}, {})
        for event in self._events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._node(event, depth + 1, where)
            name = key.text if isinstance(key, Scalar) else None
            value = self._node(next(self._events), depth + 1, name or where)
            self._put(keys, key.line, name, value, where)
        return keys

    def _put(self, keys: Keys, line: int, name: str | None, value: Node, where: str) -> None:
        if name is None:
            self.faults.append(Fault(self._file, line, FaultCode.BAD_KEY, where))
        elif name in keys.lines:
            details = {"key": quoted(name)[1:-1], "first": str(keys.lines[name])}
            self.faults.append(Fault(self._file, line, FaultCode.DUPLICATE_KEY, where, details))
        else:
            keys.lines[name] = line
            if not (isinstance(value, Scalar) and value.text is None):
                keys.nodes[name] = value

    def _refuse_decoration(self, event: yaml.Event) -> None:
        """Anchors, aliases and tags: the ways in which YAML grows or becomes something else."""
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            self.faults.append(self._fault(event, FaultCode.ALIAS))
        tag = getattr(event, "tag", None)
        if tag is not None:
            self.faults.append(self._fault(event, FaultCode.TAG, tag=quoted(tag)))

    def _fault(self, event: yaml.Event, code: FaultCode, **details: str) -> Fault:
        return Fault(self._file, _line(event), code, details=details)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


_PROBLEMS = (
    ("mapping values are not allowed", FaultCode.COLON_IN_TEXT),
    ("did not find expected", FaultCode.INDENTATION),
    ("expected <block end>", FaultCode.INDENTATION),
    ("could not find expected ':'", FaultCode.INDENTATION),
    ("found unexpected end of stream", FaultCode.INDENTATION),
    ("maximum nesting depth", FaultCode.TOO_DEEP),
)


def _syntax_fault(error: yaml.YAMLError, text: str, file: str) -> Fault:
    """The parser's complaint in words for somebody who does not know YAML's grammar."""
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read")
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    lines = text.splitlines() or [""]
    line = min(mark.line + 1 if mark else 1, len(lines))
    if re.match(r"\s*\t", lines[line - 1]) and "start any token" in problem:
        return Fault(file, line, FaultCode.TAB)
    for fragment, code in _PROBLEMS:
        if fragment in problem:
            return Fault(file, line, code, details={"limit": str(MAX_DEPTH)})
    return Fault(file, line, FaultCode.BAD_YAML, details={"problem": quoted(problem)[1:-1]})
