"""`/playbook`: which there are, what each step asks for, whether anything is lacking, and its versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from pydantic import BaseModel, ConfigDict

from bot.views import kit, prospects
from bot.views.ids import Action, Callback
from bot.views.ids import Block as Field
from bot.views.limits import INPUT_TEXT
from bot.views.markup import md
from bot.views.message import Block, Message, Modal
from bot.views.reader import Reader
from bot.views.scripts import ScriptChoice
from bot.views.words import msgid
from playbooks.faults import Fault
from playbooks.model import Channel, Evidence, Moment, Playbook, Step, scripts_of
from playbooks.pipeline import PublishedPlaybook
from playbooks.scripts import Facts, render

_FAULTS: Final = 40

_CHANNELS: Final[Mapping[Channel, str]] = {
    Channel.PHONE: msgid("by phone"),
    Channel.EMAIL: msgid("by e-mail"),
    Channel.VISIT: msgid("a visit"),
    Channel.VIDEO: msgid("by video"),
    Channel.CHAT: msgid("by chat"),
    Channel.LETTER: msgid("by letter"),
}


class PlaybookPage(BaseModel):
    """A place in a playbook version: a step (from 1), or in its history the first version shown (from 0)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    playbook: int
    step: int = 1
    start: int = 0


def listed(playbooks: Sequence[tuple[PublishedPlaybook, Playbook]], reader: Reader) -> Message:
    """The workspace's playbooks, the default one first, each with what can be done with it."""
    words = reader.words
    if not playbooks:
        return kit.message(words.gettext("This workspace has no playbook yet; ask your admin to publish one."))
    title = words.ngettext("{n} playbook", "{n} playbooks", len(playbooks), n=len(playbooks))
    blocks: list[Block] = [kit.header(title)]
    for published, playbook in playbooks:
        steps = " → ".join(step.name for step in playbook.steps)
        blocks.append(
            kit.section(
                md(
                    "*{name}* · {what}\n{steps}",
                    name=playbook.name,
                    what=_what(published, playbook, reader),
                    steps=steps,
                )
            )
        )
        blocks.append(_ways_in(published, reader))
    names = words.list_of([playbook.name for _, playbook in playbooks])
    return kit.message(words.gettext("{title}: {names}", title=title, names=names), *blocks)


def shown(published: PublishedPlaybook, playbook: Playbook, number: int, member: str, reader: Reader) -> Message:
    """One step: what the prospect decides in it, how that shows, what it sells, its limits and moments."""
    words = reader.words
    number = max(1, min(number, playbook.last))
    step = playbook.step(number)
    place = prospects.place(number, step.name, playbook.last, reader)
    title = words.gettext("{playbook} · {step}", playbook=playbook.name, step=place)
    sells = render(step.sells.words, Facts.at_step(playbook, number, None, member, reader.today)).text
    blocks = [
        kit.header(title),
        kit.section(md(words.gettext("*The decision:* {decision}"), decision=step.decision)),
        kit.section(md(words.gettext("*Evidence that shows it*\n{evidence}"), evidence=_evidence(step, reader))),
        kit.section(md(words.gettext("*Sells only this:* {ask}"), ask=sells)),
        kit.section(md(words.gettext("*Limits*\n{limits}"), limits=_limits(step, reader))),
        kit.section(md(words.gettext("*Moments*\n{moments}"), moments=_moments(step, reader))),
        kit.context(_objections(step, reader)),
        _turns(published, playbook, number, reader),
    ]
    return kit.message(title, *blocks)


def checked(published: PublishedPlaybook, playbook: Playbook, faults: Sequence[Fault], reader: Reader) -> Message:
    """The mistakes and gaps of a published version, or that it has none."""
    words = reader.words
    other = kit.actions(kit.button(words.gettext("Check another text"), Action.PLAYBOOK_TEXT))
    name = words.gettext("{name} version {number}", name=playbook.name, number=published.number)
    if faults:
        return _faulty(name, faults, reader, other)
    return _complete(name, playbook, reader, other)


def checked_text(playbook: Playbook | None, faults: Sequence[Fault], reader: Reader) -> Message:
    """The same for a text that somebody pasted."""
    if playbook is None or faults:
        return _faulty(reader.words.gettext("Your text"), faults, reader)
    return _complete(playbook.name, playbook, reader)


def text_dialog(reader: Reader) -> Modal:
    """A box to paste a playbook in, as long as Slack allows."""
    words = reader.words
    hint = words.gettext(
        "At most {most} characters fit here. Longer ones: nextstep playbook check FILE, on the command line.",
        most=words.number(INPUT_TEXT),
    )
    box = kit.text_input(Action.FIELD, multiline=True)
    return kit.modal(
        Callback.PLAYBOOK_TEXT,
        words.gettext("Check a playbook"),
        kit.input_block(words.gettext("The playbook, as YAML"), box, block=Field.PLAYBOOK_TEXT, hint=hint),
        submit=words.gettext("Check"),
        close=words.gettext("Cancel"),
    )


def _what(published: PublishedPlaybook, playbook: Playbook, reader: Reader) -> str:
    steps = reader.words.ngettext("{n} step", "{n} steps", playbook.last, n=playbook.last)
    return reader.words.gettext("version {number} · {steps}", number=published.number, steps=steps)


