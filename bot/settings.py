"""What Nextstep is told from outside: environment variables, or a `.env` file beside it.

Every variable is a field here, in the README's table, and nowhere else.
"""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self, TypeVar
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.views.limits import BlockMode

DEFAULT_DATABASE = "sqlite:///nextstep.sqlite3"
SLACK_API = "https://slack.com/api/"


def _known_database(url: str) -> str:
    if not url.startswith(("sqlite:///", "postgresql://", "postgres://", "postgresql+psycopg://")):
        raise ValueError("must start with sqlite:/// or postgresql://")
    return url


def _api_url(url: str) -> str:
    if not url.startswith(("http://", "https://")) or not urlsplit(url).hostname:
        raise ValueError("must be an address that starts with http:// or https://")
    return url if url.endswith("/") else url + "/"


def _prefix(prefix: str) -> str:
    if not re.fullmatch("[a-z0-9_-]{0,20}", prefix):
        raise ValueError("takes at most 20 lower-case letters, digits, - and _")
    return prefix


def _log_format(name: str) -> str:
    if name not in {"text", "json"}:
        raise ValueError("must be text or json")
    return name


class Deliverer(StrEnum):
    """Which process sends what Nextstep sends by itself."""

    AUTO = "auto"
    WEB = "web"
    WORKER = "worker"


def _check_token(name: str, token: SecretStr | None, start: str) -> None:
    if token is not None and not token.get_secret_value().startswith(start):
        raise ValueError(f"{name} must start with {start}: this looks like another kind of token")


class DatabaseSettings(BaseSettings):
    """What every command needs that touches data."""

    model_config = SettingsConfigDict(
        env_file=".env", extra="ignore", hide_input_in_errors=True, env_ignore_empty=True
    )

    database_url: Annotated[str, AfterValidator(_known_database)] = Field(
        DEFAULT_DATABASE,
        validation_alias="DATABASE_URL",
        description="sqlite:///file or postgresql://user@host/name",
    )
    log_format: Annotated[str, AfterValidator(_log_format)] = Field(
        "text", validation_alias="NEXTSTEP_LOG", description="text for people, json for machines"
    )


class NamingSettings(DatabaseSettings):
    """What the manifest needs: how the commands are called."""

    command_prefix: Annotated[str, AfterValidator(_prefix)] = Field(
        "", validation_alias="NEXTSTEP_COMMAND_PREFIX", description="put before every command name, such as ns-"
    )


class WorkerSettings(NamingSettings):
    """What a process needs that only sends."""

    bot_token: SecretStr = Field(
        validation_alias="SLACK_BOT_TOKEN", description="xoxb-..., from OAuth & Permissions"
    )
    api_url: Annotated[str, AfterValidator(_api_url)] = Field(
        SLACK_API, validation_alias="SLACK_API_URL", description="another Slack-like server"
    )
    blocks: BlockMode = Field(
        BlockMode.FULL, validation_alias="SLACK_BLOCKS", description="full, or core for clients that draw less"
    )

    @model_validator(mode="after")
    def _bot_token_is_one(self) -> Self:
        _check_token("SLACK_BOT_TOKEN", self.bot_token, "xoxb-")
        return self


class StarterSettings(DatabaseSettings):
    """What a command needs that may begin a workspace."""

    playbooks: str = Field(
        "",
        validation_alias="NEXTSTEP_PLAYBOOKS",
        description="shipped names or YAML files, the default first; empty: by the first member's language",
    )


class Settings(WorkerSettings, StarterSettings):
    """What the running bot needs."""

    deliveries: Deliverer = Field(
        Deliverer.AUTO,
        validation_alias="NEXTSTEP_DELIVERIES",
        description="who sends messages by itself: web, worker (nextstep worker), or auto: web on SQLite, "
        "worker on PostgreSQL",
    )
    app_token: SecretStr | None = Field(
        None, validation_alias="SLACK_APP_TOKEN", description="xapp-..., for Socket Mode; without it HTTP"
    )
    signing_secret: SecretStr | None = Field(
        None, validation_alias="SLACK_SIGNING_SECRET", description="from Basic Information; needed for HTTP"
    )
    port: Annotated[int, Field(ge=1, le=65535)] = Field(
        3000, validation_alias="PORT", description="where HTTP listens"
    )
    host: str = Field(
        "127.0.0.1",
        validation_alias="NEXTSTEP_HOST",
        description="the address HTTP listens on; on a platform mostly 0.0.0.0",
    )
    threads: Annotated[int, Field(ge=1, le=64)] = Field(
        4, validation_alias="NEXTSTEP_THREADS", description="requests answered at the same time"
    )

    @model_validator(mode="after")
    def _reachable(self) -> Self:
        if self.app_token is None and self.signing_secret is None:
            raise ValueError(
                "set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP), so that Slack can reach us"
            )
        _check_token("SLACK_APP_TOKEN", self.app_token, "xapp-")
        return self

    @property
    def socket_mode(self) -> bool:
        return self.app_token is not None

    @property
    def web_delivers(self) -> bool:
        """Whether `nextstep web` sends what is due, too."""
        if self.deliveries is Deliverer.AUTO:
            return self.database_url.startswith("sqlite")
        return self.deliveries is Deliverer.WEB


class SettingsError(Exception):
    """One sentence for each setting that is missing or wrong; never a value, for it may be a secret."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


Kind = TypeVar("Kind", bound=DatabaseSettings)


def read(kind: type[Kind], env_file: Path | None = None) -> Kind:
    """Settings from the environment and `.env`. Raises `SettingsError` with a sentence for each mistake."""
    try:
        return kind() if env_file is None else kind(_env_file=env_file)
    except ValidationError as error:
        raise SettingsError([_sentence(fault) for fault in error.errors(include_input=False)]) from None


def _sentence(fault: ErrorDetails) -> str:
    said = str(fault.get("ctx", {}).get("error") or fault["msg"])
    if not fault["loc"]:
        return said[:1].upper() + said[1:] + "."
    name = str(fault["loc"][0])
    meaning = next((text for alias, _, text in variables() if alias == name), "")
    if fault["type"] == "missing":
        return f"{name} is not set; it is: {meaning}."
    return f"{name} {said[:1].lower() + said[1:]} ({meaning})."


def variables() -> list[tuple[str, str, str]]:
    """Name, default and meaning of every variable, for the README's table."""
    return [
        (str(field.validation_alias), _default(field.default), field.description or "")
        for field in Settings.model_fields.values()
    ]


def _default(value: object) -> str:
    return "" if value is None or repr(value) == "PydanticUndefined" else str(value)
