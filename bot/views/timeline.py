"""All about one prospect: how it stands, and what happened, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pydantic import BaseModel, ConfigDict

from bot.usecases.show_prospect import Shown
from bot.views import happenings, kit, prospects, standings
from bot.views.blocks import text_length
from bot.views.happenings import Act, Names
from bot.views.ids import Action
from bot.views.limits import MESSAGE_BLOCKS_TEXT, plain
from bot.views.markup import md
from bot.views.message import Block, Message
from bot.views.reader import Reader
from playbooks.deadlines import Stall
from playbooks.history import Journey, Spent, Status
from playbooks.prospect import Person

_PEOPLE: Final = 5
_PERSON: Final = 200
_ROOM_FOR_PAGING: Final = 200


class Turn(BaseModel):
    """What a page button carries: whose timeline, and from which act on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    prospect: int
    start: int


@dataclass(frozen=True, slots=True)
class _Happened:
    """One act of one journey; `heads` where the part of another journey begins."""

    act: Act
    journey: Journey
    heads: bool


def timeline(shown: Shown, reader: Reader, start: int = 0) -> Message:
    """The prospect as it stands, then its acts in pages, `start` being the place of the first one shown."""
    prospect, journey = shown.dossier.prospect, shown.present.journey
    now = standings.where_it_stands(shown.present, reader)
    blocks = [kit.header(prospect.name), kit.section(kit.joined(_standing(shown, reader)))]
    if company := _company(shown, reader):
        blocks.append(kit.context(*company))
    blocks += _ways_on(shown, reader) if journey.is_open else _way_back(shown, reader)
    room = MESSAGE_BLOCKS_TEXT - sum(map(text_length, blocks)) - _ROOM_FOR_PAGING
    blocks += [kit.divider(), *_happened(shown, reader, start, room)]
    return kit.message(now, *blocks)


def _standing(shown: Shown, reader: Reader) -> list[kit.Text]:
    """Where it stands and with whom, what shows the decision, and what is ours to do next."""
    words, journey = reader.words, shown.present.journey
    owner = happenings.named(journey.owner, _names(shown), reader)
    if not journey.is_open:
        closed = words.gettext("Closed: {status}", status=standings.status(journey.status, reader))
        return [md("*{closed}* · {place} · {owner}", closed=closed, place=_place(journey, reader), owner=owner)]
    parts: list[kit.Text] = [md("*{place}* · {owner}", place=_place(journey, reader), owner=owner)]
    parts.append(md(words.gettext("The decision: {decision}"), decision=journey.step.decision))
    parts += _evidence(journey, reader)
    if journey.next_action:
        action = prospects.next_action_text(journey.next_action, reader)
        parts.append(md(words.gettext("*Next action:* {action}"), action=action))
    return [*parts, *_attention(shown, reader), *_clock(shown, reader)]


def _place(journey: Journey, reader: Reader) -> str:
    return prospects.place_of(journey, reader)


def _evidence(journey: Journey, reader: Reader) -> list[kit.Text]:
    """`Evidence: 2 of 3`, and which."""
    evidence = journey.step.evidence
    counted = reader.words.gettext("Evidence: {n} of {all}", n=len(journey.ticked), all=len(evidence))
    marked = [f"{'✓' if item.key in journey.ticked else '○'} {item.text}" for item in evidence]
    return [counted, *marked]


def _attention(shown: Shown, reader: Reader) -> list[kit.Text]:
    gettext, journey = reader.words.gettext, shown.present.journey
    if wait := journey.waits_on(reader.today):
        return [prospects.waiting_text(wait.until, reader)]
    said = []
    if shown.decision_due:
        said.append(gettext("❗ decision due"))
    match shown.stall:
        case Stall.TIME:
            said.append(gettext("⚠ stalled: no progress within this step's limit"))
        case Stall.CONTACTS:
            said.append(gettext("⚠ stalled: this step's contacts are used up without progress"))
        case Stall.ATTEMPTS:
            said.append(gettext("⚠ stalled: this step's attempts are used up without reaching anybody"))
    return [*said]


def _clock(shown: Shown, reader: Reader) -> list[kit.Text]:
    """The step's dates, and what went into it so far."""
    words, journey = reader.words, shown.present.journey
    parts: list[kit.Text] = []
    if shown.deadlines:
        parts.append(
            words.gettext(
                "In this step since {entered} · counts as stalled from {stalls} · decision due on {due}",
                entered=reader.day(journey.entered_on),
                stalls=reader.day(shown.deadlines.stalls_on),
                due=reader.day(shown.deadlines.decision_due_on),
            )
        )
    parts.append(_spent(journey.spent, reader))
    return parts


