"""The next action that somebody chose, beside the one the playbook proposes."""

from __future__ import annotations

from datetime import date

from playbooks.events import NextAction


def chosen(proposed: NextAction, on: date | None, what: str | None) -> NextAction:
    """The proposal with another date or other words. Other words are no longer the playbook's moment."""
    same = what is None or what == proposed.what
    return NextAction(
        on=on or proposed.on,
        what=proposed.what if what is None else what,
        moment=proposed.moment if same else None,
    )
