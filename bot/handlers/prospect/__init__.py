"""`/prospect` and everything its buttons and dialogs do."""

from __future__ import annotations

from bot.handlers.prospect import add, advance, command, decide, log, lose, mine, more, plan, postpone, wait
from bot.handlers.router import Router


def register(router: Router) -> None:
    """Each subcommand registers its own buttons and dialogs."""
    for module in (command, add, advance, mine, log, plan, wait, decide, lose, postpone, more):
        module.register(router)
