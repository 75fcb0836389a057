"""Reading what is on screen."""

from __future__ import annotations

from tests.fake_slack import View
from tests.fake_slack.finding import texts_of


def words_of(view: View | None) -> str:
    """All words of a dialog or of Home."""
    assert view is not None, "nothing is shown"
    return "\n".join(texts_of(view.blocks))
