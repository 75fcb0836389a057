"""The only place that wires things together: settings, storage, handlers and Slack make a running bot."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from apscheduler.schedulers.background import BackgroundScheduler
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

import storage
from bot import playbook_files, web
from bot.handlers import build_router
from bot.handlers.edge import Edge, Later
from bot.handlers.late import LateAnswers
from bot.handlers.reception import Reception
from bot.jobs.inbox import InboxJob
from bot.settings import Settings
from bot.slack.client import web_client
from bot.slack.installations import Authorizer, Installations, OneToken
from bot.slack.manifest import Registered, manifest
from bot.slack.profiles import fetch_profile
from bot.slack_failures import SLACK_FAILED
from bot.usecases.members import Starters
from bot.views.incoming import not_installed
from playbooks.ports import Units

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication


_LOCK_SECONDS: Final = 0.7
"""How long one statement waits for a lock: within `edge.WORK_SECONDS`, and then the request can still be saved."""
_INBOX_SECONDS: Final = 3


class DatabaseError(Exception):
    """The database cannot be used; the message says why and what to do."""


def now() -> datetime:
    """The one clock."""
    return datetime.now(UTC)


def _at_once(work: Callable[[], None]) -> None:
    work()


@dataclass(frozen=True, slots=True)
class Built:
    """The Bolt app with every handler, and the job that takes up what it saved for later."""

    app: App
    inbox: InboxJob


def build(
    settings: Settings,
    units: Units,
    starters: Starters,
    *,
    installations: Installations | None = None,
    clock: Callable[[], datetime] = now,
    checks: Callable[[], web.Checks] = dict,
    later: Later = _at_once,
    stopwatch: Callable[[], float] = time.monotonic,
) -> Built:
    """The bot at rest. Its answers stand in the acknowledgement: work is done before it.

    `checks` is what an admin hears of in `/nextstep health`; by default nothing is looked at. `later` runs what
    need not be done before the acknowledgement; by default it is. `stopwatch` measures how long the work takes.
    """
    client = web_client(settings.api_url, seconds=1)
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
        user_facing_authorize_error_message=not_installed(),
    )
    reception = Reception(
        router=build_router(),
        units=units,
        starters=starters,
        blocks=settings.blocks,
        checks=checks,
        prefix=settings.command_prefix,
    )
    Edge(reception, units.saved, clock, fetch_profile, later, stopwatch).register(app)

    def client_of(slack_team: str) -> WebClient | None:
        try:
            authorized = authorizer(slack_team)
        except SlackApiError:  # the token was withdrawn
            return None
        return web_client(settings.api_url, authorized.bot_token) if authorized else None

    late = LateAnswers(reception, client_of, fetch_profile, clock)
    return Built(app, InboxJob(units.saved, late.answer, clock))


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
    app, _ = start(settings, starters)
    handler = SocketModeHandler(app, settings.app_token.get_secret_value())
    handler.client.connect()
    threading.Event().wait()  # requests are answered by the client's own threads


def http(settings: Settings, starters: Starters) -> WSGIApplication:
    """The WSGI application of one worker process, with connections of its own."""
    return web.wsgi(*start(settings, starters))


def start(settings: Settings, starters: Starters) -> tuple[App, Callable[[], web.Checks]]:
    """The bot at work in this process, with its checks: what was saved before a restart is taken up now."""
    engine = open_engine(settings.database_url, lock_seconds=_LOCK_SECONDS)

    def checks() -> web.Checks:
        return ready(settings, engine)

    scheduler = BackgroundScheduler(timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True})
    built = build(settings, storage.Store(engine), starters, checks=checks, later=scheduler.add_job)
    scheduler.add_job(built.inbox.run, "interval", seconds=_INBOX_SECONDS, next_run_time=now())
    scheduler.start()
    return built.app, checks


def open_engine(url: str, *, lock_seconds: float = 1.5) -> Engine:
    """The database, ready for use. Raises `DatabaseError` when it cannot be reached or is not up to date."""
    engine = storage.create_engine(url, busy_timeout=lock_seconds)
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
    except SLACK_FAILED as error:
        return f"Slack cannot be reached at {settings.api_url}: {error}."
    return None
