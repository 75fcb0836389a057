"""`/nextstep`: a member's language, everybody's roles, and health."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from bot.views import kit
from bot.views.elements import Option
from bot.views.ids import Action
from bot.views.ids import Block as Field
from bot.views.markup import md
from bot.views.message import Block, Message
from bot.views.reader import Reader
from bot.views.words import Words, msgid
from playbooks.team import Member, Role

AS_IN_SLACK: Final = "slack"
"""The choice that is no language of its own."""

_NAMES: Final[Mapping[str, str]] = {"en": "English", "nl": "Nederlands"}
"""Each language in its own words, for who cannot read the present one."""

_ROLES: Final[Mapping[Role, str]] = {
    Role.REP: msgid("rep"),
    Role.MANAGER: msgid("manager"),
    Role.MARKETING: msgid("marketing"),
    Role.ADMIN: msgid("admin"),
}


def language_field(member: Member, reader: Reader) -> Block:
    """A choice of languages, each in its own words."""
    words = reader.words
    in_slack = _NAMES[Words(member.locale).language]
    options = [
        Option(words.gettext("As in Slack ({language})", language=in_slack), AS_IN_SLACK),
        *(Option(name, language) for language, name in _NAMES.items()),
    ]
    chosen = kit.radio(Action.FIELD, options, initial=member.language or AS_IN_SLACK)
    return kit.input_block(words.gettext("My language"), chosen, block=Field.LANGUAGE)


def language_chosen(member: Member, reader: Reader) -> Message:
    """In the language that was chosen."""
    text = language_now(member, reader)
    again = kit.button(reader.words.gettext("Settings"), Action.SETTINGS)
    return kit.message(text, kit.section(text), kit.actions(again))


def roles(members: Sequence[Member], start: int, reader: Reader, *, changed: Member | None = None) -> Message:
    """Every member with a menu of roles; `changed` just got another one."""
    words = reader.words
    title = words.ngettext(
        "{n} member and their role", "{n} members and their roles", len(members), n=len(members)
    )
    blocks: list[Block] = [kit.header(title)]
    if changed is not None:
        blocks.insert(0, kit.section(_new_role(changed, reader)))
    blocks += kit.paged(
        reader,
        members,
        lambda member: _member(member, start, reader),
        previous=Action.ROLES_BACK,
        following=Action.ROLES_PAGE,
        start=start,
    )
    return kit.message(title if changed is None else _new_role(changed, reader), *blocks)


def read_role_choice(value: str) -> tuple[int, Role, int]:
    """Which member, which role, and which page it was chosen on. Raises ValueError for what is not ours."""
    member, role, start = value.split(":")
    return int(member), Role(role), int(start)


def no_erasing_yet(reader: Reader) -> Message:
    return kit.message(
        reader.words.gettext("Erasing a person is not possible from Slack yet. Nothing was changed.")
    )


def language_now(member: Member, reader: Reader) -> str:
    """Which language is in force, and why."""
    words = reader.words
    language = _NAMES[words.language]
    if member.language is None:
        return words.gettext("I write to you in {language}, as in Slack.", language=language)
    return words.gettext("I write to you in {language}, as you chose.", language=language)


def _member(member: Member, start: int, reader: Reader) -> list[Block]:
    words = reader.words
    role = words.gettext(_ROLES[member.role])
    away = [] if member.active else [words.gettext("no longer in Slack")]
    options = [Option(words.gettext(text), f"{member.id}:{one}:{start}") for one, text in _ROLES.items()]
    menu = kit.select(Action.ROLE, options, initial=f"{member.id}:{member.role}:{start}")
    return [
        kit.section(md("*{name}* · {what}", name=member.name, what=", ".join([role, *away]))),
        kit.actions(menu),
    ]


def _new_role(member: Member, reader: Reader) -> kit.Mrkdwn:
    words = reader.words
    return md(words.gettext("*{name}* is {role} now."), name=member.name, role=words.gettext(_ROLES[member.role]))
