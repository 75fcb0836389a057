"""Prospects whose story is told and not drawn: whoever tries the demo finds one of each kind, by name."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from bot.demo.workspace import ONE_CONTACT_LEFT
from bot.seed import chances, clock
from bot.seed.life import Life
from bot.seed.phrases import PHRASES
from bot.seed.team import language_of
from bot.seed.work import Work


class Deed(Enum):
    """What is done at the planned contact moment.

    `TOUCH`: sent, talked or met, as the moment has it. `TRY`: no answer. `ADVANCE`: a touch, and the prospect
    decided, with all that is required; in the last step it wins.
    """

    TOUCH = auto()
    TRY = auto()
    ADVANCE = auto()
    TICK_ALL = auto()
    WAIT = auto()
    FORCE = auto()


@dataclass(frozen=True, slots=True)
class Beat:
    """A deed, `ago` working days before today.

    `next_in`: the date that goes with it (next action, end of the wait, decision due) in working days from
    today, below 0 before it, 0 today whatever the weekday; None leaves it to the playbook.
    """

    ago: int
    deed: Deed
    next_in: int | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """A prospect that came in `began` working days ago; its name in each language."""

    names: Mapping[str, str]
    source: str
    value: int
    began: int
    beats: Sequence[Beat]


READY = Story(
    {"en": "Brightwater Analytics Ltd", "nl": "Zonneveld Zorg BV"},
    source="fair",
    value=24_000,
    began=9,
    beats=(
        Beat(9, Deed.TRY),
        Beat(6, Deed.ADVANCE),
        Beat(6, Deed.TOUCH),
        Beat(2, Deed.TOUCH),
        Beat(2, Deed.TICK_ALL),
        Beat(1, Deed.TOUCH, next_in=0),
    ),
)
"""Stands in step 2 with all its evidence; the next action is due today."""

DECIDING = Story(
    {"en": "Thornbury Foods Ltd", "nl": "Tulpenburg Interieur BV"},
    source="website",
    value=31_000,
    began=24,
    beats=(
        Beat(24, Deed.TRY),
        Beat(22, Deed.ADVANCE),
        Beat(22, Deed.TOUCH),
        Beat(16, Deed.ADVANCE),
        Beat(15, Deed.TOUCH),
        Beat(10, Deed.TOUCH),
        Beat(9, Deed.TOUCH),
        Beat(6, Deed.TRY),
        Beat(4, Deed.TOUCH),
        Beat(4, Deed.FORCE, next_in=0),
    ),
)
"""Stands in step 3; its decision was forced and is due today."""

WAITING = Story(
    {"en": "Halcyon Media", "nl": "Koornstra Bouw BV"},
    source="referral",
    value=45_000,
    began=22,
    beats=(
        Beat(19, Deed.ADVANCE),
        Beat(19, Deed.TOUCH),
        Beat(14, Deed.TOUCH),
        Beat(13, Deed.TOUCH),
        Beat(11, Deed.ADVANCE),
        Beat(10, Deed.TOUCH),
        Beat(5, Deed.TOUCH),
        Beat(3, Deed.WAIT, next_in=7),
    ),
)
"""Named a date of its own, seven working days ahead."""

STALLED = Story(
    {"en": "Larkfield Print Ltd", "nl": "Dekkers Metaal"},
    source="cold",
    value=12_500,
    began=20,
    beats=(
        Beat(20, Deed.TRY),
        Beat(19, Deed.TRY),
        Beat(13, Deed.ADVANCE),
        Beat(13, Deed.TOUCH),
        Beat(8, Deed.TOUCH),
        Beat(7, Deed.TOUCH),
        Beat(5, Deed.TRY),
        Beat(4, Deed.TRY, next_in=-2),
    ),
)
"""No progress in step 2 for longer than it may take; the next action is overdue, the decision not yet due."""

ONE_LEFT = Story(
    ONE_CONTACT_LEFT,
    source="fair",
    value=18_000,
    began=9,
    beats=(
        Beat(9, Deed.TRY),
        Beat(6, Deed.ADVANCE),
        Beat(6, Deed.TOUCH),
        Beat(4, Deed.TOUCH),
        Beat(3, Deed.TOUCH),
        Beat(1, Deed.TOUCH, next_in=2),
    ),
)
"""Goes well in step 2, with one contact left: the next one without progress makes it a stalled one."""

WON = Story(
    {"en": "Kingsbury Retail plc", "nl": "Van Loon Advies BV"},
    source="referral",
    value=38_000,
    began=55,
    beats=(
        Beat(54, Deed.TRY),
        Beat(53, Deed.ADVANCE),
        *(
            Beat(ago, deed)
            for touched, decided in ((52, 46), (45, 38), (37, 31), (30, 24), (23, 16), (15, 11))
            for ago, deed in ((touched, Deed.TOUCH), (decided, Deed.ADVANCE))
        ),
    ),
)

STORIES: Sequence[Story] = (READY, DECIDING, WAITING, STALLED, ONE_LEFT, WON)


class Telling:
    """Tells a story on `today`, the date in the workspace."""

    def __init__(self, story: Story, work: Work, today: date, chance: random.Random) -> None:
        self._story = story
        self._work = work
        self._today = today
        self._chance = chance
        self._phrases = PHRASES[language_of(work.lead.seller)]

    def live(self) -> Life:
        yield self._work.now
        self._work.add()
        for beat in self._story.beats:
            day = clock.before(clock.calendar_of(self._work.owner), self._today, beat.ago)
            yield self._work.at(clock.during(day, self._work.owner, self._chance))
            if beat.deed is Deed.ADVANCE:
                self._touch(None)
                yield self._work.now
            self._do(beat)

    def _do(self, beat: Beat) -> None:
        work, day, step = self._work, self._day(beat.next_in), self._work.journey.step
        required = frozenset(item.key for item in step.evidence if item.required)
        match beat.deed:
            case Deed.TOUCH:
                self._touch(day)
            case Deed.TRY:
                work.log("no_answer", minutes=2, next_on=day)
            case Deed.ADVANCE:
                work.advance(required)
            case Deed.TICK_ALL:
                work.tick(required)
            case Deed.WAIT if day:
                work.wait(day, self._phrases.call_back, self._phrases.waits[0])
            case Deed.FORCE if day:
                work.force(day, self._phrases.ask_decision)
            case _:
                raise ValueError(f"{beat.deed} needs a date: set next_in")

    def _touch(self, next_on: date | None) -> None:
        planned = self._work.journey.next_action
        moment = self._work.journey.step.moment(planned.moment) if planned and planned.moment else None
        ended = chances.good_outcome(moment)
        self._work.log(
            ended,
            variant=chances.variant(moment, "A"),
            minutes=chances.minutes(moment, ended, self._chance),
            note=self._chance.choice(self._phrases.notes) if chances.spoken(ended) else None,
            next_on=next_on,
        )

    def _day(self, next_in: int | None) -> date | None:
        calendar = clock.calendar_of(self._work.owner)
        if next_in is None:
            return None
        if next_in <= 0:
            return clock.before(calendar, self._today, -next_in)
        return calendar.add(self._today, next_in)
