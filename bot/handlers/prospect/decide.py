"""The forced decision: ask for it by a date, then yes, no or not now."""

from __future__ import annotations

from bot.grammar import commands as said
from bot.grammar.dates import DateReading, read_leading_date
from bot.grammar.readings import Draft
from bot.handlers.desk import Desk
from bot.handlers.forms import Click, Form
from bot.handlers.prospect import advance, lose, postpone
from bot.handlers.prospect.journeys import drafted_journey, journey_behind, open_journey_of
from bot.handlers.replies import FieldErrors, Reply
from bot.handlers.router import Router
from bot.usecases.force_decision import ForceDecision, Room, force_decision, room_for_decision
from bot.usecases.read_script import ReadScript, ScriptSheet, read_script
from bot.views import changes, deciding
from bot.views.deciding import Filled
from bot.views.ids import Action, Block, Callback
from playbooks.ports import Tracked


def register(router: Router) -> None:
    router.clicks[Action.DECIDE] = on_click
    router.clicks[Action.DECIDE_EARLIER] = on_earlier
    router.clicks[Action.DECIDED_YES] = advance.on_click
    router.clicks[Action.DECIDED_NO] = lose.on_click
    router.clicks[Action.DECIDED_NOT_NOW] = postpone.on_click
    router.submissions[Callback.DECIDE] = on_submission


def run(desk: Desk, command: said.DecideProspect) -> Reply:
    return _ask_or_answer(desk, open_journey_of(desk, command.prospect), _filled(desk, command.note))


def ask(desk: Desk, draft: Draft) -> Reply:
    return _ask_or_answer(desk, drafted_journey(desk, draft), _filled(desk, draft.note))


def on_click(desk: Desk, click: Click) -> Reply:
    return _ask_or_answer(desk, journey_behind(desk, click.ticket()), Filled())


def on_earlier(desk: Desk, click: Click) -> Reply:
    return _dialog(desk, journey_behind(desk, click.ticket()), Filled())


def on_submission(desk: Desk, form: Form) -> Reply:
    due_on = form.date(Block.UNTIL)
    if due_on is None:
        return FieldErrors({Block.UNTIL: changes.date_missing(desk.reader)})
    what = form.text(Block.NEXT_WHAT) or deciding.what_then(desk.reader)
    changed = force_decision(ForceDecision(form.target(), due_on=due_on, what=what), desk.writing(), desk.act)
    return deciding.asked(changed, due_on, desk.reader)


def _filled(desk: Desk, note: str) -> Filled:
    """`decide Acme friday`: a date at the start of the text is the deadline, what follows our next action."""
    date_said = read_leading_date(note, desk.reader.today, desk.reader.words.locale)
    if isinstance(date_said, DateReading):
        return Filled(day=date_said.day, what=date_said.rest)
    return Filled(what=note)


def _ask_or_answer(desk: Desk, tracked: Tracked, filled: Filled) -> Reply:
    """Whoever was asked already is not asked again, except for an earlier date: then it is about their answer."""
    if tracked.journey.decision_due_on is None or filled.day:
        return _dialog(desk, tracked, filled)
    return deciding.asked_already(tracked, _sheet(desk, tracked), _room(desk, tracked), desk.reader)


def _dialog(desk: Desk, tracked: Tracked, filled: Filled) -> Reply:
    room, sheet = _room(desk, tracked), _sheet(desk, tracked)
    if not room.left:
        return deciding.asked_already(tracked, sheet, room, desk.reader)
    return deciding.dialog(tracked, sheet, room, filled, desk.reader)


def _room(desk: Desk, tracked: Tracked) -> Room:
    with desk.reading() as uow:
        return room_for_decision(tracked, uow, desk.act)


def _sheet(desk: Desk, tracked: Tracked) -> ScriptSheet:
    return read_script(ReadScript(journey=tracked.id), desk.reading(), desk.act)
