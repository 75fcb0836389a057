"""The requests that are measured, exactly as Slack sends them."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any

from bench.client import Asking
from bench.loading import ZONE, advance
from bot.views.advancing import evidence_dialog
from bot.views.ids import Block
from bot.views.limits import BlockMode
from bot.views.reader import Reader
from bot.views.words import Words
from playbooks import next_action
from playbooks.calendar import Calendar
from playbooks.history import record
from playbooks.ports import Tracked
from tests.fake_slack import FakeSlack
from tests.fake_slack.forms import carried_over, with_ids
from tests.fake_slack.payloads import command, interaction, on_view
from tests.fake_slack.signing import FORM, sign
from tests.fake_slack.things import User, View

CALENDAR = Calendar(ZONE)


class Kind(StrEnum):
    """What is asked; the value is what the table calls it."""

    LIST = "/prospect"
    LOG = "/prospect log"
    ADVANCE = "advance, from the dialog"


@dataclass(frozen=True, slots=True)
class Asker:
    """Members at their Slack clients. Whatever they are asked for, no two requests are the same."""

    slack: FakeSlack
    users: Sequence[User]
    today: date
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def ask(self, kind: Kind, subjects: Sequence[Tracked], times: int) -> list[Asking]:
        """About each of these prospects so many times, one after another: never about one twice in a row."""
        match kind:
            case Kind.LIST:
                return [self._command("/prospect", b'"blocks"') for _ in range(times) for _ in subjects]
            case Kind.LOG:
                typed = [
                    f"/prospect log {one.prospect.name.lower()} talked next:friday min:20" for one in subjects
                ]
                return [self._command(each, b"Next action") for _ in range(times) for each in typed]
            case Kind.ADVANCE:
                return list(self._advances(subjects, times))

    def _command(self, typed: str, shows: bytes) -> Asking:
        user = self._user()
        ids = {"trigger_id": self._trigger(), "response_url": f"{self.slack.address}respond/none"}
        return self._signed(command(self.slack.workspace, user, self.slack.channel, typed, ids), shows)

    def _advances(self, subjects: Sequence[Tracked], times: int) -> Iterator[Asking]:
        """Submissions for the step each prospect is in, then for the step it is in after that."""
        for _ in range(times):
            for tracked in subjects:
                yield self._submission(tracked)
            subjects = [self._advanced(tracked) for tracked in subjects]

    def _advanced(self, tracked: Tracked) -> Tracked:
        events = advance(tracked.journey, CALENDAR, self.today)
        at = datetime.combine(self.today, time(12), tzinfo=UTC)
        journey = record(tracked.journey, events, at=at, on=self.today, by=tracked.journey.owner)
        return replace(tracked, journey=journey)

    def _submission(self, tracked: Tracked) -> Asking:
        """The evidence dialog as Nextstep draws it, with all the evidence ticked."""
        following = tracked.journey.next_step
        proposed = next_action.on_entering(following, CALENDAR, self.today) if following else None
        reader = Reader(Words("en-GB", ZONE), BlockMode.FULL, self.today)
        body = evidence_dialog(tracked, proposed, reader).payload()
        blocks = with_ids(body["blocks"], lambda prefix: f"{prefix}{next(self.numbers)}")
        values = carried_over({}, blocks)
        for ticked in values[Block.EVIDENCE].values():
            ticked["selected_options"] = _boxes(blocks)
        user = self._user()
        number = f"V{next(self.numbers):08d}"
        team = self.slack.workspace
        view = View(number, team.id, user.id, body | {"blocks": blocks}, number, number, state=values)
        fields = {"trigger_id": self._trigger(), "response_urls": [], **on_view(view, team)}
        del fields["container"]
        return self._signed(interaction("view_submission", team, user, **fields), b'"response_action": "update"')

    def _signed(self, body: str, shows: bytes) -> Asking:
        sent = sign(self.slack.signing_secret, body, FORM)
        return Asking(sent.body.encode(), sent.headers, shows)

    def _user(self) -> User:
        return self.users[next(self.numbers) % len(self.users)]

    def _trigger(self) -> str:
        return f"{next(self.numbers)}.738474920.8088930838d88f008e0"


def _boxes(blocks: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    found = next(block for block in blocks if block["block_id"] == Block.EVIDENCE)
    boxes: list[dict[str, Any]] = json.loads(json.dumps(found["element"]["options"]))
    return boxes
