"""The messenger against the strict fake Slack and its faults: what each failure means for the delivery."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from bot.slack.installations import KnownTokens
from bot.slack.manifest import SCOPES
from bot.slack.messenger import SlackMessenger
from bot.usecases.deliver import Picture, Post
from playbooks.deliveries import (
    Absent,
    Faulty,
    Found,
    Limited,
    LookUpAgain,
    LookUpFailed,
    NoMetadata,
    Outcome,
    Refused,
    Sent,
    Timing,
    Uncertain,
)
from tests.fake_slack import FakeSlack, faults
from tests.fake_slack.things import User

POST, HISTORY, OPEN = "chat.postMessage", "conversations.history", "conversations.open"
KEY = "daily:1:2026-03-02"
BLOCK = {"type": "section", "text": {"type": "plain_text", "text": "Good morning"}}
MORNING = Post("Good morning", (BLOCK,))
PICTURE = Picture(b"\x89PNG...", "Conversion", "7 of 19 decided", 1)
IN_THE_MORNING = datetime(2026, 3, 2, 8, tzinfo=UTC)


@dataclass
class Watch:
    """Seconds that pass when a test, or somebody who waits, says so; Slack's clock goes by it too."""

    seconds: float = 1000.0

    def __call__(self) -> float:
        return self.seconds

    def pass_(self, seconds: float) -> None:
        self.seconds += seconds

    def slack_time(self) -> float:
        return IN_THE_MORNING.timestamp() + self.seconds - 1000


@dataclass
class Scene:
    slack: FakeSlack
    watch: Watch
    anna: User
    tokens: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.tokens[self.slack.workspace.id] = self.slack.token
        self.messenger = self.another()

    def another(self, *, url: str | None = None, http_timeout: float = 10) -> SlackMessenger:
        """The messenger of another process, which knows nothing yet."""
        return SlackMessenger(
            url or self.slack.url,
            KnownTokens(self.tokens),
            timing=Timing(http_timeout=timedelta(seconds=http_timeout)),
            stopwatch=self.watch,
            pause=self.watch.pass_,
        )

    @property
    def team(self) -> str:
        return self.slack.workspace.id

    def send(self, post: Post = MORNING, *, to: str | None = None, key: str = KEY) -> Outcome:
        self.watch.pass_(1)
        return self.messenger.send(self.team, to or self.anna.id, post, key)

    def find(self, key: str = KEY, *, since: datetime = IN_THE_MORNING, to: str | None = None):
        return self.messenger.find(self.team, to or self.anna.id, key, since)

    def says_without_metadata(self, text: str, to: str | None = None) -> None:
        """A message of the bot's own that is no delivery."""
        self.messenger._line(self.slack.token, 1).client.chat_postMessage(channel=to or self.anna.id, text=text)

    @property
    def arrived(self):
        return self.slack.messages(self.anna)


@pytest.fixture
def scene() -> Iterator[Scene]:
    watch = Watch()
    with FakeSlack(clock=watch.slack_time) as slack:
        slack.grant(slack.token, SCOPES)
        yield Scene(slack, watch, slack.add_user("anna"))


# Sending


def test_a_message_to_a_member_arrives_in_their_conversation_with_its_key(scene: Scene) -> None:
    outcome = scene.send()

    (message,) = scene.arrived
    assert outcome == Sent(message.channel, message.ts)
    assert message.channel.startswith("D")
    assert message.metadata == {"event_type": "nextstep_delivery", "event_payload": {"key": KEY}}
    assert message.text == "Good morning"
    assert message.blocks[0].items() >= BLOCK.items()


def test_a_conversation_is_opened_once(scene: Scene) -> None:
    scene.send(key="a")
    scene.send(key="b")
    assert len(scene.slack.calls_of(OPEN)) == 1


def test_a_message_to_a_channel_opens_nothing(scene: Scene) -> None:
    outcome = scene.send(to=scene.slack.channel.id)
    assert isinstance(outcome, Sent)
    assert scene.slack.calls_of(OPEN) == []
    assert len(scene.slack.messages(scene.slack.channel)) == 1


