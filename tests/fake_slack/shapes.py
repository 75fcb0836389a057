"""A small language for the shape of Block Kit's JSON: each check reports every fault with path and limit."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from tests.fake_slack.limits import limit


class Problems:
    """The faults of one payload, in Slack's words: `no more than 10 items allowed [json-pointer:/blocks/0]`."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def add(self, what: str, path: str) -> None:
        self.found.append(f"{what} [json-pointer:{path}]")


Check = Callable[[Any, str, Problems], None]
"""Looks at a value found at a path (a JSON pointer) and reports its faults."""


def words(limit_name: str, *, least: int = 1) -> Check:
    """A string of `least` up to the limit's number of characters."""
    most = limit(limit_name)

    def check(value: Any, path: str, problems: Problems) -> None:
        if not isinstance(value, str):
            problems.add("must provide a string", path)
        elif len(value) < least:
            problems.add(f"must be more than {least - 1} characters", path)
        elif units(value) > most:
            problems.add(f"must be less than {most + 1} characters", path)

    return check


def units(text: str) -> int:
    """The length of a text in UTF-16 units: Slack does not say what it counts, and this is the most."""
    return len(text.encode("utf-16-le")) // 2


def some_words(value: Any, path: str, problems: Problems) -> None:
    """Any string with something in it."""
    if not isinstance(value, str) or not value:
        problems.add("must provide a string of at least 1 character", path)


def any_words(value: Any, path: str, problems: Problems) -> None:
    """Any string, also an empty one."""
    if not isinstance(value, str):
        problems.add("must provide a string", path)


def flag(value: Any, path: str, problems: Problems) -> None:
    if not isinstance(value, bool):
        problems.add("must provide a boolean", path)


def number(value: Any, path: str, problems: Problems) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        problems.add("must provide a number", path)


def whole(low: int, high: int) -> Check:
    """A whole number between two others, both included."""

    def check(value: Any, path: str, problems: Problems) -> None:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            problems.add(f"must be a whole number from {low} to {high}", path)

    return check


def one_of(*allowed: str) -> Check:
    def check(value: Any, path: str, problems: Problems) -> None:
        if value not in allowed:
            problems.add(f"must be one of {', '.join(allowed)}", path)

    return check


def like(pattern: str, example: str) -> Check:
    """A string of a certain form, such as a date."""
    form = re.compile(pattern)

    def check(value: Any, path: str, problems: Problems) -> None:
        if not isinstance(value, str) or not form.fullmatch(value):
            problems.add(f"must look like {example}", path)

    return check


def list_of(item: Check, limit_name: str | None = None, *, least: int = 1) -> Check:
    """A list of `least` up to the limit's number of items, each passing the same check."""
    most = limit(limit_name) if limit_name else None

    def check(value: Any, path: str, problems: Problems) -> None:
        if not isinstance(value, list):
            problems.add("must provide an array", path)
            return
        if len(value) < least:
            problems.add(f"no fewer than {least} items allowed", path)
        if most is not None and len(value) > most:
            problems.add(f"no more than {most} items allowed", path)
        for index, each in enumerate(value):
            item(each, f"{path}/{index}", problems)

    return check


def record(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None, *rules: Check) -> Check:
    """An object with these fields and no others; the rules run only when every field is sound."""
    known = {**required, **(optional or {})}

    def check(value: Any, path: str, problems: Problems) -> None:
        if not isinstance(value, dict):
            problems.add("must provide an object", path)
            return
        before = len(problems.found)
        for name in required:
            if name not in value:
                problems.add(f"missing required field: {name}", path)
        for name, each in value.items():
            _field(known.get(name), name, each, path, problems)
        if len(problems.found) == before:
            for rule in rules:
                rule(value, path, problems)

    return check


def _field(check: Check | None, name: str, value: Any, path: str, problems: Problems) -> None:
    if check is None:
        problems.add(f"invalid additional property: {name}", path)
    elif value is None:
        problems.add(f"must not be null: {name}", f"{path}/{name}")
    else:
        check(value, f"{path}/{name}", problems)


def by_type(kinds: Mapping[str, Check], what: str) -> Check:
    """An object whose `type` says which of several shapes it must have; `what` names the place it stands in."""

    def check(value: Any, path: str, problems: Problems) -> None:
        if not isinstance(value, dict):
            problems.add("must provide an object", path)
            return
        kind = value.get("type")
        if not isinstance(kind, str) or kind not in kinds:
            problems.add(f"unsupported type: {kind} (a {what} takes {', '.join(sorted(kinds))})", path)
            return
        kinds[kind](value, path, problems)

    return check


def exactly_one(*names: str) -> Check:
    """Of these fields an object has one, and only one."""

    def check(value: Any, path: str, problems: Problems) -> None:
        if sum(name in value for name in names) != 1:
            problems.add(f"must have exactly one of {', '.join(names)}", path)

    return check
