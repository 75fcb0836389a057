"""What can be done from the messages that Nextstep sends by itself, beside what can be done everywhere."""

from __future__ import annotations

from bot.handlers.deliveries import done, let_go, lists, returning
from bot.handlers.router import Router


def register(router: Router) -> None:
    """Each module registers its own buttons and dialogs."""
    for module in (done, let_go, lists, returning):
        module.register(router)