def _spent(spent: Spent, reader: Reader) -> str:
    """`Spent since the last progress: 2 contacts, 1 attempt without a contact, 45 min`."""
    words = reader.words
    if spent == Spent():
        return words.gettext("Nothing spent since the last progress.")
    said = [words.ngettext("{n} contact", "{n} contacts", spent.contacts, n=words.number(spent.contacts))]
    if spent.attempts:
        since = words.ngettext(
            "{n} attempt without a contact",
            "{n} attempts without a contact",
            spent.attempts,
            n=words.number(spent.attempts),
        )
        said.append(since)
    said.append(words.minutes(spent.minutes))
    if spent.unlogged:
        said.append(
            words.ngettext(
                "{n} without minutes",
                "{n} without minutes",
                spent.unlogged,
                n=words.number(spent.unlogged),
            )
        )
    return words.gettext("Spent since the last progress: {spent}.", spent=", ".join(said))


def _company(shown: Shown, reader: Reader) -> list[kit.Text]:
    """Its people, its value and where it came from."""
    words, prospect = reader.words, shown.dossier.prospect
    said: list[kit.Text] = [_person(person, reader) for person in prospect.people[:_PEOPLE]]
    if left := len(prospect.people[_PEOPLE:]):
        said.append(words.ngettext("{n} more person", "{n} more people", left, n=words.number(left)))
    if prospect.value is not None:
        said.append(words.gettext("Value: {value}", value=words.number(prospect.value)))
    if prospect.source:
        said.append(words.gettext("Source: {source}", source=prospect.source))
    return said


def _person(person: Person, reader: Reader) -> str:
    said = ", ".join(filter(None, (person.name, person.role, person.phone, person.email)))
    said = plain(said, _PERSON)
    return reader.words.gettext("{person} (decides)", person=said) if person.decides else said


def _ways_on(shown: Shown, reader: Reader) -> list[Block]:
    gettext, ticket = reader.words.gettext, prospects.ticket_of(shown.present)
    return [
        prospects.buttons(ticket, reader),
        kit.actions(
            kit.button(gettext("Change next action"), Action.PLAN, ticket),
            kit.button(gettext("Hand over"), Action.ASSIGN, ticket),
            kit.button(gettext("Undo"), Action.UNDO, ticket),
        ),
    ]


def _way_back(shown: Shown, reader: Reader) -> list[Block]:
    gettext, ticket = reader.words.gettext, prospects.ticket_of(shown.present)
    again = kit.button(gettext("Start again"), Action.ADD, shown.dossier.prospect.name)
    if shown.present.journey.status is Status.WITHDRAWN:  # all of it was taken back: there is nothing to undo
        return [kit.actions(again)]
    return [kit.actions(again, kit.button(gettext("Undo"), Action.UNDO, ticket))]


def _happened(shown: Shown, reader: Reader, start: int, room: int) -> list[Block]:
    happened = [
        _Happened(act, journey, heads=place == 0)
        for _, journey in shown.dossier.journeys
        for place, act in enumerate(reversed(happenings.acts(journey)))
    ]
    many, names = len(shown.dossier.journeys) > 1, _names(shown)
    return kit.paged(
        reader,
        happened,
        lambda it: [*(_heading(it.journey, reader) if many and it.heads else []), _act(it, names, reader)],
        previous=Action.TIMELINE_BACK,
        following=Action.TIMELINE_PAGE,
        start=start,
        value=lambda place: Turn(prospect=shown.dossier.prospect.id, start=place).model_dump_json(),
        room=room,
    )


def _heading(journey: Journey, reader: Reader) -> list[Block]:
    """Which of its journeys the acts below belong to."""
    words, began = reader.words, journey.history[0].on
    template = words.gettext("*Journey since {day}: {status}* · {playbook}")
    status = standings.status(journey.status, reader)
    return [kit.section(md(template, day=reader.day(began), status=status, playbook=journey.playbook.name))]


def _act(happened: _Happened, names: Names, reader: Reader) -> Block:
    """When, who, and what it changed; what was taken back stays, struck through."""
    act, entry = happened.act, happened.act.entries[0]
    by = happenings.who(entry, names, reader)
    said = happenings.lines(act, happened.journey.playbook, names, reader)
    head = md("_{when} · {who}_", when=reader.instant(entry.occurred_at), who=by)
    if act.taken_back is None:
        return kit.section(kit.joined([head, *said]))
    back = reader.words.gettext(
        "↩ taken back by {who}, {when}",
        who=happenings.who(act.taken_back, names, reader),
        when=reader.instant(act.taken_back.occurred_at),
    )
    return kit.section(kit.joined([head, *map(kit.struck, said), back]))


def _names(shown: Shown) -> dict[int, str]:
    return {number: member.name for number, member in shown.dossier.members.items()}
