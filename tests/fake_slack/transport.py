"""How a signed request reaches the app: through `app.dispatch`, or over HTTP to a running web server."""

import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass

from slack_bolt import BoltRequest, BoltResponse

from tests.fake_slack.signing import Sent

Dispatch = Callable[[BoltRequest], BoltResponse]
TIMEOUT = 30


@dataclass(frozen=True)
class Acknowledged:
    """What the app answered at once, and how long that took."""

    status: int
    body: str
    seconds: float


def deliver(sent: Sent, to: Dispatch | str) -> Acknowledged:
    """Hands a request to the app: a Bolt dispatcher, or the URL of its `/slack/events`."""
    start = time.monotonic()
    status, body = _over_http(sent, to) if isinstance(to, str) else _dispatched(sent, to)
    return Acknowledged(status, body, time.monotonic() - start)


def _dispatched(sent: Sent, dispatch: Dispatch) -> tuple[int, str]:
    response = dispatch(BoltRequest(body=sent.body, headers=dict(sent.headers)))
    return response.status, response.body or ""


def _over_http(sent: Sent, url: str) -> tuple[int, str]:
    request = urllib.request.Request(url, sent.body.encode(), sent.headers, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()
