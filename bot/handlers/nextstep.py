"""`/nextstep`: help, my settings, and for admins roles and health."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from bot.grammar import commands as said
from bot.grammar.commands import NextstepCommand
from bot.grammar.other_commands import read_nextstep
from bot.grammar.readings import Clear, Wrong
from bot.handlers.answering import as_modal
from bot.handlers.desk import Desk
from bot.handlers.forms import Click, Form
from bot.handlers.members import member_said
from bot.handlers.replies import Redraws, Replaces, Reply
from bot.handlers.router import Router
from bot.usecases.change_role import ChangeRole, change_role, only_for_admins
from bot.usecases.look_at_health import look_at_health
from bot.usecases.members import choose_language
from bot.views import help_texts, mistakes, settings
from bot.views.ids import Action, Block, Callback
from bot.views.message import Message
from bot.views.reader import Reader
from bot.views.words import Words
from playbooks.team import Member, Role

NAME: Final = "nextstep"


def register(router: Router) -> None:
    router.commands[NAME] = on_command
    router.clicks[Action.HELP] = on_help
    router.clicks[Action.SETTINGS] = on_settings
    router.clicks[Action.ROLE] = on_role
    router.submissions[Callback.SETTINGS] = on_settings_submission
    for turn in (Action.ROLES_PAGE, Action.ROLES_BACK):
        router.clicks[turn] = on_roles_turn


def on_command(desk: Desk, text: str) -> Reply:
    match read_nextstep(text):
        case Clear(command=command):
            return _DO[type(command)](desk, command)
        case Wrong() as wrong:
            return mistakes.wrong(wrong, text, desk.reader)
        case _:
            return _help(desk, said.ShowHelp())


def on_help(desk: Desk, _: Click) -> Reply:
    return _help(desk, said.ShowHelp())


def on_settings(desk: Desk, _: Click) -> Reply:
    return _settings(desk, said.ShowSettings())


def on_settings_submission(desk: Desk, form: Form) -> Reply:
    """The whole dialog is drawn anew: its own words change language as well."""
    chosen = form.text(Block.LANGUAGE)
    member, reader = _in_language(desk, None if chosen == settings.AS_IN_SLACK else chosen)
    return Redraws(as_modal(settings.language_chosen(member, reader), reader))


def on_role(desk: Desk, click: Click) -> Reply:
    """Another role was chosen beside a member's name."""
    member, role, start = settings.read_role_choice(click.value)
    return Replaces(_with_role(desk, member, role, start))


def on_roles_turn(desk: Desk, click: Click) -> Reply:
    return Replaces(_roles(desk, int(click.value)))


def _help(desk: Desk, _: said.ShowHelp) -> Reply:
    return help_texts.nextstep(desk.reader, admin=desk.member.role is Role.ADMIN)


def _settings(desk: Desk, _: said.ShowSettings) -> Reply:
    return settings.dialog(desk.member, desk.reader)


def _set_language(desk: Desk, command: said.SetLanguage) -> Reply:
    return settings.language_chosen(*_in_language(desk, command.language or None))


def _show_roles(desk: Desk, _: said.ShowRoles) -> Reply:
    return _roles(desk, 0)


def _set_role(desk: Desk, command: said.SetRole) -> Reply:
    return _with_role(desk, member_said(desk, command.member).id, command.role, 0)


def _health(desk: Desk, _: said.ShowHealth) -> Reply:
    return settings.health(look_at_health(desk.checks, desk.reading(), desk.act), desk.reader)


def _erase(desk: Desk, _: said.ErasePerson) -> Reply:
    return settings.no_erasing_yet(desk.reader)


_DO: Final[Mapping[type[NextstepCommand], Callable[[Desk, Any], Reply]]] = {
    said.ShowHelp: _help,
    said.ShowSettings: _settings,
    said.SetLanguage: _set_language,
    said.ShowRoles: _show_roles,
    said.SetRole: _set_role,
    said.ShowHealth: _health,
    said.ErasePerson: _erase,
}


def _in_language(desk: Desk, language: str | None) -> tuple[Member, Reader]:
    """The member with the language that was chosen, and the reader who reads it from now on."""
    member = choose_language(desk.member, language, desk.slack_team, desk.units)
    return member, replace(desk.reader, words=Words(member.reads, member.zone))


def _roles(desk: Desk, start: int) -> Message:
    with desk.reading() as uow:
        only_for_admins(uow, desk.member.id)
        members = uow.members.all()
    return settings.roles(members, start, desk.reader)


def _with_role(desk: Desk, member: int, role: Role, start: int) -> Message:
    changed = change_role(ChangeRole(member, role), desk.writing(), desk.act)
    with desk.reading() as uow:
        members = uow.members.all()
    return settings.roles(members, start, desk.reader, changed=changed)
