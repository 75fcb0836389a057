"""The demo with a manager who reads a language, as its channel does then: `python -m tests.browser.spoken nl`."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace

import storage
from bot.cli import prepare_demo
from bot.demo import DemoOptions, run_demo
from bot.demo.workspace import WORKSPACE_ID
from playbooks.team import Role


def main(language: str) -> int:
    """Runs it until Ctrl-C."""

    def prepare(environment: Mapping[str, str]) -> None:
        prepare_demo(environment)
        units = storage.Store(storage.create_engine(environment["DATABASE_URL"]))
        with units.writing(WORKSPACE_ID) as uow:
            manager = next(member for member in uow.members.all() if member.role is Role.ADMIN)
            uow.members.update(replace(manager, language=language))
            uow.commit()

    return run_demo(DemoOptions(open_browser=False), prepare=prepare)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
