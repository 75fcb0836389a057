"""`/prospect list`: everybody's open prospects, filtered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from bot.grammar import commands as said
from bot.handlers.desk import Desk
from bot.handlers.forms import Click
from bot.handlers.members import member_said
from bot.handlers.replies import Replaces, Reply
from bot.handlers.router import Router
from bot.usecases.named_playbooks import playbook_said
from bot.views import listing
from bot.views.ids import Action
from bot.views.listing import Listed
from bot.views.message import Message
from bot.views.paging import PER_PAGE
from playbooks.pipeline import Filters, Page
from playbooks.ports import UnitOfWork

_NOTHING: Final = Page((), 0, 0)


def register(router: Router) -> None:
    for action in (Action.LIST_PAGE, Action.LIST_BACK, Action.LIST_ALL, Action.LIST_STALLED):
        router.clicks[action] = on_page


def run(desk: Desk, command: said.ListProspects) -> Reply:
    owner = member_said(desk, command.rep).id if command.rep else None
    with desk.reading() as uow:
        listed = Listed(
            owner=owner,
            step=int(command.step.removeprefix("step")) if command.step else None,
            source=_source(uow, command.source) if command.source else None,
            playbook=playbook_said(uow, command.playbook).key if command.playbook else None,
            stalled=command.stalled,
        )
    return page(desk, listed)


def on_page(desk: Desk, click: Click) -> Reply:
    return Replaces(page(desk, Listed.model_validate_json(click.value)))


def page(desk: Desk, listed: Listed) -> Message:
    """The prospects that pass the filters, from the place that `listed` names."""
    today = desk.reader.today
    with desk.reading() as uow:
        filters = _filters(desk, listed)
        # The steps are what a list is read by: how many stand in each is shown whatever step is asked for.
        counts = uow.pipeline.counts(replace(filters, step_number=None), today)
        found = _NOTHING
        if any(listed.step in (None, count.step_number) for count in counts):
            found = uow.pipeline.page(filters, today=today, offset=listed.offset, limit=PER_PAGE)
        owners = [line.owner for line in found.lines] + ([listed.owner] if listed.owner is not None else [])
        return listing.everybody(found, counts, listed, _names(uow, owners), desk.reader)


def _filters(desk: Desk, listed: Listed) -> Filters:
    return Filters(
        owner=listed.owner,
        step_number=listed.step,
        source=listed.source,
        playbook=listed.playbook,
        stalled_on=desk.reader.today if listed.stalled else None,
    )


def _names(uow: UnitOfWork, members: Iterable[int]) -> dict[int, str]:
    return {number: uow.members.get(number).name for number in set(members)}


def _source(uow: UnitOfWork, source: str) -> str:
    """As it is written here, whatever the capitals; else as it was said."""
    return next((known for known in uow.pipeline.sources() if known.casefold() == source.casefold()), source)
