"""What a team without history may assume: the playbook's expectations, giving way to data as they come in."""

from __future__ import annotations

import numpy as np

from playbooks.funnel.conversion import Conversion, pace
from playbooks.funnel.curve import curve
from playbooks.funnel.ranges import belief
from playbooks.funnel.windows import Risk, Window

WORTH = 10
"""How many decided visits an expectation is worth beside what was seen."""


def assumed(step: int, conversion: float, days: float, seen: Risk, within: Window) -> Conversion:
    """A conversion for a step with too few exits to tell, to be labelled as an assumption.

    As if `WORTH` visits had gone as expected (`conversion` a share, `days` the mean days in the step) beside
    those `seen` up to the closing limit. Once the data are enough to tell, they are used alone.
    """
    expected = _expected(conversion, days, len(seen.at_risk))
    both = expected + seen
    shape = curve(both)
    size = WORTH + float(seen.exits.sum())
    moved, left = pace(both)
    return Conversion(
        step=step,
        window=within,
        widened=False,
        risk=both,
        curve=shape,
        belief=belief(shape.conversion, size),
        onward=moved / (moved + left) if moved + left > 0 else 0.0,
        pace=(moved, left),
    )


def _expected(conversion: float, days: float, ages: int) -> Risk:
    """The risk table of `WORTH` visits that stay this long on average and are all decided within the ages."""
    leaving = (days / (days + 1.0)) ** np.arange(ages)
    exits = WORTH * leaving / leaving.sum()
    at_risk = WORTH - np.cumsum(exits) + exits
    return Risk(at_risk, conversion * exits, (1.0 - conversion) * exits)
