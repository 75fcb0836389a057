"""How likely things are: close to what the playbook expects; reps, sources and scripts differ a little."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from playbooks.model import Channel, Expectation, LostReason, Moment, Step

SOURCES: Mapping[str, float] = {"website": 0.3, "cold": 0.25, "fair": 0.2, "referral": 0.15, "partner": 0.1}
"""Where prospects come from, and their shares; the shipped scripts know `fair` and `website`."""

_SOURCE_ODDS: Mapping[str, float] = {"referral": 1.8, "partner": 1.3, "fair": 1.1, "website": 1.0, "cold": 0.7}
_VARIANT_ODDS: Mapping[str, float] = {"A": 0.87, "B": 1.15}
_UNSAID = Expectation(conversion=60, days=10)
_SPREAD = 0.5
_A_TOUCH_LATER = 1.0
"""Working days between a decision that is ripe and the touch in which it comes out, on average."""

WRITTEN = frozenset({Channel.EMAIL, Channel.CHAT, Channel.LETTER})
FACE_TO_FACE = frozenset({Channel.VIDEO, Channel.VISIT})


class Fate(Enum):
    """How a prospect leaves a step."""

    ADVANCES = auto()
    LOST = auto()
    NOT_NOW = auto()
    UNDECIDED = auto()


@dataclass(frozen=True, slots=True)
class StepPlan:
    """What will become of one step: the decision comes out at the first touch after `after` working days.

    `variant` is the script that is used where there is a choice; `waits`, `mistaken`, `handed_over` say whether
    the prospect names a date of its own, the rep errs and takes it back, a colleague takes over. `both`: the
    next step is decided in the same talk.
    """

    fate: Fate
    after: int
    variant: str
    waits: bool
    mistaken: bool
    handed_over: bool
    both: bool


def chance_of(*of: object) -> random.Random:
    """The same chances for the same things, whatever else is drawn before."""
    return random.Random(":".join(map(str, of)))


def skill(chance: random.Random) -> float:
    """A rep's odds against those of the average rep."""
    return chance.lognormvariate(0, 0.15)


def plan_step(step: Step, source: str, skilled: float, chance: random.Random) -> StepPlan:
    """Draws what becomes of a step."""
    expected = step.expects or _UNSAID
    variant = chance.choice(sorted(_VARIANT_ODDS))
    # Where a prospect came from shows in how it begins, hardly in how it goes on.
    factor = skilled * _VARIANT_ODDS[variant] * (_SOURCE_ODDS.get(source, 1.0) if step.key == "step1" else 1.0)
    fate = _fate(_with_odds(expected.conversion / 100, factor), chance)
    return StepPlan(
        fate=fate,
        after=_ripens_after(step, expected, fate, chance),
        variant=variant,
        waits=chance.random() < 0.08,
        mistaken=chance.random() < 0.03,
        handed_over=chance.random() < 0.03,
        both=chance.random() < 0.03,
    )


def outcome(moment: Moment | None, chance: random.Random) -> str:
    """How an ordinary touch at this moment ends; an outcome that both shipped playbooks have."""
    if moment is None or moment.channel is Channel.PHONE:
        return chance.choices(("talked", "no_answer", "voicemail"), (5, 3, 2))[0]
    if moment.channel in WRITTEN:
        return "sent"
    return chance.choices(("met", "no_show"), (9, 1))[0]


def good_outcome(moment: Moment | None) -> str:
    """How a touch at this moment ends when it goes well."""
    if moment is not None and moment.channel in WRITTEN:
        return "sent"
    return "met" if moment is not None and moment.channel in FACE_TO_FACE else "talked"


def spoken(ended: str) -> bool:
    """Whether words were exchanged."""
    return ended in ("talked", "met")


def variant(moment: Moment | None, preferred: str) -> str | None:
    """The script that is used: the preferred one where there is a choice, None without any."""
    letters = [script.variant for script in moment.scripts] if moment else []
    return preferred if preferred in letters else next(iter(letters), None)


def minutes(moment: Moment | None, ended: str, chance: random.Random) -> int | None:
    """How long it took, None when the rep did not say, as one in ten times."""
    if chance.random() < 0.1:
        return None
    if ended in ("no_answer", "voicemail"):
        return chance.randint(1, 3)
    usual = moment.minutes if moment else 10
    return max(1, min(240, round(usual * chance.lognormvariate(0, 0.3))))


def lost_reason(reasons: Sequence[LostReason], chance: random.Random) -> str:
    """One of the playbook's reasons; those named first are given most."""
    weights = [1 / (place + 1.5) for place in range(len(reasons))]
    return chance.choices(reasons, weights)[0].key


def _with_odds(share: float, factor: float) -> float:
    return share * factor / (1 - share + share * factor)


def _fate(conversion: float, chance: random.Random) -> Fate:
    if chance.random() < conversion:
        return Fate.ADVANCES
    return chance.choices((Fate.LOST, Fate.NOT_NOW, Fate.UNDECIDED), (70, 17, 13))[0]


def _ripens_after(step: Step, expected: Expectation, fate: Fate, chance: random.Random) -> int:
    """Working days until the decision is ripe; one that never comes outlives the step's deadline."""
    if fate is Fate.UNDECIDED:
        return 2 * step.decision_due_after
    mean = max(expected.days * 5 / 7, 1.5)  # the playbook says days, we count working days
    days = chance.lognormvariate(math.log(mean) - _SPREAD**2 / 2, _SPREAD)
    return max(0, round(days - _A_TOUCH_LATER))
