"""`/nextstep`: help, my language, who may do what, and health."""

from __future__ import annotations

from playbooks.team import Role
from tests.acceptance.conftest import Bot
from tests.fake_slack import Answer, Person
from tests.fake_slack.answers import texts_of


def said(answer: Answer) -> str:
    """Everything that the dialog of an answer says."""
    return "\n".join(texts_of(answer.view.blocks))


def chooses_role(person: Person, role: Role, *, of: str, on: Answer) -> Answer:
    return person.chooses("role", role.value, on=on, within=of)


def test_nextstep_alone_says_what_it_is_and_what_to_type(anna: Person) -> None:
    text = anna.types("/nextstep").text
    assert "the next step. Steps are never skipped." in text
    assert "`/prospect add Acme BV`" in text
    assert anna.types("/nextstep help").text == text


def test_help_leaves_out_what_only_admins_can_do(bot: Bot, anna: Person, bram: Person) -> None:
    anna.types("/nextstep")
    bot.has_role(anna, Role.ADMIN)
    assert "/nextstep roles" in anna.types("/nextstep").text
    assert "/nextstep roles" not in bram.types("/nextstep").text


def test_an_unknown_subcommand_is_answered_with_the_closest(anna: Person) -> None:
    assert "Did you mean `settings`" in anna.types("/nextstep setings").text


def test_a_language_that_is_chosen_is_used_from_then_on(bram: Person) -> None:
    answer = bram.submits(bram.types("/nextstep settings").view, {"language": "English"})
    assert "I write to you in English, as you chose." in said(answer)
    assert "You have no open prospects" in bram.types("/prospect").text


def test_the_settings_tell_the_language_in_words_and_the_time_zone(anna: Person) -> None:
    answer = anna.types("/nextstep settings")
    assert "I write to you in English, as in Slack." in said(answer)
    assert "Europe/Amsterdam" in said(answer)


def test_a_language_can_be_typed_and_given_back_to_slack(bot: Bot, bram: Person) -> None:
    assert "in English, as you chose" in bram.types("/nextstep settings language en").text
    bram.types("/nextstep settings slack")
    with bot.store.reading(bot.slack.workspace.id) as uow:
        member = uow.members.by_slack_id(bram.user.id)
    assert member is not None
    assert (member.language, member.reads) == (None, "nl-NL")


def test_an_unknown_language_is_answered_with_those_there_are(anna: Person) -> None:
    assert "`en`, `nl`, `slack`" in anna.types("/nextstep settings language klingon").text


def test_an_admin_gives_a_role_from_the_list(bot: Bot, anna: Person, bram: Person) -> None:
    anna.types("/nextstep")
    bram.types("/nextstep")
    page = anna.types("/nextstep roles")
    changed = chooses_role(anna, Role.MANAGER, of="*bram*", on=page)
    assert "*bram* is manager now." in changed.text
    assert role_of(bot, bram) is Role.MANAGER


def test_a_role_can_be_typed_with_a_mention_or_a_name(bot: Bot, anna: Person, bram: Person) -> None:
    anna.types("/nextstep")
    bram.types("/nextstep")
    anna.types(f"/nextstep roles <@{bram.user.id}|bram> manager")
    assert role_of(bot, bram) is Role.MANAGER
    anna.types("/nextstep roles bram marketing")
    assert role_of(bot, bram) is Role.MARKETING


def test_the_last_admin_cannot_step_down(bot: Bot, anna: Person, bram: Person) -> None:
    anna.types("/nextstep")
    bram.types("/nextstep")
    assert "anna is the only admin" in anna.types("/nextstep roles me rep").text
    assert role_of(bot, anna) is Role.ADMIN
    anna.types("/nextstep roles bram admin")
    anna.types("/nextstep roles me rep")
    assert role_of(bot, anna) is Role.REP


def test_roles_and_health_are_for_admins(bot: Bot, anna: Person, bram: Person) -> None:
    anna.types("/nextstep")
    bot.has_role(anna, Role.ADMIN)
    bram.types("/nextstep settings language en")
    for text in ("roles", "roles me admin", "health"):
        assert "Only an admin can do this: ask anna." in bram.types(f"/nextstep {text}").text
    assert role_of(bot, bram) is Role.REP


def test_a_list_that_was_opened_as_an_admin_does_nothing_once_one_is_none(
    bot: Bot, anna: Person, bram: Person
) -> None:
    anna.types("/nextstep")
    bram.types("/nextstep")
    page = anna.types("/nextstep roles")
    anna.types("/nextstep roles bram admin")
    anna.types("/nextstep roles me rep")
    assert "Only an admin" in chooses_role(anna, Role.ADMIN, of="*anna*", on=page).text
    assert role_of(bot, anna) is Role.REP


def test_a_mistaken_role_is_answered_with_the_roles(anna: Person) -> None:
    assert "`rep`, `manager`, `marketing`, `admin`" in anna.types("/nextstep roles anna boss").text


def test_health_counts_what_there_is(anna: Person) -> None:
    anna.types("/prospect add Acme BV")
    text = anna.types("/nextstep health").text
    assert "Everything works" in text
    assert "1 member, B2B SaaS, mid-market 1, 1 open prospect, of which 0 stalled." in text


def test_erasing_says_that_it_is_not_there_yet(anna: Person) -> None:
    assert "not possible from Slack yet. Nothing was changed." in anna.types("/nextstep erase Eva").text


def role_of(bot: Bot, person: Person) -> Role:
    with bot.store.reading(bot.slack.workspace.id) as uow:
        member = uow.members.by_slack_id(person.user.id)
    assert member is not None
    return member.role
