"""`/script`: what to say, for a step or for a prospect where it stands now."""

from __future__ import annotations

from typing import Final

from bot.grammar.commands import ScriptCommand, ScriptOfProspect, ScriptOfStep
from bot.grammar.other_commands import read_script as read_text
from bot.grammar.readings import Clear, Question, Unclear, Wrong
from bot.handlers.desk import Desk
from bot.handlers.forms import Click
from bot.handlers.prospect.journeys import open_journey_of
from bot.handlers.prospect.reading import context
from bot.handlers.replies import Replaces, Reply
from bot.handlers.router import Router
from bot.usecases.named_playbooks import playbook_said
from bot.usecases.read_script import ReadScript, ScriptSheet, read_script
from bot.views import choosing, mistakes, script_sheet
from bot.views.choosing import Pick
from bot.views.ids import Action
from bot.views.message import Message
from bot.views.scripts import ScriptChoice
from playbooks.pipeline import Filters
from playbooks.refusal import Refusal, Refused

NAME: Final = "script"


def register(router: Router) -> None:
    router.commands[NAME] = on_command
    router.clicks[Action.SCRIPT] = on_prospect
    router.clicks[Action.SCRIPT_PICK] = on_pick
    for beside in (Action.STEP_SCRIPT, Action.OBJECTIONS, Action.DECISION_SCRIPT):
        router.clicks[beside] = on_part
    for instead in (Action.SCRIPT_MOMENT, Action.OBJECTIONS_PAGE, Action.OBJECTIONS_BACK):
        router.clicks[instead] = on_another


def on_command(desk: Desk, text: str) -> Reply:
    return _answer(desk, text, chosen=None)


def on_pick(desk: Desk, click: Click) -> Reply:
    """The prospect that a name could mean was chosen: the same text is read again."""
    pick = Pick.model_validate_json(click.value)
    return _answer(desk, pick.text, chosen=pick.prospect)


def on_prospect(desk: Desk, click: Click) -> Reply:
    """The script where the prospect stands now, also when the button is older than that."""
    return show(desk, ScriptChoice(journey=click.ticket().journey))


def on_part(desk: Desk, click: Click) -> Reply:
    return show(desk, ScriptChoice.model_validate_json(click.value))


def on_another(desk: Desk, click: Click) -> Reply:
    return Replaces(show(desk, ScriptChoice.model_validate_json(click.value)))


def show(desk: Desk, choice: ScriptChoice) -> Message:
    """The words that were chosen. Raises `Refused(CLOSED)` for a prospect that is won or lost."""
    return script_sheet.sheet(sheet_of(desk, choice), choice.part, desk.reader, start=choice.start)


def sheet_of(desk: Desk, choice: ScriptChoice) -> ScriptSheet:
    """The words that were chosen, filled in. Raises `Refused(CLOSED)` for a prospect that is won or lost."""
    asked = ReadScript(
        journey=choice.journey,
        playbook=choice.playbook,
        step_number=choice.step,
        moment=choice.moment,
        variant=choice.variant,
    )
    sheet = read_script(asked, desk.reading(), desk.act)
    if sheet.tracked is not None and not sheet.tracked.journey.is_open:
        raise Refused(Refusal.CLOSED, status=sheet.tracked.journey.status)
    return sheet


def _answer(desk: Desk, text: str, *, chosen: int | None) -> Reply:
    with desk.reading() as uow:
        reading = read_text(text, context(desk, uow, chosen))
    match reading:
        case Clear(command=command):
            return _do(desk, command)
        case Unclear(question=Question.WHICH_PROSPECT, draft=draft):
            pick = Action.SCRIPT_PICK
            return choosing.which_prospect(text, draft.said, draft.prospects, desk.reader, pick)
        case Unclear():
            return _menu(desk)
        case Wrong() as wrong:
            return mistakes.wrong(wrong, text, desk.reader, Action.SCRIPT_PICK)


def _do(desk: Desk, command: ScriptCommand) -> Reply:
    match command:
        case ScriptOfStep(step=step, playbook=said):
            with desk.reading() as uow:
                playbook = playbook_said(uow, said).id
            return show(desk, ScriptChoice(playbook=playbook, step=int(step.removeprefix("step"))))
        case ScriptOfProspect(prospect=prospect):
            return show(desk, ScriptChoice(journey=open_journey_of(desk, prospect).id))
        case _:
            return _menu(desk)


def _menu(desk: Desk) -> Message:
    with desk.reading() as uow:
        mine = uow.pipeline.page(
            Filters(owner=desk.member.id), today=desk.reader.today, offset=0, limit=script_sheet.MOST_LINES
        )
        playbooks = [(published, uow.playbooks.get(published.id)) for published in uow.playbooks.current()]
    return script_sheet.menu(mine, playbooks, desk.reader)
