"""*Log a contact* in the menu of a message: first with whom, then the same dialog as everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from bot.grammar.arguments import unescape
from bot.handlers.desk import Desk
from bot.handlers.forms import Form
from bot.handlers.prospect import log
from bot.handlers.prospect.journeys import journey_behind
from bot.handlers.replies import Redraws, Reply
from bot.handlers.router import Router
from bot.views import from_message, listing
from bot.views.contacts import Filled
from bot.views.ids import Block, Callback, Ticket
from playbooks.pipeline import Filters

_MOST: Final = 100
"""Options that a menu holds: the most urgent prospects of a member."""


def register(router: Router) -> None:
    router.message_shortcuts[Callback.LOG] = on_shortcut
    router.submissions[Callback.LOG_WHICH] = on_submission


def on_shortcut(desk: Desk, body: Mapping[str, Any]) -> Reply:
    said = unescape(str(body["message"].get("text") or ""))
    with desk.reading() as uow:
        mine = uow.pipeline.page(Filters(owner=desk.member.id), today=desk.reader.today, offset=0, limit=_MOST)
    if not mine.lines:
        return listing.nothing_yet(desk.reader)
    return from_message.which(mine.lines, said, desk.reader)


def on_submission(desk: Desk, form: Form) -> Reply:
    ticket = Ticket.model_validate_json(form.text(Block.PROSPECT) or "")
    filled = Filled(note=form.text(Block.NOTE) or "")
    return Redraws(log.dialog(desk, journey_behind(desk, ticket), filled))
