"""`/nextstep roles`: nothing to see them all, a member and a role to give one."""

import pytest

from bot.grammar.arguments import MemberSaid
from bot.grammar.commands import SetRole, ShowRoles
from bot.grammar.other_commands import read_nextstep
from bot.grammar.readings import Clear, Mistake, Wrong
from playbooks.team import Role


def test_roles_alone_shows_them() -> None:
    assert read_nextstep("roles") == Clear(ShowRoles())


@pytest.mark.parametrize(
    ("text", "member"),
    [
        ("roles <@U1|anna> manager", MemberSaid("U1", "anna")),
        ("rollen @anna leidinggevende", MemberSaid(name="anna")),
        ("roles anna manager", MemberSaid(name="anna")),
        ('role "Anna de Wit" manager', MemberSaid(name="Anna de Wit")),
    ],
)
def test_a_role_is_given_to_a_member(text: str, member: MemberSaid) -> None:
    assert read_nextstep(text) == Clear(SetRole(member, Role.MANAGER))


@pytest.mark.parametrize("text", ["manager", "@anna boss", "@anna", "@anna @ben rep", "anna"])
def test_what_is_no_member_with_a_role_names_the_roles(text: str) -> None:
    assert read_nextstep(f"roles {text}") == Wrong(Mistake.ROLE, text, tuple(Role))
