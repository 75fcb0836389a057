"""The way from a name in a command to the prospect it is about, shared by all subcommands."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from bot.grammar.arguments import Arguments
from bot.grammar.commands import ProspectCommand, Verb
from bot.grammar.names import FoundName, NameReading, NoName, SeveralNames, read_name
from bot.grammar.readings import Context, Draft, Mistake, Question, Reading, Unclear, Wrong
from playbooks.names import KnownProspect

ProspectReading = Reading[ProspectCommand]

Command = TypeVar("Command")

Complete = Callable[[KnownProspect, str], Reading[Command]]
"""What the text after the name makes of the command, for that prospect."""


def about(
    verb: Verb,
    arguments: Arguments,
    context: Context,
    complete: Complete[Command],
    ends: Callable[[str], bool] = lambda _: False,
) -> Reading[Command]:
    """Read the name, then complete the command with the text after it.

    The longest known name is taken, unless the command gets further with a shorter one: then that one when
    it is the same prospect, and a menu when it is another.
    """
    reading = with_choice(read_name(arguments.text, context.prospects, ends), context.chosen)
    draft = Draft(verb, note=reading.rest, said=reading.said, values=arguments.values)
    if isinstance(reading, NoName):
        if not reading.said:
            return Unclear(Question.PROSPECT, draft)
        return Wrong(Mistake.UNKNOWN_PROSPECT, reading.said, prospects=reading.closest)
    if isinstance(reading, SeveralNames):
        return Unclear(Question.WHICH_PROSPECT, replace(draft, prospects=reading.prospects))
    return _fullest(draft, (reading, *reading.shorter), complete)


def with_choice(reading: NameReading, chosen: int | None) -> NameReading:
    """The reading in which the member has picked a prospect from the menu that it led to before."""
    match reading:
        case FoundName(shorter=shorter):
            picked = [found for found in (reading, *shorter) if found.prospect.id == chosen]
            return replace(picked[0], shorter=tuple(picked[1:])) if picked else reading
        case (
            SeveralNames(prospects=prospects, said=said, rest=rest)
            | NoName(closest=prospects, said=said, rest=rest)
        ):
            for prospect in prospects:
                if prospect.id == chosen:
                    return FoundName(prospect, said, rest)
    return reading


def _fullest(draft: Draft, names: Sequence[FoundName], complete: Complete[Command]) -> Reading[Command]:
    first = complete(names[0].prospect, names[0].rest)
    if not isinstance(first, Unclear):
        return first
    for shorter in names[1:]:
        reading = complete(shorter.prospect, shorter.rest)
        if isinstance(reading, Wrong) or (isinstance(reading, Unclear) and reading.question is first.question):
            continue
        if shorter.prospect.id == names[0].prospect.id:
            return reading
        choices = (names[0].prospect, shorter.prospect)
        return Unclear(Question.WHICH_PROSPECT, replace(draft, prospects=choices))
    return first
