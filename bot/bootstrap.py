"""The only place that wires things together: settings, storage, handlers and Slack make a running bot."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.errors import SlackApiError
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

import storage
from bot import playbook_files, web
from bot.handlers import build_router
from bot.handlers.edge import Edge
from bot.settings import Settings
from bot.slack.client import web_client
from bot.slack.installations import Authorizer, Installations, OneToken
from bot.slack.manifest import Registered, manifest
from bot.slack.profiles import fetch_profile
from bot.usecases.members import Starters
from playbooks.ports import Units

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication


class DatabaseError(Exception):
    """The database cannot be used; the message says why and what to do."""


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
    checks: Callable[[], web.Checks] = dict,
) -> App:
    """The Bolt app with every handler. Answers stand in the acknowledgement: work is done before it.

    `checks` is what an admin hears of in `/nextstep health`; by default nothing is looked at.
    """
    client = web_client(settings.api_url)
    secret = settings.signing_secret
    authorizer = Authorizer(installations or OneToken(settings.bot_token.get_secret_value()), client)

    def authorize(team_id: str | None) -> Any:  # None is allowed, though Bolt's annotation forgets it
        return authorizer(team_id)

    app = App(
        process_before_response=True,
        client=client,
        authorize=authorize,
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
        checks=checks,
        prefix=settings.command_prefix,
    ).register(app)
    return app


def app_manifest(prefix: str, url: str | None) -> dict[str, Any]:
    """The manifest of exactly what the handlers answer; `url` None means Socket Mode."""
    router = build_router()
    registered = Registered(router.commands, router.shortcuts, router.message_shortcuts)
    return manifest(registered, prefix=prefix, url=url)


def serve(settings: Settings) -> None:
    """Runs the bot until it is stopped: in Socket Mode with an app token, else over HTTP."""
    starters = playbook_files.starters(settings.playbooks)
    if settings.app_token is None:
        address = f"{settings.host}:{settings.port}"
        web.Server(lambda: http(settings, starters), address=address, threads=settings.threads).run()
        return
    engine = open_engine(settings.database_url)
    app = build_app(settings, storage.Store(engine), starters, checks=lambda: ready(settings, engine))
    handler = SocketModeHandler(app, settings.app_token.get_secret_value())
    handler.client.connect()
    threading.Event().wait()  # requests are answered by the client's own threads


def http(settings: Settings, starters: Starters) -> WSGIApplication:
    """The WSGI application of one worker process, with connections of its own."""
    engine = open_engine(settings.database_url)

    def checks() -> web.Checks:
        return ready(settings, engine)

    return web.wsgi(build_app(settings, storage.Store(engine), starters, checks=checks), checks)


def open_engine(url: str) -> Engine:
    """The database, ready for use. Raises `DatabaseError` when it cannot be reached or is not up to date."""
    engine = storage.create_engine(url)
    if sentence := _database_trouble(engine):
        raise DatabaseError(sentence)
    return engine


def ready(settings: Settings, engine: Engine) -> web.Checks:
    """Whether the bot can work: the database answers, its migrations are at head, Slack takes the token."""
    return {"database": _database_trouble(engine), "slack": _slack_trouble(settings)}


def _database_trouble(engine: Engine) -> str | None:
    try:
        up_to_date = storage.at_head(engine)
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", error)).splitlines()[0]
        return f"The database at DATABASE_URL cannot be reached: {reason}."
    return None if up_to_date else "The database is not up to date: run nextstep migrate."


def _slack_trouble(settings: Settings) -> str | None:
    try:
        web_client(settings.api_url, settings.bot_token.get_secret_value()).auth_test()
    except SlackApiError as error:
        return f"Slack refuses SLACK_BOT_TOKEN: {error.response.get('error')}."
    except OSError as error:
        return f"Slack cannot be reached at {settings.api_url}: {error}."
    return None
