"""Whether a step converts better or worse than the period before, said only when the data tell it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.special import betainc

from playbooks.funnel.conversion import FEWEST_EXITS, reach
from playbooks.funnel.curve import curve, effective_size
from playbooks.funnel.histogram import Floats, Known
from playbooks.funnel.ranges import Belief, belief
from playbooks.funnel.windows import DEFAULT_WEEKS, Risk, before, risks, window

CLEARLY = 0.975
PROBABLY = 0.9
PROBABLE = 0.5
_NODES = 1000


class Verdict(StrEnum):
    CLEARLY_UP = "clearly_up"
    PROBABLY_UP = "probably_up"
    NO_CLEAR_CHANGE = "no_clear_change"
    PROBABLY_DOWN = "probably_down"
    CLEARLY_DOWN = "clearly_down"


@dataclass(frozen=True, slots=True)
class Change:
    """A step now against the period before, both within `horizon` days.

    `up` is the probability that it rose, before any correction; `sure` the probability that it changed at all in
    the direction it seems to, after the correction for looking at all steps.
    """

    step: int
    horizon: int
    earlier: Belief
    now: Belief
    up: float
    sure: float
    verdict: Verdict


def change(known: Known, limits: Mapping[int, int], weeks: int = DEFAULT_WEEKS) -> dict[int, Change]:
    """The change of each step between the last `weeks` and as many before, both as known now.

    `limits` gives the closing limit of each step in days. Both periods are read at one horizon, the last age at
    which both still have enough at risk; steps with too few exits in either are left out. Up and down alike:
    twice the smaller tail is corrected over the steps after Benjamini and Hochberg (1995).
    """
    this = window(known.as_of, weeks)
    tables = risks(known, before(this), limits), risks(known, this, limits)
    pairs = {step: pair for step in sorted(limits) if (pair := _comparable(*(table[step] for table in tables)))}
    beliefs = {step: (_belief(earlier), _belief(now)) for step, (earlier, now) in pairs.items()}
    ups = {step: probability_it_rose(earlier, now) for step, (earlier, now) in beliefs.items()}
    sure = dict(zip(ups, corrected(list(ups.values())), strict=True))
    return {
        step: Change(
            step=step,
            horizon=len(pair[0].at_risk) - 1,
            earlier=beliefs[step][0],
            now=beliefs[step][1],
            up=ups[step],
            sure=sure[step],
            verdict=_say(ups[step], sure[step]),
        )
        for step, pair in pairs.items()
    }


def probability_of_more(one: Belief, other: Belief) -> float:
    """The probability that the share of `one` is larger than that of `other`."""
    return float(1.0 - betainc(one.successes, one.failures, other.nodes(_NODES)).mean())


def probability_it_rose(earlier: Belief, now: Belief) -> float:
    """The same of two periods, with the ends of their ranges held against each other where that is less sure."""
    rose = probability_of_more(now.ends()[0], earlier.ends()[1])
    fell = probability_of_more(earlier.ends()[0], now.ends()[1])
    return rose if rose > PROBABLE else 1.0 - fell if fell > PROBABLE else PROBABLE


def corrected(ups: Sequence[float]) -> list[float]:
    """How sure each change is, either way, after Benjamini and Hochberg over all of them."""
    if not ups:
        return []
    tails = np.clip([2.0 * min(up, 1.0 - up) for up in ups], 0.0, 1.0)
    return [float(1.0 - tail) for tail in _false_discovery(tails)]


def _false_discovery(tails: Floats) -> Floats:
    """Each tail times their number over its rank, but never more than that of a larger one."""
    order = np.argsort(tails)
    scaled = tails[order] * len(tails) / np.arange(1, len(tails) + 1)
    adjusted = np.empty_like(tails)
    adjusted[order] = np.minimum.accumulate(scaled[::-1])[::-1]
    return np.clip(adjusted, 0.0, 1.0)


def _comparable(earlier: Risk, now: Risk) -> tuple[Risk, Risk] | None:
    horizon = min(reach(earlier), reach(now))
    pair = earlier.up_to(horizon), now.up_to(horizon)
    return pair if horizon >= 0 and all(part.exits.sum() >= FEWEST_EXITS for part in pair) else None


def _belief(risk: Risk) -> Belief:
    return belief(curve(risk).conversion, effective_size(risk))


def _say(up: float, sure: float) -> Verdict:
    if sure < PROBABLY:
        return Verdict.NO_CLEAR_CHANGE
    rose = up > 1.0 - up
    if sure >= CLEARLY:
        return Verdict.CLEARLY_UP if rose else Verdict.CLEARLY_DOWN
    return Verdict.PROBABLY_UP if rose else Verdict.PROBABLY_DOWN
