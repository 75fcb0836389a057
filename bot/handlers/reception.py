"""From a request to a reply: who asks, which handler answers, and one clear sentence when it cannot."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import structlog
from pydantic import ValidationError

from bot.handlers.desk import Checks, Desk
from bot.handlers.forms import click_of, form_of
from bot.handlers.replies import FieldErrors, Nothing, Reply
from bot.handlers.requests import Kind, TimeBudget, fields, typed
from bot.handlers.router import Router
from bot.usecases.channels import Channels, NoChannels
from bot.usecases.members import Profile, Starters, known_member, meet_member
from bot.views import incoming, kit, problems, refusals
from bot.views.ids import Action, Block, Callback
from bot.views.limits import BlockMode
from bot.views.message import Message
from bot.views.reader import Reader
from bot.views.words import Words
from playbooks.calendar import Calendar
from playbooks.ports import AlreadyHandled, Busy, NotHere, Request, Units
from playbooks.refusal import Refused

log = structlog.get_logger()

Introduction = Callable[[], tuple[Profile, str]]
"""Asks Slack about somebody we do not know: their profile, and the name of their workspace."""


@dataclass(frozen=True, slots=True)
class Worked:
    """What came of a request, and who reads it. `reply` is None when there was no time to do it."""

    reply: Reply | None
    reader: Reader
    desk: Desk | None = None


@dataclass(frozen=True, slots=True)
class Reception:
    """`starters` are a new workspace's playbooks, `prefix` stands before every command name, `checks` looks
    whether all that Nextstep stands on works, `channels` looks a channel up in Slack.
    """

    router: Router
    units: Units
    starters: Starters
    blocks: BlockMode
    checks: Checks
    prefix: str = ""
    channels: Channels = field(default_factory=NoChannels)

    def work(self, request: Request, introduction: Introduction, budget: TimeBudget) -> Worked:
        """Does what was asked. Raises nothing: whatever goes wrong is a reply, and in the log."""
        desk, reader = None, self._stranger(request)
        try:
            desk = self._desk(request, introduction, budget)
            reader = desk.reader
            return Worked(self._handled(request, desk), reader, desk)
        except Busy:
            return Worked(incoming.saved_without_answer(reader) if budget.kept else None, reader, desk)
        except Exception:  # the outermost boundary: a person never sees a traceback, the log has all of it
            reference = uuid.uuid4().hex[:8]
            log.exception("request_failed", reference=reference, team=request.slack_team, user=request.slack_user)
            if budget.kept:
                return Worked(incoming.saved_without_answer(reader), reader, desk)
            trouble = problems.trouble(reference, typed(request), reader)
            return Worked(_beside(incoming.trouble_beside(reference, reader), request, trouble), reader, desk)

    def not_saved(self, request: Request, reader: Reader) -> Reply:
        """The work could not be done, nor the request be kept."""
        message = problems.not_saved(typed(request), reader)
        return _beside(incoming.not_saved_beside(reader), request, message)

    def _desk(self, request: Request, introduction: Introduction, budget: TimeBudget) -> Desk:
        team, user = request.slack_team, request.slack_user
        member = known_member(team, user, self.units)
        if member is None:
            profile, workspace = introduction()
            member = meet_member(profile, team, workspace, units=self.units, starters=self.starters, at=request.at)
        today = Calendar(member.zone).today(request.at)
        return Desk(
            units=self.units,
            slack_team=team,
            member=member,
            reader=Reader(Words(member.reads, member.zone), self.blocks, today, self.prefix),
            at=request.at,
            request=request.id,
            checks=self.checks,
            budget=budget,
            channels=self.channels,
        )

    def _stranger(self, request: Request) -> Reader:
        """Who reads while we cannot look up who it is."""
        return Reader(Words("en-GB", "UTC"), self.blocks, request.at.date(), self.prefix)

    def _handled(self, request: Request, desk: Desk) -> Reply:
        try:
            return self._answered(request, desk)
        except Refused as refused:
            message = incoming.giving_back(refusals.refused(refused, desk.reader), typed(request), desk.reader)
            about = refusals.FIELDS.get(refused.code, ())
            return _beside(refusals.sentence(refused, desk.reader), request, message, about)
        except NotHere:
            sentence = incoming.not_here(desk.reader)
            return _beside(sentence, request, kit.message(sentence))
        except AlreadyHandled as already:
            return _already(already, desk)
        except ValidationError as error:  # what a button or dialog of an earlier release carries
            log.warning("not_ours_any_more", kind=request.kind, errors=error.errors(include_input=False))
            return _no_longer_used(request, desk)

    def _answered(self, request: Request, desk: Desk) -> Reply:
        body: Any = request.body
        match request.kind:
            case Kind.COMMAND:
                return self._command(body, desk)
            case Kind.CLICK:
                return self._click(request, desk)
            case Kind.SUBMISSION:
                submission = self.router.submissions.get(_known(Callback, body["view"]["callback_id"]))
                return submission(desk, form_of(body["view"])) if submission else _no_longer_used(request, desk)
            case Kind.HOME:
                return self.router.home(desk) if self.router.home else Nothing()
            case Kind.HOME_IN_FULL:
                return self.router.home_in_full(desk) if self.router.home_in_full else Nothing()
            case kind:
                of_kind = self.router.shortcuts if kind == Kind.SHORTCUT else self.router.message_shortcuts
                shortcut = of_kind.get(_known(Callback, body["callback_id"]))
                return shortcut(desk, body) if shortcut else _no_longer_used(request, desk)

    def _command(self, body: Any, desk: Desk) -> Reply:
        handler = self.router.commands.get(body["command"].removeprefix("/").removeprefix(self.prefix))
        if handler is None:
            return incoming.unknown_command(body["command"], list(self.router.commands), desk.reader)
        return handler(desk, body.get("text") or "")

    def _click(self, request: Request, desk: Desk) -> Reply:
        action = request.body["actions"][0]
        handler = self.router.clicks.get(_known(Action, action["action_id"]))
        if handler is not None:
            return handler(desk, click_of(action, request.body.get("view")))
        # Fields of a dialog and buttons with an address act by themselves.
        acts_by_itself = action.get("type") != "button" or "url" in action
        return Nothing() if acts_by_itself else _no_longer_used(request, desk)


def _already(already: AlreadyHandled, desk: Desk) -> Message:
    handled = already.handled
    if handled.journey_id is None:
        return problems.already_done(handled.at, None, desk.reader)
    with desk.reading() as uow:
        return problems.already_done(handled.at, uow.journeys.get(handled.journey_id), desk.reader)


def _no_longer_used(request: Request, desk: Desk) -> Reply:
    sentence = incoming.no_longer_used(desk.reader)
    return _beside(sentence, request, kit.message(sentence))


def _beside(sentence: str, request: Request, otherwise: Message, about: tuple[Block, ...] = ()) -> Reply:
    """In a dialog, the sentence beside the field it is about, else the first: all that was typed stays.

    Where there is no field, a message.
    """
    there = fields(request.body["view"]) if request.kind == Kind.SUBMISSION else []
    known = [block for block in (_known(Block, name) for name in there) if block is not None]
    if not known:
        return otherwise
    return FieldErrors({next((block for block in about if block in known), known[0]): sentence})


def _known(kind: Any, name: str) -> Any:
    """The member of the enum with this value, None for ids that we no longer use."""
    return kind(name) if name in set(kind) else None
