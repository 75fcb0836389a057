"""The words for a step, or for a prospect where it stands now, filled in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.usecases.change import Act, Changed
from playbooks.model import DecisionScript, Moment, Playbook, Script, Step
from playbooks.ports import Tracked, UnitOfWork
from playbooks.refusal import Refusal, Refused
from playbooks.scripts import Facts, Missing, Rendered, renderer


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

    @property
    def missing(self) -> tuple[Missing, ...]:
        return tuple(dict.fromkeys((*self.says.missing, *self.answer.missing)))


@dataclass(frozen=True, slots=True)
class ScriptSheet:
    """Everything a rep needs for one contact: the step, the moment, the words, and the objections.

    `moment` and `variant` are None in a step without moments; `playbook_id` is the version the words are from;
    `sells` is the one thing to sell in this step.
    """

    playbook_id: int
    playbook: Playbook
    step_number: int
    tracked: Tracked | None
    sells: Rendered
    moment: Moment | None
    variant: Script | None
    spoken: Spoken | None
    objections: tuple[Answered, ...]
    decision: Spoken | None

    @property
    def step(self) -> Step:
        return self.playbook.step(self.step_number)


@dataclass(frozen=True, slots=True)
class _Words:
    """Which step of which playbook, for which prospect."""

    playbook_id: int
    playbook: Playbook
    step_number: int
    tracked: Tracked | None


def read_script(command: ReadScript, uow: UnitOfWork, act: Act) -> ScriptSheet:
    """The script sheet. Words come from the newest version whose steps are the journey's.

    Raises `Refused(NO_SUCH_STEP)` for a step that the playbook does not have.
    """
    with uow:
        return _sheet(command, _words(command, uow), act)


def script_after(changed: Changed, act: Act) -> ScriptSheet:
    """What to say next to a prospect whose journey was just changed and is open: nothing is read again.

    An open journey has the newest words already.
    """
    tracked = changed.after
    journey = tracked.journey
    words = _Words(tracked.playbook_id, journey.playbook, journey.step_number, tracked)
    return _sheet(ReadScript(journey=tracked.id), words, act)


def _words(command: ReadScript, uow: UnitOfWork) -> _Words:
    if command.journey is not None:
        tracked = uow.journeys.get(command.journey)
        newest = uow.playbooks.newest(tracked.playbook_id)
        return _Words(tracked.playbook_id, newest, tracked.journey.step_number, tracked)
    current = uow.playbooks.current()
    if not current:
        raise Refused(Refusal.PLAYBOOK_UNKNOWN, said="", playbooks=())
    playbook_id = command.playbook or current[0].id
    playbook = uow.playbooks.newest(playbook_id)
    if not 1 <= command.step_number <= playbook.last:
        raise Refused(Refusal.NO_SUCH_STEP, asked=command.step_number, last=playbook.last)
    return _Words(playbook_id, playbook, command.step_number, None)


def _sheet(command: ReadScript, words: _Words, act: Act) -> ScriptSheet:
    tracked, playbook = words.tracked, words.playbook
    prospect = tracked.prospect if tracked else None
    facts = Facts.at_step(playbook, words.step_number, prospect, act.member.name, act.today)
    render, step = renderer(facts), playbook.step(words.step_number)
    moment = _moment(step, command.moment or _planned(tracked))
    variant = _variant(moment, command.variant)
    return ScriptSheet(
        playbook_id=words.playbook_id,
        playbook=playbook,
        step_number=words.step_number,
        tracked=tracked,
        sells=render(step.sells.words),
        moment=moment,
        variant=variant,
        spoken=_spoken(variant, render) if variant else None,
        objections=tuple(
            Answered(render(objection.says), render(objection.answer)) for objection in step.objections
        ),
        decision=_spoken(step.decision_script, render) if step.decision_script else None,
    )


def _planned(tracked: Tracked | None) -> str | None:
    planned = tracked.journey.next_action if tracked else None
    return planned.moment if planned else None


def _moment(step: Step, key: str | None) -> Moment | None:
    return (step.moment(key) if key else None) or next(iter(step.moments), None)


def _variant(moment: Moment | None, letter: str | None) -> Script | None:
    scripts = moment.scripts if moment else ()
    return next((script for script in scripts if script.variant == letter), next(iter(scripts), None))


def _spoken(script: Script | DecisionScript, render: Callable[[str], Rendered]) -> Spoken:
    return Spoken(
        opening=render(script.opening),
        questions=tuple(render(question) for question in script.questions),
        ask=render(script.ask.words),
    )
