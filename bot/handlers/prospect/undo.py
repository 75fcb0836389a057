"""`/prospect undo`: the last change is taken back, at once and visibly."""

from __future__ import annotations

from bot.grammar import commands as said
from bot.handlers.desk import Desk
from bot.handlers.forms import Click
from bot.handlers.prospect.journeys import journey_of
from bot.handlers.replies import Reply
from bot.handlers.router import Router
from bot.usecases.change import Target
from bot.usecases.undo_change import UndoChange, undo_change
from bot.views import undoing
from bot.views.ids import Action


def register(router: Router) -> None:
    router.clicks[Action.UNDO] = on_click


def run(desk: Desk, command: said.UndoChange) -> Reply:
    with desk.reading() as uow:
        tracked = journey_of(uow, command.prospect)
    return _undo(desk, Target(journey=tracked.id))


def on_click(desk: Desk, click: Click) -> Reply:
    ticket = click.ticket()
    return _undo(desk, Target(journey=ticket.journey, version=ticket.version))


def _undo(desk: Desk, target: Target) -> Reply:
    changed = undo_change(UndoChange(target), desk.writing(), desk.act)
    with desk.reading() as uow:
        dossier = uow.pipeline.dossier(changed.after.prospect.id)
    names = {number: member.name for number, member in dossier.members.items()}
    return undoing.taken_back(changed, names, desk.reader)
