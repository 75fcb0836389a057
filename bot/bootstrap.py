"""The only place that wires things together: settings, storage, handlers and Slack make a running bot."""

from __future__ import annotations

import os
import secrets
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

import storage
from bot import playbook_files, web
from bot.content import Contents
from bot.grammar import dates
from bot.handlers import build_router
from bot.handlers.edge import Edge, Later
from bot.handlers.late import LateAnswers
from bot.handlers.reception import Reception
from bot.jobs.clockwork import Deliver, embed, new_scheduler, run_embedded, run_on_queue
from bot.jobs.inbox import InboxJob
from bot.jobs.stopping import wait_until_told
from bot.settings import Settings, WorkerSettings
from bot.slack.channels import SlackChannels
from bot.slack.client import web_client
from bot.slack.installations import Authorizer, Installations, OneToken
from bot.slack.manifest import Registered, manifest
from bot.slack.messenger import SlackMessenger
from bot.slack.profiles import fetch_profile
from bot.slack_failures import SLACK_FAILED
from bot.usecases.deliver import Messenger, deliver
from bot.usecases.members import Starters
from bot.views.incoming import not_installed
from bot.views.words import Words, catalog
from playbooks.deliveries import USUAL, Timing
from playbooks.ports import Units

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication


_LOCK_SECONDS: Final = 0.7
"""How long one statement waits for a lock: within `edge.WORK_SECONDS`, and then the request can still be saved."""
_WORKER_LOCK_SECONDS: Final = 5.0
"""The same where nobody waits for an answer."""
_INBOX_SECONDS: Final = 3


Making = Callable[[WorkerSettings, Units, Timing], Deliver]
"""Makes what delivers one message by its id."""


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
    messenger: Messenger | None = None,
) -> Built:
    """The bot at rest. Its answers stand in the acknowledgement: work is done before it.

    `checks` is what an admin hears of in `/nextstep health`; by default nothing is looked at. `later` runs what
    need not be done before the acknowledgement; by default it is. `stopwatch` measures how long the work takes.
    `messenger` sends what comes beside an answer.
    """
    client = web_client(settings.api_url, seconds=1)
    tokens = installations or OneToken(settings.bot_token.get_secret_value())
    authorizer = Authorizer(tokens, client)
    sender = messenger or SlackMessenger(settings.api_url, tokens)
    client_of = partial(_client_of, authorizer, settings.api_url)
    reception = Reception(
        router=build_router(),
        units=units,
        starters=starters,
        blocks=settings.blocks,
        checks=checks,
        prefix=settings.command_prefix,
        channels=SlackChannels(client_of),
    )
    app = _bolt(settings, client, authorizer)
    Edge(reception, units.saved, clock, fetch_profile, later, sender, stopwatch).register(app)
    late = LateAnswers(reception, client_of, fetch_profile, clock, sender)
    return Built(app, InboxJob(units.saved, late.answer, clock))


def _bolt(settings: Settings, client: WebClient, authorizer: Authorizer) -> App:
    """Bolt, set up to answer in the acknowledgement and to refuse what Slack did not sign."""
    secret = settings.signing_secret

    def authorize(team_id: str | None) -> Any:  # None is allowed, though Bolt's annotation forgets it
        return authorizer(team_id)

    return App(
        process_before_response=True,
        client=client,
        authorize=authorize,
        signing_secret=secret.get_secret_value() if secret else "",
        request_verification_enabled=secret is not None,
        user_facing_authorize_error_message=not_installed(),
        # We listen to no messages, of our own or others', and offer no step of a Slack workflow.
        ignoring_self_events_enabled=False,
        attaching_function_token_enabled=False,
    )


def _client_of(authorizer: Authorizer, api_url: str, slack_team: str) -> WebClient | None:
    """The client of a workspace; None where Nextstep is not installed, or no longer."""
    try:
        authorized = authorizer(slack_team)
    except SlackApiError:  # the token was withdrawn
        return None
    return web_client(api_url, authorized.bot_token, seconds=1) if authorized else None


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
        started: list[Running] = []

        def application() -> WSGIApplication:
            started.append(start(settings, starters))
            return web.wsgi(started[-1].app, started[-1].checks)

        def stop() -> None:
            for running in started:
                running.stop()

        web.Server(application, stop, address=address, threads=settings.threads).run()
        return
    running = start(settings, starters)
    handler = SocketModeHandler(running.app, settings.app_token.get_secret_value())
    handler.client.connect()
    wait_until_told()  # requests are answered by the client's own threads
    handler.client.close()
    running.stop()


def http(settings: Settings, starters: Starters) -> WSGIApplication:
    """The WSGI application of one worker process, with connections of its own."""
    running = start(settings, starters)
    return web.wsgi(running.app, running.checks)


