"""Slack's requests: one module a command or surface. Each parses, calls one use case, and shows one view."""

from __future__ import annotations

from bot.handlers import deliveries, fill_in, health, home, nextstep, playbook, prospect, script, settings
from bot.handlers.router import Router


def build_router() -> Router:
    """Everything that Nextstep answers."""
    router = Router()
    for module in (prospect, script, fill_in, playbook, nextstep, settings, health, home, deliveries):
        module.register(router)
    return router
