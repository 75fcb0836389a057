"""Between Bolt and the handlers: each request is answered in time, and nothing that was typed is lost.

The work is done and committed before the acknowledgement, which carries the answer. Where there is no time for
it, the request itself is saved and worked on later; where not even that succeeds, the person hears that it is
not saved, with what they typed. `reception.py` says what a request is answered, `answering.py` where.
"""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

import structlog
from slack_bolt import Ack, App, BoltContext, BoltResponse
from slack_sdk import WebClient

from bot.content import Contents
from bot.handlers import answering
from bot.handlers.answering import Asked
from bot.handlers.deliveries import redrawing
from bot.handlers.reception import Reception, Worked
from bot.handlers.replies import FieldErrors, Reply, Sends
from bot.handlers.requests import Kind, TimeBudget
from bot.handlers.sending import send
from bot.usecases.deliver import Messenger
from bot.usecases.members import Profile, known_member, refresh_member
from bot.usecases.tell_admin import tell_of_channel
from bot.views import incoming
from bot.views.message import Home, Modal
from bot.views.reader import Reader
from playbooks.ports import Busy, Request, SavedRequests

log = structlog.get_logger()

WORK_SECONDS: Final = 1.2
"""After that no further step of the work is begun: one that waits for a lock takes up to a second more."""
_SAVE_SECONDS: Final = 2.0
"""After that there is no time left to save the request: Slack gives up after three."""
_FULL_SECONDS: Final = 20.0
"""For what nobody waits for, and which is drawn when it is there."""
_UNTOUCHED_FOR: Final = timedelta(seconds=3)
"""A saved request rests until its acknowledgement has surely arrived, and the lock perhaps has gone."""
CHANNEL_EVENTS: Final = (
    "channel_archive",
    "channel_deleted",
    "channel_left",
    "group_archive",
    "group_deleted",
    "group_left",
    "member_left_channel",
)
"""What tells that a channel takes no messages of ours any more; `bot.slack.manifest` asks for the same."""
_EVERYTHING: Final = re.compile(".*")
_SAVED_KINDS: Final = frozenset({Kind.COMMAND, Kind.CLICK, Kind.SUBMISSION})
"""The others only open a dialog or draw Home: too late is too late."""

Answering = Callable[[Reply, Asked], None]
Later = Callable[[Callable[[], None]], None]


