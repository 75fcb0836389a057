"""The wire: HTTP on loopback in front of the Web API, response_urls, uploads and the inspection pages."""

import json
import socket
import sys
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from tests.fake_slack import api, inspection, responses
from tests.fake_slack.errors import SlackError
from tests.fake_slack.faults import Fault, FaultPlan, Reply
from tests.fake_slack.state import State
from tests.fake_slack.things import Call


class SlackServer(ThreadingHTTPServer):
    """Listens on 127.0.0.1 only; each request in its own thread."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, port: int, state: State, faults: FaultPlan) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.state = state
        self.faults = faults

    @property
    def address(self) -> str:
        """`http://127.0.0.1:40123/`."""
        return f"http://127.0.0.1:{self.server_port}/"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Callers that went away are the point of some tests; anything else is printed as usual."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    server: SlackServer

    def do_GET(self) -> None:
        self._route(b"")

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        if len(body) < length:  # whoever asked went away in the middle of it: nothing was asked
            self.close_connection = True
            return
        self._route(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - http.server's own signature
        """Says nothing: `calls` keeps what happened."""

    def _route(self, body: bytes) -> None:
        url = urlsplit(self.path)
        area, _, rest = url.path.lstrip("/").partition("/")
        if area == "api" and rest.startswith("upload/"):
            self._play("upload", lambda: self._upload(rest.removeprefix("upload/"), body))
        elif area == "api":
            self._play(rest, lambda: self._method(rest, body, url.query))
        elif area == "respond":
            self._play("response_url", lambda: self._respond(rest, body))
        elif area == "_fake":
            self._send(inspection.answer(self.server.state, self.server.faults, rest, url.query, body))
        else:
            self._send(Reply(404, {"ok": False, "error": "not_found"}))

    def _play(self, name: str, work: Callable[[], Reply]) -> None:
        fault = self.server.faults.next_for(name)
        exchange = _Exchange(self, work)
        if fault is None:
            exchange.send(exchange.work())
            return
        fault.play(exchange)
        self._note(name, fault)

    def _note(self, name: str, fault: Fault) -> None:
        state = self.server.state
        with state.change():
            state.calls.append(Call(name, {}, None, fault=type(fault).__name__))

    def _method(self, name: str, body: bytes, query: str) -> Reply:
        try:
            args = api.read_args(self.headers.get("Content-Type") or "", body.decode(), query)
        except SlackError as error:
            return Reply(200, error.as_json())
        authorization = self.headers.get("Authorization") or ""
        base_url = f"{self.server.address}api/"
        answered, headers = api.handle(self.server.state, name, args, authorization, base_url)
        return Reply(200, answered, headers)

    def _respond(self, key: str, body: bytes) -> Reply:
        try:
            responses.respond(self.server.state, key, json.loads(body))
        except SlackError as error:
            return Reply(404 if error.error.endswith("_url") else 400, error.as_json())
        except ValueError:
            return Reply(400, {"ok": False, "error": "invalid_payload"})
        return Reply(200, {"ok": True})

    def _upload(self, file_id: str, body: bytes) -> Reply:
        with self.server.state.change():
            file = self.server.state.files.get(file_id)
            if file is None:
                return Reply(404, "no such upload")
            file.content = body
        return Reply(200, f"OK - {len(body)}")

    def _send(self, reply: Reply) -> None:
        is_text = isinstance(reply.body, str)
        body = reply.body.encode() if is_text else json.dumps(reply.body).encode()
        self.send_response(reply.status)
        self.send_header("Content-Type", "text/plain" if is_text else "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


class _Exchange:
    """A request in progress, for faults to play with."""

    def __init__(self, handler: _Handler, work: Callable[[], Reply]) -> None:
        self._handler = handler
        self.work = work

    def send(self, reply: Reply) -> None:
        self._handler._send(reply)

    def drop(self) -> None:
        self._handler.close_connection = True
        self._handler.connection.shutdown(socket.SHUT_RDWR)
