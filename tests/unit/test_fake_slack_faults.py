"""The fake Slack fails as Slack fails, when told to."""

import json
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from http.client import RemoteDisconnected
from typing import Any
from urllib.parse import urlsplit

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.fake_slack import FakeSlack, faults

POST = "chat.postMessage"


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with FakeSlack() as slack:
        yield slack


@pytest.fixture
def client(slack: FakeSlack) -> WebClient:
    return WebClient(slack.token, base_url=slack.url, retry_handlers=[], timeout=10)


def post(client: WebClient, slack: FakeSlack, text: str = "Hello") -> Any:
    return client.chat_postMessage(channel=slack.channel.id, text=text)


def test_too_many_requests_tell_when_to_come_back(slack: FakeSlack, client: WebClient) -> None:
    slack.fail(POST, faults.RateLimited(retry_after=2), times=2)

    for _ in range(2):
        with pytest.raises(SlackApiError) as error:
            post(client, slack)
        assert error.value.response.status_code == 429
        assert error.value.response.headers["Retry-After"] == "2"
    assert post(client, slack)["ok"]
    assert len(slack.messages(slack.channel)) == 1


@pytest.mark.parametrize(
    ("fault", "arrived"),
    [(faults.ServerError(503), 0), (faults.AcceptedThenServerError(), 1)],
    ids=["refused", "accepted"],
)
def test_a_server_error_may_hide_a_message_that_arrived(
    slack: FakeSlack, client: WebClient, fault: faults.Fault, arrived: int
) -> None:
    slack.fail(POST, fault)

    with pytest.raises(SlackApiError):
        post(client, slack)
    assert len(slack.messages(slack.channel)) == arrived


@pytest.mark.parametrize(
    ("fault", "arrived"), [(faults.DroppedBefore(), 0), (faults.DroppedAfter(), 1)], ids=["before", "after"]
)
def test_a_dropped_connection_may_hide_a_message_that_arrived(
    slack: FakeSlack, client: WebClient, fault: faults.Fault, arrived: int
) -> None:
    slack.fail(POST, fault)

    with pytest.raises(RemoteDisconnected):
        post(client, slack)
    assert len(slack.messages(slack.channel)) == arrived


@pytest.mark.parametrize("error", ["ratelimited", "channel_not_found", "account_inactive"])
def test_slack_may_say_no(slack: FakeSlack, client: WebClient, error: str) -> None:
    slack.fail(POST, faults.Refused(error))

    with pytest.raises(SlackApiError, match=error):
        post(client, slack)
    assert slack.messages(slack.channel) == []


@pytest.mark.parametrize(
    ("kind", "arrived_meanwhile"), [(faults.Hang, 0), (faults.AcceptedThenHang, 1)], ids=["late", "early"]
)
def test_a_request_that_hangs_lands_sooner_or_later(
    slack: FakeSlack, client: WebClient, kind: type[faults.Hang], arrived_meanwhile: int
) -> None:
    held = kind(seconds=30)
    slack.fail(POST, held)
    sender = threading.Thread(target=post, args=(client, slack))
    sender.start()

    assert held.holding.wait(10)
    assert len(slack.messages(slack.channel)) == arrived_meanwhile
    held.release.set()
    sender.join(10)

    assert not sender.is_alive()
    assert len(slack.messages(slack.channel)) == 1


def test_what_hangs_is_let_go_when_slack_stops() -> None:
    with FakeSlack() as slack:
        held = faults.Hang(seconds=30)
        slack.fail("auth.test", held)
        client = WebClient(slack.token, base_url=slack.url, retry_handlers=[])
        caller = threading.Thread(target=lambda: client.api_call("auth.test"))
        caller.start()
        assert held.holding.wait(10)
    caller.join(10)
    assert not caller.is_alive()


def test_chance_repeats_itself_for_the_same_seed(slack: FakeSlack, client: WebClient) -> None:
    def luck(seed: int) -> list[bool]:
        slack.fail_at_random(seed, {POST: [(0.3, faults.Refused("fatal_error")), (0.2, faults.ServerError())]})
        return [went_well() for _ in range(30)]

    def went_well() -> bool:
        try:
            return bool(post(client, slack)["ok"])
        except SlackApiError:
            return False

    first, again, other = luck(1), luck(1), luck(2)

    assert first == again != other
    assert 5 < first.count(False) < 25


def test_a_planned_fault_is_no_refusal(slack: FakeSlack, client: WebClient) -> None:
    slack.fail(POST, faults.ServerError())
    with pytest.raises(SlackApiError):
        post(client, slack)

    assert slack.refusals == []
    assert [call.fault for call in slack.calls_of(POST)] == ["ServerError"]


def test_it_runs_as_a_process_of_its_own() -> None:
    command = [sys.executable, "-m", "tests.fake_slack", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            told = json.loads(process.stdout.readline())
            added = ask(told["address"], "users", {"name": "anna", "locale": "nl-NL"})
            ask(told["address"], "fail", {"method": POST, "fault": {"kind": "ServerError"}})
            client = WebClient(told["token"], base_url=told["url"], retry_handlers=[])
            with pytest.raises(SlackApiError):
                client.chat_postMessage(channel=added["id"], text="lost")
            client.chat_postMessage(channel=added["id"], text="Hello")

            assert [message["text"] for message in ask(told["address"], "messages")] == ["Hello"]
            assert [call["fault"] for call in ask(told["address"], "calls")] == ["ServerError", None]
        finally:
            process.terminate()


def ask(address: str, page: str, given: dict[str, Any] | None = None) -> Any:
    """Looks at a page of a Slack in another process, or sends something to it."""
    data = json.dumps(given).encode() if given is not None else None
    with urllib.request.urlopen(f"{address}_fake/{page}", data, timeout=10) as response:
        return json.loads(response.read())


def test_a_request_that_breaks_off_asks_nothing(slack: FakeSlack) -> None:
    head = f"POST /api/{POST} HTTP/1.1\r\nHost: slack\r\nAuthorization: Bearer {slack.token}\r\n"
    kind = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 500\r\n\r\n"
    where = urlsplit(slack.address)
    with socket.create_connection((where.hostname, where.port)) as broken:
        broken.sendall(f"{head}{kind}channel={slack.channel.id}&text=Half+a+mess".encode())
        broken.shutdown(socket.SHUT_WR)
        assert broken.recv(100) == b""
    assert slack.calls == []
    assert slack.messages(slack.channel) == []
