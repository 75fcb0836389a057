"""What the numbers ask of a store: counted visits, logged effort, kept forecasts and targets.

`storage` provides them, as parts of a unit of work in one workspace. A step goes by its identity, which is the
same in all versions of a playbook in which its decision and evidence are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from playbooks.funnel.forecast import Forecast, Wins
from playbooks.funnel.histogram import Dimension, Floats, Known


@dataclass(frozen=True, slots=True)
class Logged:
    """The touches that were logged in a step: how many, and their minutes as far as somebody noted them.

    `without_minutes` counts the touches without, by the key of their moment (None: of no moment), so that the
    moment's expected minutes can take their place.
    """

    touches: int = 0
    minutes: int = 0
    without_minutes: Mapping[str | None, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KeptForecast:
    """A forecast as it was made: the wins of the `weeks` that begin on the local day `made_on`.

    `wins` is scored, `never` is the same if the unresolved never win.
    """

    made_on: date
    weeks: int
    wins: Wins
    never: Wins


@dataclass(frozen=True, slots=True)
class Target:
    """So many wins a week, with this certainty (a share); `set_by` None: by nobody who works here."""

    wins: float
    certainty: float
    set_at: datetime
    set_by: int | None


class Visits(Protocol):
    """The histogram of visits, as committed: what this unit of work itself changes is not seen in it yet."""

    def steps(self, playbook_id: int) -> Sequence[int]:
        """The identities of the steps of a version, from step 1 on; raises `NotHere`."""

    def known(
        self, steps: Sequence[int], as_of: date, *, since: date | None = None, by: Dimension | None = None
    ) -> Known:
        """What was known before the local day `as_of` of visits to these steps.

        With `since` of those alone that were undecided then, or left on that day or later: all that a window from
        that day on needs. Rep, source and variant are summed away, but for the one named by `by`.
        """

    def entries(self, step: int, as_of: date, weeks: int) -> Floats:
        """How many entered this step in each of the last weeks, the oldest first; inferred visits left out."""

    def first_day(self, steps: Sequence[int]) -> date | None:
        """The first day on which a visit to one of these steps was known; None: there is none yet."""

    def first_exit(self, steps: Sequence[int]) -> date | None:
        """The first day on which an exit from one of these steps was known, of exits that stand."""

    def efforts(self, playbook_key: str, since: date, until: date) -> Mapping[int, Logged]:
        """What was logged from one local day to another, both within, by the step it was logged in."""


class Forecasts(Protocol):
    def keep(self, playbook_key: str, made_on: date, made: Sequence[Forecast]) -> bool:
        """Keeps what was forecast on a day, once; False when that day's was kept before."""

    def all(self, playbook_key: str, since: date | None = None) -> Sequence[KeptForecast]:
        """Those made on or after a day, the earliest first, then by weeks."""


class Targets(Protocol):
    def get(self, playbook_key: str) -> Target | None: ...
    def set(self, playbook_key: str, target: Target) -> None:
        """Takes the place of the one that stood."""
