"""What tests look at: the words on a screen, the fields of a dialog, and the journey behind them."""

from __future__ import annotations

from typing import Any

from playbooks.ports import Tracked
from tests.acceptance.conftest import Bot
from tests.fake_slack import Answer
from tests.fake_slack.answers import texts_of


def said(answer: Answer) -> str:
    """Everything that an answer says: a message, or a dialog with the complaints beside its fields."""
    if not answer.shows_view:
        return answer.text
    return "\n".join([*answer.errors.values(), *texts_of(answer.view.blocks)])


def field(answer: Answer, block: str) -> dict[str, Any]:
    """The element of this field in the dialog of an answer."""
    found = next(each for each in answer.view.blocks if each.get("block_id") == block)
    element: dict[str, Any] = found["element"]
    return element


def options(answer: Answer, block: str) -> list[str]:
    """The texts that this menu in the dialog of an answer offers."""
    return [option["text"]["text"] for option in field(answer, block)["options"]]


def tracked(bot: Bot, name: str = "Acme BV") -> Tracked:
    """The journey of the prospect with this name, as it is stored."""
    with bot.store.reading(bot.slack.workspace.id) as uow:
        prospect = next(known for known in uow.prospects.all() if known.name == name)
        found = uow.journeys.latest(prospect.id)
    assert found is not None
    return found
