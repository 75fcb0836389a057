"""Over HTTP: Slack's requests, and the two questions that a machine asks of a service."""

from __future__ import annotations

import io
import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import storage
from bot import bootstrap, web
from bot.bootstrap import now, ready
from bot.handlers.requests import Kind
from playbooks.ports import Request
from tests.acceptance.conftest import Bot
from tests.fake_slack import FakeSlack, Person, faults
from tests.fake_slack.signing import FORM, JSON, Signature, sign

ROOT = Path(__file__).parents[2]
PATIENCE = 30


@dataclass
class Service:
    """The WSGI application, asked without a server."""

    bot: Bot
    engine: storage.Engine

    def asked(
        self, path: str, *, method: str = "GET", body: bytes = b"", **environ: str
    ) -> tuple[int, dict[str, Any]]:
        """The status and the JSON that are answered."""
        statuses: list[str] = []
        application = web.wsgi(self.bot.app, lambda: ready(self.bot.settings, self.engine))
        told: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "SERVER_PROTOCOL": "HTTP/1.1",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body),
        }
        parts = application(told | environ, lambda status, _: statuses.append(status))
        said = b"".join(parts)
        return int(statuses[0].split()[0]), json.loads(said) if said.startswith(b"{") else {}


@pytest.fixture
def service(bot: Bot, engine: storage.Engine) -> Service:
    return Service(bot, engine)


def signed(slack: FakeSlack, body: str, kind: str = FORM, how: Signature = Signature.RIGHT) -> dict[str, str]:
    """The headers of a request as WSGI has them."""
    headers = sign(slack.signing_secret, body, kind, how).headers
    return {name.upper().replace("-", "_"): value for name, value in headers.items() if name == "Content-Type"} | {
        f"HTTP_{name.upper().replace('-', '_')}": value
        for name, value in headers.items()
        if name != "Content-Type"
    }


def test_healthz_says_that_it_is_alive(service: Service) -> None:
    assert service.asked("/healthz") == (200, {"alive": True})


def test_readyz_looks_at_the_database_and_at_slack(service: Service) -> None:
    assert service.asked("/readyz") == (200, {"database": None, "slack": None})


def test_readyz_names_what_does_not_work(service: Service, slack: FakeSlack) -> None:
    slack.fail("auth.test", faults.Refused("account_inactive"))
    status, checks = service.asked("/readyz")
    assert status == 503
    assert checks == {"database": None, "slack": "Slack refuses SLACK_BOT_TOKEN: account_inactive."}
    slack.fail("auth.test", faults.DroppedBefore())
    assert "cannot be reached" in service.asked("/readyz")[1]["slack"]


def test_readyz_names_a_database_that_is_not_up_to_date(service: Service, tmp_path: Path) -> None:
    service.engine = storage.create_engine(f"sqlite:///{tmp_path / 'new.sqlite3'}")
    status, checks = service.asked("/readyz")
    assert status == 503
    assert checks["database"] == "The database is not up to date: run nextstep migrate."
    service.engine.dispose()


@pytest.mark.parametrize(("path", "method"), [("/", "GET"), ("/slack/events", "GET"), ("/slack", "POST")])
def test_there_is_nothing_else(service: Service, path: str, method: str) -> None:
    assert service.asked(path, method=method)[0] == 404


def test_a_body_that_is_too_large_is_not_read(service: Service) -> None:
    assert service.asked(web.EVENTS, method="POST", CONTENT_LENGTH="1000001")[0] == 413


@pytest.mark.parametrize("length", ["-1", "ten", "1e3", "²"])
def test_a_length_that_is_no_number_is_refused(service: Service, length: str) -> None:
    assert service.asked(web.EVENTS, method="POST", body=b"x", CONTENT_LENGTH=length)[0] == 400


