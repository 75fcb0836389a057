"""The daily message: what is due, each with its one ask, then whatever else asks for attention."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.usecases.see_point import Told
from bot.views import kit, prospects, sections
from bot.views.ids import Action
from bot.views.message import Block, Message
from bot.views.reader import Reader
from bot.views.typed_words import typed
from playbooks.deliveries import Kind
from playbooks.pipeline import Line


@dataclass(frozen=True, slots=True)
class Opening:
    """How a day's message begins: `first` is the first one ever; `overdue` counts in a summary, else None."""

    first: bool = False
    overdue: int | None = None


def message(
    day: date, told: Sequence[Told], reader: Reader, owner: int, opening: Opening | None = None
) -> Message:
    """The day's message; actions come first, the other parts after them."""
    due = [each for each in told if each.part.kind is Kind.DAILY]
    others = [each for each in told if each.part.kind is not Kind.DAILY]
    title = _title(day, due, reader)
    blocks = [kit.header(title), *_opening(opening, reader)]
    for each in due:
        blocks += [*sections.points_of(each, reader), *sections.more(each.part, reader, owner)]
    for each in others:
        blocks += sections.section(each, reader, owner)
    counts = [sections.counted(each.part, reader) for each in others]
    return kit.message("; ".join([_named(title, told, reader), *counts]), *blocks)


def nothing(upcoming: Line | None, reader: Reader) -> Message:
    """One line on a day without anything: what comes first after it, or how to begin."""
    words = reader.words
    if upcoming is None:
        text = words.gettext("You have no open prospects. Add the first one, and its script is ready at once.")
        row = kit.actions(kit.button(words.gettext("Add a prospect"), Action.ADD))
        return kit.message(text, kit.section(text), row)
    said = [words.gettext("✓ Nothing is due today.")]
    if upcoming.next_action:
        action = prospects.next_action_text(upcoming.next_action, reader)
        said.append(words.gettext("First comes {name}: {action}.", name=upcoming.name, action=action))
    return kit.message(" ".join(said))


def _title(day: date, due: Sequence[Told], reader: Reader) -> str:
    words, n = reader.words, sum(each.part.total for each in due)
    if not n:
        return reader.day(day)  # an overdue action may stand in a section: "none due" would be untrue
    return words.ngettext(
        "{day}: {n} action due", "{day}: {n} actions due", n, day=reader.day(day), n=words.number(n)
    )


def _opening(opening: Opening | None, reader: Reader) -> list[Block]:
    words, said = reader.words, []
    if opening and opening.first:
        said.append(
            words.gettext(
                "From today I write once each working day: what is due, with its script. {command} changes when.",
                command=reader.command("nextstep", typed("settings", reader)),
            )
        )
    if opening and opening.overdue is not None:
        said.append(_summary(opening.overdue, reader))
    return [kit.context(*said)] if said else []


def _summary(overdue: int, reader: Reader) -> str:
    """Instead of a heap: what counts, and where to begin."""
    words = reader.words
    if not overdue:
        return words.gettext("A few came together. Begin with these.")
    return words.ngettext(
        "A few came together, {n} of them overdue. Begin with these.",
        "A few came together, {n} of them overdue. Begin with these.",
        overdue,
        n=words.number(overdue),
    )


def _named(title: str, told: Sequence[Told], reader: Reader) -> str:
    names = sections.names_in(told)
    return reader.words.gettext("{title}: {names}", title=title, names=names) if names else title
