"""What a team plans for, and what was forecast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

import numpy as np
from sqlalchemy import Date, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from playbooks.funnel.forecast import Forecast, Wins
from playbooks.numbers import KeptForecast, Target
from storage.inserts import InsertIfNew
from storage.rows import ForecastRow, PlanTargetRow
from storage.scope import HERE, Scope

_KEEP = InsertIfNew(ForecastRow, ["workspace_id", "playbook_key", "made_on", "weeks"], ForecastRow.weeks)
_MADE = (
    select(ForecastRow.made_on, ForecastRow.weeks, ForecastRow.chances, ForecastRow.chances_never)
    .where(
        ForecastRow.workspace_id == HERE,
        ForecastRow.playbook_key == bindparam("key"),
        ForecastRow.made_on >= bindparam("since", type_=Date),
    )
    .order_by(ForecastRow.made_on, ForecastRow.weeks)
)
_TARGET = select(PlanTargetRow.wins, PlanTargetRow.certainty, PlanTargetRow.set_at, PlanTargetRow.set_by).where(
    PlanTargetRow.workspace_id == HERE, PlanTargetRow.playbook_key == bindparam("key")
)
_SET = {
    name: (insert := dialect.insert(PlanTargetRow)).on_conflict_do_update(
        index_elements=["workspace_id", "playbook_key"],
        set_={column: insert.excluded[column] for column in ("wins", "certainty", "set_at", "set_by")},
    )
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}


class Forecasts:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def keep(self, playbook_key: str, made_on: date, made: Sequence[Forecast]) -> bool:
        kept = [self._keep(playbook_key, made_on, forecast) for forecast in made]
        return all(kept)

    def all(self, playbook_key: str, since: date | None = None) -> Sequence[KeptForecast]:
        rows = self._scope.read(_MADE, key=playbook_key, since=since or date.min)
        return [KeptForecast(row.made_on, row.weeks, _wins(row.chances), _wins(row.chances_never)) for row in rows]

    def _keep(self, playbook_key: str, made_on: date, forecast: Forecast) -> bool:
        values = {
            "workspace_id": self._scope.workspace.id,
            "playbook_key": playbook_key,
            "made_on": made_on,
            "weeks": forecast.weeks,
            "chances": forecast.wins.chances.tolist(),
            "chances_never": forecast.if_unresolved_never_win.chances.tolist(),
        }
        return self._scope.write(_KEEP.on(self._scope.connection), values).first() is not None


class Targets:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def get(self, playbook_key: str) -> Target | None:
        row = self._scope.read(_TARGET, key=playbook_key).one_or_none()
        return None if row is None else Target(*row)

    def set(self, playbook_key: str, target: Target) -> None:
        values = {"workspace_id": self._scope.workspace.id, "playbook_key": playbook_key, **asdict(target)}
        self._scope.write(_SET[self._scope.connection.dialect.name], values)


def _wins(chances: list[float]) -> Wins:
    return Wins(np.array(chances, dtype=np.float64))
