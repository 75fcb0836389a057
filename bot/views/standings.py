"""Where a journey stands, in a sentence."""

from __future__ import annotations

from bot.views.reader import Reader
from playbooks.history import Status
from playbooks.ports import Tracked


def where_it_stands(tracked: Tracked, reader: Reader) -> str:
    """One sentence on a journey as it is now."""
    words, journey = reader.words, tracked.journey
    if not journey.is_open:
        return words.gettext(
            "{name} is closed: {status}.", name=tracked.prospect.name, status=status(journey.status, reader)
        )
    return words.gettext(
        "{name} is in {step}: {step_name}.",
        name=tracked.prospect.name,
        step=step_label(journey.step_number, reader),
        step_name=journey.step.name,
    )


def step_label(number: int, reader: Reader) -> str:
    """`step 3`."""
    return reader.words.gettext("step {number}", number=number)


def status(value: Status, reader: Reader) -> str:
    """A status as people say it."""
    gettext = reader.words.gettext
    return {
        Status.OPEN: gettext("open"),
        Status.WON: gettext("won"),
        Status.LOST: gettext("lost"),
        Status.NO_DECISION: gettext("no decision"),
        Status.NOT_NOW: gettext("not now"),
        Status.WITHDRAWN: gettext("taken back"),
    }[value]
