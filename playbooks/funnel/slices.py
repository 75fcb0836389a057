"""Slices by rep, source or variant: each shrunk toward the team as far as its own days do not speak."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from scipy.special import gammaincinv, gammaln, softmax

from playbooks.funnel.conversion import Conversion
from playbooks.funnel.curve import Curve, from_hazards, hazards
from playbooks.funnel.histogram import Floats
from playbooks.funnel.ranges import DEFAULT_CERTAINTY, Range, check_certainty
from playbooks.funnel.windows import Risk

Key = TypeVar("Key", bound=Hashable)

_SPREADS = np.linspace(0.1, 1.2, 12)
"""The standard deviations between slices to try, equally likely beforehand; kappa is one over the square.

It begins at a tenth: nobody differs by nothing, and from four reps a smaller spread cannot be told apart.
"""

_LEVELS = np.linspace(-2.5, 2.5, 7)
"""Where the slices' common level is tried, in standard deviations around the team's."""

_PARTS = 31
"""Equally likely values that stand for a slice's factor."""

_WITHIN = 12
"""Equally likely values within each kappa and level, from which those are taken."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How much the slices of a step differ: pairs of a kappa and a common level, and the chance of each pair.

    The level is by how much the mean of all such slices may differ from the team's own pace, which the same
    exits have told: it is known no better than they allow.
    """

    kappas: Floats
    levels: Floats
    weights: Floats

    def factor(self, observed: float, expected: float) -> Floats:
        """Equally likely values of a slice's factor, given its observed and expected exits.

        Gamma(kappa + observed, kappa / level + expected), mixed over kappa and level.
        """
        shape, rate = self.kappas + observed, self.kappas / self.levels + expected
        middles = (np.arange(_WITHIN) + 0.5) / _WITHIN
        values = gammaincinv(shape[:, None], middles) / rate[:, None]
        return _equal_parts(values.ravel(), np.repeat(self.weights / _WITHIN, _WITHIN))

    def within_reach(self, part: float, nodes: Floats) -> Floats:
        """The factor that `part` of all slices stay below, for kappas at these shares of their distribution.

        It is relative to the team, whose own uncertainty counts elsewhere.
        """
        at = np.searchsorted(np.cumsum(self.weights), nodes).clip(0, len(self.kappas) - 1)
        kappas = self.kappas[at]
        factors: Floats = gammaincinv(kappas, part) / kappas
        return factors


def spread(observed: Floats, expected: Floats) -> Spread:
    """What the slices' exits, observed and expected on their own days at risk, say of kappa and of the level.

    The counts are negative binomial given both; both are integrated over a grid, not plugged in. Beforehand every
    kappa's spread, and every level on a log scale, is as likely.
    """
    count = len(observed)
    each = _SPREADS[:, None] ** -2
    wide = np.sqrt(1.0 / (observed.sum() + 1.0) + 1.0 / (max(count, 1) * each))
    level = np.exp(wide * _LEVELS)
    k, m, o, e = each[..., None], level[..., None], observed, expected
    log = gammaln(k + o) - gammaln(k) + k * np.log(k / m) - (k + o) * np.log(k / m + e)
    weights: Floats = softmax(log.sum(axis=-1) + np.log(wide))
    kappas = np.broadcast_to(each, level.shape)
    return Spread(kappas.ravel(), level.ravel(), weights.ravel())


@dataclass(frozen=True, slots=True)
class Slice:
    """One slice of a step. `observed` advances on its own days at risk, against `expected` at the team's pace."""

    range: Range
    observed: float
    expected: float


def slices(
    team: Conversion,
    parts: Mapping[Key, Risk],
    certainty: float = DEFAULT_CERTAINTY,
    *,
    only: Collection[Key] | None = None,
) -> dict[Key, Slice]:
    """The conversion of each slice within the team's horizon, or of `only` these.

    `parts` are the risk tables of the slices in the team's own window; together they are the team's. The team's
    estimate stays what it is without slices. Raises `ValueError` for a certainty not between 0 and 1.
    """
    check_certainty(certainty)
    seen = {key: part.up_to(team.horizon) for key, part in parts.items()}
    paces = hazards(team.risk)
    counts = np.array([_observed_and_expected(part, paces) for part in seen.values()]).reshape(-1, 4)
    advance, other = spread(counts[:, 0], counts[:, 1]), spread(counts[:, 2], counts[:, 3])
    found = {}
    for key, (moves, due, closes, closes_due) in zip(seen, counts, strict=True):
        if only is not None and key not in only:
            continue
        factors = advance.factor(moves, due), other.factor(closes, closes_due)
        shares = _scaled(paces, factors[0][:, None], factors[1][None, :]).advancing.sum(axis=-1).ravel()
        low, high = np.quantile(shares, [(1 - certainty) / 2, (1 + certainty) / 2])
        found[key] = Slice(Range(float(shares.mean()), float(low), float(high)), float(moves), float(due))
    return found


def between(team: Conversion, parts: Mapping[Key, Risk]) -> Spread | None:
    """How much the slices' advancing differs; None with fewer than two slices that were at risk."""
    paces = hazards(team.risk)
    counts = [_observed_and_expected(part.up_to(team.horizon), paces)[:2] for part in parts.values()]
    used = np.array([each for each in counts if each[1] > 0]).reshape(-1, 2)
    return spread(used[:, 0], used[:, 1]) if len(used) > 1 else None


def with_factor(team: Conversion, factor: Floats) -> Floats:
    """The team's conversion if its hazard of advancing were multiplied by each of these factors."""
    shares: Floats = _scaled(hazards(team.risk), factor, np.ones(1)).advancing.sum(axis=-1)
    return shares


def _observed_and_expected(part: Risk, paces: tuple[Floats, Floats]) -> tuple[float, float, float, float]:
    moved, left = ((part.at_risk * pace).sum() for pace in paces)
    return float(part.advances.sum()), float(moved), float(part.others.sum()), float(left)


def _scaled(paces: tuple[Floats, Floats], advance: Floats, other: Floats) -> Curve:
    moved, left = advance[..., None] * paces[0], other[..., None] * paces[1]
    over = np.maximum(moved + left, 1.0)
    return from_hazards(moved / over, left / over)


def _equal_parts(values: Floats, weights: Floats) -> Floats:
    """The middles of equally likely parts of a weighted sample."""
    order = np.argsort(values)
    below = np.cumsum(weights[order]) - weights[order] / 2
    parts: Floats = np.interp((np.arange(_PARTS) + 0.5) / _PARTS, below, values[order])
    return parts
