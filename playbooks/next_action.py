"""What we do next when nobody said: the playbook's next contact moment, or another try.

Every open journey has one dated next action; these are the proposals that a rep may change.
"""

from __future__ import annotations

from datetime import date

from playbooks.calendar import Calendar
from playbooks.events import NextAction
from playbooks.model import Counts, Moment, Outcome, Step

_TRY_AGAIN_AFTER = 1
_FOLLOW_UP_AFTER = 3


def on_entering(step: Step, calendar: Calendar, today: date) -> NextAction:
    """The step's first moment, on its day."""
    return _for(step.moments[0], calendar, today)


def after_contact(
    step: Step, outcome: Outcome, planned: NextAction | None, calendar: Calendar, today: date
) -> NextAction:
    """After an attempt the same moment again on the next working day; after a contact the moment that follows.

    Past the step's last moment: a follow-up of that same moment in three working days.
    """
    here = _place(step, planned)
    if outcome.counts is Counts.ATTEMPT:
        return _at(step.moments[here], calendar.add(today, _TRY_AGAIN_AFTER))
    if here + 1 < len(step.moments):
        return _for(step.moments[here + 1], calendar, today)
    return _at(step.moments[here], calendar.add(today, _FOLLOW_UP_AFTER))


def _place(step: Step, planned: NextAction | None) -> int:
    keys = [moment.key for moment in step.moments]
    return keys.index(planned.moment) if planned and planned.moment in keys else 0


def _for(moment: Moment, calendar: Calendar, today: date) -> NextAction:
    return _at(moment, calendar.add(today, moment.after))


def _at(moment: Moment, on: date) -> NextAction:
    return NextAction(on=on, what=moment.name, moment=moment.key)
