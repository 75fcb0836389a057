from __future__ import annotations

from bot.demo.slack_server import bot_environment
from bot.demo.workspace import BOT_USER_ID, MEMBERS, slack_config
from playbooks.team import Role


def test_the_demo_has_five_members_in_two_time_zones_reading_two_languages() -> None:
    assert len(MEMBERS) == 5
    assert {member.zone for member in MEMBERS} == {"Europe/Amsterdam", "Europe/London"}
    assert {member.locale[:2] for member in MEMBERS} == {"nl", "en"}
    assert {member.role for member in MEMBERS} == {Role.REP, Role.MANAGER, Role.MARKETING}


def test_everyone_and_the_bot_are_in_the_channels_of_sales_and_marketing() -> None:
    channels = {channel["name"]: channel["members"] for channel in slack_config("Monday")["channels"]}
    assert set(channels) == {"sales", "marketing"}
    for members in channels.values():
        assert set(members) == {BOT_USER_ID, *(member.slack_id for member in MEMBERS)}


def test_settings_of_a_real_slack_and_proxies_never_reach_the_demos_bot(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("SLACK_CLIENT_ID", "real")
    monkeypatch.setenv("NEXTSTEP_PREFIX", "real")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example")
    environment = bot_environment(tmp_path, 3210)
    assert not {"SLACK_CLIENT_ID", "NEXTSTEP_PREFIX", "HTTPS_PROXY"} & environment.keys()
    assert environment["SLACK_API_URL"] == "http://127.0.0.1:3210/api/"
    assert environment["DATABASE_URL"] == f"sqlite:///{tmp_path}/nextstep.sqlite3"
