"""The write side: what the use cases of one transaction read, add and keep."""

from storage.repositories.agenda import Agenda
from storage.repositories.deliveries import Deliveries
from storage.repositories.inbox import Inbox
from storage.repositories.journeys import Journeys
from storage.repositories.members import Members
from storage.repositories.playbooks import Playbooks
from storage.repositories.prospects import Prospects
from storage.repositories.teams import Teams

__all__ = ["Agenda", "Deliveries", "Inbox", "Journeys", "Members", "Playbooks", "Prospects", "Teams"]
