"""`/funnel`: how many go on in each step, of the team or of a slice."""

from __future__ import annotations

from typing import Final

from bot.grammar.number_commands import ShowFunnel
from bot.grammar.numbers import read_funnel
from bot.grammar.readings import Clear, Wrong
from bot.handlers.desk import Desk
from bot.handlers.forms import Click
from bot.handlers.members import member_said
from bot.handlers.own import own_playbook
from bot.handlers.replies import Replaces, Reply
from bot.handlers.router import Router
from bot.usecases.change_role import leaders
from bot.usecases.see_funnel import FunnelSeen, SeeFunnel, see_funnel
from bot.views import funnel, help_texts, mistakes
from bot.views.ids import Action
from bot.views.message import Message
from bot.views.number_slips import FunnelSlip
from playbooks.funnel.histogram import Dimension
from playbooks.ports import UnitOfWork

NAME: Final = "funnel"
_LONGEST_SOURCE: Final = 200
"""Nothing longer is anybody's source, and buttons carry it."""


def register(router: Router) -> None:
    router.commands[NAME] = on_command
    router.clicks[Action.FUNNEL] = on_beside
    for instead in (Action.FUNNEL_AGAIN, Action.FUNNEL_SPLIT):
        router.clicks[instead] = on_another


def on_command(desk: Desk, text: str) -> Reply:
    match read_funnel(text):
        case Clear(command=ShowFunnel() as asked):
            return show(desk, slip_of(desk, asked))
        case Wrong() as wrong:
            return mistakes.wrong(wrong, text, desk.reader)
        case _:
            return help_texts.funnel(desk.reader)


def on_beside(desk: Desk, click: Click) -> Reply:
    return show(desk, FunnelSlip.model_validate_json(click.value or "{}"))


def on_another(desk: Desk, click: Click) -> Reply:
    return Replaces(show(desk, FunnelSlip.model_validate_json(click.value or "{}")))


def slip_of(desk: Desk, asked: ShowFunnel) -> FunnelSlip:
    """What was said, with the colleague found. Raises `Refused(MEMBER_UNKNOWN)`."""
    by, slice_ = asked.by, None
    if asked.rep is not None:
        by, slice_ = Dimension.REP, str(member_said(desk, asked.rep).id)
    elif asked.source:
        by, slice_ = Dimension.SOURCE, asked.source[:_LONGEST_SOURCE]
    return FunnelSlip(weeks=asked.weeks, by=by, slice=slice_, playbook=asked.playbook)


def show(desk: Desk, slip: FunnelSlip) -> Message:
    """Raises `Refused` as `see_funnel` does."""
    with desk.reading() as uow:
        if refused := _not_yours(desk, uow, slip):
            return refused
        slip = slip.model_copy(update={"playbook": slip.playbook or own_playbook(desk, uow)})
        seen = seen_of(desk, uow, slip)
    return funnel.message(seen, _as_written(slip, seen), desk.reader)


def seen_of(desk: Desk, uow: UnitOfWork, slip: FunnelSlip) -> FunnelSeen:
    """The numbers that a slip asks for."""
    return see_funnel(uow, SeeFunnel(slip.playbook, slip.weeks, slip.by), desk.at, desk.member)


def _not_yours(desk: Desk, uow: UnitOfWork, slip: FunnelSlip) -> Message | None:
    """One sentence for who asks for the own numbers of a colleague, and may not see them."""
    if slip.by is not Dimension.REP or slip.slice in (None, str(desk.member.id)):
        return None
    if desk.member.leads or uow.team.open_slices:
        return None
    name = uow.members.get(int(slip.slice or 0)).name
    return funnel.not_yours(name, [leader.name for leader in leaders(uow)], desk.reader)


def _as_written(slip: FunnelSlip, seen: FunnelSeen) -> FunnelSlip:
    """The playbook by its key, and the source as it is written here, whatever the capitals."""
    slip = slip.model_copy(update={"playbook": seen.playbook.key if slip.playbook else ""})
    if slip.by is not Dimension.SOURCE or slip.slice is None:
        return slip
    known = {key for each in seen.funnel.steps for key in each.slices}
    said = slip.slice.casefold()
    return slip.model_copy(update={"slice": next((key for key in known if key.casefold() == said), slip.slice)})
