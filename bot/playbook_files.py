"""Playbooks from outside: shipped ones by name, others from YAML files."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from bot.usecases.members import Starters
from bot.usecases.publish_playbooks import PlaybookFile
from playbooks.library import shipped, shipped_text
from playbooks.loader import Loaded, read_playbook

_BY_LANGUAGE = {"nl": "b2b-diensten", "en": "b2b-saas"}


class PlaybookFileError(Exception):
    """A playbook that cannot be used; says which and why, a line each mistake."""


def load(name_or_path: str) -> tuple[str, Loaded]:
    """Text and reading of a shipped playbook or a file. Raises `PlaybookFileError` when there is no such thing."""
    if name_or_path in shipped():
        text = shipped_text(name_or_path)
        return text, read_playbook(text, f"{name_or_path}.yaml")
    path = Path(name_or_path)
    if not path.is_file():
        known = ", ".join(shipped())
        raise PlaybookFileError(f"There is no playbook {name_or_path}: give a YAML file or one of {known}.")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise PlaybookFileError(f"{name_or_path} cannot be read: {error.strerror}.") from error
    return content.decode(errors="replace"), read_playbook(content, name_or_path)


def starters(configured: str) -> Starters:
    """What a new workspace begins with: the configured playbooks, else the shipped one in its language.

    Raises `PlaybookFileError` for a configured playbook with mistakes.
    """
    files = tuple(_checked(name.strip()) for name in configured.split(",") if name.strip())

    def by_locale(locale: str) -> Sequence[PlaybookFile]:
        language = "nl" if locale.lower().startswith("nl") else "en"
        return files or (_checked(_BY_LANGUAGE[language]),)

    return by_locale


@lru_cache
def _checked(name: str) -> PlaybookFile:
    text, loaded = load(name)
    if loaded.playbook is None or loaded.faults:
        faults = "\n".join(str(fault) for fault in loaded.faults)
        raise PlaybookFileError(f"The playbook {name} has mistakes:\n{faults}")
    return PlaybookFile(text, loaded.playbook)
