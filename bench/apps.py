"""The programs that are compared, each a process of its own: `python -m bench.apps echo`.

All are served as Nextstep is (`bot.web`), with settings from the environment.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from slack_bolt import Ack, App

import storage
from bot import bootstrap, logs, playbook_files, settings, web
from bot.settings import Settings
from bot.slack.client import web_client
from bot.slack.installations import Authorizer, OneToken
from bot.views.ids import Callback

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

_SAID: Final = {"type": "section", "text": {"type": "mrkdwn", "text": "*Acme* · step 2 of 7, Intake"}}


def echo(settings: Settings) -> WSGIApplication:
    """A bare Bolt app that authorizes as Nextstep does, and answers everything with a constant."""
    client = web_client(settings.api_url)
    authorizer = Authorizer(OneToken(settings.bot_token.get_secret_value()), client)
    secret = settings.signing_secret.get_secret_value() if settings.signing_secret else ""

    def authorize(team_id: str | None) -> Any:
        return authorizer(team_id)

    def on_command(ack: Ack, body: dict[str, Any]) -> None:
        ack(response_type="ephemeral", text=f"You said {body['text']}", blocks=[_SAID])

    def on_submission(ack: Ack, body: dict[str, Any]) -> None:
        title = {"type": "plain_text", "text": body["view"]["callback_id"][:24]}
        ack(response_action="update", view={"type": "modal", "title": title, "blocks": [_SAID]})

    app = App(process_before_response=True, client=client, authorize=authorize, signing_secret=secret)
    app.command("/prospect")(on_command)
    app.view(Callback.ADVANCE)(on_submission)
    return web.wsgi(app, dict)


def nextstep(settings: Settings) -> WSGIApplication:
    return bootstrap.http(settings, playbook_files.starters(settings.playbooks))


def relaxed(settings: Settings) -> WSGIApplication:
    """Nextstep on a SQLite that does not wait for the disk at every commit."""
    engine = storage.create_engine(settings.database_url, synchronous=storage.Synchronous.NORMAL)
    starters = playbook_files.starters(settings.playbooks)
    return web.wsgi(bootstrap.build(settings, storage.Store(engine), starters).app, dict)


_APPS: Final[dict[str, Callable[[Settings], WSGIApplication]]] = {
    "echo": echo,
    "nextstep": nextstep,
    "relaxed": relaxed,
}


def main(name: str) -> None:
    """Serves one of them until it is stopped."""
    given = settings.read(Settings)
    logs.configure(given.log_format)
    address = f"{given.host}:{given.port}"
    web.Server(lambda: _APPS[name](given), _as_it_is, address=address, threads=given.threads).run()


def _as_it_is() -> None:
    """How a bench's program stops: nobody waits for what is under way."""


if __name__ == "__main__":
    main(sys.argv[1])
