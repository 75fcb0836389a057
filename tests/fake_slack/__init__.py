"""A strict fake Slack on loopback HTTP, and a person who uses it. Start at README.md."""

from tests.fake_slack import faults
from tests.fake_slack.answers import Answer
from tests.fake_slack.errors import ClientRefusedError, SlackError, SlackRefusedError
from tests.fake_slack.fake import FakeSlack
from tests.fake_slack.limits import LIMITS, Limit, limit
from tests.fake_slack.person import Person
from tests.fake_slack.signing import Signature
from tests.fake_slack.surfaces import check_message, check_options, check_view
from tests.fake_slack.things import Channel, Message, User, View, Workspace

__all__ = [
    "LIMITS",
    "Answer",
    "Channel",
    "ClientRefusedError",
    "FakeSlack",
    "Limit",
    "Message",
    "Person",
    "Signature",
    "SlackError",
    "SlackRefusedError",
    "User",
    "View",
    "Workspace",
    "check_message",
    "check_options",
    "check_view",
    "faults",
    "limit",
]
