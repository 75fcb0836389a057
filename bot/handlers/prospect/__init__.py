"""`/prospect` and everything its buttons and dialogs do."""

from __future__ import annotations

from bot.handlers.prospect import (
    add,
    advance,
    assign,
    command,
    decide,
    from_message,
    listing,
    log,
    lose,
    mine,
    more,
    plan,
    postpone,
    show,
    undo,
    wait,
)
from bot.handlers.router import Router


def register(router: Router) -> None:
    """Each subcommand registers its own buttons and dialogs."""
    own = (add, advance, mine, log, plan, wait, decide, lose, postpone, more, show, listing, assign, undo)
    for module in (command, *own, from_message):
        module.register(router)
