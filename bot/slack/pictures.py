"""Pictures of messages: uploaded without being shared, and awaited until Slack can show them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import structlog

from bot.slack.line import Line
from bot.slack_failures import SLACK_FAILED
from bot.usecases.deliver import Picture, Post

log = structlog.get_logger()

_BETWEEN_LOOKS: Final = 0.3
"""Seconds; Slack takes one or two over a small picture."""


class Pictures:
    """Uploads; `stopwatch` gives seconds and `pause` waits some."""

    def __init__(self, stopwatch: Callable[[], float], pause: Callable[[float], None]) -> None:
        self._stopwatch = stopwatch
        self._pause = pause

    def upload(self, line: Line, picture: Picture) -> str | None:
        """The id of the file that Slack is ready to show; None when it failed or was not ready in time."""
        try:
            file = self._uploaded(line, picture)
            while not _is_ready(line, file):
                if self._stopwatch() + _BETWEEN_LOOKS >= line.until:
                    log.warning("picture_not_ready", title=picture.title)
                    return None
                self._pause(_BETWEEN_LOOKS)
        except SLACK_FAILED as error:
            log.warning("picture_failed", title=picture.title, error=str(error))
            return None
        return file

    def _uploaded(self, line: Line, picture: Picture) -> str:
        done = line.client.files_upload_v2(
            filename="picture.png", content=picture.png, title=picture.title, alt_txt=picture.alt
        )
        return str(done["files"][0]["id"])


def blocks_with(post: Post, file: str | None) -> list[dict[str, Any]]:
    """The blocks of a post, with its picture when there is a file of it."""
    blocks = [dict(block) for block in post.blocks]
    if post.picture is not None and file is not None:
        blocks.insert(post.picture.place, _image(post.picture, file))
    return blocks


def _is_ready(line: Line, file: str) -> bool:
    """A file has no type until Slack has looked at it; a message that shows it sooner is refused."""
    return bool(line.client.files_info(file=file)["file"].get("mimetype"))


def _image(picture: Picture, file: str) -> dict[str, Any]:
    return {
        "type": "image",
        "slack_file": {"id": file},
        "alt_text": picture.alt,
        "title": {"type": "plain_text", "text": picture.title},
    }
