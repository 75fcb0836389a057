"""What can go wrong on the way, in words: not saved, too late, done already, or trouble of ours."""

from __future__ import annotations

from datetime import datetime

from bot.views import kit, standings
from bot.views.message import Message
from bot.views.reader import Reader
from playbooks.ports import Tracked


def not_saved(said: str, reader: Reader) -> Message:
    """The database did not answer in time: nothing was kept, and what was typed is given back."""
    words = reader.words
    text = kit.md(words.gettext("*Not saved.* The database did not answer in time; please try again."))
    again = [kit.md(words.gettext("You typed: {said}"), said=kit.code(said))] if said else []
    return kit.message(kit.joined([text, *again]))


def trouble(reference: str, said: str, reader: Reader) -> Message:
    """Something went wrong that is ours to mend."""
    words = reader.words
    template = words.gettext(
        "Something went wrong on our side, and nothing was changed. Please try again; "
        "if it happens again, tell your admin this reference: {reference}."
    )
    text = kit.md(template, reference=kit.code(reference))
    again = [kit.md(words.gettext("You typed: {said}"), said=kit.code(said))] if said else []
    return kit.message(kit.joined([text, *again]))


def dialog_too_late(reader: Reader) -> Message:
    """Slack opens a dialog only within three seconds of the click."""
    return kit.message(
        reader.words.gettext("Slack was too slow to open the dialog. Nothing was changed; try again.")
    )


def already_done(at: datetime, tracked: Tracked | None, reader: Reader) -> Message:
    """The same request came twice: it did its work once."""
    words = reader.words
    if tracked is None:
        return kit.message(words.gettext("This was already done at {time}.", time=words.time(at)))
    template = words.gettext("This was already done at {time}. {now}")
    return kit.message(kit.md(template, time=words.time(at), now=standings.where_it_stands(tracked, reader)))
