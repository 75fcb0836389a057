"""Slack's request signature, version v0: right, too old, or forged."""

import hashlib
import hmac
import time
from dataclasses import dataclass
from enum import Enum

TOO_OLD = 60 * 5 + 10
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


class Signature(Enum):
    """How a request is signed."""

    RIGHT = "right"
    OLD = "made more than five minutes ago"
    FORGED = "made with another secret"


@dataclass(frozen=True)
class Sent:
    """The exact bytes of a request to the app; sending it again is a replay."""

    body: str
    headers: dict[str, str]


def sign(secret: str, body: str, content_type: str, how: Signature = Signature.RIGHT) -> Sent:
    """Signs a body as Slack does: HMAC-SHA256 over `v0:timestamp:body`."""
    stamp = str(int(time.time()) - (TOO_OLD if how is Signature.OLD else 0))
    key = secret if how is not Signature.FORGED else f"not-{secret}"
    digest = hmac.new(key.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    headers = {
        "Content-Type": content_type,
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={digest}",
    }
    return Sent(body, headers)
