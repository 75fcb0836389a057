"""Keeps each Monday's forecast as it was made, so that it can be scored once its weeks are over."""

from __future__ import annotations

from datetime import datetime

from playbooks.ports import Units


class KeepForecasts:
    """Remembers in the process where this Monday's is done, so that a tick with nothing to do costs nothing."""

    def __call__(self, units: Units, now: datetime) -> int:
        """Keeps what is missing in every workspace; how many playbooks got theirs. Raises `Busy`."""
        raise NotImplementedError
