"""What Slack knows of a person."""

from __future__ import annotations

from typing import Any

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.usecases.members import Profile

log = structlog.get_logger()


def fetch_profile(client: WebClient, user: str) -> Profile:
    """Asks Slack for name, locale and time zone; when Slack does not say, the user id must do for a name."""
    try:
        said: dict[str, Any] = client.users_info(user=user, include_locale=True)["user"]
    except (SlackApiError, OSError) as error:
        log.warning("profile_unknown", user=user, error=str(error))
        return Profile(slack_id=user, name=user)
    profile = said.get("profile") or {}
    name = profile.get("display_name") or said.get("real_name") or profile.get("real_name") or said.get("name")
    return Profile(
        slack_id=user,
        name=str(name or user),
        locale=said.get("locale"),
        zone=said.get("tz"),
        active=not said.get("deleted", False),
    )
