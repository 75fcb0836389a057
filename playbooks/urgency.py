"""What comes first: the order in which a member is told of prospects."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from playbooks.pipeline import Line


def most_urgent_first(lines: Iterable[Line], today: date) -> list[Line]:
    """Overdue actions, then decisions that are due, then the rest; in each the later steps first.

    A later step is worth more, for fewer decisions lie between it and the customer. That is the order until
    what a step is worth can be counted (numbers.md).
    """
    return sorted(lines, key=lambda line: _place(line, today))


def _place(line: Line, today: date) -> tuple[int, int, date, str]:
    on = line.next_action.on if line.next_action else today
    group = 0 if on < today else 1 if line.decision_is_due(today) else 2
    return group, line.steps - line.step_number, on, line.name
