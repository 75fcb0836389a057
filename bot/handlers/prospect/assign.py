"""`/prospect assign`: a colleague takes over."""

from __future__ import annotations

from bot.grammar import commands as said
from bot.grammar.readings import Draft
from bot.handlers.desk import Desk
from bot.handlers.forms import Click, Form
from bot.handlers.members import member_said
from bot.handlers.prospect.journeys import journey_behind, open_journey_of
from bot.handlers.replies import FieldErrors, Reply
from bot.handlers.router import Router
from bot.usecases.assign_prospect import AssignProspect, assign_prospect
from bot.usecases.change import Target
from bot.views import handing_over
from bot.views.ids import Action, Block, Callback
from bot.views.message import Message, Modal
from playbooks.ports import Tracked
from playbooks.team import Member


def register(router: Router) -> None:
    router.clicks[Action.ASSIGN] = on_click
    router.submissions[Callback.ASSIGN] = on_submission


def run(desk: Desk, command: said.AssignProspect) -> Reply:
    tracked = open_journey_of(desk, command.prospect)
    return _hand_over(desk, Target(journey=tracked.id), member_said(desk, command.member), note=command.note)


def ask(desk: Desk, draft: Draft) -> Reply:
    if draft.prospect is None:
        raise ValueError("the grammar names the prospect of every draft but a menu's")
    return _dialog(desk, open_journey_of(desk, draft.prospect))


def on_click(desk: Desk, click: Click) -> Reply:
    return _dialog(desk, journey_behind(desk, click.ticket()))


def on_submission(desk: Desk, form: Form) -> Reply:
    owner = _chosen(desk, form.text(Block.OWNER) or "")
    if owner is None:
        return FieldErrors({Block.OWNER: handing_over.never_met(desk.reader)})
    return _hand_over(desk, form.target(), owner)


def _chosen(desk: Desk, slack_id: str) -> Member | None:
    """Who was chosen, if Nextstep knows them: a menu of Slack's shows everybody in the workspace."""
    with desk.reading() as uow:
        return uow.members.by_slack_id(slack_id)


def _hand_over(desk: Desk, target: Target, owner: Member, note: str = "") -> Message:
    changed = assign_prospect(AssignProspect(target, owner.id, note or None), desk.writing(), desk.act)
    before = changed.before.journey.owner if changed.before else owner.id
    with desk.reading() as uow:
        former = uow.members.get(before)
    return handing_over.handed_over(changed, former.name, owner.name, desk.reader)


def _dialog(desk: Desk, tracked: Tracked) -> Modal:
    with desk.reading() as uow:
        members = [member for member in uow.members.all() if member.active]
        owner = uow.members.get(tracked.journey.owner)
    return handing_over.dialog(tracked, owner, members, desk.reader)
