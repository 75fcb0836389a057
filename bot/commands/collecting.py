"""Python's garbage collector, for work that makes millions of values which all stay."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def not_collecting() -> Iterator[None]:
    """Lets it rest: it would go through all of them again and again, which doubles the time of a large import.

    What counts references goes on freeing as ever; only cycles wait until the end.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
