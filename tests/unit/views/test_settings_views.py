"""`/nextstep` in words: commands as they are typed here, languages in their own words, troubles first."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.grammar.days_off import read_days_off
from bot.usecases.change_team import TeamSettings
from bot.usecases.look_at_health import Health
from bot.usecases.look_at_settings import MySettings
from bot.views import health as health_view
from bot.views import help_texts, my_settings, settings, team_settings
from bot.views.limits import BlockMode
from bot.views.message import Message, Modal
from bot.views.reader import Reader
from bot.views.words import Words
from playbooks.calendar import DaysOff
from playbooks.pipeline import PublishedPlaybook
from playbooks.team import Member, Rhythm, Role, Team
from tests.fake_slack.answers import texts_of
from tests.fake_slack.surfaces import check_message, check_view

READERS = [
    Reader(Words(locale, "UTC"), mode, date(2026, 3, 2)) for locale in ("en-GB", "nl-NL") for mode in BlockMode
]
READER = READERS[0]
CHRISTMAS = DaysOff(date(2026, 12, 24), date(2027, 1, 2))


def a_member(number: int = 1, **changes: object) -> Member:
    usual = {"role": Role.REP, "locale": "nl-NL", "zone": "Europe/Amsterdam", "name": f"Member {number}"}
    return Member(id=number, workspace_id=1, team_id=1, slack_id=f"U{number}", **usual | changes)


def health(**checks: str | None) -> Health:
    return Health(checks, (PublishedPlaybook(1, "b2b", "B2B", 3),), 5, 1200, 30)


def my_settings_of(member: Member, reader: Reader, **rhythm: object) -> MySettings:
    """On holiday around Christmas, in Bayern."""
    usual = Rhythm(country="DE", region="BY")
    next_at = datetime(2026, 3, 3, 7, 30, tzinfo=UTC)
    return MySettings(member, replace(usual, **rhythm), (CHRISTMAS, DaysOff(reader.today, reader.today)), next_at)


def team_of(members: list[Member]) -> TeamSettings:
    team = Team(1, 1, "Sales", channel="C024BE91L", manager_id=members[0].id)
    return TeamSettings(team, tuple(members), "Europe/Amsterdam", datetime(2026, 3, 9, 8, tzinfo=UTC))


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
        health_view.health(health(database=None, slack="Slack refuses SLACK_BOT_TOKEN: invalid_auth."), reader),
        settings.language_chosen(members[0], reader),
        settings.no_erasing_yet(reader),
    ):
        check_message(message.payload())
    for paused_until in (None, reader.today):
        now = my_settings_of(members[0], reader, paused_until=paused_until)
        check_view(my_settings.dialog(now, reader).payload(), "modal")
        check_message(my_settings.changed(now, reader).payload())
        check_message(my_settings.paused(now, reader).payload())
        check_message(my_settings.days_off_taken(now.days_off, now, reader).payload())
    for few_or_many in (members[:3], members):
        team = team_of(few_or_many)
        check_view(team_settings.dialog(team, reader).payload(), "modal")
        check_message(team_settings.changed(team, None, reader).payload())


def test_help_shows_commands_with_the_prefix_of_the_workspace() -> None:
    prefixed = Reader(READER.words, READER.blocks, READER.today, prefix="ns-")
    said = text_of(help_texts.nextstep(prefixed, admin=True))
    assert "`/ns-prospect add Acme BV`" in said
    assert "`/prospect" not in said


def test_the_language_of_slack_is_named_in_its_own_words() -> None:
    dialog = my_settings.dialog(my_settings_of(a_member(), READER), READER)
    assert "As in Slack (Nederlands)" in text_of(dialog)


def test_troubles_are_told_in_full() -> None:
    said = text_of(health_view.health(health(database=None, slack="Slack refuses SLACK_BOT_TOKEN."), READER))
    assert "Something needs attention" in said
    assert "❗ Slack refuses SLACK_BOT_TOKEN." in said
    assert "The database answers" in said


def test_who_left_slack_is_marked_among_the_members() -> None:
    assert "rep, no longer in Slack" in text_of(settings.roles([a_member(active=False)], 0, READER))


def test_a_choice_of_role_names_member_role_and_page() -> None:
    assert settings.read_role_choice("7:manager:20") == (7, Role.MANAGER, 20)


@given(st.integers(0, 400), st.integers(0, 300), st.sampled_from(["en-GB", "en-US", "nl-NL"]))
def test_days_off_as_they_stand_in_the_field_can_be_read_back(start: int, length: int, locale: str) -> None:
    first = READER.today + timedelta(days=start)
    off = (DaysOff(first, first + timedelta(days=length)),)
    reader = Reader(Words(locale, "UTC"), BlockMode.FULL, READER.today)
    assert read_days_off(my_settings.typed_days(off, reader), READER.today, locale) == off


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({0, 1, 2, 3, 4}, "Monday to Friday"),
        ({0, 1, 2, 4}, "Monday, Tuesday, Wednesday and Friday"),
        ({5, 6}, "Saturday and Sunday"),
        (range(7), "Monday to Sunday"),
    ],
)
def test_working_days_are_said_as_people_do(days: set[int], said: str) -> None:
    assert my_settings.weekdays(frozenset(days), READER) == said
