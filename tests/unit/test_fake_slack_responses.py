"""A response_url of the fake Slack: how often, how long, and what it does."""

from collections.abc import Iterator

import pytest
from freezegun import freeze_time
from freezegun.api import FrozenDateTimeFactory
from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from tests.fake_slack import FakeSlack, User, limit
from tests.fake_slack.client import Client

DIVIDER = {"type": "divider"}


@pytest.fixture
def clock() -> Iterator[FrozenDateTimeFactory]:
    with freeze_time("2026-03-02T08:30:00Z") as clock:
        yield clock


@pytest.fixture
def slack(clock: FrozenDateTimeFactory) -> Iterator[FakeSlack]:
    with FakeSlack() as slack:
        yield slack


@pytest.fixture
def client(slack: FakeSlack) -> WebClient:
    return WebClient(slack.token, base_url=slack.url, retry_handlers=[])


@pytest.fixture
def anna(slack: FakeSlack) -> User:
    return slack.add_user("anna")


def test_a_response_url_is_good_five_times(slack: FakeSlack, anna: User) -> None:
    url = WebhookClient(Client(slack, anna, "").ticket(slack.channel).response_url)

    assert [url.send(text=f"{index}").status_code for index in range(6)] == [200] * 5 + [404]
    assert slack.refusals[-1].error == "used_url"
    assert len(slack.ephemerals(anna)) == 5


def test_a_response_url_is_good_for_half_an_hour(
    slack: FakeSlack, anna: User, clock: FrozenDateTimeFactory
) -> None:
    url = WebhookClient(Client(slack, anna, "").ticket(slack.channel).response_url)

    clock.tick(limit("response_url.seconds") + 1)

    assert url.send(text="late").body == '{"ok": false, "error": "expired_url"}'


def test_a_response_url_replaces_and_deletes_its_message(slack: FakeSlack, client: WebClient, anna: User) -> None:
    client.chat_postMessage(channel=slack.channel.id, text="Hello")
    message = slack.messages(slack.channel)[0]
    url = WebhookClient(Client(slack, anna, "").ticket(slack.channel, message).response_url)

    url.send(text="Done", replace_original=True)
    assert message.text == "Done"
    url.send(text="For all", response_type="in_channel")
    assert slack.messages(slack.channel)[-1].text == "For all"
    url.send(delete_original=True)
    assert message.deleted
    assert url.send(blocks=[DIVIDER]).status_code == 400
