"""`/prospect ...`: the text is read, and the subcommand's own module does the rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.grammar import commands as said
from bot.grammar.arguments import unescape
from bot.grammar.commands import ProspectCommand, Verb
from bot.grammar.prospect import read_prospect
from bot.grammar.readings import Clear, Draft, Question, Reading, Unclear, Wrong
from bot.handlers.desk import Desk
from bot.handlers.forms import Click
from bot.handlers.prospect import (
    add,
    advance,
    assign,
    decide,
    listing,
    log,
    lose,
    mine,
    plan,
    postpone,
    show,
    undo,
    wait,
)
from bot.handlers.prospect.reading import context
from bot.handlers.replies import Reply
from bot.handlers.router import Router
from bot.views import choosing, help_texts, incoming, mistakes
from bot.views.choosing import Pick
from bot.views.ids import Action

NAME: Final = "prospect"

_DO: Final[Mapping[type[ProspectCommand], Callable[[Desk, Any], Reply]]] = {
    said.ShowDesk: mine.run,
    said.AddProspect: add.run,
    said.AdvanceProspect: advance.run,
    said.LogContact: log.run,
    said.SetNextAction: plan.run,
    said.WaitForProspect: wait.run,
    said.DecideProspect: decide.run,
    said.LoseProspect: lose.run,
    said.PostponeProspect: postpone.run,
    said.ShowProspect: show.run,
    said.ListProspects: listing.run,
    said.AssignProspect: assign.run,
    said.UndoChange: undo.run,
}
"""A command that is clear is done."""

_ASK: Final[Mapping[Verb, Callable[[Desk, Draft], Reply]]] = {
    Verb.ADD: add.ask,
    Verb.ADVANCE: advance.ask,
    Verb.LOG: log.ask,
    Verb.NEXT: plan.ask,
    Verb.WAIT: wait.ask,
    Verb.DECIDE: decide.ask,
    Verb.LOST: lose.ask,
    Verb.NOT_NOW: postpone.ask,
    Verb.ASSIGN: assign.ask,
}
"""One that is not clear opens its dialog, filled with what was understood."""


def register(router: Router) -> None:
    router.commands[NAME] = on_command
    router.clicks[Action.PICK] = on_pick


def on_command(desk: Desk, text: str) -> Reply:
    return _answer(desk, text, chosen=None)


def on_pick(desk: Desk, click: Click) -> Reply:
    """A prospect was chosen from the menu: the same text is read again, now knowing which one."""
    pick = Pick.model_validate_json(click.value)
    return _answer(desk, pick.text, chosen=pick.prospect)


def _answer(desk: Desk, text: str, *, chosen: int | None) -> Reply:
    if not text.strip():
        return mine.run(desk, said.ShowDesk())  # nothing to look up before it is read
    with desk.reading() as uow:
        reading = read_prospect(text, context(desk, uow, chosen))
    return _carry_out(desk, text, reading)


def _carry_out(desk: Desk, text: str, reading: Reading[ProspectCommand]) -> Reply:
    match reading:
        case Clear(command=said.ShowHelp()):
            return help_texts.prospect(desk.reader)
        case Clear(command=command):
            return _DO[type(command)](desk, command)
        case Unclear(question=Question.WHICH_PROSPECT, draft=draft):
            return choosing.which_prospect(text, draft.said, draft.prospects, desk.reader)
        case Unclear(question=Question.PROSPECT, draft=draft):
            return mine.choose(desk, draft, text)
        case Unclear(draft=draft):
            return _ASK[draft.verb](desk, draft)
        case Wrong() as wrong:
            typed = desk.reader.command(NAME, unescape(text))
            return incoming.giving_back(mistakes.wrong(wrong, text, desk.reader), typed, desk.reader)
