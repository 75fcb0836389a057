"""The weekly digest: what was won, what moved, how many go on, what comes and what stands still."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.usecases.read_week import Week
from bot.usecases.see_funnel import FunnelSeen
from bot.views import in_short, kit, number_pictures
from bot.views.ids import Action
from bot.views.listing import Listed
from bot.views.markup import md
from bot.views.message import Block, Message
from bot.views.reader import Reader
from playbooks.digest import Came, Move

_MOST_MOVES: Final = 8
_ENOUGH: Final = 10
"""Fewer contacts than these make no percentage."""
_MOST_PLAYBOOKS: Final = 5
"""More than these make no digest; `/funnel` has them all."""


@dataclass(frozen=True, slots=True)
class Chart:
    """The picture, what it shows in words, and before which block of the message it stands."""

    png: bytes
    title: str
    alt: str
    place: int


def message(week: Week, reader: Reader) -> Message:
    """Progress first: who brought whom how far. Then the numbers, what stands still, and what came of asking."""
    title = _title(week, reader)
    blocks = [
        kit.header(title),
        kit.section(kit.joined(_won(week, reader))),
        *_moved(week, reader),
        kit.divider(),
        *_numbers(week, reader),
        kit.divider(),
        kit.section(kit.joined([_stalled(week, reader), *_hope(week, reader), *_decisions(week, reader)])),
        *_ways_on(week, reader),
    ]
    said = [str(line) for line in _won(week, reader)[:1]]
    return kit.message(kit.joined([title, *map(kit.Mrkdwn, said)], ": "), *blocks)


def picture(week: Week, reader: Reader) -> Chart | None:
    """The steps of the first playbook; None while there is nothing to show of them."""
    if not week.numbers:
        return None
    numbers = week.numbers[0]
    drawing = number_pictures.of_funnel(FunnelSeen(numbers.playbook, numbers.funnel), reader)
    return Chart(drawing.draw(), drawing.title, drawing.alt, _place_of_chart(week, reader))


def _title(week: Week, reader: Reader) -> str:
    return reader.words.gettext("The week until {day}", day=reader.words.long_day(week.digest.as_of))


# What moved.


def _won(week: Week, reader: Reader) -> list[kit.Text]:
    words, wins = reader.words, week.digest.wins
    if not wins:
        return [words.gettext("No new customers this week.")]
    count = words.ngettext("🎉 {n} new customer", "🎉 {n} new customers", len(wins), n=words.number(len(wins)))
    lines: list[kit.Text] = [md("*{count}*", count=count)]
    lines += [_move(move, week) for move in wins[:_MOST_MOVES]]
    if week.digest.days_to_win is not None:
        took = words.days(week.digest.days_to_win)
        lines.append(
            words.ngettext(
                "It took {days} from the first step.",
                "Half of them took {days} or less from the first step.",
                len(wins),
                days=took,
            )
        )
    return lines


def _moved(week: Week, reader: Reader) -> list[Block]:
    """Who went on a step, in the order in which it happened: nobody is counted."""
    words = reader.words
    won = {move.prospect for move in week.digest.wins}
    # How far each came: who took two decisions stands where the last one led.
    furthest = {move.prospect: move for move in week.digest.moves if move.prospect not in won}
    moves = list(furthest.values())
    if not moves and won:
        return []
    if not moves:
        return [kit.section(words.gettext("Nobody went on a step this week."))]
    lines: list[kit.Text] = [md("*{title}*", title=words.gettext("Went on a step"))]
    lines += [_move(move, week) for move in moves[-_MOST_MOVES:]]
    if left := len(moves) - _MOST_MOVES:
        lines += [words.ngettext("and {n} more", "and {n} more", left, n=words.number(left))] if left > 0 else []
    return [kit.section(kit.joined(lines))]


def _move(move: Move, week: Week) -> kit.Text:
    """`• Acme BV → Demo (Robin)`."""
    name = week.names.get(move.by) if move.by is not None else None
    where = f" → {move.step}" if move.step else ""
    return md("• *{prospect}*{where}{who}", prospect=move.prospect, where=where, who=f" ({name})" if name else "")


# The numbers.


def _numbers(week: Week, reader: Reader) -> list[Block]:
    """Each playbook: its steps, then what comes; how it is computed is a button away."""
    if not week.numbers:
        return [kit.section(reader.words.gettext("Nobody entered a step yet."))]
    blocks: list[Block] = []
    for numbers in week.numbers[:_MOST_PLAYBOOKS]:
        ahead = list(in_short.ahead(numbers, reader))
        blocks += [
            kit.section(in_short.title(numbers, reader)),
            *kit.sections(kit.joined(in_short.steps(numbers.funnel, reader))),
            *([kit.section("\n".join(ahead))] if ahead else []),
            in_short.ways_on(numbers, reader),
        ]
    return blocks


def _place_of_chart(week: Week, reader: Reader) -> int:
    """After the header, what was won, what moved, a divider and the playbook's title: before the words of it."""
    return 4 + len(_moved(week, reader))


# What stands still.


def _stalled(week: Week, reader: Reader) -> kit.Text:
    words = reader.words
    return words.ngettext(
        "⚠ {stalled} of {n} open prospect stands still.",
        "⚠ {stalled} of {n} open prospects stand still.",
        week.open,
        stalled=words.number(week.stalled),
        n=words.number(week.open),
    )


def _hope(week: Week, reader: Reader) -> list[kit.Text]:
    """The part of all minutes that went into prospects that were stalled already; the team's, never a rep's."""
    words, hope = reader.words, week.digest.hope
    if hope.share is None:
        return []
    values = {"contacts": words.number(hope.contacts), "all": words.number(hope.touches)}
    if hope.touches < _ENOUGH:
        return [
            words.gettext(
                "Hope: {contacts} of {all} contacts this week went to prospects that stood still already.",
                **values,
            )
        ]
    said = words.gettext(
        "Hope: {share} of all minutes this week went into prospects that stood still already "
        "({contacts} of {all} contacts).",
        share=words.percent(hope.share),
        **values,
    )
    if not hope.assumed:
        return [said]
    assumed = words.gettext(
        "{share} of the minutes were not logged: the playbook's count for them.", share=words.percent(hope.assumed)
    )
    return [f"{said} {assumed}"]


def _decisions(week: Week, reader: Reader) -> list[kit.Text]:
    """`6 decisions were asked for in the last 4 weeks: 2 yes, 2 no, 1 waiting`."""
    words, decisions = reader.words, week.digest.decisions
    asked = sum(decisions.values())
    if not asked:
        return []
    names = {
        Came.YES: words.gettext("{n} yes"),
        Came.NO: words.gettext("{n} no"),
        Came.NOT_NOW: words.gettext("{n} not now"),
        Came.NOTHING: words.gettext("{n} without an answer"),
        Came.WAITING: words.gettext("{n} still to answer"),
    }
    came = [text.format(n=words.number(decisions[key])) for key, text in names.items() if decisions.get(key)]
    return [
        words.ngettext(
            "❗ {n} decision was asked for in the last 4 weeks: {came}.",
            "❗ {n} decisions were asked for in the last 4 weeks: {came}.",
            asked,
            n=words.number(asked),
            came=words.list_of(came),
        )
    ]


def _ways_on(week: Week, reader: Reader) -> Sequence[Block]:
    if not week.stalled:
        return []
    show = kit.button(reader.words.gettext("Stalled ones"), Action.SHOW_LIST, Listed(stalled=True))
    return [kit.actions(show)]
