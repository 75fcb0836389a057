"""What a person can do beyond commands and buttons: every kind of field, dialogs that go on, shortcuts, HTTP."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from slack_bolt import App, BoltRequest
from slack_sdk import WebClient

from tests.fake_slack import ClientRefusedError, FakeSlack, Person, SlackRefusedError

Payloads = list[dict[str, Any]]


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def field(name: str, kind: str, **more: Any) -> dict[str, Any]:
    element = {"type": kind, "action_id": name, **more}
    return {"type": "input", "block_id": name, "label": plain(name), "element": element, "optional": True}


def options(*texts: str) -> list[dict[str, Any]]:
    return [{"text": plain(text), "value": text.lower()} for text in texts]


FIELDS = [
    field("reason", "static_select", options=options("Price", "Timing")),
    field("evidence", "checkboxes", options=options("Budget", "Name", "Date")),
    field("who", "radio_buttons", options=options("Me", "You")),
    field("owner", "users_select"),
    field("where", "channels_select"),
    field("day", "datepicker"),
    field("hour", "timepicker"),
    field("instant", "datetimepicker"),
    field("minutes", "number_input", is_decimal_allowed=False, min_value="0", max_value="600"),
    field("company", "external_select"),
    field("note", "plain_text_input", multiline=True),
]


def modal(title: str, *blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    given = {"type": "modal", "title": plain(title), "submit": plain("Save"), "callback_id": "form"}
    return {**given, "blocks": list(blocks) or FIELDS, **more}


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with FakeSlack() as slack:
        yield slack


@pytest.fixture
def heard() -> Payloads:
    """The payloads that reached the app."""
    return []


@pytest.fixture
def app(slack: FakeSlack, heard: Payloads) -> App:
    client = WebClient(slack.token, base_url=slack.url)
    app = App(client=client, signing_secret=slack.signing_secret, process_before_response=True)

    @app.middleware
    def note(body, next):  # noqa: A002 - Bolt injects by this name
        heard.append(body)
        next()

    @app.shortcut("form")
    def form(ack, body, client):
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=modal("Form", notify_on_close=True))

    @app.options("company")
    def offer(ack, payload):
        ack(options=[option for option in options("Acme", "Beta") if payload["value"] in option["text"]["text"]])

    app.view_closed("form")(lambda ack: ack())
    return app


@pytest.fixture
def anna(slack: FakeSlack, app: App) -> Person:
    return Person(slack, slack.add_user("anna"), app.dispatch)


def held_values(view: dict[str, Any]) -> dict[str, Any]:
    """What each field of a submitted dialog holds, by block_id (here the same as action_id)."""
    return {
        name: next(value for key, value in fields[name].items() if key != "type")
        for name, fields in view["state"]["values"].items()
    }


def on_submit(app: App, **answer: Any) -> None:
    app.view("form")(lambda ack: ack(**answer))


def test_every_field_holds_what_slack_would_send(
    slack: FakeSlack, app: App, anna: Person, heard: Payloads
) -> None:
    on_submit(app)
    anna.submits(
        anna.uses_shortcut("form"),
        {
            "reason": "Price",
            "evidence": ["Budget", "Date"],
            "who": "You",
            "owner": anna.user,
            "where": slack.channel,
            "day": date(2026, 3, 1),
            "hour": time(8, 30),
            "instant": datetime(2026, 3, 1, 8, 30, tzinfo=UTC),
            "minutes": 20,
            "company": "Acme",
            "note": "two\nlines",
        },
    )

    values = heard[-1]["view"]["state"]["values"]
    held = {
        name: next(value for key, value in fields[name].items() if key != "type")
        for name, fields in values.items()
    }
    assert held == {
        "reason": options("Price")[0],
        "evidence": options("Budget", "Date"),
        "who": options("You")[0],
        "owner": anna.user.id,
        "where": slack.channel.id,
        "day": "2026-03-01",
        "hour": "08:30",
        "instant": 1772353800,
        "minutes": "20",
        "company": options("Acme")[0],
        "note": "two\nlines",
    }


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("reason", "Weather", "no option 'Weather'"),
        ("minutes", "many", "no number"),
        ("minutes", 601, "out of bounds"),
        ("company", "Gamma", "the app offers no 'Gamma'"),
    ],
)
def test_the_client_takes_only_what_fits_the_field(anna: Person, name: str, value: Any, why: str) -> None:
    dialog = anna.uses_shortcut("form")
    with pytest.raises(ClientRefusedError, match=why):
        anna.fills(dialog, {name: value})


def test_a_dialog_that_is_drawn_again_keeps_what_was_typed(app: App, anna: Person) -> None:
    on_submit(app, response_action="update", view=modal("Again"))

    again = anna.submits(anna.uses_shortcut("form"), {"note": "kept"})

    assert again.view.title == "Again"
    assert again.view.state["note"]["note"]["value"] == "kept"


def test_a_dialog_can_put_another_on_top(slack: FakeSlack, app: App, anna: Person) -> None:
    on_submit(app, response_action="push", view=modal("Next"))
    first = anna.uses_shortcut("form").view

    pushed = anna.submits(first)

    assert [view.title for view in slack.open_views(anna.user)] == ["Form", "Next"]
    with pytest.raises(ClientRefusedError, match="not the one on this user's screen"):
        anna.submits(first)
    anna.closes(pushed)
    assert slack.open_views(anna.user) == [first]


def test_clearing_closes_all_dialogs(slack: FakeSlack, app: App, anna: Person) -> None:
    on_submit(app, response_action="clear")

    assert anna.submits(anna.uses_shortcut("form")).closed
    assert slack.open_views(anna.user) == []


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"nowhere": "Wrong"}},
        {"response_action": "update", "view": {"type": "modal"}},
        {"response_action": "explode"},
    ],
    ids=["an error at no input", "a modal without its parts", "an unknown action"],
)
def test_what_slack_would_not_show_of_a_dialogs_answer_is_refused(
    app: App, anna: Person, answer: dict[str, Any]
) -> None:
    on_submit(app, **answer)
    with pytest.raises(SlackRefusedError):
        anna.submits(anna.uses_shortcut("form"))


def test_the_app_hears_of_a_closed_dialog_when_it_asked_to(anna: Person, heard: Payloads) -> None:
    anna.closes(anna.uses_shortcut("form"))
    assert heard[-1]["type"] == "view_closed"


def test_a_message_shortcut_brings_the_message(slack: FakeSlack, app: App, anna: Person) -> None:
    @app.shortcut("log")
    def log(ack, body, respond):
        ack()
        respond(f"Logged {body['message']['text']}")

    said = anna.says("they called", channel=slack.channel)

    assert anna.uses_message_shortcut("log", said).message.text == "Logged they called"


BUTTON = {"type": "actions", "elements": [{"type": "button", "text": plain("Go"), "action_id": "go"}]}


def test_slack_sends_no_message_with_an_action_on_an_ephemeral_one(
    app: App, anna: Person, heard: Payloads
) -> None:
    app.command("/go")(lambda ack: ack(text="Go?", blocks=[BUTTON]))
    app.action("go")(lambda ack, respond: [ack(), respond("Gone", replace_original=True)])

    asked = anna.types("/go")
    anna.clicks("Go", on=asked)

    assert heard[-1]["container"]["is_ephemeral"]
    assert "message" not in heard[-1]
    assert asked.message.text == "Gone"


def test_an_answer_in_the_acknowledgement_of_a_button_is_lost_and_therefore_refused(
    app: App, anna: Person
) -> None:
    app.command("/go")(lambda ack: ack(text="Go?", blocks=[BUTTON]))
    app.action("go")(lambda ack: ack("Gone"))

    with pytest.raises(SlackRefusedError, match="shows nothing"):
        anna.clicks("Go", on=anna.types("/go"))


def test_a_name_that_stands_twice_needs_its_row(app: App, anna: Person, heard: Payloads) -> None:
    rows = [{"type": "section", "text": plain("Acme")}, BUTTON, {"type": "section", "text": plain("Beta")}, BUTTON]
    app.command("/go")(lambda ack: ack(text="Go?", blocks=rows))
    app.action("go")(lambda ack: ack())
    asked = anna.types("/go")

    with pytest.raises(ClientRefusedError, match="2 times 'Go'"):
        anna.clicks("Go", on=asked)
    anna.clicks("Go", on=asked, within="Beta")
    assert heard[-1]["actions"][0]["block_id"] == asked.blocks[3]["block_id"]


@pytest.fixture
def web_server(app: App) -> Iterator[str]:
    """The app behind real HTTP, as in production."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            answered = app.dispatch(BoltRequest(body=body, headers=dict(self.headers.items())))
            self.send_response(answered.status)
            self.end_headers()
            self.wfile.write(answered.body.encode())

        log_message: Callable[..., None] = lambda *_: None

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/slack/events"
        server.shutdown()
        thread.join()


def test_a_person_can_use_a_running_web_server(slack: FakeSlack, app: App, web_server: str) -> None:
    app.command("/hello")(lambda ack, command: ack(f"Hello {command['user_name']}"))
    ben = Person(slack, slack.add_user("ben"), web_server)

    assert ben.types("/hello").message.text == "Hello ben"
    assert ben.types("/unknown").status == 404


def test_people_of_two_workspaces_stay_apart(slack: FakeSlack, app: App, heard: Payloads) -> None:
    other = slack.add_workspace("Beta", "xoxb-beta")
    eve = Person(slack, slack.add_user("eve", workspace=other), app.dispatch)
    app.command("/hello")(lambda ack: ack("Hello"))

    eve.types("/hello")

    assert heard[-1]["team_id"] == other.id != slack.workspace.id
