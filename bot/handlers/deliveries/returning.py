"""*Start again*: a prospect that is back from *not now* begins a new journey, at step 1."""

from __future__ import annotations

from bot.handlers.desk import Desk
from bot.handlers.forms import Click
from bot.handlers.replies import Reply
from bot.handlers.router import Router
from bot.usecases.add_prospect import AddProspect, add_prospect
from bot.usecases.read_script import script_after
from bot.views import adding
from bot.views.ids import Action


def register(router: Router) -> None:
    router.clicks[Action.START_AGAIN] = on_click


def on_click(desk: Desk, click: Click) -> Reply:
    """Starts at once, in the playbook it had while that is still there; the answer offers *Undo*."""
    with desk.reading() as uow:
        before = uow.journeys.get(click.ticket().journey)
        keys = {published.key for published in uow.playbooks.current()}
    prospect, key = before.prospect, before.journey.playbook.key
    command = AddProspect(prospect.name, prospect=prospect.id, playbook=key if key in keys else None)
    added = add_prospect(command, desk.writing(), desk.act)
    return adding.added(added, script_after(added.changed, desk.act), desk.reader)
