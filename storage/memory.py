"""What the process keeps of its database, so that a request does not ask again for what the last one read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from playbooks.pipeline import PublishedPlaybook
from playbooks.team import Member
from storage.books import Books
from storage.remembered import Remembered


@dataclass(frozen=True, slots=True)
class Memory:
    """`members` by workspace and Slack id, `published` by workspace: for reading units only.

    A writing unit asks the database itself: what somebody may do is decided by what holds at that moment.
    `books` and `steps` (the identities of a version's steps, by workspace and version) never change.
    """

    books: Books = field(default_factory=Books)
    members: Remembered[tuple[int, str], Member] = field(default_factory=Remembered)
    published: Remembered[int, Sequence[PublishedPlaybook]] = field(default_factory=Remembered)
    steps: dict[tuple[int, int], tuple[int, ...]] = field(default_factory=dict)
