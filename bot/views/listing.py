"""Prospects as a list: mine, everybody's by filters, or to choose one from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from pydantic import BaseModel, ConfigDict

from bot.grammar.commands import Verb
from bot.views import kit, prospects
from bot.views.choosing import Pick, named
from bot.views.ids import Action
from bot.views.limits import BUTTON_VALUE, length
from bot.views.message import Block, Message
from bot.views.paging import PER_PAGE
from bot.views.reader import Reader
from bot.views.words import msgid
from playbooks.pipeline import Line, Page, StepCount

Names = Mapping[int, str]
"""Members by id."""


class Listed(BaseModel):
    """What a page button of a list carries: its filters, and the place of its first line."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    owner: int | None = None
    step: int | None = None
    source: str | None = None
    playbook: str | None = None
    stalled: bool = False
    offset: int = 0

    @property
    def is_filtered(self) -> bool:
        return self.model_copy(update={"offset": 0}) != Listed()


class Choosing(BaseModel):
    """What a page button of a choice carries: the command to finish, and the place of its first line."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    verb: Verb
    rest: str = ""
    offset: int = 0


def mine(page: Page, reader: Reader) -> Message:
    """My open prospects, most urgent first; without any, how to begin."""
    words = reader.words
    if not page.total:
        return nothing_yet(reader)
    title = words.ngettext(
        "You have {n} open prospect", "You have {n} open prospects", page.total, n=words.number(page.total)
    )
    blocks: list[Block] = [kit.header(title)]
    for line in page.lines:
        blocks += prospects.line_blocks(line, reader)
    add = kit.button(words.gettext("Add a prospect"), Action.ADD)
    blocks.append(kit.actions(add, *turns(page, Action.MINE_BACK, Action.MINE_PAGE, str, reader)))
    return kit.message(_first_names(title, page, reader), *blocks)


def nothing_yet(reader: Reader) -> Message:
    """Somebody without open prospects learns how to begin."""
    words = reader.words
    text = words.gettext("You have no open prospects. Add the first one, and its script is ready at once.")
    return kit.message(
        text, kit.section(text), kit.actions(kit.button(words.gettext("Add a prospect"), Action.ADD))
    )


def everybody(page: Page, counts: Sequence[StepCount], listed: Listed, names: Names, reader: Reader) -> Message:
    """Open prospects that pass the filters, most urgent first, with how many stand in each step."""
    words = reader.words
    if not page.total:
        return _nobody(listed, names, reader)
    title = words.ngettext("{n} open prospect", "{n} open prospects", page.total, n=words.number(page.total))
    title = ", ".join([title, *_filters(listed, names, reader)])
    blocks = [kit.header(title), kit.context(steps(counts, reader))]
    for line in page.lines:
        owner = names.get(line.owner, "") if listed.owner is None else ""
        blocks += prospects.line_blocks(line, reader, owner)
    around = turns(page, Action.LIST_BACK, Action.LIST_PAGE, lambda at: _at(listed, at), reader)
    if listed.is_filtered:
        around.append(_wider(reader))
    if around:
        blocks.append(kit.actions(*around))
    return kit.message(_first_names(title, page, reader), *blocks)


def to_choose(page: Page, choosing: Choosing, reader: Reader) -> Message:
    """My open prospects, each with one button: the command that was typed, for that one."""
    words = reader.words
    if not page.total:
        return nothing_yet(reader)
    question = words.gettext(_QUESTIONS.get(choosing.verb, _WHICH))
    blocks: list[Block] = [kit.header(question)]
    for line in page.lines:
        choose = kit.button(words.gettext("This one"), Action.PICK, _pick(line, choosing))
        blocks.append(kit.section(prospects.summary(line, reader), accessory=choose))
    around = turns(page, Action.CHOOSE_BACK, Action.CHOOSE_PAGE, lambda at: _there(choosing, at), reader)
    if around:
        blocks.append(kit.actions(*around))
    text = words.gettext("{question} {names}", question=question, names=_names_on(page))
    return kit.message(text, *blocks)


def turns(page: Page, back: Action, on: Action, value: Callable[[int], str], reader: Reader) -> list[kit.Element]:
    """Buttons to the pages before and after; `value` is what the one to a place carries."""
    words, around = reader.words, []
    end = page.offset + len(page.lines)
    if page.offset:
        around.append(kit.button(words.gettext("‹ Previous"), back, value(max(0, page.offset - PER_PAGE))))
    if left := page.total - end:
        more = words.ngettext("{n} more ›", "{n} more ›", left, n=words.number(left))
        around.append(kit.button(more, on, value(end)))
    return around


def steps(counts: Sequence[StepCount], reader: Reader) -> str:
    """`1 Intake: 12 (3 stalled) · 2 Demo: 4`."""
    return " · ".join(_step(count, reader) for count in counts)


def _step(count: StepCount, reader: Reader) -> str:
    words = reader.words
    values = {"step": f"{count.step_number} {count.step_name}", "n": words.number(count.open)}
    if not count.stalled:
        return words.gettext("{step}: {n}", **values)
    return words.gettext("{step}: {n} ({stalled} stalled)", **values, stalled=words.number(count.stalled))


def _nobody(listed: Listed, names: Names, reader: Reader) -> Message:
    words = reader.words
    if not listed.is_filtered:
        return kit.message(
            words.gettext("Nobody has an open prospect yet. Add the first one."),
            kit.section(words.gettext("Nobody has an open prospect yet. Add the first one.")),
            kit.actions(kit.button(words.gettext("Add a prospect"), Action.ADD)),
        )
    text = words.gettext(
        "No open prospects: {filters}. Leave out a filter to see more.",
        filters=", ".join(_filters(listed, names, reader)),
    )
    return kit.message(text, kit.section(text), kit.actions(_wider(reader)))


def _wider(reader: Reader) -> kit.Element:
    return kit.button(reader.words.gettext("All open prospects"), Action.LIST_ALL, Listed())


def _filters(listed: Listed, names: Names, reader: Reader) -> list[str]:
    """What a list is narrowed to, in words."""
    words, said = reader.words, []
    if listed.step is not None:
        said.append(words.gettext("in step {number}", number=listed.step))
    if listed.owner is not None:
        said.append(words.gettext("of {name}", name=names.get(listed.owner) or words.gettext("somebody")))
    if listed.source is not None:
        said.append(words.gettext("from {source}", source=listed.source))
    if listed.playbook is not None:
        said.append(words.gettext("with playbook {playbook}", playbook=listed.playbook))
    if listed.stalled:
        said.append(words.gettext("stalled"))
    return said


def _first_names(title: str, page: Page, reader: Reader) -> str:
    return reader.words.gettext("{title}: {names}", title=title, names=_names_on(page))


def _names_on(page: Page) -> str:
    return "; ".join(line.name for line in page.lines[:5])


def _at(listed: Listed, offset: int) -> str:
    return listed.model_copy(update={"offset": offset}).model_dump_json(exclude_defaults=True)


def _there(choosing: Choosing, offset: int) -> str:
    return choosing.model_copy(update={"offset": offset}).model_dump_json(exclude_defaults=True)


def _pick(line: Line, choosing: Choosing) -> Pick:
    """The command with the name in its place, to be read again; what does not fit in a button is left out."""
    command = f"{choosing.verb} {named(line.name)}"
    pick = Pick(text=f"{command} {choosing.rest}".strip(), prospect=line.prospect_id)
    if length(pick.model_dump_json()) <= BUTTON_VALUE:
        return pick
    return Pick(text=command, prospect=line.prospect_id)


_WHICH: Final = msgid("Which prospect?")
_QUESTIONS: Final[Mapping[Verb, str]] = {
    Verb.ADVANCE: msgid("Who took a decision?"),
    Verb.LOG: msgid("Who did you contact?"),
    Verb.NEXT: msgid("Whose next action?"),
    Verb.LOST: msgid("Who said no?"),
    Verb.NOT_NOW: msgid("Who said: not now?"),
    Verb.WAIT: msgid("Who asked you to wait?"),
    Verb.DECIDE: msgid("Who has to decide?"),
    Verb.SHOW: msgid("Whose timeline?"),
    Verb.ASSIGN: msgid("Which prospect do you hand over?"),
    Verb.UNDO: msgid("Whose last change do you want to undo?"),
}
"""What the command needs to know, as one asks it."""
