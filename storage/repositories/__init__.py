"""The write side: what the use cases of one transaction read, add and keep."""

from storage.repositories.agenda import Agenda
from storage.repositories.deliveries import Deliveries
from storage.repositories.imports import Imports
from storage.repositories.inbox import Inbox
from storage.repositories.journeys import Journeys
from storage.repositories.members import Members
from storage.repositories.plans import Forecasts, Targets
from storage.repositories.playbooks import Playbooks
from storage.repositories.prospects import Prospects
from storage.repositories.teams import Teams
from storage.repositories.visits import Visits

__all__ = [
    "Agenda",
    "Deliveries",
    "Forecasts",
    "Imports",
    "Inbox",
    "Journeys",
    "Members",
    "Playbooks",
    "Prospects",
    "Targets",
    "Teams",
    "Visits",
]
