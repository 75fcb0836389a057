"""Read models: what a team sees of its prospects."""

from storage.queries.pipeline import Pipeline

__all__ = ["Pipeline"]
