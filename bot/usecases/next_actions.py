"""The next action that somebody chose, beside the one the playbook proposes."""

from __future__ import annotations

from datetime import date

from playbooks.events import NextAction
from playbooks.gate import dated


def chosen(proposed: NextAction, on: date | None, what: str | None) -> NextAction:
    """The proposal with another date or other words. Other words are no longer the playbook's moment.

    Raises `Refused` for words that are empty or too long.
    """
    same = what is None or what == proposed.what
    return dated(
        on or proposed.on,
        proposed.what if what is None else what,
        moment=proposed.moment if same else None,
    )
