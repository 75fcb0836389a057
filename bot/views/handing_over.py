"""A colleague takes over: the dialog, and who has what now."""

from __future__ import annotations

from collections.abc import Sequence

from bot.usecases.change import Changed
from bot.views import kit, prospects
from bot.views.elements import Option
from bot.views.ids import Action, Block, Callback, Slip
from bot.views.markup import md
from bot.views.message import Message, Modal
from bot.views.reader import Reader
from playbooks.ports import Tracked
from playbooks.team import Member


def dialog(tracked: Tracked, owner: Member, members: Sequence[Member], reader: Reader) -> Modal:
    """Whose it is, and a choice of colleagues: Slack's own menu of people where a client has one."""
    words = reader.words
    text = md(
        words.gettext("*{name}* · {place}\nNow with {owner}, and its next action too."),
        name=tracked.prospect.name,
        place=prospects.place_of(tracked.journey, reader),
        owner=owner.name,
    )
    others = [member for member in members if member.id != owner.id]
    if not others:
        nobody = words.gettext("Nextstep knows no colleague yet: ask them to open its Home once.")
        return kit.modal(
            Callback.ANSWER,
            words.gettext("Hand over"),
            kit.section(text),
            kit.section(nobody),
            close=words.gettext("Close"),
        )
    return kit.modal(
        Callback.ASSIGN,
        words.gettext("Hand over"),
        kit.section(text),
        kit.input_block(words.gettext("Who takes over?"), _menu(others, reader), block=Block.OWNER),
        submit=words.gettext("Hand over"),
        close=words.gettext("Cancel"),
        metadata=Slip(journey=tracked.id, step=tracked.journey.step_number),
    )


def handed_over(changed: Changed, former: str, owner: str, reader: Reader) -> Message:
    """Names both."""
    words, after = reader.words, changed.after
    said: list[kit.Text] = [
        md(
            words.gettext("*{name}* goes from {former} to {owner}."),
            name=after.prospect.name,
            former=former,
            owner=owner,
        )
    ]
    if after.journey.next_action:
        action = prospects.next_action_text(after.journey.next_action, reader)
        said.append(md(words.gettext("*Next action*, now of {owner}: {action}"), owner=owner, action=action))
    ticket = prospects.ticket_of(after)
    row = kit.actions(
        prospects.timeline_button(ticket, reader),
        kit.button(words.gettext("Undo"), Action.UNDO, ticket),
    )
    text = words.gettext(
        "{name} goes from {former} to {owner}.", name=after.prospect.name, former=former, owner=owner
    )
    return kit.message(text, kit.section(kit.joined(said)), row)


def never_met(reader: Reader) -> str:
    """Beside the field: Slack's menu shows people whom Nextstep does not know."""
    return reader.words.gettext("They have not used Nextstep yet: ask them to open its Home once, then try again.")


def _menu(members: Sequence[Member], reader: Reader) -> kit.Element:
    ordered = sorted(members, key=lambda member: member.name.casefold())
    return kit.users_select(reader.blocks, Action.FIELD, [Option(one.name, one.slack_id) for one in ordered])