@pytest.mark.parametrize(
    ("fault", "outcome", "arrived"),
    [
        (faults.RateLimited(retry_after=7), Limited(timedelta(seconds=7)), 0),
        (faults.Refused("ratelimited"), Limited(timedelta(seconds=5)), 0),
        (faults.ServerError(503), Uncertain("HTTP 503", "D"), 0),
        (faults.AcceptedThenServerError(), Uncertain("HTTP 500", "D"), 1),
        (faults.DroppedBefore(), Uncertain("no answer: ...", "D"), 0),
        (faults.DroppedAfter(), Uncertain("no answer: ...", "D"), 1),
        (faults.Refused("internal_error"), Uncertain("internal_error", "D"), 0),
        (faults.Refused("fatal_error"), Uncertain("fatal_error", "D"), 0),
        (faults.Refused("team_added_to_org"), Faulty("team_added_to_org"), 0),
        (faults.Refused("channel_not_found"), Refused("channel_not_found"), 0),
        (faults.Refused("token_revoked"), Refused("token_revoked"), 0),
        (faults.Refused("invalid_auth"), Refused("invalid_auth"), 0),
        (faults.Refused("an_error_of_the_future"), Refused("an_error_of_the_future"), 0),
    ],
    ids=lambda value: str(value) if not isinstance(value, int) else "",
)
def test_what_a_failed_send_means(scene: Scene, fault: faults.Fault, outcome: Outcome, arrived: int) -> None:
    scene.slack.fail(POST, fault)

    said = scene.send()

    assert type(said) is type(outcome)
    if isinstance(said, Uncertain):
        assert (said.channel or "").startswith("D")
        assert said.error.startswith(outcome.error.removesuffix("..."))
    else:
        assert said == outcome
    assert len(scene.arrived) == arrived
    calls = 1 + arrived  # what was done, and the fault that hid it
    assert scene.slack.wait_for(lambda: len(scene.slack.calls_of(POST)) == calls), "no retry of its own"


def test_an_answer_that_does_not_come_in_time_may_hide_a_message(scene: Scene) -> None:
    scene.messenger = scene.another(http_timeout=0.4)
    held = faults.AcceptedThenHang(seconds=30)
    scene.slack.fail(POST, held)

    outcome = scene.send()

    assert isinstance(outcome, Uncertain)
    held.release.set()
    assert len(scene.arrived) == 1


def test_a_slack_that_cannot_be_connected_to_got_nothing(scene: Scene) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    scene.messenger = scene.another(url=f"http://127.0.0.1:{port}/api/")

    assert isinstance(scene.send(to=scene.slack.channel.id), Faulty)
    assert isinstance(scene.send(), Faulty)
    assert isinstance(scene.find(), LookUpAgain)


def test_opening_a_conversation_shows_nothing_so_its_failures_are_certain(scene: Scene) -> None:
    scene.slack.fail(OPEN, faults.AcceptedThenServerError())
    scene.slack.fail(OPEN, faults.DroppedAfter())
    assert scene.send() == Faulty("HTTP 500")
    assert isinstance(scene.send(), Faulty)
    assert scene.slack.calls_of(POST) == []


def test_a_member_who_left_slack_is_refused(scene: Scene) -> None:
    scene.anna.deleted = True
    assert scene.send() == Refused("user_disabled")
    assert scene.send(to="U404") == Refused("user_not_found")


@pytest.mark.parametrize(
    ("trait", "value", "error"), [("is_archived", True, "is_archived"), ("bot_is_member", False, "not_in_channel")]
)
def test_a_channel_that_is_closed_to_us_is_refused(scene: Scene, trait: str, value: bool, error: str) -> None:
    setattr(scene.slack.channel, trait, value)
    assert scene.send(to=scene.slack.channel.id) == Refused(error)


def test_a_workspace_that_removed_us_is_refused(scene: Scene) -> None:
    scene.slack.workspace.active = False
    assert scene.send() == Refused("account_inactive")
    scene.tokens.clear()
    assert scene.send() == Refused("not_installed")
    assert scene.find() == LookUpFailed("not_installed")


# Pace