def _ways_in(published: PublishedPlaybook, reader: Reader) -> Block:
    gettext, page = reader.words.gettext, PlaybookPage(playbook=published.id)
    return kit.actions(
        kit.button(gettext("Show the steps"), Action.PLAYBOOK_SHOW, page),
        kit.button(gettext("Check"), Action.PLAYBOOK_CHECK, page),
        kit.button(gettext("Versions"), Action.PLAYBOOK_HISTORY, page),
    )


def _evidence(step: Step, reader: Reader) -> str:
    return "\n".join(f"• {_proof(item, reader)}" for item in step.evidence)


def _proof(item: Evidence, reader: Reader) -> str:
    return item.text if item.required else reader.words.gettext("Not required: {evidence}", evidence=item.text)


def _limits(step: Step, reader: Reader) -> str:
    words = reader.words
    lines = [
        words.gettext("stalled after {days} without progress", days=words.working_days(step.stalled_after)),
        words.gettext("decision due after {days}", days=words.working_days(step.decision_due_after)),
        _waiting(step, reader),
        words.ngettext(
            "{n} contact without progress at most",
            "{n} contacts without progress at most",
            step.contacts_without_progress,
            n=step.contacts_without_progress,
        ),
        words.ngettext(
            "{n} attempt without a contact at most",
            "{n} attempts without a contact at most",
            step.attempts_without_contact,
            n=step.attempts_without_contact,
        ),
    ]
    return "\n".join(f"• {line}" for line in lines)


def _waiting(step: Step, reader: Reader) -> str:
    words, times = reader.words, step.waiting.times
    if not times or not step.waiting.days:
        return words.gettext("no waiting on a date of the prospect's own")
    return words.ngettext(
        "a prospect may wait once, {days} at most",
        "a prospect may wait {n} times, {days} at most each",
        times,
        n=times,
        days=words.working_days(step.waiting.days),
    )


def _moments(step: Step, reader: Reader) -> str:
    return "\n".join(f"• {_moment(moment, reader)}" for moment in step.moments)


def _moment(moment: Moment, reader: Reader) -> str:
    words = reader.words
    return words.gettext(
        "{name}: {channel}, {when}, {minutes}, {scripts}",
        name=moment.name,
        channel=words.gettext(_CHANNELS[moment.channel]),
        when=_after(moment, reader),
        minutes=words.minutes(moment.minutes),
        scripts=words.ngettext(
            "script {letters}",
            "scripts {letters}",
            len(moment.scripts),
            letters=words.list_of([script.variant for script in moment.scripts]),
        ),
    )


def _after(moment: Moment, reader: Reader) -> str:
    words = reader.words
    return (
        words.gettext("after {days}", days=words.working_days(moment.after))
        if moment.after
        else words.gettext("at once")
    )


def _objections(step: Step, reader: Reader) -> str:
    count = len(step.objections)
    return reader.words.ngettext(
        "{n} objection with its answer", "{n} objections with their answers", count, n=count
    )


def _turns(published: PublishedPlaybook, playbook: Playbook, number: int, reader: Reader) -> Block:
    gettext, elements = reader.words.gettext, list[kit.Element]()
    if number > 1:
        page = PlaybookPage(playbook=published.id, step=number - 1)
        elements.append(kit.button(gettext("‹ Previous"), Action.PLAYBOOK_BACK, page))
    if number < playbook.last:
        page = PlaybookPage(playbook=published.id, step=number + 1)
        elements.append(kit.button(gettext("Next ›"), Action.PLAYBOOK_PAGE, page))
    script = ScriptChoice(playbook=published.id, step=number)
    return kit.actions(*elements, kit.button(gettext("Script of this step"), Action.STEP_SCRIPT, script))


def _complete(name: str, playbook: Playbook, reader: Reader, *more: Block) -> Message:
    words = reader.words
    scripts = sum(1 for _ in scripts_of(playbook))
    objections = sum(len(step.objections) for step in playbook.steps)
    text = words.gettext("{name} has no mistakes and no gaps.", name=name)
    counts = words.gettext(
        "Every decision has its evidence, every moment its words: {steps}, {scripts}, {objections}.",
        steps=words.ngettext("{n} step", "{n} steps", playbook.last, n=playbook.last),
        scripts=words.ngettext("{n} script", "{n} scripts", scripts, n=scripts),
        objections=words.ngettext("{n} objection", "{n} objections", objections, n=objections),
    )
    return kit.message(text, kit.section(md("✅ *{text}*\n{counts}", text=text, counts=counts)), *more)


def _faulty(name: str, faults: Sequence[Fault], reader: Reader, *more: Block) -> Message:
    words = reader.words
    title = words.ngettext(
        "{name}: {n} thing to fix", "{name}: {n} things to fix", len(faults), name=name, n=len(faults)
    )
    lines = [
        md(words.gettext("*Line {line}:* {fault}"), line=fault.line, fault=fault.sentence(words.gettext))
        for fault in faults[:_FAULTS]
    ]
    blocks = kit.sections(kit.joined(lines))
    left = len(faults) - _FAULTS
    if left > 0:
        blocks.append(kit.context(words.ngettext("{n} more after these", "{n} more after these", left, n=left)))
    return kit.message(title, kit.header(title), *blocks, *more)
