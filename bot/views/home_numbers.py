"""The numbers in App Home: a rep's steps beside the team's, in words; all of the team's for who leads it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from bot.usecases.desk_numbers import DeskNumbers
from bot.usecases.my_steps import Beside, MyStep, MySteps
from bot.views import figures, in_short, kit
from bot.views.markup import md
from bot.views.message import Block
from bot.views.reader import Reader

_MOST_PLAYBOOKS: Final = 3
"""More than these leave no room for the prospects; `/funnel` has them all."""


def beside_the_team(numbers: DeskNumbers, reader: Reader) -> list[Block]:
    """A line each step where there is enough to tell, and that there is too little where there is not."""
    words, blocks = reader.words, []
    for mine in numbers.mine[:_MOST_PLAYBOOKS]:
        title = words.gettext("My steps beside the team's")
        if len(numbers.mine) > 1:
            title = words.gettext("{playbook}: my steps beside the team's", playbook=mine.playbook.name)
        lines: list[kit.Text] = [md("*{title}*", title=title), *(_line(step, reader) for step in mine.steps)]
        lines += _too_close(mine.steps, reader)
        blocks += [kit.section(kit.joined(lines)), kit.context(_as_of(mine, reader))]
    return blocks


def of_team(numbers: DeskNumbers, reader: Reader) -> list[Block]:
    """The same lines as the weekly digest."""
    blocks: list[Block] = []
    for each in numbers.team[:_MOST_PLAYBOOKS]:
        lines = [in_short.title(each, reader), *in_short.steps(each.funnel, reader), *in_short.ahead(each, reader)]
        blocks += [
            *kit.sections(kit.joined(lines)),
            kit.context(_until(each.funnel.as_of, reader)),
            in_short.ways_on(each, reader),
        ]
    return blocks


def _line(step: MyStep, reader: Reader) -> str:
    """`• 2 Demo: 34 of 100 go on with you, 21 of 100 with the team: clearly more`; too close is not said."""
    gettext = reader.words.gettext
    said = gettext(
        "• {step}: {mine} go on with you, {team} with the team",
        step=f"{step.number} {step.name}",
        mine=figures.of_many(step.mine.estimate, reader),
        team=figures.of_many(step.team, reader),
    )
    match step.beside:
        case Beside.MORE:
            return gettext("{said}: clearly more", said=said)
        case Beside.FEWER:
            return gettext("{said}: clearly fewer", said=said)
        case Beside.TOO_CLOSE:
            return said


def _too_close(steps: Sequence[MyStep], reader: Reader) -> list[str]:
    """What is to be made of the steps of which nothing was said."""
    gettext = reader.words.gettext
    if not steps:
        return [gettext("Too few of your prospects have decided yet to tell you apart.")]
    close = [step.beside is Beside.TOO_CLOSE for step in steps]
    if all(close):
        return [gettext("All of it is too close to call.")]
    return [gettext("The rest is too close to call.")] if any(close) else []


def _as_of(mine: MySteps, reader: Reader) -> str:
    return reader.words.gettext(
        "Of {weeks}, and more where those hold too few; as of the morning of {day}.",
        weeks=figures.period(mine.weeks, reader),
        day=reader.day(mine.as_of),
    )


def _until(as_of: date, reader: Reader) -> str:
    return reader.words.gettext("As of the morning of {day}.", day=reader.day(as_of))
