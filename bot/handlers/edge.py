"""Where Slack's requests come in: Bolt's side on one hand, desks and replies on the other.

Each request is the same walk: who asks, which handler, its reply, the answer. The outermost boundary is
here: whatever goes wrong, a person reads one sentence, and the log has the rest.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient

from bot.handlers import answering
from bot.handlers.answering import Asked
from bot.handlers.desk import Checks, Desk
from bot.handlers.forms import Form, click_of, form_of
from bot.handlers.replies import FieldErrors, Nothing, Reply
from bot.handlers.router import Router
from bot.usecases.members import Profile, Starters, known_member, meet_member, refresh_member
from bot.views import problems
from bot.views.ids import Action, Callback
from bot.views.limits import BlockMode
from bot.views.message import Home, Message, Modal
from bot.views.reader import Reader
from bot.views.words import Words
from playbooks.calendar import Calendar
from playbooks.ports import AlreadyHandled, Busy, Units
from playbooks.refusal import Refused
from playbooks.team import Member

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Edge:
    """Everything a request needs on its way in. `clock` gives aware UTC instants.

    `profile` asks Slack who a user is, `starters` are a new workspace's playbooks, `prefix` stands before every
    command name, `checks` looks whether all of it works.
    """

    router: Router
    units: Units
    clock: Callable[[], datetime]
    profile: Callable[[WebClient, str], Profile]
    starters: Starters
    blocks: BlockMode
    checks: Checks
    prefix: str = ""

    def register(self, app: App) -> None:
        """Tells Bolt to bring every request here; the router knows the rest."""
        for name in self.router.commands:
            app.command(f"/{self.prefix}{name}")(self.on_command)
        for callback in self.router.shortcuts:
            app.global_shortcut(callback)(self.on_shortcut)
        for callback in self.router.message_shortcuts:
            app.message_shortcut(callback)(self.on_message_shortcut)
        app.action(re.compile(".*"))(self.on_click)
        app.view_submission(re.compile(".*"))(self.on_submission)
        app.event("app_home_opened")(self.on_home)
        app.event("user_change")(self.on_user_change)

    def on_command(self, body: dict[str, Any], context: BoltContext, ack: Ack) -> None:
        name = body["command"].removeprefix("/").removeprefix(self.prefix)
        desk = self._desk(body, context)
        handler = self.router.commands[name]
        reply = self._guarded(lambda: handler(desk, body.get("text") or ""), desk, said=_typed(body))
        answering.answer_command(reply, self._asked(body, context, ack, desk))

    def on_click(self, body: dict[str, Any], context: BoltContext, ack: Ack) -> None:
        action = body["actions"][0]
        desk = self._desk(body, context)
        handler = self.router.clicks.get(_known(Action, action["action_id"]))
        click = click_of(action, body.get("view"))
        reply = self._guarded(lambda: handler(desk, click), desk) if handler else Nothing()
        asked = self._asked(body, context, ack, desk)
        answering.answer_click(reply, asked)
        if answering.came_from_home(body) and not isinstance(reply, Home | Modal):
            self._draw_home(desk, asked)

    def on_submission(self, body: dict[str, Any], context: BoltContext, ack: Ack) -> None:
        desk = self._desk(body, context)
        handler = self.router.submissions.get(_known(Callback, body["view"]["callback_id"]))
        form = form_of(body["view"])
        reply = self._guarded(lambda: handler(desk, form), desk, form=form) if handler else Nothing()
        asked = self._asked(body, context, ack, desk)
        answering.answer_submission(reply, asked)
        if answering.came_from_home(body) and not isinstance(reply, FieldErrors):
            self._draw_home(desk, asked)

    def on_shortcut(self, body: dict[str, Any], context: BoltContext, ack: Ack) -> None:
        handler = self.router.shortcuts[Callback(body["callback_id"])]
        desk = self._desk(body, context)
        reply = self._guarded(lambda: handler(desk, body), desk)
        answering.answer_shortcut(reply, self._asked(body, context, ack, desk))

    def on_message_shortcut(self, body: dict[str, Any], context: BoltContext, ack: Ack) -> None:
        handler = self.router.message_shortcuts[Callback(body["callback_id"])]
        desk = self._desk(body, context)
        reply = self._guarded(lambda: handler(desk, body), desk)
        answering.answer_shortcut(reply, self._asked(body, context, ack, desk))

    def on_home(self, body: dict[str, Any], context: BoltContext, ack: Ack) -> None:
        if body["event"].get("tab", "home") == "home":
            desk = self._desk(body, context)
            self._draw_home(desk, self._asked(body, context, ack, desk))

    def on_user_change(self, body: dict[str, Any], context: BoltContext) -> None:
        user = body["event"]["user"]["id"]
        if context.team_id is not None and known_member(context.team_id, user, self.units) is not None:
            refresh_member(self.profile(context.client, user), context.team_id, self.units)

    def _desk(self, body: dict[str, Any], context: BoltContext) -> Desk:
        slack_team, user = str(context.team_id), str(context.user_id)
        member = known_member(slack_team, user, self.units) or self._new_member(slack_team, user, context)
        at = self.clock()
        today = Calendar(member.zone).today(at)
        return Desk(
            units=self.units,
            slack_team=slack_team,
            member=member,
            reader=Reader(Words(member.reads, member.zone), self.blocks, today, self.prefix),
            at=at,
            request=str(body.get("trigger_id") or body.get("event_id") or uuid.uuid4()),
            checks=self.checks,
        )

    def _new_member(self, slack_team: str, user: str, context: BoltContext) -> Member:
        name = str((context.get("authorize_result") or {}).get("team") or slack_team)
        profile = self.profile(context.client, user)
        return meet_member(profile, slack_team, name, units=self.units, starters=self.starters, at=self.clock())

    def _asked(self, body: dict[str, Any], context: BoltContext, ack: Ack, desk: Desk) -> Asked:
        return Asked(context=context, ack=ack, body=body, reader=desk.reader)

    def _draw_home(self, desk: Desk, asked: Asked) -> None:
        home = self.router.home
        reply = self._guarded(lambda: home(desk), desk) if home else Nothing()
        if isinstance(reply, Home):
            answering.publish_home(reply, asked)

    def _guarded(
        self, work: Callable[[], Reply], desk: Desk, *, said: str = "", form: Form | None = None
    ) -> Reply:
        """The reply of a handler, or one clear sentence about why there is none."""
        try:
            return work()
        except Refused as refused:
            return _beside_field(refused, desk.reader, form) or problems.refused(refused, desk.reader)
        except AlreadyHandled as already:
            return self._already(already, desk)
        except Busy:
            return problems.not_saved(said, desk.reader)
        except Exception:  # the outermost boundary: a person never sees a traceback, the log has all of it
            reference = uuid.uuid4().hex[:8]
            log.exception("request_failed", reference=reference, team=desk.slack_team, member=desk.member.id)
            return problems.trouble(reference, said, desk.reader)

    def _already(self, already: AlreadyHandled, desk: Desk) -> Message:
        handled = already.handled
        if handled.journey_id is None:
            return problems.already_done(handled.at, None, desk.reader)
        with desk.reading() as uow:
            return problems.already_done(handled.at, uow.journeys.get(handled.journey_id), desk.reader)


def _beside_field(refused: Refused, reader: Reader, form: Form | None) -> FieldErrors | None:
    """In a dialog, a refusal stands beside the field it is about, so that all that was typed stays."""
    if form is None:
        return None
    block = next((block for block in problems.FIELDS.get(refused.code, ()) if block in form.values), None)
    return FieldErrors({block: problems.sentence(refused, reader)}) if block else None


def _known(kind: Any, name: str) -> Any:
    """The member of the enum with this value, None for ids that we no longer use."""
    return kind(name) if name in set(kind) else None


def _typed(body: dict[str, Any]) -> str:
    return f"{body['command']} {body.get('text') or ''}".strip()
