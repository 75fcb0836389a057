"""The client that talks to Slack, the same everywhere."""

from __future__ import annotations

from typing import cast

from slack_sdk import WebClient

_SECONDS = 2
"""An answer must reach Slack within three seconds: a call that takes longer is a failed one."""


def web_client(api_url: str, token: str | None = None, *, seconds: float = _SECONDS) -> WebClient:
    """No automatic retry: the default sends again a call whose answer was lost, and a person reads it twice."""
    # Its annotation asks for an int, and it hands the number to urllib, which takes fractions.
    return WebClient(token=token, base_url=api_url, timeout=cast("int", seconds), retry_handlers=[])
