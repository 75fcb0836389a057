"""How the visits to a step end, by age: the discrete Aalen-Johansen estimate, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from playbooks.funnel.histogram import Floats
from playbooks.funnel.windows import Risk

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Curve:
    """What becomes of a visit within a horizon, as shares of one; place *a* of an array is age *a* in days.

    `advancing` and `leaving` are the shares that advance, or leave otherwise, at exactly that age; `staying` is
    the share still there after it.
    """

    advancing: Floats
    leaving: Floats
    staying: Floats

    @property
    def horizon(self) -> int:
        return len(self.staying) - 1

    @property
    def conversion(self) -> float:
        """The share that advances within the horizon."""
        return float(self.advancing.sum())

    @property
    def unresolved(self) -> float:
        """The share still in the step at the horizon."""
        return float(self.staying[-1]) if len(self.staying) else 1.0


def curve(risk: Risk) -> Curve:
    """The cumulative incidence by age: `F(h) = sum of S(a-1) advances(a) / at_risk(a)`.

    `S` is the product of `1 - exits(a) / at_risk(a)`; an age nobody reached has no exits. Aalen and Johansen
    (1978), in discrete time; with windows the period analysis of Brenner and Gefeller (1996).
    """
    moved, left = hazards(risk)
    return from_hazards(moved, left)


def hazards(risk: Risk) -> tuple[Floats, Floats]:
    """The daily chances of advancing and of leaving otherwise, by age, for who is still there."""
    reached = np.where(risk.at_risk > 0, risk.at_risk, 1.0)
    return risk.advances / reached, risk.others / reached


def from_hazards(moved: Floats, left: Floats) -> Curve:
    """The curve of these daily chances; arrays of ages in their last axis."""
    staying: Floats = np.cumprod(np.clip(1.0 - moved - left, 0.0, 1.0), axis=-1, dtype=np.float64)
    there = np.concatenate([np.ones_like(staying[..., :1]), staying[..., :-1]], axis=-1)
    return Curve(there * moved, there * left, staying)


def variance(risk: Risk) -> float:
    """The variance of the share that advances within the ages of `risk`, Greenwood's way.

    The daily chances are multinomial and independent given who is at risk; the delta method gives
    `sum of (g1^2 p1 + g2^2 p2 - (g1 p1 + g2 p2)^2) / at_risk` with the derivatives
    `g2(a) = -(F(h) - F(a)) / (1 - p1(a) - p2(a))`, `g1(a) = S(a-1) + g2(a)` (Marubini and Valsecchi 1995,
    section 10.4, in discrete time). Without censoring it is F (1 - F) / n.
    """
    moved, left = hazards(risk)
    shape = from_hazards(moved, left)
    there = np.concatenate([[1.0], shape.staying[:-1]])
    to_come = shape.conversion - np.cumsum(shape.advancing)
    stay = 1.0 - moved - left
    if_left = -np.where(stay > 0, to_come / np.where(stay > 0, stay, 1.0), 0.0)
    if_moved = there + if_left
    spread = if_moved**2 * moved + if_left**2 * left - (if_moved * moved + if_left * left) ** 2
    return float((spread / np.where(risk.at_risk > 0, risk.at_risk, 1.0)).sum())


def effective_size(risk: Risk) -> float:
    """How many decided visits the estimate is worth: the size whose binomial variance is Greenwood's.

    Where every exit or none advances, that variance is zero and says nothing. Then the size is what the variance
    tends to when the rarer kind of exit, ever rarer, falls on the ages as all exits do; without
    censoring both are the number of visits. Zero when nobody left.
    """
    share = curve(risk).conversion
    spread = variance(risk)
    if spread > 0 and _ROUNDING < share < 1.0 - _ROUNDING:
        return share * (1.0 - share) / spread
    return _size_of_a_rare_exit(risk)


def _size_of_a_rare_exit(risk: Risk) -> float:
    moved, left = hazards(risk)
    there = np.concatenate([[1.0], from_hazards(moved, left).staying[:-1]])
    weight = there * (moved + left)
    information = (weight * there / np.where(risk.at_risk > 0, risk.at_risk, 1.0)).sum()
    return float(weight.sum() / information) if information > 0 else 0.0
