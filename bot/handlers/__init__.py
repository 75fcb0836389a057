"""Slack's requests: one module a command or surface. Each parses, calls one use case, and shows one view."""

from __future__ import annotations

from bot.handlers import (
    charts,
    deliveries,
    fill_in,
    forecast,
    funnel,
    health,
    home,
    nextstep,
    plan,
    playbook,
    prospect,
    script,
    settings,
    why,
)
from bot.handlers.router import Router


def build_router() -> Router:
    """Everything that Nextstep answers."""
    router = Router()
    for module in (prospect, script, fill_in, playbook, funnel, plan, forecast, why, charts):
        module.register(router)
    for module in (nextstep, settings, health, home, deliveries):
        module.register(router)
    return router
