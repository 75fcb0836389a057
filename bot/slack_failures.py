"""What slack_sdk raises when Slack refuses, answers with nonsense, or cannot be reached."""

from __future__ import annotations

from http.client import HTTPException
from typing import Final

from slack_sdk.errors import SlackClientError

SLACK_FAILED: Final = (SlackClientError, OSError, HTTPException)
"""Refusals are its own errors; time-outs and connections that fail are OSErrors; a broken answer is neither."""
