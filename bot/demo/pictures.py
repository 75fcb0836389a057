"""Pictures in the demo: its Slack takes files, and draws none of them inside a message (docs/demo-slack.md)."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, replace
from datetime import datetime

from bot.usecases.deliver import Messenger, Picture, Post
from playbooks.deliveries import LookUp, Outcome


@dataclass(frozen=True, slots=True)
class PicturesInside:
    """A `Messenger` that sends a picture inside the message, which this Slack draws, instead of as a file."""

    messenger: Messenger

    def send(self, slack_team: str, recipient: str, post: Post, key: str) -> Outcome:
        """See `Messenger.send`."""
        return self.messenger.send(slack_team, recipient, _with_picture_inside(post), key)

    def find(self, slack_team: str, recipient: str, key: str, since: datetime) -> LookUp:
        """See `Messenger.find`."""
        return self.messenger.find(slack_team, recipient, key, since)


def _with_picture_inside(post: Post) -> Post:
    if post.picture is None:
        return post
    before, after = post.blocks[: post.picture.place], post.blocks[post.picture.place :]
    return replace(post, blocks=(*before, _image(post.picture), *after), picture=None)


def _image(picture: Picture) -> dict[str, str | dict[str, str]]:
    return {
        "type": "image",
        "image_url": f"data:image/png;base64,{b64encode(picture.png).decode()}",
        "alt_text": picture.title,
        "title": {"type": "plain_text", "text": picture.title},
    }
