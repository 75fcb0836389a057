"""`/nextstep` in words: commands as they are typed here, languages in their own words, troubles first."""

from __future__ import annotations

from datetime import date

import pytest

from bot.usecases.look_at_health import Health
from bot.views import help_texts, settings
from bot.views.limits import BlockMode
from bot.views.message import Message, Modal
from bot.views.reader import Reader
from bot.views.words import Words
from playbooks.pipeline import PublishedPlaybook
from playbooks.team import Member, Role
from tests.fake_slack.answers import texts_of
from tests.fake_slack.surfaces import check_message, check_view

READERS = [
    Reader(Words(locale, "UTC"), mode, date(2026, 3, 2)) for locale in ("en-GB", "nl-NL") for mode in BlockMode
]
READER = READERS[0]


def a_member(number: int = 1, **changes: object) -> Member:
    usual = {"role": Role.REP, "locale": "nl-NL", "zone": "Europe/Amsterdam", "name": f"Member {number}"}
    return Member(id=number, workspace_id=1, team_id=1, slack_id=f"U{number}", **usual | changes)


def health(**checks: str | None) -> Health:
    return Health(checks, (PublishedPlaybook(1, "b2b", "B2B", 3),), 5, 1200, 30)


def text_of(shown: Message | Modal) -> str:
    return "\n".join(texts_of(list(shown.blocks)))


@pytest.mark.parametrize("reader", READERS)
def test_slack_takes_every_answer(reader: Reader) -> None:
    members = [a_member(number) for number in range(1, 301)]
    for message in (
        help_texts.nextstep(reader, admin=True),
        help_texts.playbook(reader),
        settings.roles(members, 0, reader),
        settings.roles(members, 290, reader, changed=members[0]),
        settings.health(health(database=None, slack="Slack refuses SLACK_BOT_TOKEN: invalid_auth."), reader),
        settings.language_chosen(members[0], reader),
        settings.no_erasing_yet(reader),
    ):
        check_message(message.payload())
    check_view(settings.dialog(members[0], reader).payload(), "modal")


def test_help_shows_commands_with_the_prefix_of_the_workspace() -> None:
    prefixed = Reader(READER.words, READER.blocks, READER.today, prefix="ns-")
    said = text_of(help_texts.nextstep(prefixed, admin=True))
    assert "`/ns-prospect add Acme BV`" in said
    assert "`/prospect" not in said


def test_the_language_of_slack_is_named_in_its_own_words() -> None:
    assert "As in Slack (Nederlands)" in text_of(settings.dialog(a_member(), READER))


def test_troubles_are_told_in_full() -> None:
    said = text_of(settings.health(health(database=None, slack="Slack refuses SLACK_BOT_TOKEN."), READER))
    assert "Something needs attention" in said
    assert "❗ Slack refuses SLACK_BOT_TOKEN." in said
    assert "The database answers" in said


def test_who_left_slack_is_marked_among_the_members() -> None:
    assert "rep, no longer in Slack" in text_of(settings.roles([a_member(active=False)], 0, READER))


def test_a_choice_of_role_names_member_role_and_page() -> None:
    assert settings.read_role_choice("7:manager:20") == (7, Role.MANAGER, 20)
