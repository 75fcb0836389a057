"""Every text that the code shows is translated, and the catalogs hold nothing else."""

import ast
import string
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Catalog, Message

from bot.views import catalog
from bot.views.words import TRANSLATIONS
from playbooks.fault_codes import PHRASES

LANGUAGES = catalog.languages()


def strings(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, list | tuple) else (text or "",)


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def keys(texts: Catalog) -> set[tuple[str | None, str]]:
    return {(message.context, strings(message.id)[0]) for message in texts if message.id}


def translated(language: str) -> Iterator[Message]:
    return (message for message in catalog.read(language) if message.id)


def marks_a_text(call: ast.Call) -> bool:
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    literal = bool(call.args) and isinstance(call.args[0], ast.Constant)
    return literal and name in {"gettext", "msgid", "ngettext", "pgettext"}


def test_dutch_has_a_catalog() -> None:
    assert LANGUAGES == ["nl"]
    assert not list(TRANSLATIONS.rglob("*.mo")), "the .po is the only source"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_in_the_code_is_in_the_catalog(language: str) -> None:
    missing = keys(catalog.texts_in_code()) - keys(catalog.read(language))
    assert not missing, "run: python -m bot.views.catalog"


def test_no_text_hides_in_an_f_string_where_it_is_not_found() -> None:
    hidden = [
        f"{file}:{call.lineno}"
        for folder in catalog.SOURCES
        for file in folder.rglob("*.py")
        for text in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and marks_a_text(call)
    ]
    assert hidden == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_in_the_catalog_is_in_the_code(language: str) -> None:
    texts = catalog.read(language)
    unused = keys(texts) - keys(catalog.texts_in_code())
    assert not unused, "run: python -m bot.views.catalog --prune"
    assert not texts.obsolete, "run: python -m bot.views.catalog --prune"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_and_nobody_guessed(language: str) -> None:
    untranslated = [message.id for message in translated(language) if not all(strings(message.string))]
    fuzzy = [message.id for message in translated(language) if message.fuzzy]
    assert untranslated == []
    assert fuzzy == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_fills_in_what_the_text_fills_in(language: str) -> None:
    for message in translated(language):
        wanted = set().union(*map(fields, strings(message.id)))
        for text in filter(None, strings(message.string)):
            assert fields(text) <= wanted, f"{text!r} has a field that {message.id!r} does not have"
        shown = set().union(*map(fields, filter(None, strings(message.string))))
        assert not message.string or shown == wanted, f"the translation of {message.id!r} leaves a field out"


def test_a_text_names_its_fields() -> None:
    for message in catalog.texts_in_code():
        for name in set().union(*map(fields, strings(message.id))):
            assert name.isidentifier(), f"{message.id!r}: a field is a plain name, not {name!r}"


def texts_with(**translations: str) -> Catalog:
    texts = Catalog(locale="nl")
    for text, translation in translations.items():
        texts.add(text, translation)
    return texts


def test_an_update_keeps_translations_and_brings_in_new_texts() -> None:
    kept = texts_with(won="gewonnen", gone="weg")
    catalog.merge(kept, texts_with(won="", lost=""))
    assert kept["won"].string == "gewonnen"
    assert not kept["lost"].string
    assert "gone" in kept.obsolete


def test_pruning_drops_what_the_code_no_longer_has() -> None:
    kept = texts_with(gone="weg")
    catalog.merge(kept, texts_with(won=""), prune=True)
    assert not kept.obsolete


def test_a_catalog_is_drawn_without_dates_and_in_order() -> None:
    text = catalog.drawn(texts_with(won="gewonnen", lost="verloren")).decode()
    assert "Date" not in text
    assert text.index('"lost"') < text.index('"won"')


def test_the_faults_of_a_playbook_are_among_the_texts() -> None:
    texts = keys(catalog.texts_in_code())
    for phrase in PHRASES.values():
        assert {(None, phrase.wrong), (None, phrase.right)} <= texts
