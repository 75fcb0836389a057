"""What can happen on a journey: append-only, the truth from which all else is derived."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from playbooks.model import Counts, Line, Slug, Value

MOST_MINUTES = 480
MOST_TEXT = 2000
MOST_WHAT = 300
"""Characters that the words of a next action may have: those of a `Line`."""

Note = Annotated[str, Field(max_length=MOST_TEXT)]


class NextAction(Value):
    """The one dated thing that is ours to do next; `moment` names the playbook's contact moment, if it is one."""

    on: date
    what: Line
    moment: Slug | None = None


class Started(Value):
    """A run of a prospect through one playbook version begins at step 1; `returned` after a *not now*.

    `inferred` marks a step 1 that an import had to assume.
    """

    kind: Literal["started"] = "started"
    owner: int
    source: str | None = None
    returned: bool = False
    inferred: bool = False
    note: Note | None = None


class NextActionSet(Value):
    kind: Literal["next_action_set"] = "next_action_set"
    action: NextAction


class Contacted(Value):
    """One logged touch. `counts` keeps what the playbook said of the outcome when it was logged."""

    kind: Literal["contacted"] = "contacted"
    outcome: Slug
    counts: Counts
    moment: Slug | None = None
    script: str | None = None
    minutes: Annotated[int, Field(ge=0, le=MOST_MINUTES)] | None = None
    note: Note | None = None


class EvidenceTicked(Value):
    """Which evidence of the present step is there now; replaces what was ticked before."""

    kind: Literal["evidence_ticked"] = "evidence_ticked"
    evidence: tuple[Slug, ...]


class Advanced(Value):
    """Progress: the prospect took the decision of `step - 1` and stands in `step`.

    `inferred` marks a step that an import had to assume.
    """

    kind: Literal["advanced"] = "advanced"
    step: Annotated[int, Field(ge=2)]
    evidence: tuple[Slug, ...] = ()
    inferred: bool = False
    note: Note | None = None


class Won(Value):
    """The last decision was taken."""

    kind: Literal["won"] = "won"
    evidence: tuple[Slug, ...] = ()
    note: Note | None = None


class Lost(Value):
    kind: Literal["lost"] = "lost"
    reason: Slug
    text: Note | None = None


class NoDecision(Value):
    """Closed because no decision came."""

    kind: Literal["no_decision"] = "no_decision"
    text: Note | None = None


class NotNow(Value):
    """Back to marketing; comes back on its date as a new journey."""

    kind: Literal["not_now"] = "not_now"
    returns_on: date
    text: Note | None = None


class WaitAgreed(Value):
    """The prospect named a date of its own: not stalled until then."""

    kind: Literal["wait_agreed"] = "wait_agreed"
    until: date
    why: Note | None = None


class DecisionForced(Value):
    """The prospect was asked to decide by a date."""

    kind: Literal["decision_forced"] = "decision_forced"
    due_on: date


class Assigned(Value):
    kind: Literal["assigned"] = "assigned"
    owner: int
    note: Note | None = None


class Undone(Value):
    """Takes back the entry with this sequence number; both stay visible."""

    kind: Literal["undone"] = "undone"
    undoes: int


Event = Annotated[
    Started
    | NextActionSet
    | Contacted
    | EvidenceTicked
    | Advanced
    | Won
    | Lost
    | NoDecision
    | NotNow
    | WaitAgreed
    | DecisionForced
    | Assigned
    | Undone,
    Field(discriminator="kind"),
]

EVENT: TypeAdapter[Event] = TypeAdapter(Event)
"""Reads an event back from its JSON form; `kind` tells which."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One event as it was recorded.

    `seq` counts from 1 within the journey; entries of one act share its first `seq` as `change`.
    `occurred_at` and `known_at` are aware UTC; `on` is the local date of `occurred_at` in the workspace's
    zone. `by` is the member who did it, None for Nextstep itself. `imported`: told afterwards, by a file.
    """

    seq: int
    change: int
    occurred_at: datetime
    known_at: datetime
    on: date
    by: int | None
    event: Event
    imported: bool = False
