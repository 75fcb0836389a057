"""Reads what Slack's client raises: did the call surely do nothing, may it have, will it ever?"""

from __future__ import annotations

import errno
import re
from datetime import timedelta
from http import HTTPStatus
from socket import gaierror
from ssl import SSLCertVerificationError
from typing import Any, Final
from urllib.error import URLError

from slack_sdk.errors import SlackApiError

from bot.slack.line import TooLateError
from playbooks.deliveries import Faulty, Limited, Refused, Uncertain

Trouble = Limited | Refused | Faulty | Uncertain

USUAL_PAUSE: Final = timedelta(seconds=5)
"""For a limit that does not say how long."""

_LIMITED: Final = frozenset({"ratelimited", "rate_limited"})

_PASSING: Final = frozenset(
    {
        "external_channel_migrating",
        "message_limit_exceeded",
        "org_login_required",
        "request_timeout",  # the body did not reach Slack whole
        "team_added_to_org",
    }
)
"""Refusals that go away by themselves."""

_HALF_DONE: Final = frozenset({"fatal_error", "internal_error", "service_unavailable"})
"""Slack's pages on these: some of the operation may have succeeded before the error was raised."""

_ERROR_WORD: Final = re.compile("[a-z0-9_]+")
"""What an error of Slack's looks like. slack_sdk puts a sentence there when the answer was no JSON."""

_UNSURE_STATUSES: Final = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.CONFLICT, HTTPStatus.TOO_EARLY})

_NO_WAY_THERE: Final = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL})


def trouble_of(error: Exception) -> Trouble:
    """What one failed call to Slack came to; `error` is one of `SLACK_FAILED`."""
    if isinstance(error, SlackApiError):
        return _of_answer(error.response)
    if isinstance(error, TooLateError):
        return Faulty(str(error))
    if isinstance(error, URLError) and _never_connected(error.reason):
        return Faulty(f"no connection: {error.reason}")
    return Uncertain(f"no answer: {str(error) or type(error).__name__}")


def nothing_sent(trouble: Trouble) -> Limited | Refused | Faulty:
    """The same for a call that shows nothing to anybody: doing it twice does no harm."""
    return Faulty(trouble.error) if isinstance(trouble, Uncertain) else trouble


def _of_answer(response: Any) -> Trouble:
    """`response` is slack_sdk's: status, headers, and a body that is JSON or was made into some."""
    status = response.status_code
    word = _error_word(response.data)
    if status == HTTPStatus.TOO_MANY_REQUESTS or word in _LIMITED:
        return Limited(_retry_after(response.headers))
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in _UNSURE_STATUSES:
        return Uncertain(f"HTTP {status}")
    if word is None:
        # A proxy's page in place of Slack's answer: with success in front it may hide a message that arrived.
        refused = status >= HTTPStatus.BAD_REQUEST
        return Faulty(f"HTTP {status}") if refused else Uncertain(f"HTTP {status} without JSON")
    if word in _HALF_DONE:
        return Uncertain(word)
    return Faulty(word) if word in _PASSING else Refused(word)


def _error_word(data: Any) -> str | None:
    word = data.get("error") if isinstance(data, dict) else None
    return word if isinstance(word, str) and _ERROR_WORD.fullmatch(word) else None


def _retry_after(headers: Any) -> timedelta:
    said = str(next((value for name, value in headers.items() if name.lower() == "retry-after"), ""))
    return timedelta(seconds=max(1, int(said))) if said.isascii() and said.isdigit() else USUAL_PAUSE


def _never_connected(reason: object) -> bool:
    if isinstance(reason, ConnectionRefusedError | gaierror | SSLCertVerificationError):
        return True
    return isinstance(reason, OSError) and reason.errno in _NO_WAY_THERE
