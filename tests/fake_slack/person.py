"""A person at a Slack client: types, clicks, chooses, fills in and submits, as the client would let them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fake_slack import payloads
from tests.fake_slack.answers import Answer, Occasion
from tests.fake_slack.client import Client, Ticket, blocks_of, message_of, view_of
from tests.fake_slack.errors import ClientRefusedError
from tests.fake_slack.filling import held, missing_in
from tests.fake_slack.finding import Found, find
from tests.fake_slack.signing import Signature
from tests.fake_slack.things import Channel, Message, User, View
from tests.fake_slack.transport import Dispatch

if TYPE_CHECKING:
    from tests.fake_slack.fake import FakeSlack

RIGHT = Signature.RIGHT
Screen = Answer | Message | View
"""Something on screen that has blocks."""


class Person:
    """One user's Slack client, connected to an app: its `dispatch`, or the URL of its `/slack/events`.

    Every method that sends something takes `signed`, to sign it wrongly, and gives an Answer. What no client
    allows raises ClientRefusedError; what Slack would not show of the app's answer raises SlackRefusedError.
    """

    def __init__(self, slack: FakeSlack, user: User, app: Dispatch | str) -> None:
        self.slack = slack
        self.user = user
        self.workspace = slack.state.workspaces[user.team_id]
        self._client = Client(slack, user, app)

    def types(self, typed: str, *, channel: Channel | None = None, signed: Signature = RIGHT) -> Answer:
        """Types a slash command, in the direct messages with the bot unless a channel is given."""
        where = channel or self._client.im()
        ticket = self._client.ticket(where)
        ids = {"trigger_id": ticket.trigger_id, "response_url": ticket.response_url}
        body = payloads.command(self.workspace, self.user, where, typed, ids)
        return self._client.send(_occasion("command", ticket, channel=where.id), body, signed)

    def clicks(self, name: str, *, on: Screen, within: str | None = None, signed: Signature = RIGHT) -> Answer:
        """Presses a button, named by its text or action_id; `within` a block, by block_id or text in it."""
        found = find(blocks_of(on), name, within)
        if found.element["type"] != "button":
            raise ClientRefusedError(f"not a button: {found}")
        return self._acts(found, None, on, signed)

    def chooses(
        self, name: str, value: Any, *, on: Screen, within: str | None = None, signed: Signature = RIGHT
    ) -> Answer | None:
        """Chooses in a menu, date picker, radio group, check boxes, overflow, or types in a field.

        Gives None where Slack tells nobody: a field of a dialog whose block has no `dispatch_action`.
        """
        found = find(blocks_of(on), name, within)
        if found.element["type"] == "button":
            raise ClientRefusedError(f"a button is clicked: {found}")
        chosen = held(found, self._looked_up(found, value, on))
        view = view_of(on)
        if view and found.element["type"] != "overflow":
            with self.slack.state.change():
                view.state.setdefault(found.block_id, {})[found.action_id] = chosen
        if found.block["type"] == "input" and not found.block.get("dispatch_action"):
            return None
        return self._acts(found, chosen, on, signed)

    def fills(self, view: Answer | View, values: dict[str, Any]) -> None:
        """Fills fields of a dialog, each named by its label, block_id or action_id."""
        for name, value in values.items():
            self.chooses(name, value, on=view)

    def submits(
        self, view: Answer | View, values: dict[str, Any] | None = None, *, signed: Signature = RIGHT
    ) -> Answer:
        """Fills in and submits a dialog. The answer has its `errors`, or is `closed`, or shows the next `view`."""
        opened = self._client.top(view)
        self.fills(opened, values or {})
        if "submit" not in opened.body:
            raise ClientRefusedError(f"dialog {opened.title!r} has no submit button")
        complaints = missing_in(opened.blocks, opened.state)
        if complaints:
            raise ClientRefusedError(f"the client keeps the dialog open: {'; '.join(complaints)}")
        ticket = self._client.ticket()
        told = {"trigger_id": ticket.trigger_id, "view": opened.as_json(self.workspace.bot_id)}
        body = self._interaction("view_submission", **told, response_urls=[])
        return self._client.send(_occasion("view_submission", ticket, view=opened), body, signed)

    def closes(self, view: Answer | View, *, signed: Signature = RIGHT) -> Answer | None:
        """Closes a dialog; the app hears of it only with `notify_on_close`."""
        opened = self._client.top(view)
        clears = bool(opened.body.get("clear_on_close"))
        with self.slack.state.change():
            stack = self.slack.state.stack(self.user.team_id, self.user.id)
            stack[:] = [] if clears else stack[:-1]
        if not opened.body.get("notify_on_close"):
            return None
        body = self._interaction("view_closed", view=opened.as_json(self.workspace.bot_id), is_cleared=clears)
        return self._client.send(Occasion("view_closed"), body, signed)

    def opens_home(self, *, signed: Signature = RIGHT) -> Answer:
        """Opens the app's Home; the answer's `view` is the Home that was published for it."""
        home = self.slack.home(self.user)
        told: dict[str, Any] = {
            "type": "app_home_opened",
            "user": self.user.id,
            "channel": self._client.im().id,
            "tab": "home",
            "event_ts": self._client.now(),
        }
        if home:
            told["view"] = home.as_json(self.workspace.bot_id)
        occasion = Occasion("event", home_before=home.version if home else 0)
        return self._event(told, occasion, signed)

    def uses_shortcut(self, callback_id: str, *, signed: Signature = RIGHT) -> Answer:
        """Uses a global shortcut."""
        ticket = self._client.ticket()
        told = {"callback_id": callback_id, "trigger_id": ticket.trigger_id, "action_ts": self._client.now()}
        return self._client.send(_occasion("shortcut", ticket), self._interaction("shortcut", **told), signed)

    def uses_message_shortcut(self, callback_id: str, message: Message, *, signed: Signature = RIGHT) -> Answer:
        """Uses a shortcut from a message's menu. Ephemeral messages have none."""
        if message.is_ephemeral:
            raise ClientRefusedError("an ephemeral message has no shortcuts")
        channel = self.workspace.channels[message.channel]
        ticket = self._client.ticket(channel, message)
        body = self._interaction(
            "message_action",
            callback_id=callback_id,
            trigger_id=ticket.trigger_id,
            response_url=ticket.response_url,
            action_ts=self._client.now(),
            message_ts=message.ts,
            message=message.as_json(with_metadata=True),
            channel={"id": channel.id, "name": channel.name},
        )
        return self._client.send(_occasion("message_action", ticket, channel=channel.id), body, signed)

    def asks_options(self, name: str, typed: str, *, on: Screen, signed: Signature = RIGHT) -> Answer:
        """Types in an external select; the answer's `options` are what the app offers."""
        found = find(blocks_of(on), name)
        told = {"action_id": found.action_id, "block_id": found.block_id, "value": typed}
        body = self._interaction("block_suggestion", **told, **self._client.place(on))
        return self._client.send(Occasion("block_suggestion"), body, signed)

    def says(self, text: str, *, channel: Channel | None = None) -> Message:
        """Writes a message, in the direct messages with the bot unless a channel is given; no event is sent."""
        where = channel or self._client.im()
        with self.slack.state.change():
            said = {"text": text}
            return self.slack.state.post(self.workspace, where.id, said, user=self.user.id, by_user=True)

    def replays(self, answer: Answer) -> Answer:
        """Sends the same bytes again, signature and trigger_id included."""
        return self._client.deliver(answer.occasion, answer.sent)

    def _acts(self, found: Found, chosen: dict[str, Any] | None, on: Screen, signed: Signature) -> Answer:
        message, view = message_of(on), view_of(on)
        where = self.workspace.channels[message.channel] if message else None
        ticket = self._client.ticket(where, message)
        told = self._client.place(on) | {
            "trigger_id": ticket.trigger_id,
            "actions": [payloads.action(found, chosen, self._client.now())],
        }
        if message:
            values = {found.block_id: {found.action_id: chosen}} if chosen else {}
            told |= {"response_url": ticket.response_url, "state": {"values": values}}
        occasion = _occasion(
            "block_actions", ticket, channel=where.id if where else "", original=message, view=view
        )
        return self._client.send(occasion, self._interaction("block_actions", **told), signed)

    def _looked_up(self, found: Found, value: Any, on: Screen) -> Any:
        """For an external select, the option of this text or value among those that the app offers for it."""
        if found.element["type"] != "external_select" or not isinstance(value, str):
            return value
        offered = self.asks_options(found.action_id, value, on=on).options
        for option in offered:
            if value in (option["value"], option["text"]["text"]):
                return option
        texts = ", ".join(option["text"]["text"] for option in offered)
        raise ClientRefusedError(f"the app offers no {value!r} in {found}; offered: {texts or 'nothing'}")

    def _interaction(self, kind: str, **fields: Any) -> str:
        return payloads.interaction(kind, self.workspace, self.user, **fields)

    def _event(self, told: dict[str, Any], occasion: Occasion, signed: Signature) -> Answer:
        with self.slack.state.change():
            event_id, at = self.slack.state.new_id("Ev"), self.slack.state.clock()
        return self._client.send(occasion, payloads.event(self.workspace, event_id, at, told), signed)


def _occasion(
    kind: str,
    ticket: Ticket,
    *,
    channel: str = "",
    original: Message | None = None,
    view: View | None = None,
) -> Occasion:
    return Occasion(
        kind,
        trigger_id=ticket.trigger_id,
        response_key=ticket.response_key,
        channel=channel,
        original=original,
        edited_before=original.edited if original else 0,
        view=view,
        version_before=view.version if view else 0,
    )
