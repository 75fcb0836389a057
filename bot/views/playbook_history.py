"""The versions of a playbook: when and by whom each was published, and whose numbers began with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from bot.views import kit
from bot.views.ids import Action
from bot.views.markup import md
from bot.views.message import Message
from bot.views.playbook_pages import PlaybookPage
from bot.views.reader import Reader
from playbooks.pipeline import PlaybookVersion

_VERSIONS_A_PAGE: Final = 20


def history(
    page: PlaybookPage,
    versions: Sequence[PlaybookVersion],
    authors: Mapping[int, str],
    reader: Reader,
    began: Mapping[int, Sequence[int]] | None = None,
) -> Message:
    """Each version with its day and its author, the newest first; `authors` are names by member id.

    `began` are the steps, by the id of the version, whose numbers begin with it.
    """
    title = reader.words.gettext("Versions of {name}", name=versions[0].published.name)
    lines = kit.paged(
        reader,
        versions,
        lambda version: [kit.section(kit.joined(_version(version, authors, began or {}, reader)))],
        previous=Action.HISTORY_BACK,
        following=Action.HISTORY_PAGE,
        start=page.start,
        per_page=_VERSIONS_A_PAGE,
        value=lambda start: page.model_copy(update={"start": start}).model_dump_json(),
    )
    return kit.message(title, kit.header(title), *lines)


def _version(
    version: PlaybookVersion, authors: Mapping[int, str], began: Mapping[int, Sequence[int]], reader: Reader
) -> list[kit.Text]:
    words, number = reader.words, version.published.number
    when = reader.instant(version.at)
    if version.by is None:
        who = md(words.gettext("*Version {number}* · {when}, from a file"), number=number, when=when)
    else:
        author = authors.get(version.by, "")
        who = md(
            words.gettext("*Version {number}* · {when}, by {author}"), number=number, when=when, author=author
        )
    return [who, *_began(began.get(version.published.id, ()), reader)]


def _began(steps: Sequence[int], reader: Reader) -> list[str]:
    """What a version asked or proved differently is another step to the numbers."""
    if not steps:
        return []
    words = reader.words
    return [
        words.ngettext(
            "Its step {steps} asks for another decision or other evidence, so its numbers begin anew.",
            "Its steps {steps} ask for another decision or other evidence, so their numbers begin anew.",
            len(steps),
            steps=words.list_of([words.number(step) for step in steps]),
        )
    ]
