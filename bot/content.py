"""What is said in the messages that Nextstep sends by itself, in the reader's language and on the reader's day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.usecases.deliver import Picture, Post
from bot.usecases.gather_daily import first_to_come, gather_daily, see_now, wants_prospects
from bot.usecases.notices import Trouble, read_notice
from bot.usecases.points import NOTHING, Part, in_words, read
from bot.usecases.read_week import read_week
from bot.usecases.see_point import Told, see_part
from bot.usecases.weigh_steps import StepWorths
from bot.views import alerts, daily, digest, notices
from bot.views.daily import Opening
from bot.views.limits import BlockMode
from bot.views.marks import marked
from bot.views.message import Message
from bot.views.reader import Reader
from bot.views.words import Words
from playbooks.calendar import Calendar
from playbooks.deliveries import SECTIONS, Delivery, Kind
from playbooks.pipeline import Filters
from playbooks.ports import UnitOfWork
from playbooks.team import Member, Role


@dataclass(frozen=True, slots=True)
class Contents:
    """Writes the message of a delivery (`bot.usecases.deliver.Content`).

    `blocks` are those that clients draw, `prefix` stands before every command name, `worths` order a day's
    prospects. Gives None when there is nothing to say: what it was about is over, or the kind has no content yet
    (focus, intake, reminder).
    """

    blocks: BlockMode = BlockMode.FULL
    prefix: str = ""
    worths: StepWorths = field(default_factory=StepWorths, compare=False)

    def __call__(self, delivery: Delivery, uow: UnitOfWork, at: datetime) -> Post | None:
        """The message as it is sent first."""
        match delivery.owed.kind:
            case Kind.DAILY:
                return self._daily(delivery, uow, at)
            case kind if kind in SECTIONS:
                return self._alert(delivery, uow, at)
            case Kind.DIGEST:
                return self._digest(uow, at)
            case Kind.NOTICE:
                return self._notice(delivery, uow, at)
            case _:
                return None

    def again(self, delivery: Delivery, uow: UnitOfWork, at: datetime) -> Post | None:
        """The same message after something was done: each point says what, or how it stands now.

        None for a message without points.
        """
        if not delivery.said or delivery.said == NOTHING:
            return None
        member = _member(delivery, uow)
        told = [see_part(part, member, uow, at) for part in read(delivery.said)]
        reader = self._reader(member, at)
        if delivery.owed.kind is not Kind.DAILY:
            return _post(alerts.alert(told[0].seen[0], reader), delivery, told)
        day = delivery.owed.local_date or reader.today
        return _post(daily.message(day, told, reader, member.id), delivery, told)

    def _daily(self, delivery: Delivery, uow: UnitOfWork, at: datetime) -> Post | None:
        member = _member(delivery, uow)
        reader = self._reader(member, at)
        gathered = gather_daily(delivery, member, uow, at, self.worths(uow, at))
        if not gathered.told:
            return None if gathered.said_nothing else _nothing(delivery, member, reader, uow, at)
        opening = Opening(first=gathered.first, overdue=gathered.overdue)
        message = daily.message(reader.today, gathered.told, reader, member.id, opening)
        return _post(message, delivery, gathered.told, covers=gathered.covers)

    def _alert(self, delivery: Delivery, uow: UnitOfWork, at: datetime) -> Post | None:
        member = _member(delivery, uow)
        seen = see_now(delivery, member, uow, at)
        if seen is None or not seen.holds:
            return None
        told = Told(Part(seen.point.kind, (seen.point,)), (seen,))
        return _post(alerts.alert(seen, self._reader(member, at)), delivery, [told])

    def _digest(self, uow: UnitOfWork, at: datetime) -> Post:
        reader, week = self._channel_reader(uow, at), read_week(uow, at)
        message, drawn = digest.message(week, reader), digest.picture(week, reader)
        picture = Picture(drawn.png, drawn.title, drawn.alt, drawn.place) if drawn else None
        return Post(message.text, message.blocks, picture=picture)

    def _notice(self, delivery: Delivery, uow: UnitOfWork, at: datetime) -> Post | None:
        reader, notice = self._reader(_member(delivery, uow), at), read_notice(delivery.owed.key)
        if notice.trouble is Trouble.CHANNEL:
            return _sent(notices.channel_closed(notice.about, reader))
        gone = uow.members.get(int(notice.about))
        left = sum(step.open for step in uow.pipeline.counts(Filters(owner=gone.id), reader.today))
        return _sent(notices.member_gone(gone, left, reader)) if left else None

    def _reader(self, member: Member, at: datetime) -> Reader:
        today = Calendar(member.zone).today(at)
        return Reader(Words(member.reads, member.zone), self.blocks, today, self.prefix)

    def _channel_reader(self, uow: UnitOfWork, at: datetime) -> Reader:
        """A channel has no language of its own: it reads what its manager does, else the first admin."""
        zone, team = uow.workspace.zone, uow.team
        if team.manager_id is not None:
            leader: Member | None = uow.members.get(team.manager_id)
        else:
            leader = next((each for each in uow.members.all() if each.active and each.role is Role.ADMIN), None)
        words = Words(leader.reads, zone) if leader else Words(zone=zone)
        return Reader(words, self.blocks, Calendar(zone).today(at), self.prefix)


def _member(delivery: Delivery, uow: UnitOfWork) -> Member:
    if delivery.owed.member_id is None:
        raise ValueError(f"{delivery.owed.key} is for a member, and names none")
    return uow.members.get(delivery.owed.member_id)


def _nothing(delivery: Delivery, member: Member, reader: Reader, uow: UnitOfWork, at: datetime) -> Post | None:
    upcoming = first_to_come(member, uow, at)
    if upcoming is None and not wants_prospects(member):
        return None
    message = daily.nothing(upcoming, reader)
    return Post(message.text, marked(message.blocks, delivery.id), said=NOTHING)


def _post(
    message: Message, delivery: Delivery, told: Sequence[Told], covers: frozenset[str] = frozenset()
) -> Post:
    said = in_words(each.part for each in told)
    return Post(message.text, marked(message.blocks, delivery.id), covers=covers, said=said)


def _sent(message: Message) -> Post:
    return Post(message.text, message.blocks)