@dataclass(frozen=True, slots=True)
class Edge:
    """`profile` asks Slack who a user is, `later` runs what need not be done before the acknowledgement.

    `messenger` sends what takes longer than an answer may.
    """

    reception: Reception
    saved: SavedRequests
    clock: Callable[[], datetime]
    profile: Callable[[WebClient, str], Profile]
    later: Later
    messenger: Messenger
    stopwatch: Callable[[], float] = time.monotonic

    def register(self, app: App) -> None:
        """Tells Bolt to bring every request here, those that no handler knows too.

        It asks one listener after another: what people do most often comes first.
        """
        app.command(_EVERYTHING)(self.on_command)
        app.action(_EVERYTHING)(self.on_click)
        app.view_submission(_EVERYTHING)(self.on_submission)
        app.global_shortcut(_EVERYTHING)(self.on_shortcut)
        app.message_shortcut(_EVERYTHING)(self.on_message_shortcut)
        app.event("app_home_opened")(self.on_home)
        app.event("user_change")(self.on_user_change)
        for event in CHANNEL_EVENTS:
            app.event(event)(self.on_channel_closed)

    def on_command(self, body: dict[str, Any], context: BoltContext, ack: Ack) -> None:
        self._take(Kind.COMMAND, body, context, ack, answering.answer_command)

    def on_shortcut(self, body: dict[str, Any], context: BoltContext, ack: Ack) -> None:
        self._take(Kind.SHORTCUT, body, context, ack, answering.answer_shortcut)

    def on_message_shortcut(self, body: dict[str, Any], context: BoltContext, ack: Ack) -> None:
        self._take(Kind.MESSAGE_SHORTCUT, body, context, ack, answering.answer_shortcut)

    def on_click(self, body: dict[str, Any], context: BoltContext, ack: Ack) -> None:
        reply = self._take(Kind.CLICK, body, context, ack, answering.answer_click)
        if answering.came_from_home(body) and not isinstance(reply, Home | Modal):
            self.later(lambda: self._draw_home(body, context, ack))
        if redrawing.acts_at_once(body):
            self._redraw_later(body, context)

    def on_submission(self, body: dict[str, Any], context: BoltContext, ack: Ack) -> None:
        reply = self._take(Kind.SUBMISSION, body, context, ack, answering.answer_submission)
        if answering.came_from_home(body) and not isinstance(reply, FieldErrors):
            self.later(lambda: self._draw_home(body, context, ack))
        if not isinstance(reply, FieldErrors):
            self._redraw_later(body, context)

    def on_home(self, body: dict[str, Any], context: BoltContext, ack: Ack) -> None:
        if body["event"].get("tab", "home") == "home":
            self._draw_home(body, context, ack)

    def on_user_change(self, body: dict[str, Any], context: BoltContext) -> BoltResponse | None:
        """When there is no time for it Slack sends the event again, as it does with events only."""
        user = body["event"]["user"]
        try:
            self._refresh(str(context.team_id), user["id"], context.client, left=user.get("deleted"))
        except Busy:
            return BoltResponse(status=503)
        return None

    def on_channel_closed(self, body: dict[str, Any], context: BoltContext) -> BoltResponse | None:
        """A channel takes no messages any more; that somebody else left one says nothing."""
        event = body["event"]
        if event["type"] == "member_left_channel" and event.get("user") != context.bot_user_id:
            return None
        try:
            tell_of_channel(event["channel"], str(context.team_id), self.reception.units, self.clock())
        except Busy:
            return BoltResponse(status=503)
        return None

    def _take(self, kind: Kind, body: dict[str, Any], context: BoltContext, ack: Ack, answer: Answering) -> Reply:
        budget = TimeBudget(WORK_SECONDS, self.stopwatch)
        request = self._request(kind, body, context)
        worked = self._work(request, context, budget)
        reply = worked.reply
        if reply is None:
            reply = self._saved(request, worked.reader, budget)
        answer(reply, Asked(context, ack, request, worked.reader, budget))
        self._finish_home(reply, body, context, ack)
        if isinstance(reply, Sends):
            self.later(lambda: self._send(reply, request, worked.reader))
        if worked.desk is not None and worked.desk.member.name == request.slack_user:
            # Slack was too slow to say who this is when we met.
            self.later(lambda: self._refresh(request.slack_team, request.slack_user, context.client))
        return reply

    def _send(self, reply: Sends, request: Request, reader: Reader) -> None:
        send(reply, request, reader, self.messenger)

    def _request(self, kind: Kind, body: dict[str, Any], context: BoltContext) -> Request:
        return Request(
            slack_team=str(context.team_id),
            slack_user=str(context.user_id),
            id=_request_id(kind, body),
            kind=kind,
            body=body,
            at=self.clock(),
        )

    def _work(self, request: Request, context: BoltContext, budget: TimeBudget) -> Worked:
        def introduction() -> tuple[Profile, str]:
            name = (context.get("authorize_result") or {}).get("team") or request.slack_team
            return self.profile(context.client, request.slack_user), str(name)

        return self.reception.work(request, introduction, budget)

    def _saved(self, request: Request, reader: Reader, budget: TimeBudget) -> Reply:
        if request.kind in _SAVED_KINDS and budget.elapsed() < _SAVE_SECONDS:
            try:
                self.saved.save(request, request.at + _UNTOUCHED_FOR)
            except Busy:
                log.warning("not_saved", team=request.slack_team, kind=request.kind)
            else:
                return incoming.saved(reader, elsewhere=not request.body.get("response_url"))
        return self.reception.not_saved(request, reader)

    def _draw_home(
        self,
        body: dict[str, Any],
        context: BoltContext,
        ack: Ack,
        kind: Kind = Kind.HOME,
        seconds: float = WORK_SECONDS,
    ) -> None:
        budget = TimeBudget(seconds, self.stopwatch)
        request = self._request(kind, body, context)
        worked = self._work(request, context, budget)
        if isinstance(worked.reply, Home):
            answering.publish_home(worked.reply, Asked(context, ack, request, worked.reader, budget))
            self._finish_home(worked.reply, body, context, ack)

    def _finish_home(self, reply: Reply, body: dict[str, Any], context: BoltContext, ack: Ack) -> None:
        """Home is there at once, and drawn again with what takes a moment."""
        if isinstance(reply, Home) and reply.unfinished:
            self.later(lambda: self._draw_home(body, context, ack, Kind.HOME_IN_FULL))

    def _redraw_later(self, body: dict[str, Any], context: BoltContext) -> None:
        """The message that this was done from says so: what it spoke of is no longer to do."""
        delivery = redrawing.delivery_behind(body)
        if delivery is not None:
            self.later(lambda: self._redraw(delivery, str(context.team_id), context.client))

    def _redraw(self, delivery: int, slack_team: str, client: WebClient) -> None:
        contents = Contents(self.reception.blocks, self.reception.prefix)
        try:
            drawn = redrawing.redrawn(delivery, slack_team, self.reception.units, contents, self.clock())
        except Busy:
            log.warning("not_redrawn", delivery=delivery)  # it is out of date, and its buttons say so
            return
        if drawn is not None:
            answering.update_message(drawn.channel, drawn.ts, drawn.message, client)

    def _refresh(self, slack_team: str, user: str, client: WebClient, left: bool | None = None) -> None:
        """`left` is what the event itself says, for when Slack does not answer."""
        units = self.reception.units
        if known_member(slack_team, user, units) is not None:
            profile = self.profile(client, user)
            if profile.active is None:
                profile = replace(profile, active=None if left is None else not left)
            refresh_member(profile, slack_team, units, self.clock())


def _request_id(kind: Kind, body: dict[str, Any]) -> str:
    """What a request is known by when it comes again.

    A dialog that is submitted twice, after a lost answer, comes with another trigger: there it is the drawing of
    the dialog that counts, which changes with everything we answer in it but a complaint.
    """
    view = body.get("view") or {}
    if kind is Kind.SUBMISSION and view.get("hash"):
        return f"{view['id']}:{view['hash']}"
    return str(body.get("trigger_id") or body.get("event_id") or uuid.uuid4())
