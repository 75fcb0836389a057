"""Keep the catalogs in step with the code: `python -m bot.views.catalog [--prune]`.

New texts come in untranslated, translations are never overwritten, and a text that the code no
longer has is kept as a comment until `--prune`. The files are sorted and carry no line numbers or
dates, so that a change shows only what changed.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from bot.views.words import DOMAIN, TRANSLATIONS, po_file

_HOUSE = Path(__file__).resolve().parents[2]
SOURCES = (_HOUSE / "bot", _HOUSE / "playbooks")
"""The domain marks sentences too: the faults of a playbook."""
_METHODS = [("**.py", "python"), ("**.j2", "jinja2.ext:babel_extract")]
_KEYWORDS = {"gettext": None, "msgid": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
_NOISE = (b'"POT-Creation-Date', b'"PO-Revision-Date', b'"Generated-By', b'"Report-Msgid-Bugs-To')


def texts_in_code(sources: Sequence[Path] = SOURCES) -> Catalog:
    """Every text in the Python files and templates below these folders that is marked for translation."""
    found = Catalog(domain=DOMAIN)
    for folder in sources:
        for _file, _line, text, comments, meaning in extract_from_dir(
            folder, _METHODS, keywords=_KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
        ):
            if text:
                found.add(text, auto_comments=comments, context=meaning)
    return found


def languages() -> list[str]:
    """The languages that have a catalog."""
    return sorted(folder.name for folder in TRANSLATIONS.iterdir() if po_file(folder.name).is_file())


def read(language: str) -> Catalog:
    """The catalog of a language as it is in the tree, fuzzy and obsolete texts too."""
    with po_file(language).open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def merge(kept: Catalog, texts: Catalog, *, prune: bool = False) -> None:
    """Bring `kept` in step with `texts`: translations stay, also of texts that are gone unless `prune`."""
    kept.update(texts, no_fuzzy_matching=True)
    if prune:
        kept.obsolete.clear()


def drawn(texts: Catalog) -> bytes:
    """The catalog as a .po file, the same for the same texts."""
    file = BytesIO()
    write_po(file, texts, width=110, no_location=True, sort_output=True)
    return b"".join(line for line in file.getvalue().splitlines(keepends=True) if not line.startswith(_NOISE))


def summary(language: str) -> Iterator[str]:
    """What a translator still has to do, a text a line."""
    for message in read(language):
        if message.id and (message.fuzzy or not all(_strings(message.string))):
            yield f"{language}: to translate: {_strings(message.id)[0]}"


def _strings(text: object) -> tuple[str, ...]:
    return tuple(map(str, text)) if isinstance(text, list | tuple) else (str(text or ""),)


def main() -> None:
    """Update every catalog and list what is left to translate."""
    parser = argparse.ArgumentParser(prog="python -m bot.views.catalog", description=__doc__)
    parser.add_argument("--prune", action="store_true", help="drop the texts that the code no longer has")
    prune: bool = parser.parse_args().prune
    texts = texts_in_code()
    for language in languages():
        kept = read(language)
        merge(kept, texts, prune=prune)
        po_file(language).write_bytes(drawn(kept))
        for line in summary(language):
            print(line)  # noqa: T201 - this is a tool for a terminal


if __name__ == "__main__":
    main()