@pytest.mark.parametrize("body", [b"{", b"payload=%7B", b"payload=%7Bnot+json", b"\xff\xfe", b'{"a": '])
def test_a_body_that_cannot_be_read_is_refused_without_a_traceback(
    service: Service, body: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    assert service.asked(web.EVENTS, method="POST", body=body)[0] == 400
    assert "Traceback" not in "".join(capsys.readouterr())


@pytest.mark.parametrize("body", ["", "{}", "[]", "payload={}", 'payload={"type":"block_actions"}', "command=/x"])
def test_a_body_that_says_nothing_is_no_error_of_ours(service: Service, slack: FakeSlack, body: str) -> None:
    kind = JSON if body.startswith(("{", "[")) else FORM
    status, _ = service.asked(web.EVENTS, method="POST", body=body.encode(), **signed(slack, body, kind))
    assert status < 500


def test_unsigned_and_forged_requests_are_refused(service: Service, slack: FakeSlack) -> None:
    body = "command=%2Fprospect&text=add+Acme"
    assert service.asked(web.EVENTS, method="POST", body=body.encode(), CONTENT_TYPE=FORM)[0] == 401
    for how in (Signature.OLD, Signature.FORGED):
        headers = signed(slack, body, FORM, how)
        assert service.asked(web.EVENTS, method="POST", body=body.encode(), **headers)[0] == 401


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", "from bot.cli import main; main()", "web"]
    process = subprocess.Popen(
        command, env=os.environ | environment, cwd=ROOT, text=True, stderr=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def environment(slack: FakeSlack, database: str, port: int) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": slack.token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.url,
        "SLACK_APP_TOKEN": "",
        "DATABASE_URL": database,
        "PORT": str(port),
        "NEXTSTEP_PLAYBOOKS": "b2b-saas",
    }


def begins(process: subprocess.Popen[str]) -> None:
    """Waits until the server says that it listens and has its worker."""
    assert process.stderr is not None
    for line in process.stderr:
        if "Booting worker" in line:
            return
    raise AssertionError("the server ended before it began")


def test_nextstep_web_serves_and_stops_when_asked(slack: FakeSlack, sqlite_engine: storage.Engine) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with running(environment(slack, str(sqlite_engine.url), port)) as process:
        begins(process)
        with urllib.request.urlopen(f"{address}/healthz", timeout=PATIENCE) as answer:
            assert json.load(answer) == {"alive": True}
        with urllib.request.urlopen(f"{address}/readyz", timeout=PATIENCE) as answer:
            assert json.load(answer) == {"database": None, "slack": None}
        anna = Person(slack, slack.add_user("anna", locale="en-GB"), f"{address}{web.EVENTS}")
        assert anna.types("/prospect add Acme BV").text
        # On a machine with no time to spare it is saved first, and the answer follows.
        told = slack.wait_for(
            lambda: any("starts in step 1" in m.text for m in slack.ephemerals(anna.user)), PATIENCE
        )
        assert told
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
        assert process.stderr is not None
        assert "Traceback" not in process.stderr.read()


def test_what_was_saved_before_a_restart_is_done_and_told_after_it(
    slack: FakeSlack, sqlite_engine: storage.Engine
) -> None:
    anna = slack.add_user("anna", locale="en-GB")
    store = storage.Store(sqlite_engine)
    store.found(slack.workspace.id, "Acme Sales", "Europe/Amsterdam")
    body = {"command": "/prospect", "text": "add Acme BV"}
    request = Request(slack.workspace.id, anna.id, "trigger-1", Kind.COMMAND, body, now())
    store.saved.save(request, free_at=request.at)
    with running(environment(slack, str(sqlite_engine.url), free_port())):
        assert slack.wait_for(lambda: slack.messages(anna), PATIENCE)
    assert "Acme BV starts in step 1" in slack.messages(anna)[0].text
    assert store.saved.claim(now() + timedelta(days=1), now() + timedelta(days=2)) is None


def test_a_database_that_cannot_be_reached_is_one_sentence_for_migrate_too(tmp_path: Path) -> None:
    with pytest.raises(bootstrap.DatabaseError, match="cannot be reached: unable to open database file"):
        bootstrap.migrate(f"sqlite:///{tmp_path / 'nowhere' / 'new.sqlite3'}")


def test_nextstep_web_on_a_database_that_is_not_migrated_says_so(slack: FakeSlack, tmp_path: Path) -> None:
    with running(environment(slack, f"sqlite:///{tmp_path / 'new.sqlite3'}", free_port())) as process:
        _, said = process.communicate(timeout=PATIENCE)
        assert process.returncode == 2
        assert said == "The database is not up to date: run nextstep migrate.\n"


def test_nextstep_web_without_settings_names_them() -> None:
    bare = dict.fromkeys(("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"), "")
    with running(bare) as process:
        _, said = process.communicate(timeout=PATIENCE)
        assert process.returncode == 2
        assert "SLACK_BOT_TOKEN is not set" in said
        assert "Traceback" not in said
