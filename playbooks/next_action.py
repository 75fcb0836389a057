"""What we do next when nobody said: the playbook's next contact moment, or another try.

Every open journey has one dated next action; these are the proposals that a rep may change. They never fail:
a step without moments (a draft, for `check` refuses it) is its own moment.
"""

from __future__ import annotations

from datetime import date

from playbooks.calendar import Calendar
from playbooks.deadlines import deadlines
from playbooks.events import Advanced, Contacted, NextAction, NextActionSet
from playbooks.history import Journey, in_force
from playbooks.model import Channel, Counts, Moment, Outcome, Step

_TRY_AGAIN_AFTER = 1
_FOLLOW_UP_AFTER = 3
_WRITTEN = frozenset({Channel.EMAIL, Channel.CHAT, Channel.LETTER})


def on_entering(step: Step, calendar: Calendar, today: date) -> NextAction:
    """The step's first moment, on its day, and not after the day the decision is due."""
    if not step.moments:
        return NextAction(on=calendar.add(today, _TRY_AGAIN_AFTER), what=step.name)
    first = step.moments[0]
    return _at(first, calendar.add(today, min(first.after, step.decision_due_after)))


def after_contact(
    journey: Journey, outcome: Outcome, calendar: Calendar, today: date, *, moment: str | None = None
) -> NextAction:
    """What follows a contact that is about to be logged on this open journey; `moment` is where it was had.

    After an attempt the same moment again on the next working day; after a contact the moment that follows.
    What is written is done once it is sent, whether or not an answer came: then too the moment that follows.
    Past the step's last moment: a follow-up of that same moment in three working days.

    Not before the end of a wait that runs, and not after the day the decision is due, while that day is still
    to come. `calendar` is the owner's.
    """
    here = moment or _moment_reached(journey)
    proposed = _after(journey.step, outcome, here, calendar, today)
    if wait := journey.waits_on(today):
        return proposed.model_copy(update={"on": max(proposed.on, calendar.add(wait.until, 0))})
    latest = max(deadlines(journey, calendar).decision_due_on, calendar.add(today, _TRY_AGAIN_AFTER))
    return proposed.model_copy(update={"on": min(proposed.on, latest)})


def _after(step: Step, outcome: Outcome, moment: str | None, calendar: Calendar, today: date) -> NextAction:
    if not step.moments:
        return on_entering(step, calendar, today)
    here = _place(step, moment)
    done = outcome.counts is Counts.CONTACT or step.moments[here].channel in _WRITTEN
    if not done:
        return _at(step.moments[here], calendar.add(today, _TRY_AGAIN_AFTER))
    if here + 1 < len(step.moments):
        return _for(step.moments[here + 1], calendar, today)
    return _at(step.moments[here], calendar.add(today, _FOLLOW_UP_AFTER))


def _moment_reached(journey: Journey) -> str | None:
    """The moment that was last planned or had in this step: a next action in a rep's own words names none."""
    for entry in reversed(in_force(journey.history)):
        match entry.event:
            case NextActionSet(action=NextAction(moment=str(moment))) | Contacted(moment=str(moment)):
                return moment
            case Advanced():
                return None
    return None


def _place(step: Step, moment: str | None) -> int:
    keys = [known.key for known in step.moments]
    return keys.index(moment) if moment in keys else 0


def _for(moment: Moment, calendar: Calendar, today: date) -> NextAction:
    return _at(moment, calendar.add(today, moment.after))


def _at(moment: Moment, on: date) -> NextAction:
    return NextAction(on=on, what=moment.name, moment=moment.key)
