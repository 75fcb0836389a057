"""The write side: what the use cases of one transaction read, add and keep."""

from storage.repositories.inbox import Inbox
from storage.repositories.journeys import Journeys
from storage.repositories.members import Members
from storage.repositories.playbooks import Playbooks
from storage.repositories.prospects import Prospects

__all__ = ["Inbox", "Journeys", "Members", "Playbooks", "Prospects"]
