"""The fake Slack's Web API, through the real slack_sdk: what it does, and what it refuses."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.fake_slack import FakeSlack, User, limit
from tests.fake_slack.client import Client

DIVIDER = {"type": "divider"}
HOME = {"type": "home", "blocks": [DIVIDER]}


def modal(title: str = "Log") -> dict[str, Any]:
    return {"type": "modal", "title": {"type": "plain_text", "text": title}, "blocks": [DIVIDER]}


class HeldClock:
    """Time that stands still until a test turns it."""

    def __init__(self) -> None:
        self.now = 1_772_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock()


@pytest.fixture
def slack(clock: HeldClock) -> Iterator[FakeSlack]:
    with FakeSlack(clock=clock) as slack:
        yield slack


@pytest.fixture
def client(slack: FakeSlack) -> WebClient:
    return WebClient(slack.token, base_url=slack.url, retry_handlers=[])


@pytest.fixture
def anna(slack: FakeSlack) -> User:
    return slack.add_user("anna", locale="nl-NL", tz="Europe/Amsterdam", is_admin=True)


def refused(call: Callable[[], Any]) -> Any:
    """Slack's answer to a call that it must refuse."""
    with pytest.raises(SlackApiError) as error:
        call()
    return error.value.response


def trigger(slack: FakeSlack, user: User) -> str:
    return Client(slack, user, "").ticket().trigger_id


def test_a_token_that_nobody_gave_is_refused(slack: FakeSlack) -> None:
    assert refused(WebClient("xoxb-guess", base_url=slack.url).auth_test)["error"] == "invalid_auth"
    assert refused(WebClient(base_url=slack.url).auth_test)["error"] == "not_authed"


def test_a_token_without_the_scope_is_told_which(slack: FakeSlack, client: WebClient, anna: User) -> None:
    slack.grant_all_but("users:read")

    told = refused(lambda: client.users_info(user=anna.id))

    assert told["error"] == "missing_scope"
    assert told["needed"] == "users:read"
    assert "chat:write" in told["provided"]


def test_a_method_that_does_not_exist_is_refused(client: WebClient) -> None:
    assert refused(lambda: client.api_call("chat.shout"))["error"] == "unknown_method"


def test_a_workspace_that_removed_the_app_is_inactive(slack: FakeSlack, client: WebClient) -> None:
    slack.workspace.active = False
    assert refused(client.auth_test)["error"] == "account_inactive"


def test_a_workspace_sees_only_itself(slack: FakeSlack, anna: User) -> None:
    other = slack.add_workspace("Beta", "xoxb-beta")
    client = WebClient("xoxb-beta", base_url=slack.url)

    assert client.auth_test()["team_id"] == other.id
    assert refused(lambda: client.users_info(user=anna.id))["error"] == "user_not_found"
    told = refused(lambda: client.chat_postMessage(channel=slack.channel.id, text="x"))
    assert told["error"] == "channel_not_found"


def test_a_user_has_a_zone_and_on_request_a_locale(client: WebClient, anna: User) -> None:
    told = client.users_info(user=anna.id, include_locale=True)["user"]

    assert (told["tz"], told["locale"], told["is_admin"]) == ("Europe/Amsterdam", "nl-NL", True)
    assert "locale" not in client.users_info(user=anna.id)["user"]


def test_users_come_in_pages(slack: FakeSlack, client: WebClient) -> None:
    wanted = {slack.add_user(f"rep{index}").id for index in range(5)} | {slack.workspace.bot_user_id}

    pages = [page["members"] for page in client.users_list(limit=2)]

    assert {user["id"] for page in pages for user in page} == wanted
    assert len(pages) == 3


def test_a_message_keeps_its_metadata(slack: FakeSlack, client: WebClient) -> None:
    metadata = {"event_type": "delivery", "event_payload": {"key": "daily:1"}}
    ts = client.chat_postMessage(channel=slack.channel.id, text="Hello", metadata=metadata)["ts"]

    with_it = client.conversations_history(channel=slack.channel.id, include_all_metadata=True)
    without = client.conversations_history(channel=slack.channel.id)

    assert with_it["messages"][0]["metadata"] == metadata
    assert (without["messages"][0]["ts"], "metadata" in without["messages"][0]) == (ts, False)


