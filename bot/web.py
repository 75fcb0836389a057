"""HTTP: Slack's requests, and the two questions that a machine asks of a service."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import structlog
from gunicorn.app.base import BaseApplication
from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_bolt.adapter.wsgi.http_request import WsgiHttpRequest

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

log = structlog.get_logger()

EVENTS = "/slack/events"
_LARGEST_BODY = 1_000_000
"""Slack's own requests stay far below this."""

Checks = dict[str, str | None]
"""By name of what is checked: None when it is well, else one sentence."""


def wsgi(app: App, ready: Callable[[], Checks]) -> WSGIApplication:
    """The WSGI application: `/slack/events`, `/healthz` (alive) and `/readyz` (able to work)."""
    slack = _Slack(app, path=EVENTS)

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path, method = environ.get("PATH_INFO", ""), environ.get("REQUEST_METHOD", "")
        if path == EVENTS and method == "POST":
            if (refused := _refused_length(environ.get("CONTENT_LENGTH") or "0")) is not None:
                return _json(start_response, refused, {"error": refused.phrase})
            return slack(environ, start_response)
        if path == "/healthz":
            return _json(start_response, HTTPStatus.OK, {"alive": True})
        if path == "/readyz":
            checks = ready()
            well = not any(checks.values())
            return _json(start_response, HTTPStatus.OK if well else HTTPStatus.SERVICE_UNAVAILABLE, checks)
        return _json(start_response, HTTPStatus.NOT_FOUND, {"error": "nothing here"})

    return answer


class _Slack(SlackRequestHandler):
    """Bolt's own handler, which raises when a body is neither a form nor a JSON object."""

    def dispatch(self, request: WsgiHttpRequest) -> BoltResponse:
        try:
            asked = BoltRequest(body=request.get_body(), query=request.query_string, headers=request.get_headers())
        except (ValueError, AttributeError, TypeError):
            log.warning("unreadable_request")
            return BoltResponse(status=HTTPStatus.BAD_REQUEST, body="")
        return self.app.dispatch(asked)


def _refused_length(length: str) -> HTTPStatus | None:
    if not (length.isascii() and length.isdigit()):
        return HTTPStatus.BAD_REQUEST
    return HTTPStatus.REQUEST_ENTITY_TOO_LARGE if int(length) > _LARGEST_BODY else None


def _json(start_response: StartResponse, status: HTTPStatus, content: Any) -> Iterable[bytes]:
    body = json.dumps(content).encode()
    start_response(
        f"{status.value} {status.phrase}",
        [("Content-Type", "application/json"), ("Content-Length", str(len(body)))],
    )
    return [body]


class Server(BaseApplication):
    """gunicorn, started from code. The application is made in each worker, after the fork, and stopped there."""

    def __init__(
        self, make: Callable[[], WSGIApplication], stop: Callable[[], None], *, address: str, threads: int
    ) -> None:
        self._make = make
        self._options = {
            "bind": address,
            "worker_class": "gthread",
            "workers": 1,
            "threads": threads,
            "accesslog": None,
            "graceful_timeout": 10,
            "control_socket_disable": True,
            "worker_exit": lambda _arbiter, _worker: stop(),
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:  # gunicorn and wsgiref spell the same interface differently
        return self._make()
