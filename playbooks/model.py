"""The playbook: the decisions a prospect takes, in order, and the words that help it take the next one.

Everything here is a frozen value. `loader.py` reads them from YAML; `check.py` says what a playbook lacks.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

WON = "won"
"""What the last step sells: not another step but the customer."""

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Speech = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=3000)]
VARIANT = r"^[A-Z]$"
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]
StepKey = Annotated[str, StringConstraints(pattern=r"^step[1-9][0-9]?$")]
WorkingDays = Annotated[int, Field(ge=1, le=260)]


class Value(BaseModel):
    """A value that never changes and refuses what it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Channel(StrEnum):
    """How a contact moment reaches the prospect."""

    PHONE = "phone"
    EMAIL = "email"
    VISIT = "visit"
    VIDEO = "video"
    CHAT = "chat"
    LETTER = "letter"


class Counts(StrEnum):
    """Whether an outcome was a contact or only an attempt at one."""

    CONTACT = "contact"
    ATTEMPT = "attempt"


class Evidence(Value):
    """Something that shows the prospect took the decision; `key` names it in events, `text` on screens."""

    key: Slug
    text: Line
    required: bool = True


class Ask(Value):
    """The one thing asked: the next step (`step2`...), or the order itself (`won`) in the last step."""

    step: StepKey | Literal["won"]
    words: Speech


class Script(Value):
    """One variant of what a rep says at a moment: how to open, what to ask about, and the one ask."""

    variant: Annotated[str, StringConstraints(pattern=VARIANT)]
    opening: Speech
    questions: Annotated[tuple[Speech, ...], Field(max_length=20)] = ()
    ask: Ask


class DecisionScript(Value):
    """The words that force a decision: yes, no, or not now, and until when."""

    opening: Speech
    questions: Annotated[tuple[Speech, ...], Field(max_length=20)] = ()
    ask: Ask


class Moment(Value):
    """A contact moment: when it comes after the previous one (working days), and the minutes it takes."""

    key: Slug
    name: Line
    channel: Channel
    after: Annotated[int, Field(ge=0, le=260)]
    minutes: Annotated[int, Field(ge=1, le=480)]
    scripts: tuple[Script, ...] = ()


class Objection(Value):
    """What a prospect may say against the step, and the answer."""

    says: Line
    answer: Speech


class Waiting(Value):
    """How long (working days, each time) and how often a prospect may wait on a date of its own."""

    days: Annotated[int, Field(ge=0, le=260)] = 40
    times: Annotated[int, Field(ge=0, le=20)] = 2


class WhenDue(Value):
    """What happens once the decision is due: ask at once, escalate, close; in working days after asking."""

    escalate_after: WorkingDays = 2
    close_after: WorkingDays = 5


class Expectation(Value):
    """What a team without history may assume of a step: conversion in percent, days in the step."""

    conversion: Annotated[int, Field(ge=1, le=100)]
    days: Annotated[int, Field(ge=0, le=365)]


class Step(Value):
    """One decision of the prospect, how it shows, how long it may take, and how we help it along.

    `stalled_after` and `decision_due_after` are working days without progress.
    """

    key: StepKey
    name: Line
    decision: Line
    evidence: Annotated[tuple[Evidence, ...], Field(max_length=10)] = ()  # one dialog holds ten boxes
    sells: Ask
    stalled_after: WorkingDays
    decision_due_after: WorkingDays
    waiting: Waiting = Waiting()
    contacts_without_progress: Annotated[int, Field(ge=1, le=50)] = 4
    attempts_without_contact: Annotated[int, Field(ge=1, le=50)] = 8
    when_due: WhenDue = WhenDue()
    decision_script: DecisionScript | None = None
    moments: Annotated[tuple[Moment, ...], Field(max_length=20)] = ()
    objections: Annotated[tuple[Objection, ...], Field(max_length=20)] = ()
    expects: Expectation | None = None
    target: Annotated[int, Field(ge=1, le=100)] | None = None

    def moment(self, key: str) -> Moment | None:
        return next((moment for moment in self.moments if moment.key == key), None)

    def missing(self, ticked: frozenset[str]) -> tuple[Evidence, ...]:
        """The required evidence that is not among the `ticked` keys."""
        return tuple(item for item in self.evidence if item.required and item.key not in ticked)


class Outcome(Value):
    """How one touch ended; `aliases` are the words a rep may type for it."""

    key: Slug
    label: Line
    counts: Counts
    aliases: tuple[Line, ...] = ()


class LostReason(Value):
    """Why a prospect said no; `aliases` are the words a rep may type for it."""

    key: Slug
    label: Line
    aliases: tuple[Line, ...] = ()


class Playbook(Value):
    """One ordered decision process, complete with its words.

    `variables` are the playbook's own fixed words for scripts (`{{ our.company }}`).
    """

    schema_version: Literal[1] = Field(alias="schema")
    key: Slug
    name: Line
    language: Literal["nl", "en"]
    variables: dict[Slug, Line] = {}
    outcomes: Annotated[tuple[Outcome, ...], Field(max_length=20)]
    lost_reasons: Annotated[tuple[LostReason, ...], Field(max_length=40)]
    steps: Annotated[tuple[Step, ...], Field(max_length=20)]

    def step(self, number: int) -> Step:
        """The step with this number, counted from 1."""
        return self.steps[number - 1]

    @property
    def last(self) -> int:
        return len(self.steps)

    def outcome(self, key: str) -> Outcome | None:
        return next((outcome for outcome in self.outcomes if outcome.key == key), None)

    def lost_reason(self, key: str) -> LostReason | None:
        return next((reason for reason in self.lost_reasons if reason.key == key), None)

    @property
    def steps_revision(self) -> str:
        """Changes when a decision, its evidence or a limit changes: journeys keep theirs."""
        return _digest([step.model_dump(mode="json", exclude=_WORDS) for step in self.steps])

    @property
    def scripts_revision(self) -> str:
        """Changes when any words change: open journeys get new words at once."""
        return _digest([step.model_dump(mode="json", include=_WORDS) for step in self.steps])


_WORDS = {"name", "sells", "decision_script", "moments", "objections", "expects", "target"}


def step_number(key: str) -> int | None:
    """3 for `step3`, None for an empty key."""
    return int(key.removeprefix("step")) if key else None


def variant_id(step: Step, moment: Moment, script: Script) -> str:
    """Names these exact words for the numbers: the same variant with new words is another variant."""
    return f"{step.key}/{moment.key}/{script.variant}@{_digest(script.model_dump(mode='json'))}"


def variant_letter(identifier: str) -> str:
    """The variant that a `variant_id` names: `step1/call/B@5f0c1d2e3a4b` is B."""
    return identifier.rpartition("/")[2].partition("@")[0]


def scripts_of(playbook: Playbook) -> Iterator[tuple[Step, Moment, Script]]:
    """Every script with the step and moment it stands in, in order."""
    for step in playbook.steps:
        for moment in step.moments:
            for script in moment.scripts:
                yield step, moment, script


def _digest(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:12]