def test_a_conversation_gets_one_message_a_second_without_waiting_for_a_429(scene: Scene) -> None:
    scene.send(key="a")
    outcome = scene.messenger.send(scene.team, scene.anna.id, MORNING, "b")
    assert outcome == Limited(timedelta(seconds=1))
    assert len(scene.slack.calls_of(POST)) == 1
    assert isinstance(scene.send(key="b"), Sent)


def test_other_conversations_are_not_held_up(scene: Scene) -> None:
    scene.slack.fail(POST, faults.RateLimited(retry_after=60))
    scene.send(key="a")
    bram = scene.slack.add_user("bram")
    assert isinstance(scene.messenger.send(scene.team, bram.id, MORNING, "b"), Sent)


def test_a_429_holds_its_conversation_as_long_as_slack_says(scene: Scene) -> None:
    scene.slack.fail(POST, faults.RateLimited(retry_after=60))
    scene.send()
    assert scene.send() == Limited(timedelta(seconds=59))
    assert len(scene.slack.calls_of(POST)) == 1, "the 429 itself"
    scene.watch.pass_(58)
    assert isinstance(scene.send(), Sent)


def test_a_429_on_opening_holds_only_those_who_were_never_written_to(scene: Scene) -> None:
    scene.send(key="a")
    bram, carla = scene.slack.add_user("bram"), scene.slack.add_user("carla")
    scene.slack.fail(OPEN, faults.RateLimited(retry_after=30))

    assert scene.send(to=bram.id) == Limited(timedelta(seconds=30))
    assert scene.send(to=carla.id) == Limited(timedelta(seconds=29))
    assert isinstance(scene.send(key="b"), Sent)


# Looking up


def test_a_message_that_arrived_is_found_also_by_another_process(scene: Scene) -> None:
    scene.slack.fail(POST, faults.AcceptedThenServerError())
    scene.send()
    (message,) = scene.arrived

    scene.messenger = scene.another()
    assert scene.find() == Found(message.channel, message.ts)
    assert scene.find(to=message.channel) == Found(message.channel, message.ts)


def test_a_message_that_did_not_arrive_is_absent(scene: Scene) -> None:
    scene.slack.fail(POST, faults.ServerError())
    scene.send()
    scene.send(key="another")
    assert scene.find() == Absent()


def test_it_is_looked_for_on_every_page_back_to_the_first_claim(scene: Scene) -> None:
    scene.send()
    with scene.slack.state.change():
        for number in range(450):
            scene.slack.state.post(scene.slack.workspace, scene.arrived[0].channel, {"text": f"Old {number}"})
    assert isinstance(scene.find(), Found)
    assert len(scene.slack.calls_of(HISTORY)) == 3


def test_what_was_sent_long_before_the_first_claim_is_not_it(scene: Scene) -> None:
    scene.send()
    scene.watch.pass_(3600)
    since = IN_THE_MORNING + timedelta(seconds=3600)
    assert scene.find(since=since) == Absent()
    assert isinstance(scene.find(since=IN_THE_MORNING + timedelta(seconds=100)), Found), "clocks may differ"


def test_a_message_of_another_app_with_the_same_key_is_not_ours(scene: Scene) -> None:
    scene.send()
    scene.arrived[0].user = "USTRANGER"
    assert scene.find() == Absent()


@pytest.mark.parametrize(
    ("fault", "found"),
    [
        (faults.RateLimited(retry_after=3), Limited(timedelta(seconds=3))),
        (faults.ServerError(), LookUpAgain("HTTP 503")),
        (faults.Refused("internal_error"), LookUpAgain("internal_error")),
        (faults.Refused("missing_scope"), LookUpFailed("missing_scope")),
        (faults.Refused("not_in_channel"), LookUpFailed("not_in_channel")),
    ],
)
def test_what_a_failed_look_up_means(scene: Scene, fault: faults.Fault, found: object) -> None:
    scene.slack.fail(HISTORY, fault)
    assert scene.find() == found


def test_a_429_on_a_look_up_holds_look_ups_but_no_messages(scene: Scene) -> None:
    scene.slack.fail(HISTORY, faults.RateLimited(retry_after=3))
    scene.find()
    assert scene.find() == Limited(timedelta(seconds=3))
    assert isinstance(scene.send(), Sent)


