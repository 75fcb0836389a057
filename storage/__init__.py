"""The only place that knows SQL: a store of workspaces, and what keeps its database in order."""

from sqlalchemy import Engine

from storage.engine import Synchronous, create_engine
from storage.queue import conninfo
from storage.recount import recount
from storage.schema import at_head, migrate, trouble
from storage.store import LOCAL, Store
from storage.verify import Difference, verify

__all__ = [
    "LOCAL",
    "Difference",
    "Engine",
    "Store",
    "Synchronous",
    "at_head",
    "conninfo",
    "create_engine",
    "migrate",
    "recount",
    "trouble",
    "verify",
]
