"""The only place that wires things together: settings, storage, handlers and Slack make a running bot."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import storage
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.errors import SlackApiError

from bot import playbook_files, web
from bot.handlers import build_router
from bot.handlers.edge import Edge
from bot.settings import Settings
from bot.slack.client import web_client
from bot.slack.installations import Authorizer, Installations, OneToken
from bot.slack.profiles import fetch_profile
from bot.usecases.members import Starters
from playbooks.ports import Units


def now() -> datetime:
    """The one clock."""
    return datetime.now(UTC)


def build_app(
    settings: Settings,
    units: Units,
    starters: Starters,
    *,
    installations: Installations | None = None,
    clock: Callable[[], datetime] = now,
) -> App:
    """The Bolt app with every handler. Answers stand in the acknowledgement: work is done before it."""
    client = web_client(settings.api_url)
    secret = settings.signing_secret
    authorizer = Authorizer(installations or OneToken(settings.bot_token.get_secret_value()), client)
    app = App(
        process_before_response=True,
        client=client,
        authorize=lambda team_id: authorizer(team_id),  # noqa: PLW0108 - Bolt reads the names of a function's arguments
        signing_secret=secret.get_secret_value() if secret else "",
        request_verification_enabled=secret is not None,
    )
    Edge(
        router=build_router(),
        units=units,
        clock=clock,
        profile=fetch_profile,
        starters=starters,
        blocks=settings.blocks,
        prefix=settings.command_prefix,
    ).register(app)
    return app


def serve(settings: Settings) -> None:
    """Runs the bot until it is stopped: in Socket Mode with an app token, else over HTTP."""
    starters = playbook_files.starters(settings.playbooks)
    if settings.app_token is not None:
        app = build_app(settings, open_store(settings), starters)
        SocketModeHandler(app, settings.app_token.get_secret_value()).start()
        return
    web.Server(
        lambda: _http(settings, starters), address=f"{settings.host}:{settings.port}", threads=settings.threads
    ).run()


def open_store(settings: Settings) -> storage.Store:
    """The store behind `DATABASE_URL`, with the configured playbooks up to date in every workspace."""
    return storage.Store(storage.create_engine(settings.database_url))


def _http(settings: Settings, starters: Starters) -> web.WSGIApplication:
    engine = storage.create_engine(settings.database_url)
    return web.wsgi(build_app(settings, storage.Store(engine), starters), lambda: ready(settings, engine))


def ready(settings: Settings, engine: storage.Engine) -> web.Checks:
    """Whether the bot can work: the database answers, its migrations are at head, Slack takes the token."""
    return {"database": storage.trouble(engine), "slack": _slack_trouble(settings)}


def _slack_trouble(settings: Settings) -> str | None:
    try:
        web_client(settings.api_url, settings.bot_token.get_secret_value()).auth_test()
    except SlackApiError as error:
        return f"Slack refuses SLACK_BOT_TOKEN: {error.response.get('error')}"
    except OSError as error:
        return f"Slack cannot be reached at {settings.api_url}: {error}"
    return None
