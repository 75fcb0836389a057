"""Parsed playbook versions, kept in the process: they never change, and reading one takes milliseconds."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any

from playbooks.model import Playbook


class Books:
    """The `most` versions used last, each for its own workspace."""

    def __init__(self, most: int = 64) -> None:
        self._most = most
        self._kept: OrderedDict[tuple[int, int], Playbook] = OrderedDict()
        self._lock = Lock()

    def get(self, workspace_id: int, playbook_id: int, load: Callable[[], dict[str, Any]]) -> Playbook:
        """The version with this id; `load` gives its content when it is not kept."""
        key = (workspace_id, playbook_id)
        with self._lock:
            if kept := self._kept.get(key):
                self._kept.move_to_end(key)
                return kept
        read = Playbook.model_validate(load())
        with self._lock:
            self._kept[key] = read
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return read
