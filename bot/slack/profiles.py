"""What Slack knows of a person."""

from __future__ import annotations

from typing import Any

import structlog
from slack_sdk import WebClient

from bot.slack.client import web_client
from bot.slack_failures import SLACK_FAILED
from bot.usecases.members import Profile

_SECONDS = 1
"""Somebody waits for the answer to what they asked meanwhile: who they are can be learned later."""

log = structlog.get_logger()


def fetch_profile(client: WebClient, user: str) -> Profile:
    """Asks Slack for name, locale and time zone; nothing is known when Slack does not say in time."""
    hurried = web_client(client.base_url, client.token, seconds=_SECONDS)
    try:
        said: dict[str, Any] = hurried.users_info(user=user, include_locale=True)["user"]
    except SLACK_FAILED as error:
        log.warning("profile_unknown", user=user, error=str(error))
        return Profile(slack_id=user)
    profile = said.get("profile") or {}
    name = profile.get("display_name") or said.get("real_name") or profile.get("real_name") or said.get("name")
    return Profile(
        slack_id=user,
        name=str(name) if name else None,
        locale=said.get("locale"),
        zone=said.get("tz"),
        active=not said.get("deleted", False),
    )
