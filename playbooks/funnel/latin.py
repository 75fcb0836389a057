"""Draws that are always the same: a Latin hypercube, so that two people print the same figure."""

from __future__ import annotations

import numpy as np
from scipy.special import betaincinv

from playbooks.funnel.histogram import Floats
from playbooks.funnel.ranges import Belief

_SEED = 20260301


def latin(dimensions: int, size: int, *, stream: int = 0) -> Floats:
    """Places between 0 and 1, dimensions x size: each row holds every part of equal chance once, shuffled.

    McKay, Beckman and Conover (1979), with the middles of the parts and a fixed seed. Each `stream` is independent
    of the others.
    """
    random = np.random.default_rng([_SEED, stream])
    middles = (np.arange(size) + 0.5) / size
    return np.stack([random.permutation(middles) for _ in range(dimensions)])


def draws_of(share: Belief, places: Floats) -> Floats:
    """The values of a share at these places of its distribution."""
    values: Floats = betaincinv(share.successes, share.failures, places)
    return values
