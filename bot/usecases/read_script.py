"""The words for a step, or for a prospect where it stands now, filled in."""

from __future__ import annotations

from dataclasses import dataclass

from bot.usecases.change import Act
from playbooks.model import DecisionScript, Moment, Playbook, Script, Step
from playbooks.ports import Tracked, UnitOfWork
from playbooks.scripts import Facts, Missing, Rendered, render


@dataclass(frozen=True, slots=True)
class ReadScript:
    """`journey` for a prospect; else `step_number` of a playbook (None: the default one).

    `moment` and `variant` None: the moment that is planned, else the step's first, and its first variant.
    """

    journey: int | None = None
    playbook: int | None = None
    step_number: int = 1
    moment: str | None = None
    variant: str | None = None


@dataclass(frozen=True, slots=True)
class Spoken:
    """What to say: how to open, what to ask about, and the one ask."""

    opening: Rendered
    questions: tuple[Rendered, ...]
    ask: Rendered

    @property
    def missing(self) -> tuple[Missing, ...]:
        parts = (self.opening, *self.questions, self.ask)
        return tuple(dict.fromkeys(missing for part in parts for missing in part.missing))


@dataclass(frozen=True, slots=True)
class Answered:
    """An objection and its answer."""

    says: Rendered
    answer: Rendered


@dataclass(frozen=True, slots=True)
class ScriptSheet:
    """Everything a rep needs for one contact: the step, the moment, the words, and the objections.

    `moment` and `variant` are None in a step without moments; `playbook_id` is the version the words are from.
    """

    playbook_id: int
    playbook: Playbook
    step_number: int
    tracked: Tracked | None
    moment: Moment | None
    variant: Script | None
    spoken: Spoken | None
    objections: tuple[Answered, ...]
    decision: Spoken | None

    @property
    def step(self) -> Step:
        return self.playbook.step(self.step_number)


def read_script(command: ReadScript, uow: UnitOfWork, act: Act) -> ScriptSheet:
    """The script sheet. Words come from the newest version whose steps are the journey's."""
    with uow:
        tracked = uow.journeys.get(command.journey) if command.journey is not None else None
        playbook_id = tracked.playbook_id if tracked else command.playbook or uow.playbooks.current()[0].id
        playbook = uow.playbooks.newest(playbook_id)
    number = tracked.journey.step_number if tracked else min(command.step_number, playbook.last)
    return _sheet(command, playbook_id, playbook, number, tracked, act)


def _sheet(
    command: ReadScript, playbook_id: int, playbook: Playbook, number: int, tracked: Tracked | None, act: Act
) -> ScriptSheet:
    prospect = tracked.prospect if tracked else None
    facts = Facts.at_step(playbook, number, prospect, act.member.name, act.today)
    step = playbook.step(number)
    moment = _moment(step, command.moment or _planned(tracked))
    variant = _variant(moment, command.variant)
    return ScriptSheet(
        playbook_id=playbook_id,
        playbook=playbook,
        step_number=number,
        tracked=tracked,
        moment=moment,
        variant=variant,
        spoken=_spoken(variant, facts) if variant else None,
        objections=tuple(
            Answered(render(objection.says, facts), render(objection.answer, facts))
            for objection in step.objections
        ),
        decision=_spoken(step.decision_script, facts) if step.decision_script else None,
    )


def _planned(tracked: Tracked | None) -> str | None:
    planned = tracked.journey.next_action if tracked else None
    return planned.moment if planned else None


def _moment(step: Step, key: str | None) -> Moment | None:
    return (step.moment(key) if key else None) or next(iter(step.moments), None)


def _variant(moment: Moment | None, letter: str | None) -> Script | None:
    scripts = moment.scripts if moment else ()
    return next((script for script in scripts if script.variant == letter), next(iter(scripts), None))


def _spoken(script: Script | DecisionScript, facts: Facts) -> Spoken:
    return Spoken(
        opening=render(script.opening, facts),
        questions=tuple(render(question, facts) for question in script.questions),
        ask=render(script.ask.words, facts),
    )
