"""Words to type after a command, in the reader's language: the grammar reads them in each."""

from __future__ import annotations

from collections.abc import Mapping

from bot.views.reader import Reader


def typed(said: str, reader: Reader) -> str:
    """The reader's word for a subcommand, key, filter or example (`advance`, `source:`); any other as it is."""
    word = said.removesuffix(":")
    return _words(reader).get(word, word) + said[len(word) :]


def _words(reader: Reader) -> Mapping[str, str]:
    return {**_subcommands(reader), **_keys(reader), **_others(reader)}


def _subcommands(reader: Reader) -> Mapping[str, str]:
    pgettext = reader.words.pgettext
    return {
        "add": pgettext("typed", "add"),
        "advance": pgettext("typed", "advance"),
        "log": pgettext("typed", "log"),
        "lost": pgettext("typed", "lost"),
        "not-now": pgettext("typed", "not-now"),
        "wait": pgettext("typed", "wait"),
        "decide": pgettext("typed", "decide"),
        "show": pgettext("typed", "show"),
        "list": pgettext("typed", "list"),
        "assign": pgettext("typed", "assign"),
        "undo": pgettext("typed", "undo"),
        "help": pgettext("typed", "help"),
        "settings": pgettext("typed", "settings"),
        "roles": pgettext("typed", "roles"),
        "health": pgettext("typed", "health"),
        "erase": pgettext("typed", "erase"),
    }


def _keys(reader: Reader) -> Mapping[str, str]:
    """`next` is a subcommand as well, by the same word in each language."""
    pgettext = reader.words.pgettext
    return {
        "next": pgettext("typed", "next"),
        "source": pgettext("typed", "source"),
        "step": pgettext("typed", "step"),
        "rep": pgettext("typed", "rep"),
        "phone": pgettext("typed", "phone"),
        "email": pgettext("typed", "email"),
        "person": pgettext("typed", "person"),
        "value": pgettext("typed", "value"),
        "playbook": pgettext("typed", "playbook"),
        "note": pgettext("typed", "note"),
        "reason": pgettext("typed", "reason"),
        "other": pgettext("typed", "other"),
        "weeks": pgettext("typed", "weeks"),
        "by": pgettext("typed", "by"),
        "certainty": pgettext("typed", "certainty"),
    }


def _others(reader: Reader) -> Mapping[str, str]:
    pgettext = reader.words.pgettext
    return {
        "stalled": pgettext("typed", "stalled"),
        "friday": pgettext("typed", "friday"),
        "fair": pgettext("typed", "fair"),
        "price": pgettext("typed", "price"),
        "weeks:13": pgettext("typed", "weeks:13"),
        "source:fair": pgettext("typed", "source:fair"),
        "by:rep": pgettext("typed", "by:rep"),
        "10 per week": pgettext("typed", "10 per week"),
        "40 per month": pgettext("typed", "40 per month"),
        "week": pgettext("typed", "week"),
        "month": pgettext("typed", "month"),
        "quarter": pgettext("typed", "quarter"),
        "year": pgettext("typed", "year"),
        "variant": pgettext("typed", "variant"),
    }
