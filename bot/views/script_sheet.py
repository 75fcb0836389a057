"""`/script`: a menu of prospects and steps, and the sheet with everything for one contact."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.usecases.read_script import Answered, ScriptSheet
from bot.views import kit, prospects
from bot.views.elements import Option
from bot.views.ids import Action
from bot.views.limits import SELECT_OPTIONS
from bot.views.markup import md
from bot.views.message import Block, Message
from bot.views.reader import Reader
from bot.views.scripts import (
    Part,
    ScriptChoice,
    choice_of,
    fill_in_blocks,
    missing_in,
    spoken_blocks,
    talk_blocks,
)
from playbooks.model import Playbook, scripts_of
from playbooks.pipeline import Page, PublishedPlaybook

MOST_LINES: Final = SELECT_OPTIONS
_SHORT: Final = 700
"""Objections of no more characters than this stand under the script itself."""
_OBJECTIONS_A_PAGE: Final = 5


def menu(page: Page, playbooks: Sequence[tuple[PublishedPlaybook, Playbook]], reader: Reader) -> Message:
    """Whose script: my own prospects, most urgent first, then the steps of every playbook."""
    words = reader.words
    blocks: list[Block] = []
    if page.lines:
        options = [
            Option(
                words.gettext("{name}: {step}", name=line.name, step=line.step_name),
                ScriptChoice(journey=line.journey_id).value,
            )
            for line in page.lines
        ]
        blocks += [
            kit.section(md(words.gettext("*A script for one of your prospects*"))),
            kit.actions(kit.select(Action.SCRIPT_MOMENT, options, placeholder=words.gettext("Choose a prospect"))),
        ]
    if page.total > len(page.lines):
        example = reader.command("script", "Acme")
        blocks.append(kit.context(words.gettext("For any other one type its name: {command}", command=example)))
    for published, playbook in playbooks:
        blocks += _steps_menu(published, playbook, reader)
    return kit.message(words.gettext("Which script do you need?"), *blocks)


def sheet(sheet: ScriptSheet, part: Part, reader: Reader, *, start: int = 0) -> Message:
    """One part of the sheet as a message of its own; `start` is the first objection shown."""
    match part:
        case Part.TALK:
            return _talk(sheet, reader)
        case Part.OBJECTIONS:
            return _objections(sheet, start, reader)
        case Part.DECISION:
            return _decision(sheet, reader)


def _steps_menu(published: PublishedPlaybook, playbook: Playbook, reader: Reader) -> list[Block]:
    words = reader.words
    options = [
        Option(
            words.gettext("Step {number}: {name}", number=number, name=step.name),
            ScriptChoice(playbook=published.id, step=number).value,
        )
        for number, step in enumerate(playbook.steps, start=1)
    ]
    return [
        kit.section(md(words.gettext("*A script for a step of {playbook}*"), playbook=playbook.name)),
        kit.actions(kit.select(Action.SCRIPT_MOMENT, options, placeholder=words.gettext("Choose a step"))),
    ]


def _talk(sheet: ScriptSheet, reader: Reader) -> Message:
    title = _title(sheet, reader)
    inline = _fit_inline(sheet.objections)
    blocks = [kit.header(title), *_one_ask(sheet, reader), kit.divider(), *spoken_blocks(sheet, reader)]
    if inline:
        blocks += [kit.divider(), *_answers(sheet.objections, reader)]
    blocks += _unfilled(sheet, reader)
    blocks += _ways_on(sheet, reader, with_objections=not inline)
    return kit.message(_summary(sheet, title, reader), *blocks)


def _objections(sheet: ScriptSheet, start: int, reader: Reader) -> Message:
    title = reader.words.gettext("Objections · {title}", title=_title(sheet, reader))
    choice = choice_of(sheet, Part.OBJECTIONS)
    lacking = fill_in_blocks(sheet, choice, reader)
    answers = kit.paged(
        reader,
        sheet.objections,
        _answer,
        previous=Action.OBJECTIONS_BACK,
        following=Action.OBJECTIONS_PAGE,
        start=start,
        per_page=_OBJECTIONS_A_PAGE,
        value=lambda place: choice.model_copy(update={"start": place}).value,
    )
    return kit.message(title, kit.header(title), *answers, *lacking)


def _decision(sheet: ScriptSheet, reader: Reader) -> Message:
    words, title = reader.words, _title(sheet, reader)
    if sheet.decision is None:
        return kit.message(words.gettext("This step has no decision script."))
    title = words.gettext("Decision script · {title}", title=title)
    lacking = fill_in_blocks(sheet, choice_of(sheet, Part.DECISION), reader)
    return kit.message(title, kit.header(title), *talk_blocks(sheet.decision, reader), *lacking)


def _title(sheet: ScriptSheet, reader: Reader) -> str:
    place = prospects.place(sheet.step_number, sheet.step.name, sheet.playbook.last, reader)
    return f"{sheet.tracked.prospect.name if sheet.tracked else sheet.playbook.name} · {place}"


def _one_ask(sheet: ScriptSheet, reader: Reader) -> list[Block]:
    """What is for sale now: the next step, and nothing after it."""
    words = reader.words
    return [
        kit.section(md(words.gettext("*Sell only this:* {ask}"), ask=sheet.sells.text)),
        kit.context(words.gettext("The decision of this step: {decision}", decision=sheet.step.decision)),
    ]


def _summary(sheet: ScriptSheet, title: str, reader: Reader) -> str:
    return reader.words.gettext("{title}. Sell only this: {ask}", title=title, ask=sheet.sells.text)


def _unfilled(sheet: ScriptSheet, reader: Reader) -> list[Block]:
    """A script on its own has gaps by nature: it says what they are."""
    if sheet.tracked is not None or not missing_in(sheet, Part.TALK):
        return []
    return [kit.context(reader.words.gettext("What stands in [brackets] is filled in for a prospect."))]


def _fit_inline(objections: Sequence[Answered]) -> bool:
    return 0 < sum(len(item.says.text) + len(item.answer.text) for item in objections) <= _SHORT


def _answers(objections: Sequence[Answered], reader: Reader) -> list[Block]:
    title = kit.section(md(reader.words.gettext("*When they object*")))
    return [title, *(block for objection in objections for block in _answer(objection))]


def _answer(objection: Answered) -> list[Block]:
    return kit.sections(md("*“{says}”*\n{answer}", says=objection.says.text, answer=objection.answer.text))


def _ways_on(sheet: ScriptSheet, reader: Reader, *, with_objections: bool) -> list[Block]:
    """Other moments and variants, the objections, the decision script, and what can be done with the prospect."""
    words, rows = reader.words, list[Block]()
    if other := _moments(sheet, reader):
        rows.append(kit.actions(other))
    buttons = []
    if with_objections and sheet.objections:
        text = words.gettext("Objections ({n})", n=len(sheet.objections))
        buttons.append(kit.button(text, Action.OBJECTIONS, choice_of(sheet, Part.OBJECTIONS)))
    if sheet.decision is not None:
        text = words.gettext("Decision script")
        buttons.append(kit.button(text, Action.DECISION_SCRIPT, choice_of(sheet, Part.DECISION)))
    if buttons:
        rows.append(kit.actions(*buttons))
    if sheet.tracked is not None:
        rows.append(prospects.buttons(prospects.ticket_of(sheet.tracked), reader))
    return rows


def _moments(sheet: ScriptSheet, reader: Reader) -> kit.Element | None:
    """The step's other scripts, when there are any."""
    shown = choice_of(sheet)
    options = [
        Option(
            reader.words.gettext("{moment} · script {variant}", moment=moment.name, variant=script.variant),
            shown.model_copy(update={"moment": moment.key, "variant": script.variant}).value,
        )
        for step, moment, script in scripts_of(sheet.playbook)
        if step is sheet.step
    ]
    if len(options) < 2:  # noqa: PLR2004 - one script leaves nothing to choose
        return None
    text = reader.words.gettext("Another moment or script")
    return kit.select(Action.SCRIPT_MOMENT, options, placeholder=text)
