"""The prospect decided: the evidence dialog, and what comes next."""

from __future__ import annotations

from bot.usecases.change import Changed
from bot.usecases.read_script import ScriptSheet
from bot.views import changes, kit, prospects
from bot.views.elements import Option
from bot.views.ids import Action, Block, Callback
from bot.views.limits import OPTION_TEXT, BlockMode, plain
from bot.views.markup import md
from bot.views.message import Block as Drawn
from bot.views.message import Message, Modal
from bot.views.reader import Reader
from bot.views.scripts import spoken_blocks
from playbooks.events import NextAction
from playbooks.model import Evidence, Step
from playbooks.ports import Tracked

ALSO = "also"


def evidence_dialog(tracked: Tracked, proposed: NextAction | None, reader: Reader, note: str = "") -> Modal:
    """Which evidence shows the decision, and the date of our next action in the step after it.

    `proposed` is the playbook's next action there; None in the last step, which is won. `note` is what was
    typed behind the name.
    """
    words, journey = reader.words, tracked.journey
    field = Action.FIELD if journey.step_number % 2 else Action.FIELD_OF_NEXT
    fields = [_evidence(journey.step, journey.ticked, field, reader)]
    if proposed is not None:
        fields += _next_action(proposed, field, reader)
    fields.append(changes.note_field(note, field, reader))
    if journey.next_step is not None:
        fields.append(_also(journey.next_step, field, reader))
    return kit.modal(
        Callback.ADVANCE,
        words.gettext("They decided"),
        *_what_is_decided(tracked, reader),
        *fields,
        submit=words.gettext("Save"),
        close=words.gettext("Cancel"),
        metadata=changes.slip_of(tracked),
    )


def advanced(changed: Changed, sheet: ScriptSheet | None, reader: Reader) -> Message:
    """The new step, the one thing to sell now, its script and our next action; or the customer that was won."""
    return _won(changed, reader) if sheet is None else _arrived(changed, sheet, reader)


def evidence_kept(step: Step, ticked: frozenset[str], reader: Reader) -> str:
    """Beside the field: what was kept, and what is missing before the step is done."""
    missing = "; ".join(item.text for item in step.missing(ticked))
    return reader.words.gettext(
        "Saved: {ticked} of {all}. It counts as decided once this is ticked too: {missing}.",
        ticked=len(ticked),
        all=len(step.evidence),
        missing=missing,
    )


def _what_is_decided(tracked: Tracked, reader: Reader) -> list[Drawn]:
    words, journey = reader.words, tracked.journey
    text = md(
        words.gettext("*{name}* · {place}\nThe decision: {decision}"),
        name=tracked.prospect.name,
        place=prospects.place_of(journey, reader),
        decision=journey.step.decision,
    )
    blocks = [kit.section(text)]
    if journey.ticked:
        # Said in words as well: some clients do not draw boxes that are ticked from the start.
        there = "; ".join(item.text for item in journey.step.evidence if item.key in journey.ticked)
        blocks.append(kit.context(words.gettext("Ticked already: {evidence}", evidence=there)))
    return [*blocks, *_in_full(journey.step, reader)]


def _in_full(step: Step, reader: Reader) -> list[Drawn]:
    """The evidence that is longer than a box: where only the core is drawn, the rest of it is not."""
    texts = [_box(item, reader).text for item in step.evidence]
    if reader.blocks is BlockMode.FULL or all(plain(text, OPTION_TEXT) == text for text in texts):
        return []
    return kit.sections("\n".join(f"• {text}" for text in texts))


def _evidence(step: Step, ticked: frozenset[str], field: Action, reader: Reader) -> Drawn:
    words = reader.words
    return kit.input_block(
        words.gettext("Which evidence shows it?"),
        kit.checkboxes(field, [_box(item, reader) for item in step.evidence], initial=ticked),
        block=Block.EVIDENCE,
        hint=words.gettext("Tick only what the prospect really did or said."),
        optional=True,
    )


def _box(item: Evidence, reader: Reader) -> Option:
    text = item.text if item.required else reader.words.gettext("Not required: {evidence}", evidence=item.text)
    return Option(text, item.key)


def _next_action(proposed: NextAction, field: Action, reader: Reader) -> list[Drawn]:
    words = reader.words
    return [
        kit.input_block(
            words.gettext("Our next action in the new step"),
            kit.text_input(field, initial=proposed.what, longest=300),
            block=Block.NEXT_WHAT,
        ),
        kit.input_block(words.gettext("On"), kit.date_picker(field, initial=proposed.on), block=Block.NEXT_DATE),
    ]


def _also(following: Step, field: Action, reader: Reader) -> Drawn:
    words = reader.words
    option = Option(words.gettext("Save, and they also decided the next step"), ALSO)
    return kit.input_block(
        words.gettext("More in the same talk?"),
        kit.checkboxes(field, [option]),
        block=Block.ALSO,
        hint=words.gettext(
            "Their next decision: {decision} You then tick that step's own evidence, so no step is skipped.",
            decision=following.decision,
        ),
        optional=True,
    )


def _arrived(changed: Changed, sheet: ScriptSheet, reader: Reader) -> Message:
    words, name = reader.words, changed.after.prospect.name
    place = prospects.place_of(changed.after.journey, reader)
    blocks: list[Drawn] = [
        kit.section(md(words.gettext("*{name}* is now in {place}."), name=name, place=place)),
        kit.section(md(words.gettext("*Sell only this:* {ask}"), ask=sheet.sells.text)),
        *changes.next_action(changed.after, reader),
        kit.divider(),
        *spoken_blocks(sheet, reader),
        *changes.ending(changed.after, reader),
    ]
    text = words.gettext("{name} is now in {place}.", name=name, place=place)
    return kit.message(text, *blocks)


def _won(changed: Changed, reader: Reader) -> Message:
    words, name = reader.words, changed.after.prospect.name
    text = words.gettext("You won {name}! Every step decided, from the first to the last.", name=name)
    timeline = prospects.timeline_button(prospects.ticket_of(changed.after), reader)
    ending = changes.ending(changed.after, reader, timeline)
    return kit.message(text, kit.section(kit.md("🎉 {text}", text=text)), *ending)
