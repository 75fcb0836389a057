"""One prospect from its first contact to its end, or to today."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.seed import chances, clock
from bot.seed.chances import Fate, StepPlan
from bot.seed.phrases import PHRASES
from bot.seed.team import Staff, language_of
from bot.seed.work import Work
from playbooks.calendar import Calendar
from playbooks.deadlines import decision_is_due
from playbooks.journey import OTHER
from playbooks.model import Moment, Step

Life = Iterator[datetime]
"""Gives the instant of its next act, and does it when it is asked to go on."""

_SLIPS = 0.12
_FORCES = 0.6
_NOTED = 0.25
_TICKED = 0.4


class Living:
    """Draws a prospect's life, step by step. `skilled` are its rep's odds against the average."""

    def __init__(self, work: Work, staff: Staff, skilled: float, chance: random.Random) -> None:
        self._work = work
        self._staff = staff
        self._skilled = skilled
        self._chance = chance
        self._phrases = PHRASES[language_of(work.lead.seller)]

    def live(self) -> Life:
        """A journey, and a second one when the prospect comes back after a *not now*."""
        yield self._work.now
        self._work.add()
        yield from self._journey()
        back = self._work.journey.returns_on
        if back is not None:
            yield self._work.at(clock.during(back, self._work.lead.by, self._chance))
            self._work.add()
            yield from self._journey()

    def _journey(self) -> Life:
        work = self._work
        while work.journey.is_open:
            number = work.journey.step_number
            plan = chances.plan_step(work.journey.step, work.lead.source, self._skilled, self._chance)
            if plan.handed_over and number > 1:
                yield from self._hand_over()
            while work.journey.is_open and work.journey.step_number == number:
                yield work.at(self._next_touch())
                yield from self._touch(plan)

    def _next_touch(self) -> datetime:
        """When the owner does what is planned: on its day or, at times, some days late."""
        planned = self._work.journey.next_action
        day = planned.on if planned else self._work.today
        late = self._chance.randint(1, 4) if self._chance.random() < _SLIPS else 0
        at = clock.during(self._calendar.add(day, late), self._work.owner, self._chance)
        if at > self._work.now:
            return at
        return clock.during(self._work.today + timedelta(days=1), self._work.owner, self._chance)

    def _touch(self, plan: StepPlan) -> Life:
        work, journey = self._work, self._work.journey
        in_step = self._calendar.between(journey.entered_on, work.today)
        ripe = journey.decision_due_on is not None or in_step >= plan.after
        if ripe and (self._is_last or not self._is_written):
            yield from self._decision(plan)
        elif plan.waits and not journey.waits and journey.step.waiting.times and in_step >= plan.after // 2:
            self._wait()
        elif decision_is_due(journey, self._calendar, work.today) and self._chance.random() < _FORCES:
            self._contact("talked", plan)
            yield work.now
            due_on = self._calendar.add(work.today, journey.step.when_due.close_after)
            work.force(due_on, self._phrases.ask_decision)
        else:
            yield from self._ordinary_contact(plan)

    def _ordinary_contact(self, plan: StepPlan) -> Life:
        ended = chances.outcome(self._moment, self._chance)
        self._contact(ended, plan)
        if chances.spoken(ended) and self._chance.random() < _TICKED:
            yield self._work.now
            self._tick_one_more()

    def _contact(self, ended: str, plan: StepPlan) -> None:
        moment, spoken = self._moment, chances.spoken(ended)
        self._work.log(
            ended,
            variant=chances.variant(moment, plan.variant) if spoken or ended == "sent" else None,
            minutes=chances.minutes(moment, ended, self._chance),
            note=self._chance.choice(self._phrases.notes) if spoken and self._chance.random() < _NOTED else None,
            # Nobody writes the same last letter again and again.
            next_what=self._phrases.call_again if self._is_written and self._is_last else None,
        )

    def _tick_one_more(self) -> None:
        """One more piece of evidence, never the last one that is required: that comes with the decision."""
        journey = self._work.journey
        missing = journey.step.missing(journey.ticked)
        if len(missing) > 1:
            self._work.tick(frozenset({missing[0].key}))

    def _decision(self, plan: StepPlan) -> Life:
        """The touch in which it comes out what becomes of this step."""
        if plan.fate is Fate.UNDECIDED:
            self._contact("no_answer", plan)
            yield self._work.now
            self._work.close_undecided(self._chance.choice(self._phrases.undecided))
            return
        self._contact("talked" if self._is_written else chances.good_outcome(self._moment), plan)
        yield self._work.now
        if plan.mistaken:
            yield from self._mistake()
        if plan.fate is Fate.ADVANCES:
            self._work.advance(*self._decided(plan))
        elif plan.fate is Fate.LOST:
            self._lose()
        else:
            returns_on = self._work.today + timedelta(days=self._chance.randint(21, 120))
            self._work.postpone(returns_on, self._chance.choice(self._phrases.not_now))

    def _decided(self, plan: StepPlan) -> list[frozenset[str]]:
        journey = self._work.journey
        following = journey.next_step
        steps = [journey.step] if following is None or not plan.both else [journey.step, following]
        return [self._evidence(step) for step in steps]

    def _evidence(self, step: Step) -> frozenset[str]:
        """All that is required, and some of the rest."""
        return frozenset(item.key for item in step.evidence if item.required or self._chance.random() < _TICKED)

    def _lose(self) -> None:
        reason = chances.lost_reason(self._work.journey.playbook.lost_reasons, self._chance)
        self._work.lose(reason, self._chance.choice(self._phrases.other_reason) if reason == OTHER else None)

    def _mistake(self) -> Life:
        """The wrong prospect is closed, and that is taken back at once."""
        self._lose()
        yield self._work.now
        self._work.undo()
        yield self._work.now

    def _wait(self) -> None:
        longest = min(12, self._work.journey.step.waiting.days)
        until = self._calendar.add(self._work.today, self._chance.randint(min(3, longest), longest))
        self._work.wait(until, self._phrases.call_back, self._chance.choice(self._phrases.waits))

    def _hand_over(self) -> Life:
        colleague = self._staff.closest_colleague(self._work.owner.id)
        if colleague is not None:
            yield self._work.now
            self._work.hand_over(colleague, self._staff.admin)

    @property
    def _calendar(self) -> Calendar:
        return clock.calendar_of(self._work.owner)

    @property
    def _moment(self) -> Moment | None:
        planned = self._work.journey.next_action
        return self._work.journey.step.moment(planned.moment) if planned and planned.moment else None

    @property
    def _is_written(self) -> bool:
        return self._moment is not None and self._moment.channel in chances.WRITTEN

    @property
    def _is_last(self) -> bool:
        """Whether no contact moment of the step is left after the planned one."""
        return self._moment == self._work.journey.step.moments[-1]
