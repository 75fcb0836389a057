"""How each command is used: a line for each thing it does, with an example to copy."""

from __future__ import annotations

from collections.abc import Sequence

from bot.views import kit
from bot.views.ids import Action
from bot.views.markup import md
from bot.views.message import Message
from bot.views.reader import Reader

Example = tuple[str, str]
"""What to type, and what it does."""


def prospect(reader: Reader) -> Message:
    """The subcommands of `/prospect`."""
    gettext, pgettext = reader.words.gettext, reader.words.pgettext
    title = gettext("What you can type after the command")
    first = [
        (pgettext("typed", "add Acme BV source:fair"), gettext("starts a journey at step 1")),
        (pgettext("typed", "advance Acme"), gettext("they took the decision: one step on")),
        (
            pgettext("typed", "log Acme talked next:friday min:20"),
            gettext("a contact, how it ended and what comes next"),
        ),
        (pgettext("typed", "next Acme friday call back"), gettext("another next action")),
        (pgettext("typed", "show Acme"), gettext("all that happened")),
        (pgettext("typed", "list step:3 source:fair stalled"), gettext("everybody's open prospects, filtered")),
    ]
    then = [
        (pgettext("typed", "wait Acme 1 march budget round"), gettext("they named a date: waiting, not stalled")),
        (pgettext("typed", "decide Acme"), gettext("asks for a decision, with a date")),
        (pgettext("typed", "lost Acme price"), gettext("they said no, and why")),
        (pgettext("typed", "not-now Acme 1 march"), gettext("back to marketing until that date")),
        (pgettext("typed", "assign Acme @ann"), gettext("hands it to a colleague")),
        (pgettext("typed", "undo Acme"), gettext("takes back the last change")),
    ]
    hint = gettext("Nothing after the command: your open prospects. The beginning of a name is enough.")
    add = kit.actions(kit.button(gettext("Add a prospect"), Action.ADD))
    return kit.message(title, kit.header(title), _lines(first), _lines(then), kit.context(hint), add)


def playbook(reader: Reader) -> Message:
    """The subcommands of `/playbook`."""
    gettext, pgettext = reader.words.gettext, reader.words.pgettext
    title = gettext("What you can type after the command")
    lines = [
        (pgettext("typed", "show"), gettext("its steps: the decision, the evidence, the limits and the moments")),
        (pgettext("typed", "check"), gettext("everything that is wrong or lacking")),
        (pgettext("typed", "history"), gettext("its versions")),
    ]
    hint = gettext("Nothing after the command: all playbooks. With several of them, add a name.")
    return kit.message(title, kit.header(title), _lines(lines), kit.context(hint))


def funnel(reader: Reader) -> Message:
    """What `/funnel` takes."""
    gettext, pgettext = reader.words.gettext, reader.words.pgettext
    title = gettext("What you can type after the command")
    lines = [
        (pgettext("typed", "weeks:26"), gettext("over more weeks; without it, over the last 13")),
        (pgettext("typed", "all"), gettext("over all weeks")),
        (pgettext("typed", "source:fair"), gettext("the prospects of one source")),
        (pgettext("typed", "by:source"), gettext("all sources side by side; by:rep and by:variant as well")),
        (pgettext("typed", "me"), gettext("my own prospects, beside the team")),
    ]
    hint = gettext("Nothing after the command: how many go on in each step, of the whole team.")
    return kit.message(title, kit.header(title), _lines(lines), kit.context(hint))


def plan(reader: Reader) -> Message:
    """What `/plan` takes."""
    gettext, pgettext = reader.words.gettext, reader.words.pgettext
    title = gettext("What you can type after the command")
    lines = [
        (pgettext("typed", "10 per week"), gettext("how many prospects, days and hours that takes")),
        (pgettext("typed", "40 per month certainty:90"), gettext("the same, to make it 9 of 10 times")),
        (pgettext("typed", "10 per week step3:+5"), gettext("what if 5 more of 100 went on in step 3")),
        (pgettext("typed", "set 10 per week"), gettext("makes it the team's target; for managers")),
    ]
    hint = gettext("Nothing after the command: the plan for your team's target.")
    ask = kit.actions(kit.button(gettext("Make a plan"), Action.MAKE_PLAN))
    return kit.message(title, kit.header(title), _lines(lines), kit.context(hint), ask)


def forecast(reader: Reader) -> Message:
    """What `/forecast` takes."""
    gettext, pgettext = reader.words.gettext, reader.words.pgettext
    title = gettext("What you can type after the command")
    lines = [(pgettext("typed", "playbook:b2b-saas"), gettext("of one playbook, where there are several"))]
    hint = gettext("Nothing after the command: customers in the next 1, 4 and 13 weeks, and how earlier ones did.")
    return kit.message(title, kit.header(title), _lines(lines), kit.context(hint))


def nextstep(reader: Reader, *, admin: bool) -> Message:
    """What Nextstep is, and every command as it is typed in this workspace."""
    gettext = reader.words.gettext
    title = gettext("What Nextstep does")
    buttons = kit.actions(
        kit.button(gettext("Add a prospect"), Action.ADD, style="primary"),
        kit.button(gettext("Settings"), Action.SETTINGS),
    )
    commands = [*_for_all(reader), *(_for_admins(reader) if admin else ())]
    return kit.message(title, kit.header(title), kit.section(_about(reader)), _lines(commands), buttons)


def _about(reader: Reader) -> str:
    gettext = reader.words.gettext
    lines = (
        gettext("Nextstep makes selling a process whose outcome you can predict."),
        gettext("A playbook is a row of decisions that the prospect takes, each shown by evidence."),
        gettext("You sell one thing at a time: the next step. Steps are never skipped."),
        gettext("For every contact there is a script, and for every objection an answer."),
        gettext("Every open prospect has one next action, with a date: yours."),
        gettext("A prospect that does not decide is asked to: yes, no, or not now."),
    )
    return "\n".join(lines)


def _for_all(reader: Reader) -> Sequence[Example]:
    gettext, pgettext, command = reader.words.gettext, reader.words.pgettext, reader.command
    return (
        (command("prospect"), gettext("your prospects, most urgent first")),
        (command("prospect", pgettext("typed", "add Acme BV")), gettext("a new prospect, and what to say first")),
        (command("prospect", pgettext("typed", "help")), gettext("all that can happen to a prospect")),
        (command("script", "Acme"), gettext("what to say to a prospect now")),
        (command("script", pgettext("typed", "step3")), gettext("what to say in a step")),
        (command("playbook"), gettext("the steps, their evidence and limits")),
        (command("funnel"), gettext("how many go on in each step, and which one needs attention")),
        (command("plan", pgettext("typed", "10 per week")), gettext("what that takes: prospects, days and hours")),
        (command("forecast"), gettext("how many customers are to be expected")),
        (command("nextstep", pgettext("typed", "settings")), gettext("your hours, days off, pause and language")),
        (
            command("nextstep", pgettext("typed", "off 24 dec - 2 jan")),
            gettext("your days off: no messages, and your limits wait"),
        ),
    )


def _for_admins(reader: Reader) -> Sequence[Example]:
    gettext, pgettext, command = reader.words.gettext, reader.words.pgettext, reader.command
    return (
        (command("nextstep", pgettext("typed", "roles")), gettext("who is rep, manager, marketing or admin")),
        (command("nextstep", pgettext("typed", "health")), gettext("whether everything works")),
    )


def _lines(examples: Sequence[Example]) -> kit.Block:
    return kit.section(
        kit.joined(md("{typed} – {does}", typed=kit.code(typed), does=does) for typed, does in examples)
    )