@dataclass(frozen=True, slots=True)
class Running:
    """The bot at work in this process; `stop` finishes what is under way."""

    app: App
    checks: Callable[[], web.Checks]
    stop: Callable[[], None]


def start(
    settings: Settings,
    starters: Starters,
    *,
    clock: Callable[[], datetime] | None = None,
    making: Making | None = None,
    messenger: Messenger | None = None,
) -> Running:
    """Sets the bot to work in this process: what was saved before a restart is taken up now.

    It sends what is due as well, unless `nextstep worker` does. `clock` is that of a demo, for everything, and
    `making` makes what delivers one message; by default it is `deliverer`. `messenger` sends beside an answer.
    """
    engine = open_engine(settings.database_url, lock_seconds=_LOCK_SECONDS)
    units = storage.Store(engine, clock)
    at = clock or now
    _warm_up(starters, at())

    def checks() -> web.Checks:
        return ready(settings, engine)

    scheduler = new_scheduler()
    built = build(settings, units, starters, clock=at, checks=checks, later=scheduler.add_job, messenger=messenger)
    scheduler.add_job(built.inbox.run, "interval", seconds=_INBOX_SECONDS, next_run_time=now())
    stop = scheduler.shutdown
    if settings.web_delivers:
        stop = embed(scheduler, units, (making or deliverer)(settings, units, USUAL), USUAL, at)
    scheduler.start()
    return Running(built.app, checks, stop)


def _warm_up(starters: Starters, at: datetime) -> None:
    """What is slow the first time, done before the first person asks: Slack waits three seconds."""
    dates.warm_up(at.date())
    for locale in ("nl-NL", "en-GB"):
        catalog(Words(locale).language)
        starters(locale)


def work(settings: WorkerSettings, *, timing: Timing = USUAL, making: Making | None = None) -> None:
    """Plans and delivers until it is told to stop; any number of processes may, on any number of machines.

    On PostgreSQL they share a queue; on SQLite each looks into the ledger itself. `making` makes what delivers
    one message; by default it is `deliverer`.
    """
    engine = open_engine(settings.database_url, lock_seconds=_WORKER_LOCK_SECONDS)
    units = storage.Store(engine)
    deliver_one = (making or deliverer)(settings, units, timing)
    if engine.dialect.name == "postgresql":
        run_on_queue(storage.conninfo(settings.database_url), units, deliver_one, timing, now)
    else:
        run_embedded(units, deliver_one, timing, now)


def deliverer(
    settings: WorkerSettings,
    units: Units,
    timing: Timing = USUAL,
    *,
    clock: Callable[[], datetime] = now,
    messenger: Messenger | None = None,
) -> Deliver:
    """What delivers one message by its id, as an owner that no other process has."""
    token = OneToken(settings.bot_token.get_secret_value())
    return partial(
        deliver,
        units=units,
        messenger=messenger or SlackMessenger(settings.api_url, token, timing=timing),
        content=Contents(settings.blocks, settings.command_prefix),
        clock=clock,
        owner=owner(),
        timing=timing,
    )


def owner() -> str:
    """A name for this process that no other one has."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


def open_engine(url: str, *, lock_seconds: float = 1.5) -> Engine:
    """The database, ready for use. Raises `DatabaseError` when it cannot be reached or is not up to date."""
    engine = storage.create_engine(url, busy_timeout=lock_seconds)
    if sentence := _database_trouble(engine):
        raise DatabaseError(sentence)
    return engine


def migrate(url: str) -> None:
    """Brings the database up to date. Raises `DatabaseError` when it cannot be reached."""
    engine = storage.create_engine(url)
    try:
        engine.connect().close()
    except SQLAlchemyError as error:
        raise DatabaseError(_unreachable(error)) from error
    storage.migrate(engine)
    engine.dispose()


def ready(settings: Settings, engine: Engine) -> web.Checks:
    """Whether the bot can work: the database answers, its migrations are at head, Slack takes the token."""
    return {"database": _database_trouble(engine), "slack": _slack_trouble(settings)}


def _database_trouble(engine: Engine) -> str | None:
    try:
        up_to_date = storage.at_head(engine)
    except SQLAlchemyError as error:
        return _unreachable(error)
    return None if up_to_date else "The database is not up to date: run nextstep migrate."


def _unreachable(error: SQLAlchemyError) -> str:
    reason = str(getattr(error, "orig", error)).splitlines()[0]
    return f"The database at DATABASE_URL cannot be reached: {reason}."


def _slack_trouble(settings: Settings) -> str | None:
    try:
        web_client(settings.api_url, settings.bot_token.get_secret_value()).auth_test()
    except SlackApiError as error:
        return f"Slack refuses SLACK_BOT_TOKEN: {error.response.get('error')}."
    except SLACK_FAILED as error:
        return f"Slack cannot be reached at {settings.api_url}: {error}."
    return None
