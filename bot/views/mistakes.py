"""What is wrong with a typed command, in one sentence, and what would be right in another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from bot.grammar.names import LONGEST_NAME
from bot.grammar.readings import Mistake, Wrong
from bot.views import choosing, kit, number_mistakes
from bot.views.ids import Action
from bot.views.limits import plain
from bot.views.markup import md
from bot.views.message import Block, Message
from bot.views.reader import Reader
from bot.views.said_wrong import LONGEST_SAID, any_of, quoted, short, to_type
from bot.views.typed_words import typed


def wrong(wrong: Wrong, text: str, reader: Reader, pick: Action = Action.PICK) -> Message:
    """The sentence for a mistake, with the closest prospects to choose from.

    `text` is the command as it was typed; a choice reads it again. `pick` is the action that such a choice
    has: each command that is about a prospect has its own.
    """
    said = _SENTENCES[wrong.mistake](wrong, reader)
    return kit.message(said, kit.section(said), *_ways_on(wrong, text, reader, pick))


def _ways_on(wrong: Wrong, text: str, reader: Reader, pick: Action) -> list[Block]:
    """Buttons that do what was probably meant."""
    if wrong.mistake is Mistake.UNKNOWN_COMMAND:
        return choosing.shown(wrong.prospects)
    if wrong.mistake is not Mistake.UNKNOWN_PROSPECT:
        return []
    name = wrong.said[:LONGEST_NAME]
    add = kit.button(reader.words.gettext("Add {name}", name=plain(name, LONGEST_SAID)), Action.ADD, name)
    return [*choosing.choices(text, wrong.prospects, pick), kit.actions(add)]


def _unknown_command(wrong: Wrong, reader: Reader) -> kit.Mrkdwn:
    words = reader.words
    if not wrong.prospects:
        return md(
            words.gettext("I don't know {said}. Did you mean {expected}? Type {help} for all I can do."),
            said=quoted(wrong, reader),
            expected=any_of(wrong.expected[:3], reader),
            help=kit.code(typed("help", reader)),
        )
    return md(
        words.gettext(
            "{said} is neither a command nor a prospect. Did you mean {expected}, or one of these prospects?"
        ),
        said=quoted(wrong, reader),
        expected=any_of(wrong.expected[:3], reader),
    )


def _unknown_prospect(wrong: Wrong, reader: Reader) -> kit.Mrkdwn:
    words = reader.words
    if not wrong.prospects:
        template = words.gettext("I don't know a prospect called {said}. Add it, or check how it is written.")
    else:
        template = words.gettext("I don't know a prospect called {said}. Is it one of these, or is it new?")
    return md(template, said=quoted(wrong, reader))


def _unknown_key(wrong: Wrong, reader: Reader) -> kit.Mrkdwn:
    words, key = reader.words, kit.code(f"{short(wrong)}:")
    if not wrong.expected:
        return md(words.gettext("This command takes no {key}. Leave it out, or put the text in quotes."), key=key)
    return md(
        words.gettext(
            "This command does not know {key}. What it knows: {expected}. Part of a name? Put that in quotes."
        ),
        key=key,
        expected=to_type([f"{name}:" for name in wrong.expected], reader),
    )


def _key_twice(wrong: Wrong, reader: Reader) -> kit.Mrkdwn:
    template = reader.words.gettext("{key} is there twice, and I can use one. Say it once.")
    return md(template, key=kit.code(f"{short(wrong)}:"))


def _key_empty(wrong: Wrong, reader: Reader) -> kit.Mrkdwn:
    example = typed(_EXAMPLES.get(wrong.said, "…"), reader)
    key = typed(f"{short(wrong)}:", reader)
    template = reader.words.gettext("Nothing follows {key}. Try {example}.")
    return md(template, key=kit.code(key), example=kit.code(f"{key}{example}"))


def _name_too_long(wrong: Wrong, reader: Reader) -> kit.Mrkdwn:
    words = reader.words
    template = words.gettext("A name has at most {most} characters; this one has {length}. Shorten it a little.")
    return md(template, most=words.number(LONGEST_NAME), length=words.number(len(wrong.said)))


def _date_unreadable(wrong: Wrong, reader: Reader) -> kit.Mrkdwn:
    template = reader.words.gettext("I can't read a date in {said}. Try {example}.")
    return md(template, said=quoted(wrong, reader), example=_dates(reader))


def _date_past(wrong: Wrong, reader: Reader) -> kit.Mrkdwn:
    words = reader.words
    if wrong.day is None:
        return md(words.gettext("{said} is in the past. Give a later date."), said=quoted(wrong, reader))
    return md(
        words.gettext("{said} is {day}, and that is in the past. Give a later date."),
        said=quoted(wrong, reader),
        day=reader.day(wrong.day),
    )


def _date_impossible(wrong: Wrong, reader: Reader) -> kit.Mrkdwn:
    template = reader.words.gettext("There is no such day as {said}. Try {example}.")
    return md(template, said=quoted(wrong, reader), example=_dates(reader))


def _date_too_far(wrong: Wrong, reader: Reader) -> kit.Mrkdwn:
    template = reader.words.gettext("{said} is more than five years away. Give an earlier date.")
    return md(template, said=quoted(wrong, reader))


def _weekday_differs(wrong: Wrong, reader: Reader) -> kit.Mrkdwn:
    words = reader.words
    if wrong.day is None:
        template = words.gettext("The weekday and the date in {said} don't belong together. Say one of them.")
        return md(template, said=quoted(wrong, reader))
    template = words.gettext("The weekday in {said} is not that of the date, which is {day}. Say one of them.")
    return md(template, said=quoted(wrong, reader), day=words.long_day(wrong.day))


def _minutes(wrong: Wrong, reader: Reader) -> kit.Mrkdwn:
    template = reader.words.gettext("{said} is not a number of minutes. Try {example}.")
    return md(template, said=quoted(wrong, reader), example=kit.code("min:20"))


def _amount(wrong: Wrong, reader: Reader) -> kit.Mrkdwn:
    template = reader.words.gettext("{said} is not an amount. Try {example}.")
    return md(template, said=quoted(wrong, reader), example=kit.code(typed("value:", reader) + "12000"))


def _email(wrong: Wrong, reader: Reader) -> kit.Mrkdwn:
    template = reader.words.gettext("{said} is not an e-mail address. Try {example}.")
    return md(template, said=quoted(wrong, reader), example=kit.code(typed("email:", reader) + "ann@acme.example"))


def _step(wrong: Wrong, reader: Reader) -> kit.Mrkdwn:
    template = reader.words.gettext("{said} is not a step. Try {example}.")
    return md(template, said=quoted(wrong, reader), example=kit.code(typed("step:", reader) + "3"))


def _filter(wrong: Wrong, reader: Reader) -> kit.Mrkdwn:
    template = reader.words.gettext("I can't filter a list by {said}. What I can filter by: {expected}.")
    return md(template, said=quoted(wrong, reader), expected=to_type(wrong.expected, reader))


def _two_members(wrong: Wrong, reader: Reader) -> kit.Mrkdwn:
    template = reader.words.gettext("You named {said}, and only one colleague fits. Mention one of them.")
    return md(template, said=short(wrong))


def _role(wrong: Wrong, reader: Reader) -> kit.Mrkdwn:
    template = reader.words.gettext(
        "{said} should be a colleague and a role. Try {example}; the roles: {expected}."
    )
    # Roles are typed by the names that they have on every screen.
    roles = [reader.words.gettext(role) for role in wrong.expected]
    return md(
        template, said=quoted(wrong, reader), example=kit.code("@ann manager"), expected=to_type(roles, reader)
    )


def _language(wrong: Wrong, reader: Reader) -> kit.Mrkdwn:
    template = reader.words.gettext("I don't speak {said}. Choose one of these: {expected}.")
    return md(template, said=quoted(wrong, reader), expected=to_type(wrong.expected, reader))


def _dates(reader: Reader) -> kit.Mrkdwn:
    gettext = reader.words.gettext
    return any_of(("friday", gettext("1 march"), gettext("in 2 weeks")), reader)


_EXAMPLES: Final[Mapping[str, str]] = {
    "next": "friday",
    "min": "20",
    "script": "B",
    "source": "fair",
    "step": "3",
    "rep": "ann",
    "phone": "020-1234567",
    "email": "ann@acme.example",
    "person": "Ann Smit",
    "value": "12000",
    "playbook": "b2b-saas",
    "reason": "price",
    "weeks": "13",
    "by": "rep",
    "certainty": "80",
}

_SENTENCES: Final[Mapping[Mistake, Callable[[Wrong, Reader], kit.Mrkdwn]]] = {
    Mistake.UNKNOWN_COMMAND: _unknown_command,
    Mistake.UNKNOWN_PROSPECT: _unknown_prospect,
    Mistake.UNKNOWN_KEY: _unknown_key,
    Mistake.KEY_TWICE: _key_twice,
    Mistake.KEY_EMPTY: _key_empty,
    Mistake.NAME_TOO_LONG: _name_too_long,
    Mistake.DATE_UNREADABLE: _date_unreadable,
    Mistake.DATE_PAST: _date_past,
    Mistake.DATE_IMPOSSIBLE: _date_impossible,
    Mistake.DATE_TOO_FAR: _date_too_far,
    Mistake.WEEKDAY_DIFFERS: _weekday_differs,
    Mistake.MINUTES: _minutes,
    Mistake.AMOUNT: _amount,
    Mistake.EMAIL: _email,
    Mistake.STEP: _step,
    Mistake.FILTER: _filter,
    Mistake.TWO_MEMBERS: _two_members,
    Mistake.ROLE: _role,
    Mistake.LANGUAGE: _language,
    **number_mistakes.SENTENCES,
}
