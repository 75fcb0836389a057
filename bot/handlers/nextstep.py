"""`/nextstep`: help, and for admins roles and health; `settings.py` has the settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.grammar import commands as said
from bot.grammar.commands import NextstepCommand
from bot.grammar.other_commands import read_nextstep
from bot.grammar.readings import Clear, Wrong
from bot.handlers import health
from bot.handlers import settings as my
from bot.handlers.desk import Desk
from bot.handlers.forms import Click
from bot.handlers.members import member_said
from bot.handlers.replies import Replaces, Reply
from bot.handlers.router import Router
from bot.usecases.change_role import ChangeRole, change_role, only_for_admins
from bot.views import help_texts, mistakes, settings
from bot.views.ids import Action
from bot.views.message import Message
from playbooks.team import Role

NAME: Final = "nextstep"


def register(router: Router) -> None:
    router.commands[NAME] = on_command
    router.clicks[Action.HELP] = on_help
    router.clicks[Action.ROLE] = on_role
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


def on_role(desk: Desk, click: Click) -> Reply:
    """Another role was chosen beside a member's name."""
    member, role, start = settings.read_role_choice(click.value)
    return Replaces(_with_role(desk, member, role, start))


def on_roles_turn(desk: Desk, click: Click) -> Reply:
    return Replaces(_roles(desk, int(click.value)))


def _help(desk: Desk, _: said.ShowHelp) -> Reply:
    return help_texts.nextstep(desk.reader, admin=desk.member.role is Role.ADMIN)


def _show_roles(desk: Desk, _: said.ShowRoles) -> Reply:
    return _roles(desk, 0)


def _set_role(desk: Desk, command: said.SetRole) -> Reply:
    return _with_role(desk, member_said(desk, command.member).id, command.role, 0)


def _health(desk: Desk, _: said.ShowHealth) -> Reply:
    return health.show(desk)


def _erase(desk: Desk, _: said.ErasePerson) -> Reply:
    return settings.no_erasing_yet(desk.reader)


_DO: Final[Mapping[type[NextstepCommand], Callable[[Desk, Any], Reply]]] = {
    said.ShowHelp: _help,
    said.ShowSettings: my.show,
    said.ShowTeamSettings: my.show_team,
    said.SetLanguage: my.set_language,
    said.TakeDaysOff: my.off,
    said.Pause: my.pause,
    said.Resume: my.resume,
    said.ShowRoles: _show_roles,
    said.SetRole: _set_role,
    said.ShowHealth: _health,
    said.ErasePerson: _erase,
}


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