def test_history_comes_newest_first_in_pages_within_a_window(slack: FakeSlack, client: WebClient) -> None:
    channel = slack.channel.id
    stamps = [client.chat_postMessage(channel=channel, text=f"{index}")["ts"] for index in range(5)]

    pages = [page["messages"] for page in client.conversations_history(channel=channel, limit=2)]
    assert [[message["text"] for message in page] for page in pages] == [["4", "3"], ["2", "1"], ["0"]]
    window = client.conversations_history(channel=channel, oldest=stamps[1], latest=stamps[3])
    assert [message["text"] for message in window["messages"]] == ["2"]
    closed = client.conversations_history(channel=channel, oldest=stamps[1], latest=stamps[3], inclusive=True)
    assert [message["text"] for message in closed["messages"]] == list("321")


def test_a_page_is_never_longer_than_slack_allows(slack: FakeSlack, client: WebClient) -> None:
    for index in range(limit("history.page") + 1):
        slack.state.post(slack.workspace, slack.channel.id, {"text": f"{index}"})
    for index in range(limit("users.page")):
        slack.add_user(f"rep{index}")

    told = client.conversations_history(channel=slack.channel.id, limit=5000)
    assert (len(told["messages"]), told["has_more"]) == (limit("history.page"), True)
    assert len(client.users_list(limit=5000)["members"]) == limit("users.page")


def test_a_message_can_be_changed_and_deleted(slack: FakeSlack, client: WebClient) -> None:
    posted = client.chat_postMessage(channel=slack.channel.id, text="Hello")

    client.chat_update(channel=slack.channel.id, ts=posted["ts"], text="Bye")
    assert [message.text for message in slack.messages(slack.channel)] == ["Bye"]
    client.chat_delete(channel=slack.channel.id, ts=posted["ts"])
    assert slack.messages(slack.channel) == []
    again = refused(lambda: client.chat_update(channel=slack.channel.id, ts=posted["ts"], text="x"))
    assert again["error"] == "message_not_found"


def test_where_the_bot_may_not_write_it_does_not(slack: FakeSlack, client: WebClient, anna: User) -> None:
    archived = slack.add_channel("old", is_archived=True)
    apart = slack.add_channel("apart", bot_is_member=False)
    secret = slack.add_channel("secret", is_private=True, bot_is_member=False)

    def error(channel: str) -> Any:
        return refused(lambda: client.chat_postMessage(channel=channel, text="x"))["error"]

    assert error(archived.id) == "is_archived"
    assert error(apart.id) == "not_in_channel"
    assert error(secret.id) == error("C404") == "channel_not_found"
    client.chat_postMessage(channel=anna.id, text="x")
    anna.deleted = True
    assert error(anna.id) == "account_inactive"
    assert refused(lambda: client.conversations_open(users=anna.id))["error"] == "user_disabled"


def test_an_ephemeral_message_is_for_one_pair_of_eyes(slack: FakeSlack, client: WebClient, anna: User) -> None:
    client.chat_postEphemeral(channel=slack.channel.id, user=anna.id, text="psst")

    assert [message.text for message in slack.ephemerals(anna)] == ["psst"]
    assert slack.messages(slack.channel) == []
    assert not client.conversations_history(channel=slack.channel.id)["messages"]


def test_wrong_blocks_are_told_by_path(slack: FakeSlack, client: WebClient) -> None:
    blocks = [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}]

    told = refused(lambda: client.chat_postMessage(channel=slack.channel.id, text="x", blocks=blocks))

    assert told["error"] == "invalid_blocks"
    assert told["response_metadata"]["messages"] == [
        "[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]"
    ]
    assert [call.error for call in slack.refusals] == ["invalid_blocks"]


