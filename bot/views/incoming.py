"""What is said when a request could not simply be done and answered: too busy, too late, or not ours."""

from __future__ import annotations

from collections.abc import Sequence

from bot.views import kit
from bot.views.message import Message
from bot.views.reader import Reader


def saved(reader: Reader, *, elsewhere: bool) -> Message:
    """Kept, and worked on from now. `elsewhere`: the answer comes in the member's direct messages."""
    gettext = reader.words.gettext
    if elsewhere:
        text = gettext("Saved, and I'm working on it: the answer follows in your messages with me.")
    else:
        text = gettext("Saved, and I'm working on it: the answer follows here.")
    return kit.message(text)


def not_saved_beside(reader: Reader) -> str:
    """The same as `problems.not_saved`, for a dialog that stays open."""
    return reader.words.gettext(
        "Not saved: the database did not answer in time. What you filled in is still here; send it again."
    )


def trouble_beside(reference: str, reader: Reader) -> str:
    """The same as `problems.trouble`, for a dialog that stays open."""
    return reader.words.gettext(
        "Something went wrong on our side, and nothing was changed. What you filled in is still here; "
        "if sending it again does not help, tell your admin this reference: {reference}.",
        reference=reference,
    )


def saved_without_answer(reader: Reader) -> Message:
    """The change is kept; only telling about it went wrong."""
    template = reader.words.gettext(
        "This is saved, but looking up the full answer failed. {command} shows where it stands."
    )
    return kit.message(kit.md(template, command=kit.code(reader.command("prospect"))))


def not_here(reader: Reader) -> str:
    """A button or dialog about something that this workspace does not have."""
    return reader.words.gettext(
        "What this is about is not in this workspace, so nothing was changed; {command} lists what is.",
        command=reader.command("prospect"),
    )


def no_longer_used(reader: Reader) -> str:
    """A button or dialog of an earlier release."""
    return reader.words.gettext(
        "This is from an earlier version of me and does nothing any more; {command} gives you a fresh one.",
        command=reader.command("prospect"),
    )


def unknown_command(said: str, names: Sequence[str], reader: Reader) -> Message:
    template = reader.words.gettext("{said} is not a command of mine; there is: {known}.")
    known = reader.words.list_of([reader.command(name) for name in names])
    return kit.message(kit.md(template, said=kit.code(said), known=known))


def not_installed() -> str:
    """For a workspace without a token; whoever reads it is nobody we know, so it is in English."""
    return "Nextstep is not installed in this workspace, so nothing was done. Ask an admin to install it."


def dialog_gone(title: str, reader: Reader) -> Message:
    """A dialog that would follow: Slack opens one only within seconds of the asking."""
    template = reader.words.gettext("The dialog *{title}* can no longer open by itself; ask for it again.")
    return kit.message(kit.md(template, title=title))


def giving_back(message: Message, said: str, reader: Reader) -> Message:
    """The same, with what was typed: it would be lost otherwise."""
    if not said:
        return message
    again = kit.md(reader.words.gettext("You typed: {said}"), said=_as_typed(said))
    shown = message.blocks or kit.sections(kit.Mrkdwn(message.text))
    return kit.message(kit.joined([kit.Mrkdwn(message.text), again]), *shown, *kit.sections(again))


def _as_typed(said: str) -> kit.Text:
    return kit.preformatted(said) if "\n" in said else kit.code(said)


def about(said: str, message: Message, reader: Reader) -> Message:
    """A late answer, under what it answers."""
    if not said:
        return message
    asked = kit.md(reader.words.gettext("About what you sent earlier:\n{said}"), said=said)
    answer = message.blocks or (kit.section(kit.Mrkdwn(message.text)),)
    return kit.message(kit.joined([asked, kit.Mrkdwn(message.text)]), kit.context(asked), *answer)
