"""Each setting that is missing or wrong is one sentence, and no sentence holds a secret."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import DatabaseSettings, NamingSettings, Settings, SettingsError, read, variables
from bot.views.limits import BlockMode

SECRET = "s3cret-that-nobody-may-read"
HTTP = {"SLACK_BOT_TOKEN": f"xoxb-{SECRET}", "SLACK_SIGNING_SECRET": SECRET}


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[pytest.MonkeyPatch]:
    """No setting in the environment, and no `.env` in the folder."""
    for name, _, _ in variables():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return monkeypatch


def given(bare: pytest.MonkeyPatch, **settings: str) -> Settings:
    for name, value in settings.items():
        bare.setenv(name, value)
    return read(Settings)


def refused(bare: pytest.MonkeyPatch, **settings: str) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        given(bare, **settings)
    assert SECRET not in str(caught.value)
    return caught.value.sentences


def test_two_settings_are_enough_for_http(bare: pytest.MonkeyPatch) -> None:
    settings = given(bare, **HTTP)
    assert not settings.socket_mode
    assert (settings.host, settings.port, settings.threads) == ("127.0.0.1", 3000, 4)
    assert settings.database_url == "sqlite:///nextstep.sqlite3"
    assert settings.api_url == "https://slack.com/api/"
    assert settings.blocks is BlockMode.FULL


def test_with_an_app_token_it_is_socket_mode(bare: pytest.MonkeyPatch) -> None:
    assert given(bare, SLACK_BOT_TOKEN="xoxb-1", SLACK_APP_TOKEN="xapp-1").socket_mode


def test_a_missing_token_is_named_with_where_to_find_it(bare: pytest.MonkeyPatch) -> None:
    (sentence,) = refused(bare, SLACK_SIGNING_SECRET=SECRET)
    assert sentence == "SLACK_BOT_TOKEN is not set; it is: xoxb-..., from OAuth & Permissions."


def test_without_a_way_in_for_slack_both_ways_are_named(bare: pytest.MonkeyPatch) -> None:
    (sentence,) = refused(bare, SLACK_BOT_TOKEN="xoxb-1")
    assert "SLACK_APP_TOKEN" in sentence
    assert "SLACK_SIGNING_SECRET" in sentence


def test_an_empty_signing_secret_is_no_secret(bare: pytest.MonkeyPatch) -> None:
    (sentence,) = refused(bare, SLACK_BOT_TOKEN="xoxb-1", SLACK_SIGNING_SECRET="")
    assert "SLACK_SIGNING_SECRET" in sentence


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SLACK_BOT_TOKEN", f"xapp-{SECRET}", "must start with xoxb-"),
        ("SLACK_APP_TOKEN", f"xoxb-{SECRET}", "must start with xapp-"),
        ("SLACK_API_URL", f"ftp://{SECRET}", "must be an address that starts with http"),
        ("SLACK_API_URL", "https://", "must be an address that starts with http"),
        ("SLACK_BLOCKS", SECRET, "'full' or 'core'"),
        ("DATABASE_URL", f"mysql://u:{SECRET}@host/db", "must start with sqlite:/// or postgresql://"),
        ("NEXTSTEP_COMMAND_PREFIX", f"/{SECRET} !", "at most 20 lower-case letters"),
        ("NEXTSTEP_LOG", SECRET, "must be text or json"),
        ("NEXTSTEP_THREADS", "0", "greater than or equal to 1"),
        ("NEXTSTEP_THREADS", SECRET, "valid integer"),
        ("PORT", "70000", "less than or equal to 65535"),
        ("PORT", SECRET, "valid integer"),
    ],
)
def test_a_wrong_setting_is_one_sentence_that_says_what_would_be_right(
    bare: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    (sentence,) = refused(bare, **{**HTTP, name: value})
    assert sentence.startswith(name)
    assert said in sentence
    assert sentence.endswith(".")


def test_all_mistakes_are_said_at_once(bare: pytest.MonkeyPatch) -> None:
    assert len(refused(bare, PORT="0", SLACK_BLOCKS="some", NEXTSTEP_LOG="xml")) == 4


def test_a_dot_env_file_is_read_and_the_environment_comes_first(bare: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SLACK_BOT_TOKEN=xoxb-file\nSLACK_SIGNING_SECRET=of-the-file\nPORT=4000\n")
    settings = given(bare, PORT="5000")
    assert settings.bot_token.get_secret_value() == "xoxb-file"
    assert settings.port == 5000


def test_commands_that_only_touch_data_need_no_token() -> None:
    assert read(DatabaseSettings).database_url == "sqlite:///nextstep.sqlite3"


def test_the_manifest_knows_the_prefix_of_a_dot_env_file_and_needs_no_token(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("NEXTSTEP_COMMAND_PREFIX=ns-\n")
    assert read(NamingSettings).command_prefix == "ns-"


def test_an_api_address_ends_in_a_slash(bare: pytest.MonkeyPatch) -> None:
    assert given(bare, **HTTP, SLACK_API_URL="http://127.0.0.1:9/api").api_url == "http://127.0.0.1:9/api/"


def test_no_secret_is_shown_when_settings_are_printed(bare: pytest.MonkeyPatch) -> None:
    assert SECRET not in repr(given(bare, **HTTP, SLACK_APP_TOKEN=f"xapp-{SECRET}"))


def test_every_variable_has_a_meaning_for_the_readme() -> None:
    table = variables()
    assert all(name and meaning for name, _, meaning in table)
    assert {"SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_API_URL", "DATABASE_URL"} <= {
        name for name, _, _ in table
    }
    own = [name for name, _, _ in table if not name.startswith(("SLACK_", "DATABASE_URL", "PORT"))]
    assert all(name.startswith("NEXTSTEP_") for name in own)