def test_without_the_scope_nobody_can_tell(scene: Scene) -> None:
    scene.slack.grant(scene.slack.token, set(SCOPES) - {"im:history", "channels:history", "groups:history"})
    assert scene.find() == LookUpFailed("missing_scope")


# A Slack that drops metadata


def drops_metadata(scene: Scene) -> None:
    for message in scene.slack.state.messages:
        message.metadata = None


def test_where_slack_drops_metadata_nobody_can_tell(scene: Scene) -> None:
    scene.slack.fail(POST, faults.AcceptedThenServerError())
    scene.send()
    drops_metadata(scene)
    assert scene.find() == NoMetadata()


def test_where_slack_drops_metadata_an_empty_conversation_is_proof_enough(scene: Scene) -> None:
    scene.slack.fail(POST, faults.ServerError())
    scene.send()
    assert scene.find() == Absent()


def test_an_answer_without_metadata_is_no_riddle_where_slack_is_known_to_keep_it(scene: Scene) -> None:
    scene.send(key="earlier")
    scene.says_without_metadata("No delivery")
    assert scene.find() == Absent()


def test_an_older_delivery_shows_another_process_that_slack_keeps_metadata(scene: Scene) -> None:
    scene.send(key="of last week")
    scene.watch.pass_(7 * 24 * 3600)
    scene.says_without_metadata("No delivery")
    scene.messenger = scene.another()

    assert scene.find(since=IN_THE_MORNING + timedelta(days=7)) == Absent()


def test_an_answer_without_metadata_is_a_riddle_where_nothing_is_known(scene: Scene) -> None:
    scene.says_without_metadata("No delivery")
    assert scene.find() == NoMetadata()


# Pictures


def images(scene: Scene) -> list[str]:
    return [block["type"] for block in scene.arrived[-1].blocks]


def test_a_picture_stands_at_its_place_uploaded_once_and_unshared(scene: Scene) -> None:
    scene.slack.state.polls_until_ready = 3

    assert isinstance(scene.send(Post("Numbers", (BLOCK, BLOCK), PICTURE)), Sent)

    assert images(scene) == ["section", "image", "section"]
    (file,) = scene.slack.files
    image = scene.arrived[0].blocks[1]
    assert (image["slack_file"], image["alt_text"]) == ({"id": file.id}, "7 of 19 decided")
    assert (file.content, file.channels, file.title) == (PICTURE.png, [], "Conversion")
    assert len(scene.slack.calls_of("files.info")) == 4


@pytest.mark.parametrize(
    "step", ["files.getUploadURLExternal", "upload", "files.completeUploadExternal", "files.info"]
)
def test_a_picture_that_fails_is_left_out(scene: Scene, step: str) -> None:
    scene.slack.fail(step, faults.ServerError())
    assert isinstance(scene.send(Post("Numbers", (BLOCK,), PICTURE)), Sent)
    assert images(scene) == ["section"]


def test_a_picture_that_is_never_ready_is_left_out(scene: Scene) -> None:
    scene.slack.state.polls_until_ready = 1000
    before = scene.watch.seconds
    assert isinstance(scene.send(Post("Numbers", (BLOCK,), PICTURE)), Sent)
    assert images(scene) == ["section"]
    assert scene.watch.seconds - before < 10


def test_a_picture_that_slack_refuses_in_the_message_is_left_out(scene: Scene) -> None:
    scene.slack.fail(POST, faults.Refused("invalid_blocks"))
    assert isinstance(scene.send(Post("Numbers", (BLOCK,), PICTURE)), Sent)
    assert images(scene) == ["section"]


def test_no_message_is_sent_when_a_picture_took_the_time_of_its_lease(scene: Scene) -> None:
    """The lease was found long enough for one `http_timeout`: what is later might be sent by another as well."""
    scene.slack.state.polls_until_ready = 1
    scene.messenger._pictures._pause = lambda _: scene.watch.pass_(11)

    assert scene.send(Post("Numbers", (BLOCK,), PICTURE)) == Faulty("no time left")
    assert scene.arrived == []
    assert isinstance(scene.send(Post("Numbers", (BLOCK,), PICTURE)), Sent), "the next time without it"
    assert images(scene) == ["section"]
