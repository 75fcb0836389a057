"""Which workspaces installed us, and the token each gave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Final, Protocol

import structlog
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack_failures import SLACK_FAILED

log = structlog.get_logger()

_ANSWERED: Final = 200


class Installations(Protocol):
    """Looks up the bot token of a workspace by its Slack id; None where Nextstep is not installed."""

    def token(self, slack_team: str) -> str | None: ...


@dataclass(frozen=True, slots=True)
class OneToken:
    """The single token of an app that is installed in one workspace; `Authorizer` checks which one."""

    bot_token: str

    def token(self, slack_team: str) -> str | None:  # noqa: ARG002 - Slack says whose token it is
        return self.bot_token


@dataclass(frozen=True, slots=True)
class KnownTokens:
    """Tokens by workspace."""

    tokens: Mapping[str, str]

    def token(self, slack_team: str) -> str | None:
        return self.tokens.get(slack_team)


class Authorizer:
    """Bolt's `authorize`: the token for a workspace, checked with Slack once and remembered.

    A request from a workspace that did not install us, or whose token is another's, gets None. While Slack does
    not answer, its token is taken unchecked: what somebody typed must not be lost for that.
    """

    def __init__(self, installations: Installations, client: WebClient) -> None:
        self._installations = installations
        self._client = client
        self._known: dict[str, AuthorizeResult] = {}
        self._lock = Lock()

    def __call__(self, team_id: str | None) -> AuthorizeResult | None:
        if team_id is None:
            return None
        with self._lock:
            known = self._known.get(team_id)
        return known or self._ask(team_id)

    def _ask(self, team_id: str) -> AuthorizeResult | None:
        token = self._installations.token(team_id)
        if token is None:
            return None
        try:
            said = self._client.auth_test(token=token)
        except SLACK_FAILED as error:
            if isinstance(error, SlackApiError) and error.response.status_code == _ANSWERED:
                raise  # a definite refusal, which Bolt tells the person
            log.warning("token_unchecked", team=team_id, error=str(error))
            return AuthorizeResult(enterprise_id=None, team_id=team_id, bot_token=token)
        if said.get("team_id") != team_id:
            return None
        result = AuthorizeResult.from_auth_test_response(bot_token=token, auth_test_response=said)
        with self._lock:
            self._known[team_id] = result
        return result