def test_a_trigger_is_good_once(slack: FakeSlack, client: WebClient, anna: User) -> None:
    trigger_id = trigger(slack, anna)
    client.views_open(trigger_id=trigger_id, view=modal())

    again = refused(lambda: client.views_open(trigger_id=trigger_id, view=modal()))
    made_up = refused(lambda: client.views_open(trigger_id="1.2.3", view=modal()))

    assert again["error"] == "exchanged_trigger_id"
    assert made_up["error"] == "invalid_trigger_id"


def test_a_trigger_is_good_for_three_seconds(
    slack: FakeSlack, client: WebClient, anna: User, clock: HeldClock
) -> None:
    in_time, late = trigger(slack, anna), trigger(slack, anna)

    clock.now += limit("trigger_id.seconds")
    client.views_open(trigger_id=in_time, view=modal())
    clock.now += 0.1
    assert refused(lambda: client.views_open(trigger_id=late, view=modal()))["error"] == "expired_trigger_id"


def test_dialogs_stack_three_high(slack: FakeSlack, client: WebClient, anna: User) -> None:
    client.views_open(trigger_id=trigger(slack, anna), view=modal("one"))
    for title in ("two", "three"):
        client.views_push(trigger_id=trigger(slack, anna), view=modal(title))

    told = refused(lambda: client.views_push(trigger_id=trigger(slack, anna), view=modal("four")))

    assert told["error"] == "push_limit_reached"
    assert [view.title for view in slack.open_views(anna)] == ["one", "two", "three"]


def test_an_update_of_an_older_state_is_a_conflict(slack: FakeSlack, client: WebClient, anna: User) -> None:
    view = client.views_open(trigger_id=trigger(slack, anna), view=modal())["view"]
    client.views_update(view_id=view["id"], hash=view["hash"], view=modal("New"))

    told = refused(lambda: client.views_update(view_id=view["id"], hash=view["hash"], view=modal("Old")))

    assert told["error"] == "hash_conflict"
    assert slack.open_views(anna)[0].title == "New"


def test_an_external_id_is_taken_once(slack: FakeSlack, client: WebClient, anna: User) -> None:
    ben = slack.add_user("ben")
    client.views_open(trigger_id=trigger(slack, anna), view=modal() | {"external_id": "form-1"})

    told = refused(
        lambda: client.views_open(trigger_id=trigger(slack, ben), view=modal() | {"external_id": "form-1"})
    )

    assert told["error"] == "duplicate_external_id"
    client.views_update(external_id="form-1", view=modal("New"))
    assert slack.open_views(anna)[0].title == "New"


def test_home_is_kept_per_user(slack: FakeSlack, client: WebClient, anna: User) -> None:
    client.views_publish(user_id=anna.id, view=HOME)

    home = slack.home(anna)
    assert home is not None
    assert home.blocks[0]["type"] == "divider"
    assert refused(lambda: client.views_publish(user_id=anna.id, view=modal()))["error"] == "invalid_arguments"


def test_a_picture_can_be_shown_once_slack_has_it(slack: FakeSlack, client: WebClient) -> None:
    slack.state.polls_until_ready = 1
    uploaded = client.files_upload_v2(content=b"png", filename="chart.png", title="Chart")["file"]
    picture = {"type": "image", "alt_text": "a chart", "slack_file": {"id": uploaded["id"]}}

    def post() -> Any:
        return client.chat_postMessage(channel=slack.channel.id, text="Chart", blocks=[picture])

    assert refused(post)["error"] == "invalid_blocks"
    assert client.files_info(file=uploaded["id"])["file"]["mimetype"] == ""
    assert client.files_info(file=uploaded["id"])["file"]["mimetype"] == "image/png"
    assert post()["ok"]
    assert slack.files[0].content == b"png"


def test_there_is_no_socket(client: WebClient) -> None:
    told = refused(lambda: client.apps_connections_open(app_token=str(client.token)))
    assert told["error"] == "socket_mode_not_enabled"
