"""Looks a channel up in Slack, by its id or its name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack_failures import SLACK_FAILED
from bot.usecases.channels import Channel, Standing

log = structlog.get_logger()

_MENTION: Final = re.compile(r"<#(?P<id>[CG][A-Z0-9]+)(?:\|[^>]*)?>")
_ID: Final = re.compile(r"[CG][A-Z0-9]{6,}")
_PAGE: Final = 200
_MOST_PAGES: Final = 5
"""Somebody waits: a workspace with more than a thousand channels is told to give the id."""


class SlackChannels:
    """`client_of` gives the client of a workspace, None where Nextstep is no longer installed."""

    def __init__(self, client_of: Callable[[str], WebClient | None]) -> None:
        self._client_of = client_of

    def look(self, slack_team: str, said: str) -> Channel:
        said = said.strip()
        client = self._client_of(slack_team)
        mention = _MENTION.fullmatch(said)
        identifier = mention["id"] if mention else said if _ID.fullmatch(said) else None
        if client is None:
            return Channel(identifier or "", "", Standing.UNSEEN)
        try:
            return _by_id(client, identifier) if identifier else _by_name(client, said.removeprefix("#"))
        except SLACK_FAILED as error:
            log.warning("channel_unseen", team=slack_team, error=str(error))
            return Channel(identifier or "", "", Standing.UNSEEN)


def _by_id(client: WebClient, identifier: str) -> Channel:
    try:
        return _seen(client.conversations_info(channel=identifier)["channel"])
    except SlackApiError as error:
        if error.response.get("error") == "channel_not_found":
            return Channel(identifier, "", Standing.NOT_THERE)
        raise


def _by_name(client: WebClient, name: str) -> Channel:
    wanted = name.casefold()
    fitting = (one for one in _all(client) if str(one.get("name", "")).casefold() == wanted)
    found = next(fitting, None)
    return _seen(found) if found else Channel("", name, Standing.NOT_THERE)


def _all(client: WebClient) -> Iterator[dict[str, Any]]:
    cursor = ""
    for _ in range(_MOST_PAGES):
        page = client.conversations_list(
            types="public_channel,private_channel", exclude_archived=False, limit=_PAGE, cursor=cursor or None
        )
        yield from page["channels"]
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return


def _seen(channel: dict[str, Any]) -> Channel:
    if channel.get("is_archived"):
        standing = Standing.ARCHIVED
    else:
        standing = Standing.OPEN if channel.get("is_member") else Standing.NOT_IN
    return Channel(str(channel["id"]), str(channel.get("name") or ""), standing)
