"""The last change was taken back: what exactly, and how the prospect stands now."""

from __future__ import annotations

from bot.usecases.change import Changed
from bot.views import happenings, kit, prospects, standings
from bot.views.happenings import Names
from bot.views.ids import Action
from bot.views.markup import md
from bot.views.message import Block, Message
from bot.views.reader import Reader
from playbooks.history import Journey


def taken_back(changed: Changed, names: Names, reader: Reader) -> Message:
    """Names what no longer holds, struck through, with when it was done and by whom."""
    words, after = reader.words, changed.after
    act = happenings.last_taken_back(after.journey)
    if act is None:
        raise ValueError("the last change of this journey is no taking back")
    entry, playbook = act.entries[0], after.journey.playbook
    what = happenings.title(act, playbook, names, reader)
    head = md(
        words.gettext("↩ *{name}*: taken back what {who} did on {when}."),
        name=after.prospect.name,
        who=happenings.who(entry, names, reader),
        when=reader.instant(entry.occurred_at),
    )
    lines = [kit.struck(line) for line in happenings.lines(act, playbook, names, reader)]
    text = words.gettext("Taken back for {name}: {what}.", name=after.prospect.name, what=what)
    return kit.message(text, kit.section(kit.joined([head, *lines])), *_now(changed, reader))


def _now(changed: Changed, reader: Reader) -> list[Block]:
    gettext, after = reader.words.gettext, changed.after
    said: list[kit.Text] = [standings.where_it_stands(after, reader)]
    said += _next_action(after.journey, reader)
    blocks = [kit.section(kit.joined(said))]
    ticket = prospects.ticket_of(after)
    show = prospects.timeline_button(ticket, reader)
    if after.journey.is_open:
        return [*blocks, prospects.buttons(ticket, reader), kit.actions(show)]
    again = kit.button(gettext("Start again"), Action.ADD, after.prospect.name)
    return [*blocks, kit.actions(again, show)]


def _next_action(journey: Journey, reader: Reader) -> list[kit.Text]:
    if journey.next_action is None:
        return []
    action = prospects.next_action_text(journey.next_action, reader)
    return [md(reader.words.gettext("*Next action:* {action}"), action=action)]
