"""A team with a believable history, through the same use cases as everyone: for demos and benches."""

from __future__ import annotations

from bot.seed.history import Seeded, SeedOptions, seed_workspace
from bot.seed.team import is_empty

__all__ = ["SeedOptions", "Seeded", "is_empty", "seed_workspace"]
