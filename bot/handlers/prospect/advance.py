"""*They decided*: the evidence dialog, one step on, and the new step's script."""

from __future__ import annotations

from dataclasses import replace

from bot.grammar import commands as said
from bot.grammar.commands import NextSaid
from bot.grammar.readings import Draft
from bot.handlers.desk import Desk
from bot.handlers.forms import Click, Form
from bot.handlers.prospect.journeys import journey_behind, open_journey_of
from bot.handlers.replies import FieldErrors, Redraws, Reply
from bot.handlers.router import Router
from bot.usecases.advance_prospect import AdvanceProspect, advance_prospect, proposed_after
from bot.usecases.change import Changed
from bot.usecases.next_actions import chosen
from bot.usecases.read_script import script_after
from bot.usecases.tick_evidence import TickEvidence, tick_evidence
from bot.views import advancing
from bot.views.ids import Action, Block, Callback
from bot.views.message import Modal
from playbooks import journey
from playbooks.model import step_number
from playbooks.ports import Tracked
from playbooks.refusal import Refusal, Refused


def register(router: Router) -> None:
    router.clicks[Action.ADVANCE] = on_click
    router.submissions[Callback.ADVANCE] = on_submission


def run(desk: Desk, command: said.AdvanceProspect) -> Reply:
    tracked = open_journey_of(desk, command.prospect)
    journey.check_next_step(tracked.journey, step_number(command.to))
    return _dialog(desk, tracked, command.next, command.note)


def ask(desk: Desk, draft: Draft) -> Reply:
    if draft.prospect is None:
        raise ValueError("the grammar names the prospect of every draft but a menu's")
    said_next = NextSaid(draft.day, draft.what) if draft.day else None
    return _dialog(desk, open_journey_of(desk, draft.prospect), said_next, draft.note)


def on_click(desk: Desk, click: Click) -> Reply:
    return _dialog(desk, journey_behind(desk, click.ticket()), None)


def on_submission(desk: Desk, form: Form) -> Reply:
    evidence = form.choices(Block.EVIDENCE)
    command = AdvanceProspect(
        target=form.target(),
        decided=[evidence],
        next_on=form.date(Block.NEXT_DATE),
        next_what=form.text(Block.NEXT_WHAT),
        note=form.text(Block.NOTE),
    )
    try:
        changed = advance_prospect(command, desk.writing(), desk.act)
    except Refused as refused:
        if refused.code is not Refusal.EVIDENCE_MISSING:
            raise
        return _keep_evidence(desk, form, evidence)
    return _answer(desk, changed, also=advancing.ALSO in form.choices(Block.ALSO))


def _answer(desk: Desk, changed: Changed, *, also: bool) -> Reply:
    """The first decision is saved by now, so that closing the next dialog loses nothing."""
    if not changed.after.journey.is_open:
        return advancing.advanced(changed, None, desk.reader)
    if also:
        return Redraws(_dialog(desk, changed.after, None))
    return advancing.advanced(changed, script_after(changed, desk.act), desk.reader)


def _keep_evidence(desk: Desk, form: Form, evidence: frozenset[str]) -> Reply:
    """What is ticked is kept, and shows as "2 of 3"; the dialog says what is missing."""
    # Its own name, for the same dialog may be submitted again once the evidence is complete.
    act = replace(desk.act, request=f"{desk.request}:{','.join(sorted(evidence))}")
    ticked = tick_evidence(TickEvidence(form.target(), evidence), desk.writing(), act)
    return FieldErrors({Block.EVIDENCE: advancing.evidence_kept(ticked.after.journey.step, evidence, desk.reader)})


def _dialog(desk: Desk, tracked: Tracked, said_next: NextSaid | None, note: str = "") -> Modal:
    with desk.reading() as uow:
        proposed = proposed_after(tracked, 1, uow, desk.act)
    if proposed and said_next:
        proposed = chosen(proposed, said_next.day, said_next.what or None)
    return advancing.evidence_dialog(tracked, proposed, desk.reader, note)
