"""The demo's Slack draws a picture only when it is inside the message."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.demo.pictures import PicturesInside
from bot.usecases.deliver import Picture, Post
from playbooks.deliveries import Absent, LookUp, Outcome, Sent

BEFORE, AFTER = {"type": "header"}, {"type": "divider"}


class Notebook:
    """A messenger that keeps what it is given."""

    def __init__(self) -> None:
        self.posts: list[Post] = []

    def send(self, slack_team: str, recipient: str, post: Post, key: str) -> Outcome:
        self.posts.append(post)
        return Sent(recipient, "1.0")

    def find(self, slack_team: str, recipient: str, key: str, since: datetime) -> LookUp:
        return Absent()


def test_a_picture_stands_in_its_place_inside_the_message_and_is_no_file() -> None:
    notebook = Notebook()
    picture = Picture(b"png", title="Steps", alt="five of eleven", place=1)
    PicturesInside(notebook).send("T", "C", Post("week", (BEFORE, AFTER), picture=picture), "key")
    (post,) = notebook.posts
    assert post.picture is None
    assert [block["type"] for block in post.blocks] == ["header", "image", "divider"]
    assert post.blocks[1]["image_url"] == "data:image/png;base64,cG5n"


def test_a_message_without_a_picture_is_sent_as_it_is() -> None:
    notebook = Notebook()
    messenger = PicturesInside(notebook)
    assert messenger.send("T", "C", Post("day", (BEFORE,)), "key") == Sent("C", "1.0")
    assert notebook.posts == [Post("day", (BEFORE,))]
    assert messenger.find("T", "C", "key", datetime(2026, 3, 2, tzinfo=UTC)) == Absent()
