"""App Home: a member's desk, and all their open prospects page by page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.usecases.desk_numbers import DeskNumbers
from bot.usecases.look_at_desk import OnDesk
from bot.views import home_numbers, kit, listing, prospects
from bot.views.ids import Action, Ticket
from bot.views.listing import Listed
from bot.views.markup import md
from bot.views.message import Block, Home
from bot.views.reader import Reader
from playbooks.pipeline import Line, Page


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the desk: prospects that have something in common, and the one button that helps with it.

    `said` is what a line adds to the name and place of its prospect.
    """

    page: Page
    title: str
    said: Callable[[Line], str]
    label: str
    action: Action


def desk(on_desk: OnDesk, numbers: DeskNumbers | None, reader: Reader) -> Home:
    """Today first, then what asks for attention, then my steps; the team's as well for who leads it.

    `numbers` None: they are not worked out yet, and the desk is unfinished.
    """
    blocks = [kit.header(reader.words.gettext("Your desk, {day}", day=reader.words.long_day(reader.today)))]
    blocks += _mine(on_desk, reader) if on_desk.open else _how_to_begin(reader)
    blocks += home_numbers.beside_the_team(numbers or DeskNumbers(), reader)
    blocks += _team(on_desk, numbers or DeskNumbers(), reader)
    return replace(kit.home(*blocks), unfinished=numbers is None)


def everything(page: Page, reader: Reader) -> Home:
    """All my open prospects, most urgent first, with a way back to the desk."""
    words = reader.words
    title = words.ngettext("Your open prospect", "Your {n} open prospects", page.total, n=words.number(page.total))
    blocks = [kit.header(title), kit.actions(kit.button(words.gettext("‹ Back to my desk"), Action.HOME_DESK))]
    for line in page.lines:
        blocks += prospects.line_blocks(line, reader)
    if around := listing.turns(page, Action.HOME_ALL_BACK, Action.HOME_ALL, str, reader):
        blocks.append(kit.actions(*around))
    return kit.home(*blocks)


def _mine(on_desk: OnDesk, reader: Reader) -> list[Block]:
    words = reader.words
    everything = words.gettext("All my prospects ({n})", n=words.number(on_desk.open))
    return [
        kit.actions(_add(reader), kit.button(everything, Action.HOME_ALL, "0")),
        kit.divider(),
        *_today(on_desk, reader),
        *_decisions(on_desk.decisions, reader),
        *_stalled(on_desk.stalled, reader),
        *_waiting(on_desk.waiting, reader),
        kit.divider(),
        kit.section(
            md("*{title}*\n{steps}", title=words.gettext("My steps"), steps=listing.steps(on_desk.steps, reader))
        ),
    ]


def _how_to_begin(reader: Reader) -> list[Block]:
    gettext = reader.words.gettext
    return [
        kit.section(gettext("You have no open prospects. Begin with one company you want to talk to:")),
        kit.section(
            kit.joined(
                [
                    gettext("1. Add it. It starts in step 1, and its script is ready at once."),
                    gettext("2. Make the contact, and log how it went: the next action gets its date."),
                    gettext("3. When they take the step's decision, press They decided. One step at a time."),
                ]
            )
        ),
        kit.actions(_add(reader)),
    ]


def _add(reader: Reader) -> kit.Element:
    return kit.button(reader.words.gettext("Add a prospect"), Action.ADD, style="primary")


def _today(on_desk: OnDesk, reader: Reader) -> list[Block]:
    """What is due, each with its buttons; on an empty day what comes first after it."""
    words, due = reader.words, on_desk.due
    if not due.total:
        said = [words.gettext("✓ Nothing is due today.")]
        if on_desk.upcoming and on_desk.upcoming.next_action:
            action = prospects.next_action_text(on_desk.upcoming.next_action, reader)
            said.append(words.gettext("First comes {name}: {action}.", name=on_desk.upcoming.name, action=action))
        return [kit.section(" ".join(said))]
    title = words.ngettext("{n} action for today", "{n} actions for today", due.total, n=words.number(due.total))
    blocks = [kit.section(md("*{title}*", title=title))]
    for line in due.lines:
        blocks += prospects.line_blocks(line, reader)
    return [*blocks, *_more(due, reader)]


def _decisions(page: Page, reader: Reader) -> list[Block]:
    words = reader.words
    title = words.ngettext("❗ {n} decision due", "❗ {n} decisions due", page.total, n=words.number(page.total))

    def since(line: Line) -> str:
        return words.gettext("since {day}", day=reader.day(line.decision_due_on)) if line.decision_due_on else ""

    return _few(_Part(page, title, since, words.gettext("Force a decision"), Action.DECIDE), reader)


def _stalled(page: Page, reader: Reader) -> list[Block]:
    words = reader.words
    title = words.gettext("⚠ {n} stalled: no progress within the step's limit", n=words.number(page.total))

    def why(line: Line) -> str:
        if line.exhausted:
            return words.gettext("the step allows no more contacts")
        return words.gettext("since {day}", day=reader.day(line.stalls_on)) if line.stalls_on else ""

    return _few(_Part(page, title, why, words.gettext("Force a decision"), Action.DECIDE), reader)


def _waiting(page: Page, reader: Reader) -> list[Block]:
    words = reader.words
    title = words.ngettext(
        "⏸ {n} waiting on a date of its own",
        "⏸ {n} waiting on a date of their own",
        page.total,
        n=words.number(page.total),
    )

    def until(line: Line) -> str:
        return words.gettext("until {day}", day=reader.day(line.waiting_until)) if line.waiting_until else ""

    return _few(_Part(page, title, until, words.gettext("Timeline"), Action.SHOW), reader)


def _few(part: _Part, reader: Reader) -> list[Block]:
    """A line and a button for the first few, and how many more there are."""
    if not part.page.total:
        return []
    blocks = [kit.divider(), kit.section(md("*{title}*", title=part.title))]
    for line in part.page.lines:
        place = prospects.place(line.step_number, line.step_name, line.steps, reader)
        text = md("*{name}* · {rest}", name=line.name, rest=" · ".join(filter(None, (place, part.said(line)))))
        ticket = Ticket(journey=line.journey_id, version=line.version)
        blocks.append(kit.section(text, accessory=kit.button(part.label, part.action, ticket)))
    return [*blocks, *_more(part.page, reader)]


def _more(page: Page, reader: Reader) -> list[Block]:
    left = page.total - len(page.lines)
    if not left:
        return []
    words = reader.words
    text = words.ngettext("{n} more, show all", "{n} more, show all", left, n=words.number(left))
    return [kit.actions(kit.button(text, Action.HOME_ALL, "0"))]


def _team(on_desk: OnDesk, numbers: DeskNumbers, reader: Reader) -> list[Block]:
    """The team's steps and its numbers, for managers."""
    if not on_desk.team:
        return []
    words = reader.words
    text = md("*{title}*\n{steps}", title=words.gettext("The team"), steps=listing.steps(on_desk.team, reader))
    row = kit.actions(
        kit.button(words.gettext("All open prospects"), Action.LIST_ALL, Listed()),
        kit.button(words.gettext("Stalled ones"), Action.LIST_STALLED, Listed(stalled=True)),
    )
    return [kit.divider(), kit.section(text), row, *home_numbers.of_team(numbers, reader)]
