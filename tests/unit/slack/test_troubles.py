"""Reading what Slack's client raises, where no fake Slack gets that wrong."""

from __future__ import annotations

import errno
from datetime import timedelta
from http.client import RemoteDisconnected
from socket import gaierror
from types import SimpleNamespace
from typing import Any
from urllib.error import URLError

import pytest
from slack_sdk.errors import SlackApiError, SlackRequestError

from bot.slack.troubles import Trouble, nothing_sent, trouble_of
from playbooks.deliveries import Faulty, Limited, Refused, Uncertain

NO_JSON = "Received a response in a non-JSON format: <html>"
REFUSED = ConnectionRefusedError(errno.ECONNREFUSED, "refused")


def answered(status: int, data: Any, **headers: str) -> SlackApiError:
    response = SimpleNamespace(
        status_code=status, data=data, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    return SlackApiError("failed", response)


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (answered(429, {"ok": False, "error": "ratelimited"}, Retry_After="30"), Limited(timedelta(seconds=30))),
        (answered(429, "slow down", retry_after="2"), Limited(timedelta(seconds=2))),
        (answered(429, {}, Retry_After="soon"), Limited(timedelta(seconds=5))),
        (answered(429, {}, Retry_After="0"), Limited(timedelta(seconds=1))),
        (answered(502, {"ok": False, "error": NO_JSON}), Uncertain("HTTP 502")),
        (answered(504, b""), Uncertain("HTTP 504")),
        (answered(200, {"ok": False, "error": NO_JSON}), Uncertain("HTTP 200 without JSON")),
        (answered(200, {"ok": False, "error": "service_unavailable"}), Uncertain("service_unavailable")),
        (answered(408, {}), Uncertain("HTTP 408")),
        (answered(404, {"ok": False, "error": NO_JSON}), Faulty("HTTP 404")),
        (answered(403, {"ok": False, "error": "invalid_auth"}), Refused("invalid_auth")),
        (URLError(REFUSED), Faulty("no connection: [Errno 111] refused")),
        (URLError(gaierror(-2, "unknown name")), Faulty("no connection: [Errno -2] unknown name")),
        (URLError(OSError(errno.ENETUNREACH, "no network")), Faulty("no connection: [Errno 101] no network")),
        (URLError(TimeoutError("timed out")), Uncertain("no answer: <urlopen error timed out>")),
        (ConnectionResetError(errno.ECONNRESET, "reset"), Uncertain("no answer: [Errno 104] reset")),
        (RemoteDisconnected("gone"), Uncertain("no answer: gone")),
        (TimeoutError(), Uncertain("no answer: TimeoutError")),
        (SlackRequestError("upload failed"), Uncertain("no answer: upload failed")),
    ],
)
def test_what_an_error_means_for_what_was_asked(error: Exception, trouble: Trouble) -> None:
    assert trouble_of(error) == trouble


def test_what_shows_nothing_to_anybody_may_be_asked_twice() -> None:
    assert nothing_sent(Uncertain("HTTP 500")) == Faulty("HTTP 500")
    assert nothing_sent(Refused("user_not_found")) == Refused("user_not_found")
