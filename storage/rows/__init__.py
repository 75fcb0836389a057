"""The tables. Rules stand in named constraints here and in the triggers of the migrations.

Every row names its workspace, and every foreign key holds it too: no row can point into another workspace.
`event` is the truth; what `journey` says beyond whose it is comes from the events (see `projection.py`). What
a prospect is called and who works there is typed, not derived: it stays out of the events, so that a person
can be erased.
"""

from storage.rows.base import Row
from storage.rows.delivery import DeliveryRow
from storage.rows.journey import EventRow, InboxRow, JourneyRow
from storage.rows.numbers import ForecastRow, PlanTargetRow, StepRow, VersionStepRow, VisitCountRow
from storage.rows.prospect import PersonRow, PlaybookRow, ProspectRow
from storage.rows.saved_request import SavedRequestRow
from storage.rows.workspace import DayOffRow, MemberRow, TeamManagerRow, TeamRow, WorkspaceRow

__all__ = [
    "DayOffRow",
    "DeliveryRow",
    "EventRow",
    "ForecastRow",
    "InboxRow",
    "JourneyRow",
    "MemberRow",
    "PersonRow",
    "PlanTargetRow",
    "PlaybookRow",
    "ProspectRow",
    "Row",
    "SavedRequestRow",
    "StepRow",
    "TeamManagerRow",
    "TeamRow",
    "VersionStepRow",
    "VisitCountRow",
    "WorkspaceRow",
]
